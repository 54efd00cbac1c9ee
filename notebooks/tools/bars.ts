/** @file Picture: numbers as horizontal bars with their value at the end, as a Vega-Lite spec. Pure. */

import type { TopLevelSpec } from "vega-lite";
import { frameOf } from "../../analysis/charts/frame.ts";
import { lookOf } from "../../analysis/charts/look.ts";
import { OKABE_ITO } from "../../analysis/charts/theme.ts";
import { formatCount } from "../../analysis/text.ts";

/** One bar. */
export type Bar = {
  readonly name: string;
  readonly value: number;
  /** Drawn in the strong colour. */
  readonly marked?: boolean;
};

/**
 * Draws bars from zero, in the order given.
 *
 * @param options - `title`: the finding, without a full stop; `note`: how to read it; `axis`: what is counted, with unit; `names`: what a bar is
 * @returns a Vega-Lite spec with its data inside
 */
export function bars(options: {
  readonly title: string;
  readonly note?: string;
  readonly axis: string;
  readonly names: string;
  readonly bars: readonly Bar[];
}): TopLevelSpec {
  const look = lookOf();
  const values = options.bars.map(({ name, value, marked = false }) => ({
    name,
    value,
    marked: marked ? 1 : 0,
    text: formatCount(value),
  }));
  const most = Math.max(1, ...values.map(({ value }) => value));
  const x = {
    field: "value",
    type: "quantitative" as const,
    title: options.axis,
    // Room for the number at the end of the longest bar.
    scale: { domain: [0, 1.22 * most], nice: false },
    axis: { format: "~s", labelExpr: "datum.value === 0 ? '0' : datum.label", tickCount: 6 },
  };
  const y = {
    field: "name",
    type: "nominal" as const,
    title: options.names,
    sort: null,
    axis: { labelLimit: 330, domain: false, ticks: false },
  };
  return {
    ...frameOf(look, { finding: options.title, notes: options.note === undefined ? [] : [options.note] }, {}),
    width: 460,
    height: { step: 30 },
    layer: [
      {
        data: { values },
        mark: { type: "bar", height: { band: 0.7 } },
        encoding: {
          x,
          y,
          color: { condition: { test: "datum.marked === 1", value: OKABE_ITO.vermilion }, value: "#9DB4C4" },
        },
      },
      {
        data: { values },
        mark: { type: "text", align: "left", dx: 5, color: look.ink.text, fontSize: look.measure.label },
        encoding: { x, y, text: { field: "text", type: "nominal" } },
      },
    ],
  } as TopLevelSpec;
}
