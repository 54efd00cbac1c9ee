/** @file By how much Σ's exponent exceeds the claimed one within a part of its range, what n and m do taken off. Pure. */

import { type Estimate, type Interval, STRICT_CONFIDENCE } from "../../src/statistics/interval.ts";
import { leastSquares } from "../../src/statistics/least-squares.ts";
import { robustCrossedRegression } from "../../src/statistics/robust-crossed-regression.ts";
import type { TimeCell } from "./cells.ts";
import { type ClaimedLaw, excessOf } from "./claimed-law.ts";
import { regressorOf } from "./power-law.ts";

/** A part whose Σ varies by less than this factor has no local exponent. */
const LEAST_LOCAL_FACTOR = 1.25;

/** Slope of the logarithm of time over the claim on log Σ within a part of the range of Σ. */
export type LocalSlope = {
  readonly sigmaRange: Interval;
  readonly cases: number;
  /** By how much Σ's exponent exceeds the claimed one there. */
  readonly excess: Estimate;
  /** The 99.9 % interval, which a refutation asks for; null where there is no 95 % interval. */
  readonly strictInterval: Interval | null;
};

/**
 * Fits log(t/claim) − a·log n − b·log m on log Σ within a part of the cases; a and b are the excess exponents of the law
 * of all cases, since within a part Σ goes with n and m. Their uncertainty widens the interval, as far as it reaches
 * through (the slopes of log n and log m on log Σ), added in squares.
 *
 * @param cells - of the part
 * @param fitted - the law of all cells of the variant, with its claim
 * @returns null for fewer than three Σ, where Σ varies by less than a factor of 1.25, or where nothing is claimed
 */
export function localSlope(cells: readonly TimeCell[], fitted: ClaimedLaw): LocalSlope | null {
  const { claim, claimed, law } = fitted;
  const sigmas = [...new Set(cells.map((cell) => cell.sigma))];
  const sigmaRange = [Math.min(...sigmas), Math.max(...sigmas)] as const;
  if (claim === null || claimed === null) return null;
  if (sigmas.length < 3 || sigmaRange[1] / sigmaRange[0] < LEAST_LOCAL_FACTOR) return null;
  const used = (["n", "m"] as const).filter((regressor) => law.exponents[regressor] !== null);
  const fit = robustCrossedRegression(
    cells.map((cell) => ({
      case: cell.case,
      process: cell.process,
      x: [1, Math.log(cell.sigma)],
      y: used.reduce(
        (log, regressor) =>
          log - excessOf(fitted, regressor)!.estimate * Math.log(regressorOf(cell, regressor)),
        Math.log(cell.seconds / claim.cost(cell)),
      ),
    })),
  );
  const reach = used.map(
    (regressor) =>
      leastSquares(
        cells.map((cell) => [1, Math.log(cell.sigma)]),
        cells.map((cell) => Math.log(regressorOf(cell, regressor))),
      ).coefficients[1]!,
  );
  const widened = (own: Interval | null, of: (regressor: "n" | "m") => Interval | null): Interval | null => {
    if (own === null) return null;
    const halves = used.map((regressor, j) => reach[j]! * halfOf(of(regressor)));
    const half = Math.hypot(halfOf(own), ...halves);
    const centre = (own[0] + own[1]) / 2;
    return [centre - half, centre + half];
  };
  const { estimate, interval95 } = fit.coefficient(1);
  const withheld = law.noInterval !== null;
  return {
    sigmaRange,
    cases: fit.cases,
    excess: {
      estimate,
      interval95: withheld ? null : widened(interval95, (regressor) => law.exponents[regressor]!.interval95),
    },
    strictInterval: withheld
      ? null
      : widened(fit.intervalAt(1, STRICT_CONFIDENCE), (regressor) => law.strictIntervals[regressor]),
  };
}

function halfOf(interval: Interval | null): number {
  return interval === null ? 0 : (interval[1] - interval[0]) / 2;
}
