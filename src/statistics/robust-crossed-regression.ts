/** @file The crossed regression with Huber's M-estimate in place of least squares: outliers bend it little. */

import { type Cell, type CrossedRegression, crossedRegression } from "./crossed-regression.ts";
import { huberFit } from "./huber.ts";
import { dotProduct } from "./least-squares.ts";

/** A robust fit with its uncertainty. */
export type RobustCrossedRegression = CrossedRegression & {
  /** Share of the cells whose residual was pulled in by more than half. */
  readonly outlierShare: number;
};

/**
 * Fits y ≈ X·β over case × process cells by Huber's M-estimate, with the intervals of {@link crossedRegression} on its
 * pseudo-values (see {@link huberFit}).
 *
 * Chosen by simulation (analysis/simulation/coverage.ts): where noise is normal its intervals are 1 % wider than those
 * of least squares and cover alike; with one measurement in twenty several times too slow they are half as wide.
 *
 * @param cells - every case in as many processes as measured it; y and x finite
 * @returns residuals and R² are those of the given y, not of the pseudo-values
 * @throws {JacobenchError} as {@link crossedRegression}
 */
export function robustCrossedRegression(cells: readonly Cell[]): RobustCrossedRegression {
  const X = cells.map((cell) => cell.x);
  const y = cells.map((cell) => cell.y);
  const { coefficients, pseudoValues, outlierShare } = huberFit(X, y);
  const fit = crossedRegression(cells.map((cell, i) => ({ ...cell, y: pseudoValues[i]! })));
  const residuals = y.map((value, i) => value - dotProduct(X[i]!, coefficients));
  const centre = y.reduce((sum, value) => sum + value, 0) / y.length;
  const total = y.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return {
    ...fit,
    residualRms: caseRms(cells, residuals),
    rSquared: total === 0 ? 1 : 1 - dotProduct(residuals, residuals) / total,
    outlierShare,
  };
}

/** Root mean square of the residuals' means over each case. */
function caseRms(cells: readonly Cell[], residuals: readonly number[]): number {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const [i, cell] of cells.entries()) {
    const entry = sums.get(cell.case) ?? { sum: 0, count: 0 };
    sums.set(cell.case, { sum: entry.sum + residuals[i]!, count: entry.count + 1 });
  }
  const means = [...sums.values()].map(({ sum, count }) => sum / count);
  return Math.sqrt(dotProduct(means, means) / means.length);
}
