/** @file What a design can tell of a power law: which regressors vary, which move together, how far times lie apart. Pure. */

import { correlation } from "../../src/statistics/correlation.ts";
import { condition, leastSquares } from "../../src/statistics/least-squares.ts";
import { geometricMean, mean, variance } from "../../src/statistics/mean.ts";
import { groupBy } from "../grouping.ts";
import { formatFixed } from "../text.ts";
import type { TimeCell } from "./cells.ts";
import { LEAST_FACTOR, type Regressor, regressorOf, SYMBOL } from "./regressor.ts";

/** Variance inflation factor from which a design is called collinear (a common rule; correlation 0.95 for two). */
export const LARGEST_INFLATION = 10;

/** Why K's exponent is not fitted: a sentence, empty where K does not vary and nothing need be said; null if it is. */
export function whyNoDepth(distinct: readonly TimeCell[], claimed: readonly Regressor[]): string | null {
  const depths = distinct.map((cell) => cell.depth);
  if (distinct.length === 0 || Math.max(...depths) / Math.min(...depths) < LEAST_FACTOR) return "";
  if (distinct.length < claimed.length + 3) return "too few cases for an exponent of K beside the others";
  const rows = distinct.map((cell) =>
    [...claimed, "depth" as const].map((regressor) => Math.log(regressorOf(cell, regressor))),
  );
  if (inflation(rows, claimed.length) <= LARGEST_INFLATION) return null;
  const column = (j: number): number[] => rows.map((row) => row[j]!);
  const closeness = (j: number): number => Math.abs(correlation(column(j), column(claimed.length)));
  const nearest = [...claimed.keys()].sort((i, j) => closeness(j) - closeness(i))[0]!;
  const symbol = SYMBOL[claimed[nearest]!];
  return `K moves together with ${symbol} in this design, so it has no exponent of its own; ${symbol}'s holds it`;
}

/** Why a regressor is left out of a fit, as a sentence without a full stop. */
export function whyDropped(regressor: Regressor, values: readonly number[], factor: number): string {
  const symbol = SYMBOL[regressor];
  if (factor === 1)
    return `${symbol} is ${values[0]} in every case, so this design says nothing about its exponent`;
  return (
    `${symbol} varies by a factor of ${factor.toFixed(2)} only (at least ${LEAST_FACTOR} is needed), ` +
    "so this design says nothing about its exponent"
  );
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
export function spread(cells: readonly TimeCell[]): string {
  const times = [...groupBy(cells, (cell) => cell.case).values()].map((group) =>
    geometricMean(group.map(({ seconds }) => seconds)),
  );
  if (times.length < 2) return "there is only one case";
  const factor = Math.max(...times) / Math.min(...times);
  return `the times of the ${times.length} differ by a factor of ${formatFixed(factor)} at most`;
}

/** Why a design cannot be fitted, naming what cannot be told apart; null where it can. */
export function whyRefused(
  cells: readonly TimeCell[],
  distinct: readonly TimeCell[],
  kept: readonly Regressor[],
): string | null {
  if (kept.length === 0) {
    return distinct.length === 0
      ? "no usable measurement"
      : `neither n nor m nor Σ varies over the cases; ${spread(cells)}`;
  }
  if (distinct.length < kept.length + 2) {
    return `${distinct.length} cases; at least ${kept.length + 2} are needed for ${kept.length} exponents`;
  }
  const rows = distinct.map((cell) => kept.map((regressor) => Math.log(regressorOf(cell, regressor))));
  const inflated = kept.filter((_, j) => inflation(rows, j) > LARGEST_INFLATION);
  if (inflated.length === 0) return null;
  const names = inflated.map((regressor) => SYMBOL[regressor]);
  return (
    `collinear design: ${names.slice(0, -1).join(", ")} and ${names.at(-1)} move together over the ` +
    `${distinct.length} cases, so their exponents cannot be told apart; vary them independently`
  );
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
