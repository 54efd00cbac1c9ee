/** @file Chart: measured over fitted time against n, m and Σ; what the model leaves unexplained, and whether it has a shape. */

import type { TopLevelSpec } from "vega-lite";
import { correlation } from "../../src/statistics/correlation.ts";
import { STRICT_CONFIDENCE } from "../../src/statistics/interval.ts";
import { mean } from "../../src/statistics/mean.ts";
import { studentTQuantile } from "../../src/statistics/student-t.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { fixed, percent, term } from "../laws/sentence.ts";
import { type Comparison, compare } from "../laws/statement.ts";
import { logChannel, ratioChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { type FrameText, frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, panelSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { type Palette, paletteOf, pointChannels, seriesFields } from "./palette.ts";
import { logDomain, pointMark, shortWidths } from "./points.ts";
import { type PredictedSummary, predictedSummaries } from "./predictions.ts";

const FIELDS = ["n", "m", "sigma"] as const;

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
      ...finding(pairs, palette, look),
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
function finding(
  pairs: readonly PredictedSummary[],
  palette: Palette,
  { say, tell }: Look,
): Pick<FrameText, "finding" | "states"> {
  const logs = pairs.map((pair) => Math.log(ratioOf(pair)));
  const rms = percent(Math.sqrt(mean(logs.map((log) => log * log))));
  const trends = [...groupBy(pairs, ({ summary }) => summary.variant.label)].flatMap(([label, own]) =>
    FIELDS.flatMap((field) => {
      const statement = trendOf(label, own, field);
      return statement === null ? [] : [{ field, label, statement }];
    }),
  );
  const shaped = trends.filter(({ statement: { relation } }) => relation === "above" || relation === "below");
  const states = trends.map(({ statement }) => statement);
  if (shaped.length === 0) return { finding: tell("residualsFlat", { rms }), states };
  const size = ({ statement }: (typeof trends)[number]): number => Math.abs(statement.value.estimate);
  const strongest = shaped.reduce((a, b) => (size(b) > size(a) ? b : a));
  const values = {
    rms,
    variant: term(palette.of(strongest.label).variant),
    symbol: term(say(strongest.field)),
    r: fixed(strongest.statement.value.estimate),
  };
  return {
    finding:
      strongest.statement.relation === "above"
        ? tell("residualsRise", values)
        : tell("residualsFall", values),
    states,
  };
}

/**
 * Correlation of log(measured / fitted) with the logarithm of a regressor, against 0. Its interval is Fisher's (Biometrika
 * 10 (1915) 507–521: artanh r is about normal with variance 1/(n − 3)), at the strict confidence, since there are many
 * looks.
 *
 * @returns null for fewer than five cases or three values
 */
function trendOf(
  label: string,
  own: readonly PredictedSummary[],
  field: (typeof FIELDS)[number],
): Comparison | null {
  const places = own.map(({ summary: { inputs, record } }) =>
    Math.log(field === "n" ? inputs : record[field]),
  );
  if (own.length < 5 || new Set(places).size < 3) return null;
  const r = correlation(
    places,
    own.map((pair) => Math.log(ratioOf(pair))),
  );
  const half = studentTQuantile((1 + STRICT_CONFIDENCE) / 2, 1e6) / Math.sqrt(own.length - 3);
  const interval95 = [Math.tanh(Math.atanh(r) - half), Math.tanh(Math.atanh(r) + half)] as const;
  return compare({
    subject: label,
    quantity: `correlation of measured / fitted with ${field}`,
    value: { estimate: r, interval95 },
    reference: 0,
  });
}
