/** @file Which coefficients of a linear model a design cannot tell apart: condition index and variance proportions. */

import { Matrix, SingularValueDecomposition } from "ml-matrix";

/** Condition index from which coefficients cannot be told apart (Belsley, Kuh and Welsch: "strong" from 30). */
export const LARGEST_CONDITION = 30;

/** Share of a coefficient's variance in one near dependency from which it takes part in it (ibid.). */
const LEAST_PROPORTION = 0.5;

/**
 * Finds the columns of a design that take part in its strongest near dependency.
 *
 * Columns are scaled to length 1, not centred (Belsley, Kuh and Welsch, Regression Diagnostics, 1980, ch. 3): a model
 * without a constant of its own can confuse a column with the origin.
 *
 * @param X - rows of equal length, no column of zeros
 * @returns indices of at least two columns, or none where all can be told apart
 */
export function nearDependency(X: readonly (readonly number[])[]): number[] {
  const columns = X[0]?.length ?? 0;
  if (columns < 2) return [];
  const lengths = Array.from({ length: columns }, (_, j) => Math.hypot(...X.map((row) => row[j]!)));
  const { diagonal, rightSingularVectors } = new SingularValueDecomposition(
    new Matrix(X.map((row) => row.map((value, j) => value / lengths[j]!))),
    { computeLeftSingularVectors: false, computeRightSingularVectors: true, autoTranspose: true },
  );
  const largest = Math.max(...diagonal);
  // A singular value that is zero up to rounding counts as that rounding, so that proportions stay finite.
  const values = diagonal.map((value) => Math.max(value, 1e-12 * largest));
  const weakest = values.indexOf(Math.min(...values));
  if (largest / values[weakest]! < LARGEST_CONDITION) return [];
  const share = (j: number, k: number): number => (rightSingularVectors.get(j, k) / values[k]!) ** 2;
  const proportions = lengths.map(
    (_, j) => share(j, weakest) / values.reduce((sum, _value, k) => sum + share(j, k), 0),
  );
  const ranked = [...proportions.keys()].sort((i, j) => proportions[j]! - proportions[i]!);
  const taking = ranked.filter((j) => proportions[j]! >= LEAST_PROPORTION);
  return (taking.length >= 2 ? taking : ranked.slice(0, 2)).sort((i, j) => i - j);
}
