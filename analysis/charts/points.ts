/** @file What the charts of time have in common: points with intervals, lines with bands, log domains. */

import type { VariantRecord } from "../../src/results/types.ts";
import { type CrossedRegression, crossedRegression } from "../../src/statistics/crossed-regression.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { type CaseSummary, caseSummaries } from "../laws/case-interval.ts";
import { type TimeCell, timeCells } from "../laws/cells.ts";
import { claimedCase, claimedCost } from "../laws/claimed-cost.ts";
import { formatCount, formatSeconds, plainText } from "../text.ts";
import type { Look } from "./look.ts";
import { significant } from "./numbers.ts";
import { type Palette, seriesFields } from "./palette.ts";

const STEPS = 24;

/** One case under one variant as it is drawn. */
export type Point = {
  readonly variant: string;
  readonly series: number;
  readonly case: string;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  /** For tooltips. */
  readonly timeText: string;
  readonly sigmaText: string;
};

/**
 * Turns summaries into points; `low` and `high` are the 95 % interval, or the point itself where there is none.
 *
 * @param x - place on the horizontal axis, positive
 * @param scale - what seconds are multiplied with, e.g. 1/products
 */
export function pointsOf(
  summaries: readonly CaseSummary[],
  palette: Palette,
  x: (summary: CaseSummary) => number,
  scale: (summary: CaseSummary) => number = () => 1,
): Point[] {
  return summaries.map((summary) => {
    const factor = scale(summary);
    const [low, high] = summary.interval95 ?? [summary.seconds, summary.seconds];
    return {
      ...seriesFields(palette.of(summary.variant.label)),
      case: shortWidths(summary.record),
      x: significant(x(summary)),
      y: significant(summary.seconds * factor),
      low: significant(low * factor),
      high: significant(high * factor),
      timeText: formatSeconds(summary.seconds * factor),
      sigmaText: formatCount(summary.record.sigma),
    };
  });
}

/** Tooltip of {@link Point}. */
export function pointTooltip({ say }: Look) {
  return [
    { field: "variant", type: "nominal" as const, title: say("strategyKernel") },
    { field: "case", type: "nominal" as const, title: say("widths") },
    { field: "sigmaText", type: "nominal" as const, title: say("sigma") },
    { field: "timeText", type: "nominal" as const, title: say("time") },
  ];
}

/** The mark of a case. */
export function pointMark(look: Look, size = 55) {
  return { type: "point" as const, filled: true, size: size * look.measure.mark ** 2 };
}

/** The mark of an interval. */
export function intervalMark(look: Look) {
  return { type: "rule" as const, strokeWidth: 1.5 * look.measure.mark };
}

/** What a point and its line mean, for a subtitle. */
export function pointNote(summaries: readonly CaseSummary[], { say }: Look): string {
  return summaries.some(({ interval95 }) => interval95 !== null)
    ? say("pointWithInterval")
    : say("pointAlone");
}

/** Summaries of forward and reverse variants: those that have products and a Σ to compare with. */
export function modeSummaries(results: AnyResults): CaseSummary[] {
  return caseSummaries(results).filter(({ products, record }) => products !== null && record.sigma > 0);
}

/** What the full Jacobian of a case is claimed to cost, in FMA; 0 where the variant claims nothing. */
export function claimedWork({ record, variant }: CaseSummary): number {
  return claimedCost(variant)?.cost(claimedCase(record, variant)) ?? 0;
}

/** What one product of a case is claimed to cost, in FMA; 0 where the variant claims nothing. */
export function claimedProduct({ record, variant }: CaseSummary): number {
  return claimedCost(variant)?.product(claimedCase(record, variant)) ?? 0;
}

/** A straight line in log-log, y = c·x^slope, over the range of its points. */
export type LogLine = {
  readonly variant: VariantRecord;
  readonly slope: Estimate;
  /** From the least x to the largest; `low` and `high` bound the line itself to 95 %, equal y where there is no interval. */
  readonly places: readonly { x: number; y: number; low: number; high: number }[];
};

/**
 * Fits one line in log-log to a variant.
 *
 * @param x - of a cell, positive
 * @returns null for fewer than three cases, or x that hardly varies
 */
export function logLine(
  results: AnyResults,
  variant: VariantRecord,
  x: (cell: TimeCell) => number,
): LogLine | null {
  const { cells, noInterval } = timeCells(results, variant.label);
  const range = cells.map(x);
  const [low, high] = [Math.min(...range), Math.max(...range)];
  if (new Set(cells.map((cell) => cell.case)).size < 3 || high < 1.5 * low) return null;
  const fit = crossedRegression(
    cells.map((cell) => ({
      case: cell.case,
      process: cell.process,
      x: [1, Math.log(x(cell))],
      y: Math.log(cell.seconds),
    })),
  );
  const slope =
    noInterval === null ? fit.coefficient(1) : { estimate: fit.coefficients[1]!, interval95: null };
  return { variant, slope, places: linePlaces(fit, low, high, noInterval === null) };
}

function linePlaces(fit: CrossedRegression, low: number, high: number, banded: boolean) {
  return logSteps(low, high, STEPS).map((x) => {
    const { estimate, interval95 } = fit.combine([1, Math.log(x)]);
    const [below, above] = (banded ? interval95 : null) ?? [estimate, estimate];
    return {
      x: significant(x),
      y: significant(Math.exp(estimate)),
      low: significant(Math.exp(below)),
      high: significant(Math.exp(above)),
    };
  });
}

/** Places from low to high, equally far apart in the logarithm. */
export function logSteps(low: number, high: number, steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => low * (high / low) ** (i / steps));
}

/** Two ends of a line of slope 1 through the middle of the points. */
export function slopeOne(points: readonly { readonly x: number; readonly y: number }[]) {
  const level = median(points.map(({ x, y }) => Math.log(y / x)));
  const xs = points.map(({ x }) => x);
  return [Math.min(...xs), Math.max(...xs)].map((x) => ({ x, y: significant(x * Math.exp(level)) }));
}

/** A domain for a log axis that leaves a margin of a twentieth of its decades (at least 0.1) on both sides. */
export function logDomain(values: readonly number[]): [number, number] {
  const low = Math.log10(Math.min(...values));
  const high = Math.log10(Math.max(...values));
  const margin = Math.max(0.1, (high - low) / 20);
  return [significant(10 ** (low - margin)), significant(10 ** (high + margin))];
}

/** A case's name with runs of equal widths drawn together: `32-40×12-16`; its id where that says more. */
export function shortWidths({
  id,
  widths,
}: {
  readonly id: string;
  readonly widths: readonly number[];
}): string {
  if (id !== widths.join("-")) return plainText(id);
  const runs: { width: number; count: number }[] = [];
  for (const width of widths) {
    const last = runs.at(-1);
    if (last?.width === width) last.count += 1;
    else runs.push({ width, count: 1 });
  }
  return runs
    .flatMap(({ width, count }) =>
      count < 4 ? Array<string>(count).fill(String(width)) : [`${width}×${count}`],
    )
    .join("-");
}
