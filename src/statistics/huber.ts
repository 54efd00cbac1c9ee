/** @file Robust regression by Huber's M-estimate, as pseudo-values on which ordinary least squares gives the same answer. */

import { LuDecomposition, Matrix, QrDecomposition } from "ml-matrix";
import { dotProduct, leastSquares } from "./least-squares.ts";
import { median } from "./quantile.ts";

/** Residuals beyond so many standard deviations are pulled in: 95 % efficient where noise is normal (Huber 1964). */
export const HUBER_K = 1.345;

/** 1 / Φ⁻¹(3/4): the median absolute deviation times this estimates a normal standard deviation. */
const MAD_FACTOR = 1.4826;

/** A robust fit in a form that least squares can go on with. */
export type HuberFit = {
  readonly coefficients: readonly number[];
  /** One a row: ordinary least squares on these has the same coefficients, and the right spread about them. */
  readonly pseudoValues: readonly number[];
  /** Share of the rows whose residual was pulled in by more than half. */
  readonly outlierShare: number;
};

/**
 * Fits y ≈ X·β by Huber's M-estimate with the residuals' scale from their median absolute deviation, by iteratively
 * reweighted least squares (Huber and Ronchetti, Robust Statistics, 2nd ed., 2009, 7.8).
 *
 * Returns pseudo-values X·β + ψ(r)/mean ψ′ (ibid., 7.6): the M-estimate is the least-squares fit to them, and standard
 * errors that are made from them by leaving out groups are those of the M-estimate to first order.
 *
 * @param X - rows of equal length
 * @param y - one a row
 * @throws {JacobenchError} as {@link leastSquares}
 */
export function huberFit(X: readonly (readonly number[])[], y: readonly number[]): HuberFit {
  let { coefficients } = leastSquares(X, y);
  const basis = orthogonalBasis(X);
  let scale = 0;
  for (let step = 0; step < 50; step++) {
    const residuals = y.map((value, i) => value - dotProduct(X[i]!, coefficients));
    scale = robustScale(residuals);
    if (!(scale > 1e-12 * Math.hypot(...y))) return exact(coefficients, y);
    const next = basis.solve(
      y,
      huberRoots(residuals).map((root) => root ** 2),
    );
    const moved = Math.hypot(...next.map((value, j) => value - coefficients[j]!));
    coefficients = next;
    if (moved < 1e-9 * Math.hypot(...next)) break;
  }
  const residuals = y.map((value, i) => value - dotProduct(X[i]!, coefficients));
  const limit = HUBER_K * scale;
  const inside = residuals.filter((residual) => Math.abs(residual) <= limit).length / y.length;
  return {
    coefficients,
    pseudoValues: residuals.map(
      (residual, i) => y[i]! - residual + Math.max(-limit, Math.min(limit, residual)) / inside,
    ),
    outlierShare: residuals.filter((residual) => Math.abs(residual) > 2 * limit).length / y.length,
  };
}

/** The columns of X made orthogonal, so that weighted normal equations in them are as well conditioned as the weights. */
function orthogonalBasis(X: readonly (readonly number[])[]): {
  solve(y: readonly number[], weights: readonly number[]): number[];
} {
  const qr = new QrDecomposition(new Matrix(X.map((row) => [...row])));
  const Q = qr.orthogonalMatrix.to2DArray();
  const R = new LuDecomposition(qr.upperTriangularMatrix);
  const columns = X[0]!.length;
  return {
    solve: (y, weights) => {
      const gram = Matrix.zeros(columns, columns).to2DArray();
      const moment = new Array<number>(columns).fill(0);
      for (let i = 0; i < y.length; i++) {
        const row = Q[i]!;
        for (let j = 0; j < columns; j++) {
          const weighted = weights[i]! * row[j]!;
          moment[j]! += weighted * y[i]!;
          for (let k = 0; k < columns; k++) gram[j]![k]! += weighted * row[k]!;
        }
      }
      const inBasis = new LuDecomposition(new Matrix(gram)).solve(Matrix.columnVector(moment));
      return R.solve(inBasis).to1DArray();
    },
  };
}

/** Standard deviation of normal residuals, from their median absolute deviation from zero. */
function robustScale(residuals: readonly number[]): number {
  return MAD_FACTOR * median(residuals.map(Math.abs));
}

/**
 * Square roots of Huber's weights, 1 within {@link HUBER_K} standard deviations: what rows are multiplied by.
 *
 * @param residuals - at least one, finite
 * @returns all 1 where more than half of the residuals are zero
 */
export function huberRoots(residuals: readonly number[]): number[] {
  const limit = HUBER_K * robustScale(residuals);
  if (limit === 0) return residuals.map(() => 1);
  return residuals.map((residual) =>
    Math.abs(residual) <= limit ? 1 : Math.sqrt(limit / Math.abs(residual)),
  );
}

/** More than half of the rows lie on the fit: nothing is pulled in. */
function exact(coefficients: readonly number[], y: readonly number[]): HuberFit {
  return { coefficients, pseudoValues: y, outlierShare: 0 };
}
