/** @file Chart: counted FMA against time, every variant: does arithmetic explain time? */

import type { TopLevelSpec } from "vega-lite";
import { geometricMean } from "../../src/statistics/mean.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type CaseSummary, caseSummaries } from "../laws/case-interval.ts";
import { type Sentence, seconds } from "../laws/sentence.ts";
import { logChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { frame } from "./frame.ts";
import { pointLayer } from "./layers.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { colourChannel, paletteOf, pickOpacity } from "./palette.ts";
import { intervalMark, logDomain, pointNote, pointsOf, pointTooltip, slopeOne } from "./points.ts";

/**
 * FMA inside of the clock: the derivative's, and the primal's that the timed part evaluates (recomputed linearisations
 * and finite differences; all of them where the preparation is part of the time). Counted where it was counted, else
 * predicted: the two are equal.
 */
export function timedFma({ cost, timed }: CaseSummary): number {
  const primalFma =
    timed === "products" ? cost.timedPrimalFma : (cost.primalFmaCounted ?? cost.primalFmaPredicted);
  return (cost.fmaCounted ?? cost.fmaPredicted) + primalFma;
}

/**
 * Draws the counted multiply-adds of every case and variant against its time.
 *
 * @param results - with at least one measurement
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function counted(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const summaries = caseSummaries(results).filter((summary) => timedFma(summary) > 0);
  const points = pointsOf(summaries, palette, timedFma);
  const present = new Set(points.map(({ variant }) => variant));
  const reference = slopeOne(points);
  const yDomain = logDomain([
    ...points.flatMap(({ low, high }) => [low, high]),
    ...reference.map(({ y }) => y),
  ]);
  const x = logChannel(
    "x",
    xTitle(look, say("countedAxis")),
    logDomain(points.map((point) => point.x)),
    "count",
  );
  const y = logChannel("y", yTitle(look, say("timeAxis")), yDomain, "seconds");
  return {
    ...frame(results, look, {
      finding: finding(summaries, look),
      notes: [`${pointNote(summaries, look)}; ${say("countedNote")}`],
    }),
    ...plotSize(look, { width: 600, height: 420 }, present.size),
    layer: [
      pointLayer(look, palette, present, points, {
        x,
        y,
        tooltip: [
          ...pointTooltip(look),
          { field: "x", type: "quantitative", title: say("fma"), format: ",d" },
        ],
        size: 50,
        opacity: 0.85,
      }),
      {
        data: { values: points },
        mark: intervalMark(look),
        encoding: {
          x,
          y: { ...y, field: "low" },
          y2: { field: "high" },
          ...colourChannel(look, palette, present),
          ...pickOpacity(look, 0.6),
        },
      },
      { data: { values: reference }, mark: referenceMark(look, "line"), encoding: { x, y } },
    ],
  };
}

/** Seconds an FMA: one number, or the cheapest and the dearest variant. */
function finding(summaries: readonly CaseSummary[], { tell }: Look): Sentence {
  const rates = [...groupBy(summaries, ({ variant }) => variant.label).values()].map((group) =>
    geometricMean(group.map((summary) => summary.seconds / timedFma(summary))),
  );
  const [low, high] = [seconds(Math.min(...rates)), seconds(Math.max(...rates))];
  return low.text === high.text ? tell("countedOne", { rate: low }) : tell("countedMany", { low, high });
}
