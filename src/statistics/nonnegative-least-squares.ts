/** @file Least squares with coefficients that cannot be negative: the active-set method of Lawson and Hanson. */

import { Matrix, QrDecomposition } from "ml-matrix";
import { JacobenchError } from "../errors.ts";
import { dotProduct, leastSquares } from "./least-squares.ts";

/**
 * Minimises |X·β − y|² subject to β ≥ 0 (Lawson and Hanson, Solving Least Squares Problems, 1974, ch. 23, algorithm
 * NNLS; each unconstrained problem by {@link leastSquares}).
 *
 * Columns are scaled to length 1 first, so that units do not matter to the stopping rule, and the rows reduced by the QR
 * decomposition.
 *
 * @param X - rows of equal length; no column of zeros
 * @param y - one a row
 * @returns β, one a column, each at least 0; 0 exactly where the bound holds
 * @throws {JacobenchError} `ERR_SHAPE` if lengths differ, there are fewer rows than columns, or a column is all zeros;
 *   `ERR_RANGE` if columns depend on each other
 */
export function nonnegativeLeastSquares(X: readonly (readonly number[])[], y: readonly number[]): number[] {
  const columns = X[0]?.length ?? 0;
  const lengths = Array.from({ length: columns }, (_, j) => Math.hypot(...X.map((row) => row[j]!)));
  if (X.length !== y.length || X.length < columns || lengths.some((length) => !(length > 0))) {
    throw new JacobenchError(
      "ERR_SHAPE",
      `nonnegativeLeastSquares: ${X.length} rows of ${columns} and ${y.length} values; expected as many rows as ` +
        "values, no fewer than columns, and no column of zeros",
    );
  }
  // With X = Q·R, |X·β − y| differs from |R·β − Qᵀ·y| by a constant: as many rows as columns do from here on.
  const qr = new QrDecomposition(new Matrix(X.map((row) => row.map((value, j) => value / lengths[j]!))));
  const scaled = qr.upperTriangularMatrix.to2DArray();
  const target = qr.orthogonalMatrix
    .transpose()
    .mmul(Matrix.columnVector([...y]))
    .to1DArray();
  const tolerance = 1e-10 * Math.max(Number.MIN_VALUE, Math.hypot(...y));
  const free = new Set<number>();
  let beta = new Array<number>(columns).fill(0);
  // Each step lowers the residual, so that no free set comes back; the limit guards against rounding alone.
  for (let step = 0; step < 10 * columns; step++) {
    const gradient = gradientOf(scaled, target, beta);
    const entering = largest(gradient, free);
    if (entering === null || gradient[entering]! <= tolerance) break;
    free.add(entering);
    beta = solveFree(scaled, target, free, beta);
  }
  return beta.map((value, j) => value / lengths[j]!);
}

/** Xᵀ(y − Xβ): how fast the residual falls as each coefficient rises. */
function gradientOf(
  X: readonly (readonly number[])[],
  y: readonly number[],
  beta: readonly number[],
): number[] {
  const residuals = y.map((value, i) => value - dotProduct(X[i]!, beta));
  return beta.map((_, j) => X.reduce((sum, row, i) => sum + row[j]! * residuals[i]!, 0));
}

function largest(gradient: readonly number[], free: ReadonlySet<number>): number | null {
  let best: number | null = null;
  for (const [j, value] of gradient.entries()) {
    if (!free.has(j) && (best === null || value > gradient[best]!)) best = j;
  }
  return best;
}

/** Solves for the free coefficients; moves back to the bound, and fixes there, what would become negative. */
function solveFree(
  X: readonly (readonly number[])[],
  y: readonly number[],
  free: Set<number>,
  from: readonly number[],
): number[] {
  let beta = [...from];
  while (free.size > 0) {
    const indices = [...free].sort((a, b) => a - b);
    const { coefficients } = leastSquares(
      X.map((row) => indices.map((j) => row[j]!)),
      y,
    );
    const target = beta.map(() => 0);
    for (const [k, j] of indices.entries()) target[j] = coefficients[k]!;
    const negative = indices.filter((j) => target[j]! <= 0);
    if (negative.length === 0) return target;
    const share = Math.min(...negative.map((j) => beta[j]! / (beta[j]! - target[j]!)));
    beta = beta.map((value, j) => value + share * (target[j]! - value));
    for (const j of negative) {
      if (beta[j]! > 1e-14) continue;
      beta[j] = 0;
      free.delete(j);
    }
  }
  return beta;
}
