/** @file What a design can tell of a power law: which regressors vary, which move together, how far times lie apart. Pure. */

import { correlation } from "../../src/statistics/correlation.ts";
import { condition, leastSquares } from "../../src/statistics/least-squares.ts";
import { geometricMean, mean, variance } from "../../src/statistics/mean.ts";
import { groupBy } from "../grouping.ts";
import type { TimeCell } from "./cells.ts";
import { LEAST_FACTOR, type Regressor, regressorOf, SYMBOL } from "./regressor.ts";
import { count, exactly, fixed, listing, type Sentence, says, term } from "./sentence.ts";

/** Variance inflation factor from which a design is called collinear (a common rule; correlation 0.95 for two). */
export const LARGEST_INFLATION = 10;

/** Why K's exponent is not fitted: a sentence, empty where K does not vary and nothing need be said; null if it is. */
export function whyNoDepth(distinct: readonly TimeCell[], claimed: readonly Regressor[]): Sentence | null {
  const depths = distinct.map((cell) => cell.depth);
  if (distinct.length === 0 || Math.max(...depths) / Math.min(...depths) < LEAST_FACTOR) return [];
  if (distinct.length < claimed.length + 3) return says`too few cases for an exponent of K beside the others`;
  const rows = distinct.map((cell) =>
    [...claimed, "depth" as const].map((regressor) => Math.log(regressorOf(cell, regressor))),
  );
  if (inflation(rows, claimed.length) <= LARGEST_INFLATION) return null;
  const column = (j: number): number[] => rows.map((row) => row[j]!);
  const closeness = (j: number): number => Math.abs(correlation(column(j), column(claimed.length)));
  const nearest = [...claimed.keys()].sort((i, j) => closeness(j) - closeness(i))[0]!;
  const symbol = term(SYMBOL[claimed[nearest]!]);
  return says`K moves together with ${symbol} in this design, so it has no exponent of its own; ${symbol}'s holds it`;
}

/** Why a regressor is left out of a fit, as a sentence without a full stop. */
export function whyDropped(regressor: Regressor, values: readonly number[], factor: number): Sentence {
  const symbol = term(SYMBOL[regressor]);
  return factor === 1
    ? says`${symbol} is ${exactly(values[0]!)} in every case, so this design says nothing about its exponent`
    : says`${symbol} varies by a factor of ${fixed(factor)} only (at least ${exactly(LEAST_FACTOR)} is needed), so this design says nothing about its exponent`;
}

/** Largest over smallest value of each regressor. */
export function factorsOf(distinct: readonly TimeCell[]): Record<Regressor, number> {
  const factor = (regressor: Regressor): number => {
    const values = distinct.map((cell) => regressorOf(cell, regressor));
    return values.length === 0 ? 1 : Math.max(...values) / Math.min(...values);
  };
  return { n: factor("n"), m: factor("m"), sigma: factor("sigma"), depth: factor("depth") };
}

/** Standard deviation of log t between the processes of a case; null with one process. */
export function processSpread(cells: readonly TimeCell[]): number | null {
  const variances = [...groupBy(cells, (cell) => cell.case).values()]
    .filter((group) => group.length > 1)
    .map((group) => variance(group.map(({ seconds }) => Math.log(seconds))));
  return variances.length === 0 ? null : Math.sqrt(mean(variances));
}

/** How far the cases' times lie apart, where there is nothing to fit them to. */
export function spread(cells: readonly TimeCell[]): Sentence {
  const times = [...groupBy(cells, (cell) => cell.case).values()].map((group) =>
    geometricMean(group.map(({ seconds }) => seconds)),
  );
  if (times.length < 2) return says`there is only one case`;
  const factor = Math.max(...times) / Math.min(...times);
  return says`the times of the ${count(times.length)} differ by a factor of ${fixed(factor)} at most`;
}

/** Why a design cannot be fitted, naming what cannot be told apart; null where it can. */
export function whyRefused(
  cells: readonly TimeCell[],
  distinct: readonly TimeCell[],
  kept: readonly Regressor[],
): Sentence | null {
  if (kept.length === 0) {
    return distinct.length === 0
      ? says`no usable measurement`
      : says`neither n nor m nor Σ varies over the cases; ${spread(cells)}`;
  }
  if (distinct.length < kept.length + 2) {
    return says`${count(distinct.length)} cases; at least ${count(kept.length + 2)} are needed for ${count(kept.length)} ${kept.length === 1 ? says`exponent` : says`exponents`}`;
  }
  const rows = distinct.map((cell) => kept.map((regressor) => Math.log(regressorOf(cell, regressor))));
  const inflated = kept.filter((_, j) => inflation(rows, j) > LARGEST_INFLATION);
  if (inflated.length === 0) return null;
  const names = (of: readonly Regressor[]): Sentence => listing(of.map((one) => term(SYMBOL[one])));
  // One alone moves with the others together.
  const moving =
    inflated.length > 1
      ? says`${names(inflated)} move together`
      : says`${names(inflated)} moves with ${names(kept.filter((one) => !inflated.includes(one)))}`;
  return says`collinear design: ${moving} over the ${count(distinct.length)} cases, so their exponents cannot be told apart; vary them independently`;
}

/**
 * Variance inflation factor of column j: the largest of 1/(1 − r²) with any other column, and of 1/(1 − R²) given all
 * others (left out where those depend on each other: they are then named by their own correlation).
 */
function inflation(rows: readonly (readonly number[])[], j: number): number {
  const column = rows.map((row) => row[j]!);
  const pairwise = rows[0]!.map((_, k) =>
    k === j
      ? 0
      : correlation(
          column,
          rows.map((row) => row[k]!),
        ) ** 2,
  );
  const others = rows.map((row) => [1, ...row.filter((_, k) => k !== j)]);
  const joint = condition(others) > 1e6 ? 0 : leastSquares(others, column).rSquared;
  const explained = Math.max(joint, ...pairwise);
  return explained >= 1 ? Number.POSITIVE_INFINITY : 1 / (1 - explained);
}
