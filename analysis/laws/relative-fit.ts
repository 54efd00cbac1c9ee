/** @file Coefficients that are not negative, fitted with relative errors; and intervals that respect the bound. Pure. */

import { huberRoots } from "../../src/statistics/huber.ts";
import type { Estimate, Interval } from "../../src/statistics/interval.ts";
import { dotProduct } from "../../src/statistics/least-squares.ts";
import { nonnegativeLeastSquares } from "../../src/statistics/nonnegative-least-squares.ts";

const MOST_STEPS = 30;

/**
 * Fits y ≈ amounts·β with β ≥ 0 and relative errors: rows are divided by the fit, which is found again until it stands
 * (iteratively reweighted least squares: Carroll and Ruppert, Transformation and Weighting in Regression, 1988, ch. 2),
 * each time by non-negative least squares (Lawson and Hanson 1974, ch. 23); outliers are weighed down by Huber's weights
 * on the relative residuals.
 *
 * @param amounts - one row a value, as many columns as coefficients
 * @param y - positive
 * @returns the coefficients, each at least 0
 */
export function fitRelative(amounts: readonly (readonly number[])[], y: readonly number[]): number[] {
  let scales = y;
  let roots = y.map(() => 1);
  let coefficients: number[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    const before = coefficients;
    coefficients = nonnegativeLeastSquares(
      amounts.map((row, i) => row.map((amount) => (roots[i]! * amount) / scales[i]!)),
      y.map((value, i) => (roots[i]! * value) / scales[i]!),
    );
    const fit = amounts.map((row) => dotProduct(row, coefficients));
    scales = fit.map((value, i) => (value > 0 ? value : y[i]!));
    roots = huberRoots(y.map((value, i) => value / scales[i]! - 1));
    const moved = coefficients.some((value, j) => Math.abs(value - (before[j] ?? 0)) > 1e-10 * value);
    if (!moved) break;
  }
  return coefficients;
}

/**
 * A coefficient with the interval of the same fit without the bound, cut at 0 and widened to hold the estimate where the
 * bound moved it: it covers at least as often as without the bound, since the truth is not negative.
 *
 * @param estimate - at least 0
 * @param free - the interval without the bound; null where there may be none
 */
export function boundedEstimate(estimate: number, free: Interval | null): Estimate {
  if (free === null) return { estimate, interval95: null };
  const [low, high] = [Math.max(0, Math.min(free[0], estimate)), Math.max(0, free[1], estimate)];
  // Cut to a point, an interval would claim what a bound alone does.
  return { estimate, interval95: low === high ? null : [low, high] };
}
