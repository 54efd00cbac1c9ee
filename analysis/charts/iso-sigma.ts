/** @file Chart: chains of equal Σ and different shape: is a product equally dear? */

import type { TopLevelSpec } from "vega-lite";
import { deriveSeed } from "../../src/random.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import { geometricMean } from "../../src/statistics/mean.ts";
import { type AnyResults, productsAlone, rngSeedOf } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type CaseSummary, clusteredInterval } from "../laws/case-interval.ts";
import { relationOf } from "../laws/relation.ts";
import { fixed, type Sentence, term } from "../laws/sentence.ts";
import { type MeasurementRow, measurementRows } from "../table.ts";
import { formatCount, formatPercent } from "../text.ts";
import { ratioChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { allCostSigma } from "./claims.ts";
import { frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { colourChannel, paletteOf, pickOpacity, pickParams, pointChannels, seriesFields } from "./palette.ts";
import { intervalMark, modeSummaries, pointMark, pointNote, shortWidths } from "./points.ts";

/** Σ count as equal within this share. */
const EQUAL_WITHIN = 0.005;

/** The largest set of cases with equal Σ, of variants whose products cost Σ; empty where no three have it. */
export function isoSigmaSummaries(results: AnyResults): CaseSummary[] {
  const summaries = modeSummaries(productsAlone(results)).filter(({ variant }) => allCostSigma([variant]));
  const sets = [...new Set(summaries.map(({ record }) => record.sigma))].map((sigma) =>
    summaries.filter(({ record }) => Math.abs(record.sigma / sigma - 1) <= EQUAL_WITHIN),
  );
  const count = (set: readonly CaseSummary[]): number => new Set(set.map(({ record }) => record.id)).size;
  const largest = sets.reduce<CaseSummary[]>((best, set) => (count(set) > count(best) ? set : best), []);
  return count(largest) >= 3 ? largest : [];
}

/**
 * Draws seconds a product of each chain, relative to the geometric mean of its variant.
 *
 * @param measured - results with at least three cases of equal Σ; their preparation is no product's
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function isoSigma(measured: AnyResults, options?: ChartOptions): TopLevelSpec {
  const results = productsAlone(measured);
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const summaries = isoSigmaSummaries(results);
  const perProduct = ({ seconds, products }: CaseSummary): number => seconds / products!;
  const means = new Map(
    [...groupBy(summaries, ({ variant }) => variant.label)].map(([label, group]) => [
      label,
      geometricMean(group.map(perProduct)),
    ]),
  );
  const values = summaries.map((summary) => {
    const unit = summary.products! * means.get(summary.variant.label)!;
    const [low, high] = summary.interval95 ?? [summary.seconds, summary.seconds];
    return {
      ...seriesFields(palette.of(summary.variant.label)),
      case: shortWidths(summary.record),
      depth: summary.record.depth,
      relative: significant(summary.seconds / unit),
      low: significant(low / unit),
      high: significant(high / unit),
    };
  });
  const present = new Set(values.map(({ variant }) => variant));
  const order = [...new Map(summaries.map(({ record }) => [record.id, record])).values()]
    .sort((a, b) => a.depth - b.depth || Math.max(...b.widths) - Math.max(...a.widths))
    .map(shortWidths);
  const x = ratioChannel(
    "relative",
    xTitle(look, say("relativeAxis"), 26),
    values.flatMap(({ low, high }) => [low, high]),
  );
  const y = {
    field: "case",
    type: "nominal" as const,
    sort: order,
    title: yTitle(look, say("widthsAxis")),
    axis: { grid: true },
  };
  return {
    ...frame(results, look, {
      finding: finding(results, summaries, look),
      notes: [
        say("isoNote", {
          value: formatCount(summaries[0]!.record.sigma),
          percent: formatPercent(EQUAL_WITHIN),
        }),
        pointNote(summaries, look),
      ],
    }),
    ...plotSize(
      look,
      { width: 480, height: (look.size === "column" ? 40 : 26) * Math.max(6, order.length) },
      present.size,
    ),
    layer: [
      {
        ...pickParams(look),
        data: { values },
        mark: pointMark(look),
        encoding: {
          x,
          y,
          ...pointChannels(look, palette, present, 0.6),
          ...pickOpacity(look, 1),
          tooltip: [
            { field: "case", type: "nominal", title: say("widths") },
            { field: "depth", type: "quantitative", title: say("depth") },
            { field: "variant", type: "nominal", title: say("strategyKernel") },
            { field: "relative", type: "quantitative", format: ".3f", title: say("relative") },
          ],
        },
      },
      {
        data: { values },
        mark: intervalMark(look),
        encoding: {
          x: { ...x, field: "low" },
          x2: { field: "high" },
          y,
          ...colourChannel(look, palette, present, 0.6),
          ...pickOpacity(look, 0.7),
        },
      },
      { data: { values: [{ relative: 1 }] }, mark: referenceMark(look, "rule"), encoding: { x } },
    ],
  };
}

/** How far the dearest chain lies above the cheapest, in the variant where that is most; decided by its interval. */
function finding(results: AnyResults, summaries: readonly CaseSummary[], { tell }: Look): Sentence {
  const rows = measurementRows(results);
  const spreads = [...groupBy(summaries, ({ variant }) => variant.label).values()].map((group) => {
    const sorted = [...group].sort((a, b) => perProduct(a) - perProduct(b));
    const [cheapest, dearest] = [sorted[0]!, sorted.at(-1)!];
    return { dearest, factor: ratioOf(results, rows, dearest, cheapest) };
  });
  const worst = spreads.reduce((a, b) => (b.factor.estimate > a.factor.estimate ? b : a));
  const values = { factor: fixed(worst.factor), case: term(shortWidths(worst.dearest.record)) };
  return relationOf(worst.factor, 1) === "above" ? tell("isoDiffers", values) : tell("isoEqual", values);
}

/** Time per product of one case over that of another, paired within rounds and clustered by process. */
function ratioOf(
  results: AnyResults,
  rows: readonly MeasurementRow[],
  dear: CaseSummary,
  cheap: CaseSummary,
): Estimate {
  const of = ({ record, variant }: CaseSummary): MeasurementRow[] =>
    rows.filter((row) => row.case === record.id && row.variant === variant.label);
  const base = new Map(of(cheap).map((row) => [row.round, row.seconds / cheap.products!]));
  const processes = groupBy(of(dear), (row) => row.processKey);
  const ratios = [...processes.values()].map((group) =>
    group.flatMap((row) => {
      const other = base.get(row.round);
      return other === undefined ? [] : [row.seconds / dear.products! / other];
    }),
  );
  const rngSeed = deriveSeed(rngSeedOf(results), "iso-sigma", dear.record.id, dear.variant.label);
  return clusteredInterval(ratios, { quick: results.quick, rngSeed });
}

function perProduct({ seconds, products }: CaseSummary): number {
  return seconds / products!;
}
