/** @file Chart: measured over fitted time against n, m and Σ; what the model leaves unexplained, and whether it has a shape. */

import type { TopLevelSpec } from "vega-lite";
import { correlation } from "../../src/statistics/correlation.ts";
import { mean } from "../../src/statistics/mean.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { formatFixed, formatPercent } from "../text.ts";
import { logChannel, ratioChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, panelSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { type Palette, paletteOf, pointChannels, seriesFields } from "./palette.ts";
import { logDomain, pointMark, shortWidths } from "./points.ts";
import { type PredictedSummary, predictedSummaries } from "./predictions.ts";

const FIELDS = ["n", "m", "sigma"] as const;

/** Student's t of a correlation from which a variant's residuals are said to have a shape; 4 is rare among many looks. */
const SHAPED = 4;

/**
 * Draws the ratio of measured to fitted time (the machine model, a fit a variant) against n, m and Σ. Dragging a
 * rectangle in one plot keeps the same cases in colour in the others.
 *
 * @param results - of one experiment
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside; three plots
 */
export function residuals(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const pairs = predictedSummaries(results, null);
  const values = pairs.map((pair) => ({
    ...seriesFields(palette.of(pair.summary.variant.label)),
    case: shortWidths(pair.summary.record),
    n: pair.summary.inputs,
    m: pair.summary.record.m,
    sigma: pair.summary.record.sigma,
    ratio: significant(ratioOf(pair)),
  }));
  const present = new Set(values.map(({ variant }) => variant));
  const y = ratioChannel(
    "ratio",
    yTitle(look, say("residualAxis")),
    values.map(({ ratio }) => ratio),
  );
  const titles = { n: say("nWidthAxis"), m: say("mWidthAxis"), sigma: xTitle(look, say("sigmaAxis")) };
  const stacked = look.size === "column";
  const size = panelSize(
    look,
    { width: 210, height: 260 },
    stacked
      ? { columns: 1, rows: 3, axesWidth: 62, axesHeight: 0 }
      : { columns: 3, rows: 1, axesWidth: 155, axesHeight: 60 },
  );
  const panels = FIELDS.map((field, i) => ({
    ...size,
    layer: [
      {
        ...(i === 0 && look.size !== "column"
          ? { params: [{ name: "brush", select: { type: "interval" as const } }] }
          : {}),
        mark: pointMark(look, 45),
        encoding: {
          x: logChannel(field, titles[field], logDomain(values.map((value) => value[field])), "count"),
          y: i === 0 || stacked ? y : { ...y, title: null },
          ...pointChannels(look, palette, present),
          opacity:
            look.size === "column"
              ? { value: 0.85 }
              : { condition: { param: "brush", value: 0.85 }, value: 0.1 },
          tooltip: [
            { field: "variant", type: "nominal" as const, title: say("strategyKernel") },
            { field: "case", type: "nominal" as const, title: say("widths") },
            { field: "ratio", type: "quantitative" as const, format: ".3f", title: say("residual") },
          ],
        },
      },
      {
        data: { values: [{ ratio: 1 }] },
        mark: referenceMark(look, "rule"),
        encoding: { y: i === 0 || stacked ? y : { ...y, title: null } },
      },
    ],
  }));
  return {
    ...frame(results, look, {
      finding: finding(pairs, palette, look),
      notes: [say("residualNote"), ...(stacked ? [] : [say("brushNote")])],
    }),
    data: { values },
    spacing: stacked ? 8 : 20,
    ...(stacked ? { vconcat: panels } : { hconcat: panels }),
  } as TopLevelSpec;
}

function ratioOf({ summary, predicted }: PredictedSummary): number {
  return summary.seconds / predicted.seconds;
}

/** The size of the residuals, and with what those of one variant go together. */
function finding(pairs: readonly PredictedSummary[], palette: Palette, { say }: Look): string {
  const logs = pairs.map((pair) => Math.log(ratioOf(pair)));
  const rms = formatPercent(Math.sqrt(mean(logs.map((log) => log * log))));
  const trends = [...groupBy(pairs, ({ summary }) => summary.variant.label)].flatMap(([label, own]) =>
    FIELDS.map((field) => ({ field, label, ...trendOf(own, field) })),
  );
  const strongest = trends.reduce((a, b) => (Math.abs(b.t) > Math.abs(a.t) ? b : a));
  if (Math.abs(strongest.t) < SHAPED) return say("residualsFlat", { rms });
  const values = {
    rms,
    variant: palette.of(strongest.label).variant,
    symbol: say(strongest.field),
    r: formatFixed(strongest.r),
  };
  return strongest.r > 0 ? say("residualsRise", values) : say("residualsFall", values);
}

/** Correlation of log(measured / fitted) with the logarithm of a regressor, and its Student's t. */
function trendOf(own: readonly PredictedSummary[], field: (typeof FIELDS)[number]): { r: number; t: number } {
  const places = own.map(({ summary: { inputs, record } }) =>
    Math.log(field === "n" ? inputs : record[field]),
  );
  const values = own.map((pair) => Math.log(ratioOf(pair)));
  if (own.length < 5 || new Set(places).size < 3) return { r: 0, t: 0 };
  const r = correlation(places, values);
  return { r, t: r * Math.sqrt((own.length - 2) / Math.max(1e-9, 1 - r * r)) };
}
