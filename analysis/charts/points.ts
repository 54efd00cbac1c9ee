/** @file What the charts of time have in common: points with intervals, lines, log domains. */

import { crossedRegression } from "../../src/statistics/crossed-regression.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { type CaseSummary, caseSummaries } from "../laws/case-interval.ts";
import { type TimeCell, timeCells } from "../laws/cells.ts";
import { formatCount, formatSeconds, plainText } from "../text.ts";
import type { Palette } from "./theme.ts";

/** One case under one variant as it is drawn. */
export type Point = {
  readonly variant: string;
  readonly mode: string;
  readonly kernelIndex: number;
  readonly case: string;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  /** For tooltips. */
  readonly time: string;
  readonly sigma: string;
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
      variant: palette.name(summary.variant.label),
      mode: summary.variant.mode ?? "neither",
      kernelIndex: palette.kernelIndex(summary.variant.label),
      case: plainText(summary.record.id),
      x: x(summary),
      y: significant(summary.seconds * factor),
      low: significant(low * factor),
      high: significant(high * factor),
      time: formatSeconds(summary.seconds * factor),
      sigma: formatCount(summary.record.sigma),
    };
  });
}

/** What a point and its line mean, for a subtitle. */
export function pointNote(summaries: readonly CaseSummary[]): string {
  return summaries.some(({ interval95 }) => interval95 !== null)
    ? "Each point is a case, its vertical line the 95 % interval (often smaller than the point)"
    : "Each point is a case";
}

/** Summaries of forward and reverse variants: those that have products and a Σ to compare with. */
export function modeSummaries(results: AnyResults): CaseSummary[] {
  return caseSummaries(results).filter(({ products, record }) => products !== null && record.sigma > 0);
}

/** A straight line in log-log, y = c·x^slope, over the range of its points. */
export type LogLine = {
  readonly variant: string;
  readonly mode: string;
  readonly slope: Estimate;
  readonly ends: readonly { readonly x: number; readonly y: number }[];
};

/**
 * Fits one line in log-log to a variant.
 *
 * @param x - of a cell, positive
 * @returns null for fewer than three cases, or x that hardly varies
 */
export function logLine(
  results: AnyResults,
  label: string,
  name: string,
  x: (cell: TimeCell) => number,
): LogLine | null {
  const { cells, noInterval } = timeCells(results, label);
  const places = new Set(cells.map(x));
  const [low, high] = [Math.min(...places), Math.max(...places)];
  if (new Set(cells.map((cell) => cell.case)).size < 3 || high < 1.5 * low) return null;
  const fit = crossedRegression(
    cells.map((cell) => ({
      case: cell.case,
      process: cell.process,
      x: [1, Math.log(x(cell))],
      y: Math.log(cell.seconds),
    })),
  );
  const [constant, slope] = fit.coefficients as [number, number];
  return {
    variant: name,
    mode: results.variants.find((variant) => variant.label === label)?.mode ?? "neither",
    slope: noInterval === null ? fit.coefficient(1) : { estimate: slope, interval95: null },
    ends: [low, high].map((end) => ({ x: end, y: significant(Math.exp(constant + slope * Math.log(end))) })),
  };
}

/** Two ends of a line of slope 1 through the middle of the points. */
export function slopeOne(points: readonly Point[]): { x: number; y: number; reference: string }[] {
  const level = median(points.map(({ x, y }) => Math.log(y / x)));
  const xs = points.map(({ x }) => x);
  return [Math.min(...xs), Math.max(...xs)].map((x) => ({
    x,
    y: significant(x * Math.exp(level)),
    reference: "slope 1",
  }));
}

/** A domain for a log axis that leaves a margin of a twentieth of its decades (at least 0.1) on both sides. */
export function logDomain(values: readonly number[]): [number, number] {
  const low = Math.log10(Math.min(...values));
  const high = Math.log10(Math.max(...values));
  const margin = Math.max(0.1, (high - low) / 20);
  return [significant(10 ** (low - margin)), significant(10 ** (high + margin))];
}

/** Six significant digits: what a picture can show, and the same text on every machine. */
export function significant(value: number): number {
  return Number(value.toPrecision(6));
}
