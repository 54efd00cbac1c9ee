/** @file Picture: all values at each place as dots, the middle one joined by a line, one panel a series, as a Vega-Lite spec. Pure. */

import type { TopLevelSpec } from "vega-lite";
import { frameOf } from "../../analysis/charts/frame.ts";
import { lookOf } from "../../analysis/charts/look.ts";
import { significant } from "../../analysis/charts/numbers.ts";
import { CURVE_COLOURS } from "./curves.ts";

/** One panel: at each place x its values, all of them positive; the line ends where there is no middle one. */
export type Strip = {
  readonly name: string;
  readonly places: readonly {
    readonly x: number;
    readonly values: readonly number[];
    readonly middle: number | null;
  }[];
};

/** What {@link strips} draws. */
export type StripsOptions = {
  /** The finding, in one sentence without a full stop. */
  readonly title: string;
  /** How to read it. */
  readonly note: string;
  readonly x: { readonly title: string; readonly ticks: readonly number[] };
  readonly y: {
    readonly title: string;
    readonly domain: readonly [number, number];
    readonly ticks: readonly number[];
  };
  readonly strips: readonly Strip[];
};

const TOTAL_WIDTH = 600;

/**
 * Draws panels side by side over the same two logarithmic axes.
 *
 * @param options - title, axes, panels
 * @returns a Vega-Lite spec with its data inside
 * @throws {RangeError} for a number that a logarithmic axis cannot show
 */
export function strips(options: StripsOptions): TopLevelSpec {
  const look = lookOf();
  const values = options.strips.flatMap(({ name, places }) =>
    places.flatMap(({ x, values: all, middle }) => {
      const bad = [x, middle ?? 1, ...all].find((value) => !(value > 0 && Number.isFinite(value)));
      if (bad !== undefined) throw new RangeError(`strips: "${name}" has ${bad}; expected positive numbers`);
      return [
        ...all.map((value) => ({ panel: name, part: "all", x, y: significant(value) })),
        ...(middle === null ? [] : [{ panel: name, part: "middle", x, y: significant(middle) }]),
      ];
    }),
  );
  const logarithmic = (domain: readonly number[]) => ({
    type: "log" as const,
    domain: [...domain],
    nice: false,
  });
  const { ticks } = options.x;
  const encoding = {
    x: {
      field: "x",
      type: "quantitative" as const,
      title: options.x.title,
      // Room for the dots at both ends.
      scale: logarithmic([ticks[0]! / 1.2, ticks.at(-1)! * 1.2]),
      axis: { values: [...ticks], format: "~r" },
    },
    y: {
      field: "y",
      type: "quantitative" as const,
      title: options.y.title,
      scale: logarithmic(options.y.domain),
      axis: { values: [...options.y.ticks], labelExpr: "replace(format(datum.value, '.0e'), '+', '')" },
    },
  };
  const only = (part: string) => [{ filter: `datum.part === '${part}'` }];
  return {
    ...frameOf(look, { finding: options.title, notes: [options.note] }, {}),
    data: { values },
    facet: {
      column: {
        field: "panel",
        type: "nominal",
        title: null,
        sort: options.strips.map(({ name }) => name),
        header: { labelFontSize: look.measure.label, labelFontWeight: "bold" },
      },
    },
    spec: {
      width: Math.floor(TOTAL_WIDTH / options.strips.length),
      height: 320,
      layer: [
        {
          transform: only("all"),
          mark: { type: "point", filled: true, size: 14, opacity: 0.75, color: CURVE_COLOURS[0]! },
          encoding,
        },
        {
          transform: only("middle"),
          mark: { type: "line", color: CURVE_COLOURS[1]!, strokeWidth: 2 },
          encoding,
        },
      ],
    },
  } as TopLevelSpec;
}
