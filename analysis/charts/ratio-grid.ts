/** @file The n × m grid of the ratio chart: its fields, and the crossover as a curve over it. */

import { geometricMean } from "../../src/statistics/mean.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import type { Crossover } from "../laws/crossover.ts";
import { caseRatios, pairedRows, type VariantPair, withoutPreparation } from "../laws/pairs.ts";
import { significant } from "./numbers.ts";
import { logSteps } from "./points.ts";

/** The widths that were measured, ascending: the grid's columns (n) and rows (m). */
export type Grid = { readonly n: readonly number[]; readonly m: readonly number[] };

/** One field of the grid. `x` and `y` count fields from 0; the field reaches half of one to each side. */
export type GridCell = {
  readonly kind: "cell";
  readonly pair: string;
  readonly n: number;
  readonly m: number;
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly below: number;
  readonly above: number;
  readonly log2: number;
  readonly ratioText: string;
  readonly cases: number;
};

/** A place on the curve n/m = constant. */
export type CurvePlace = {
  readonly kind: "crossover" | "bound";
  readonly pair: string;
  readonly line: string;
  readonly x: number;
  readonly y: number;
};

/** The ratio of each n and m of a pair: geometric mean over the cases there. */
export function gridRatios(results: AnyResults, pair: VariantPair, name: string) {
  const rows = pairedRows(results, pair.forward.label, pair.reverse.label);
  const ratios = caseRatios(rows, withoutPreparation);
  const places = new Map(rows.map((row) => [row.case, { n: row.forward.inputs, m: row.forward.m }]));
  const groups = groupBy([...ratios], ([id]) => `${places.get(id)!.n}/${places.get(id)!.m}`);
  return [...groups.values()].map((group) => ({
    pair: name,
    ...places.get(group[0]![0])!,
    ratio: geometricMean(group.map(([, own]) => own)),
    cases: group.length,
  }));
}

/** The grid of all ratios together. */
export function gridOf(ratios: readonly { readonly n: number; readonly m: number }[]): Grid {
  const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
  return { n: ascending(ratios.map(({ n }) => n)), m: ascending(ratios.map(({ m }) => m)) };
}

/** The fields, placed. */
export function gridCells(ratios: ReturnType<typeof gridRatios>, grid: Grid): GridCell[] {
  return ratios.map(({ pair, n, m, ratio, cases }) => {
    const [x, y] = [grid.n.indexOf(n), grid.m.indexOf(m)];
    return {
      kind: "cell",
      pair,
      n,
      m,
      x,
      y,
      left: x - 0.5,
      right: x + 0.5,
      below: y - 0.5,
      above: y + 0.5,
      log2: significant(Math.log2(ratio)),
      ratioText: shortRatio(ratio),
      cases,
    };
  });
}

/**
 * The curve on which forward takes as long as reverse, and its 95 % bounds, within the grid.
 *
 * Fields stand for single widths; between their middles the curve runs by the logarithm of the width.
 *
 * @returns no place where there is no crossover, where it lies on another axis than n/m, or the grid has a single row
 *   or column
 */
export function crossoverCurve(name: string, found: Crossover, grid: Grid): CurvePlace[] {
  if (found.kind === "none" || found.axis !== "n/m" || grid.n.length < 2 || grid.m.length < 2) return [];
  const { estimate, interval95 } = found.ratio;
  const lines = [
    { kind: "crossover" as const, value: estimate },
    ...(interval95 ?? []).map((value) => ({ kind: "bound" as const, value })),
  ];
  return lines.flatMap(({ kind, value }, i) =>
    logSteps(edge(grid.m, -0.5), edge(grid.m, grid.m.length - 0.5), 80)
      .map((m) => ({ x: placeOf(grid.n, value * m), y: placeOf(grid.m, m) }))
      .filter(({ x }) => x >= -0.5 && x <= grid.n.length - 0.5)
      .map(({ x, y }) => ({
        kind,
        pair: name,
        line: String(i),
        x: significant(x),
        y: significant(y),
      })),
  );
}

/** Where a width lies among the grid's, by logarithm; the outermost intervals go on beyond the ends. */
function placeOf(widths: readonly number[], width: number): number {
  const last = widths.length - 2;
  const above = widths.findIndex((one) => one > width);
  const i = Math.min(last, Math.max(0, (above < 0 ? widths.length : above) - 1));
  return i + Math.log(width / widths[i]!) / Math.log(widths[i + 1]! / widths[i]!);
}

/** The width at a place; the inverse of {@link placeOf}. */
function edge(widths: readonly number[], place: number): number {
  const i = Math.min(widths.length - 2, Math.max(0, Math.floor(place)));
  return widths[i]! * (widths[i + 1]! / widths[i]!) ** (place - i);
}

function shortRatio(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : value < 0.1 ? 3 : 2);
}
