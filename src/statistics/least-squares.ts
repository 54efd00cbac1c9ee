/** @file Ordinary least squares, thin over ml-matrix, and what tells whether a design can be fitted at all. */

import { Matrix, QrDecomposition, SingularValueDecomposition } from "ml-matrix";
import { JacobenchError } from "../errors.ts";

/** A fitted linear model y ≈ X·β. */
export type LeastSquares = {
  /** β, one a column. */
  readonly coefficients: readonly number[];
  /** y − X·β, one a row. */
  readonly residuals: readonly number[];
  /** (XᵀX)⁻¹, [columns, columns]. */
  readonly inverseGram: readonly (readonly number[])[];
  /** Share of the variance of y about its mean that the fit explains; 1 where y does not vary. */
  readonly rSquared: number;
};

/**
 * Fits y ≈ X·β by the QR decomposition (Golub and Van Loan, Matrix Computations, 4th ed., 5.3).
 *
 * @param X - rows of equal length; give the column of ones yourself
 * @param y - one a row
 * @throws {JacobenchError} `ERR_SHAPE` if lengths differ or there are fewer rows than columns; `ERR_RANGE` if columns
 *   depend on each other
 */
export function leastSquares(X: readonly (readonly number[])[], y: readonly number[]): LeastSquares {
  const columns = X[0]?.length ?? 0;
  if (X.length !== y.length || X.length < columns || columns === 0) {
    throw new JacobenchError(
      "ERR_SHAPE",
      `leastSquares: ${X.length} rows of ${columns} and ${y.length} values; expected as many rows as values, and no fewer than columns`,
    );
  }
  if (condition(X) > 1e8) {
    throw new JacobenchError("ERR_RANGE", "leastSquares: the columns depend on each other; leave one out");
  }
  const design = new Matrix(X.map((row) => [...row]));
  const qr = new QrDecomposition(design);
  const coefficients = qr.solve(Matrix.columnVector([...y])).to1DArray();
  const residuals = y.map((value, i) => value - dotProduct(X[i]!, coefficients));
  // R is upper triangular, so (XᵀX)⁻¹ = R⁻¹·R⁻ᵀ.
  const inverseR = new QrDecomposition(qr.upperTriangularMatrix).solve(Matrix.eye(columns));
  const centre = y.reduce((sum, value) => sum + value, 0) / y.length;
  const total = y.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const left = residuals.reduce((sum, value) => sum + value * value, 0);
  return {
    coefficients,
    residuals,
    inverseGram: inverseR.mmul(inverseR.transpose()).to2DArray(),
    rSquared: total === 0 ? 1 : 1 - left / total,
  };
}

/**
 * Largest over smallest singular value of the columns, each scaled to length 1; infinite where one is zero or depends
 * on the others (Belsley, Kuh and Welsch, Regression Diagnostics, 1980, ch. 3).
 *
 * @param X - rows of equal length
 */
export function condition(X: readonly (readonly number[])[]): number {
  const columns = X[0]?.length ?? 0;
  const lengths = Array.from({ length: columns }, (_, j) => Math.hypot(...X.map((row) => row[j]!)));
  if (lengths.some((length) => length === 0)) return Number.POSITIVE_INFINITY;
  const scaled = new Matrix(X.map((row) => row.map((value, j) => value / lengths[j]!)));
  const { diagonal } = new SingularValueDecomposition(scaled, {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  const smallest = Math.min(...diagonal);
  return smallest <= 0 ? Number.POSITIVE_INFINITY : Math.max(...diagonal) / smallest;
}

/** Sum of x_i·y_i. */
export function dotProduct(x: readonly number[], y: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}
