/** @file Chart: FMA of each way as bars from zero, in the order of the table. Pure. */

import type { TopLevelSpec } from "vega-lite";
import { type ChartTheme, INK, STRATEGY_COLOURS } from "../../../analysis/charts/theme.ts";
import { type Model, WAYS } from "../model.ts";
import { formatFma } from "../numbers.ts";
import { NAMES, SHORT_NAMES } from "../sentences.ts";
import { type ChartRoom, chartConfig } from "./config.ts";

/**
 * Draws the bars; a way that is refused has none.
 *
 * @param model - of the network
 * @param room - width in px, and what is behind
 */
export function barsSpec(model: Model, room: ChartRoom): TopLevelSpec {
  const colours = STRATEGY_COLOURS[room.theme];
  const narrow = room.width < 500;
  const names = narrow ? SHORT_NAMES : NAMES;
  const values = model.ways.flatMap((way) =>
    way.refused === null ? [{ way: names[way.id], fma: way.fma, text: `${formatFma(way.fma)}` }] : [],
  );
  const largest = Math.max(1, ...values.map(({ fma }) => fma));
  const order = values.map(({ way }) => way);
  const domain = model.ways.map(({ id }) => names[id]);
  const range = WAYS.map(({ strategy }) => colours[strategy]!);
  const y = {
    field: "way",
    type: "nominal" as const,
    sort: order,
    title: null,
    axis: { domain: false, ticks: false, labelPadding: 8, labelLimit: 190 },
  };
  const x = {
    field: "fma",
    type: "quantitative" as const,
    title: "FMA for the whole Jacobian",
    scale: { domain: [0, largest * (narrow ? 1.75 : 1.22)], nice: false },
    axis: {
      format: "~s",
      tickCount: narrow ? 3 : 6,
      labelExpr: "datum.value === 0 ? '0' : datum.label",
    },
  };
  return {
    description: `Bars from zero: ${values.map(({ way, text }) => `${way} ${text} FMA`).join(", ")}.`,
    width: room.width,
    height: 34 * values.length,
    autosize: { type: "fit-x", contains: "padding" },
    data: { values },
    layer: [
      {
        mark: { type: "bar", height: { band: 0.62 }, cornerRadiusEnd: 3 },
        encoding: {
          y,
          x: { ...x, stack: null },
          color: { field: "way", type: "nominal", scale: { domain, range }, legend: null },
          tooltip: [
            { field: "way", type: "nominal", title: "Way" },
            { field: "text", type: "nominal", title: "FMA" },
          ],
        },
      },
      {
        mark: { type: "text", align: "left", dx: 6, color: INK[room.theme].text, fontSize: 12 },
        encoding: { y, x, text: { field: "text", type: "nominal" } },
      },
    ],
    config: chartConfig(room.theme),
  } as TopLevelSpec;
}

/** What is behind a chart, from the page's scheme. */
export function themeOf(dark: boolean): ChartTheme {
  return dark ? "dark" : "light";
}
