/** @file Chart: counted FMA against time, every variant: does arithmetic explain time? */

import type { TopLevelSpec } from "vega-lite";
import { geometricMean } from "../../src/statistics/mean.ts";
import type { AnyResults } from "../config.ts";
import { type CaseSummary, caseSummaries } from "../laws/case-interval.ts";
import { groupBy } from "../table.ts";
import { formatSeconds } from "../text.ts";
import { logDomain, pointNote, pointsOf, slopeOne } from "./points.ts";
import { countAxis, frame, GREY, KERNEL_SHAPE, paletteOf, secondsAxis, variantColour } from "./theme.ts";

/**
 * FMA inside of the clock: the derivative's, and the primal's where the run evaluates it (recomputed linearisations
 * and finite differences). Counted where it was counted, else predicted: the two are equal.
 */
export function timedFma({ cost, variant }: CaseSummary): number {
  const fma = cost.fmaCounted ?? cost.fmaPredicted;
  const inClock = variant.mode === null ? cost.primalEvaluations > 1 : variant.linearisation === "recomputed";
  return inClock ? fma + (cost.primalFmaCounted ?? cost.primalFmaPredicted) : fma;
}

/**
 * Draws the counted multiply-adds of every case and variant against its time.
 *
 * @param results - with at least one measurement
 * @returns a Vega-Lite spec with its data inside
 */
export function counted(results: AnyResults): TopLevelSpec {
  const palette = paletteOf(results.variants);
  const summaries = caseSummaries(results).filter((summary) => timedFma(summary) > 0);
  const points = pointsOf(summaries, palette, timedFma);
  const present = new Set(points.map(({ variant }) => variant));
  const reference = slopeOne(points);
  const xDomain = logDomain(points.map((point) => point.x));
  const yDomain = logDomain(
    [...points, ...reference].flatMap((point) => ("low" in point ? [point.low, point.high] : [point.y])),
  );
  const x = {
    field: "x",
    type: "quantitative" as const,
    title: "counted fused multiply-adds of one run (FMA)",
    scale: { type: "log" as const, domain: xDomain, nice: false },
    axis: countAxis(xDomain),
  };
  const y = {
    field: "y",
    type: "quantitative" as const,
    title: "t: time of the full Jacobian (seconds)",
    scale: { type: "log" as const, domain: yDomain, nice: false },
    axis: secondsAxis(yDomain),
  };
  const color = variantColour(palette, present);
  return {
    ...frame(results, {
      finding: finding(summaries),
      notes: [`${pointNote(summaries)}; dotted: time in proportion to FMA`],
    }),
    width: 600,
    height: 420,
    layer: [
      {
        data: { values: points },
        mark: { type: "point", filled: true, size: 50, opacity: 0.85 },
        encoding: {
          x,
          y,
          color,
          shape: KERNEL_SHAPE,
          tooltip: [
            { field: "variant", type: "nominal" },
            { field: "case", type: "nominal", title: "widths" },
            { field: "x", type: "quantitative", title: "FMA", format: ",d" },
            { field: "time", type: "nominal" },
          ],
        },
      },
      {
        data: { values: points },
        mark: { type: "rule", strokeWidth: 1.5, opacity: 0.6 },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
      },
      {
        data: { values: reference },
        mark: { type: "line", color: GREY, strokeWidth: 1, strokeDash: [2, 3] },
        encoding: { x, y },
      },
    ],
  };
}

/** Seconds an FMA: one number, or the cheapest and the dearest variant. */
function finding(summaries: readonly CaseSummary[]): string {
  const rates = [...groupBy(summaries, ({ variant }) => variant.label).values()].map((group) =>
    geometricMean(group.map((summary) => summary.seconds / timedFma(summary))),
  );
  const [low, high] = [formatSeconds(Math.min(...rates)), formatSeconds(Math.max(...rates))];
  const rate = low === high ? low : `${low} to ${high}, by variant`;
  return `An FMA takes ${rate}`;
}
