/** @file What the theory says of the exponents, and how measured ones stand to it, in words. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import { formatEstimate, listed } from "../text.ts";
import { CLAIMED, type PowerLaw, REGRESSORS, type Regressor, SYMBOL } from "./power-law.ts";

/** How far an exponent may be from the predicted one to be called equal, whatever its interval. */
export const TOLERANCE = 0.05;

/** The exponents of n·Σ and m·Σ; null for strategies of neither mode. */
export function predictedExponents(variant: VariantRecord): Readonly<Record<Regressor, number>> | null {
  if (variant.mode === null) return null;
  return variant.mode === "forward" ? { n: 1, m: 0, sigma: 1, depth: 0 } : { n: 0, m: 1, sigma: 1, depth: 0 };
}

/**
 * - `as predicted`: the whole interval lies within the tolerance.
 * - `differs`: the whole interval lies outside of the tolerance, on one side.
 * - `uncertain`: the interval lies on both sides of the tolerance's edge, or there is none.
 */
export type Agreement = "as predicted" | "differs" | "uncertain";

/** Compares a measured exponent with the predicted one. */
export function agreement({ interval95 }: Estimate, predicted: number): Agreement {
  if (interval95 === null) return "uncertain";
  const [low, high] = [interval95[0] - predicted, interval95[1] - predicted];
  if (low >= -TOLERANCE && high <= TOLERANCE) return "as predicted";
  return high < -TOLERANCE || low > TOLERANCE ? "differs" : "uncertain";
}

/** The fitted law as text, e.g. `n^1.00 [0.98, 1.02]`, one part a fitted exponent. */
export function exponentParts(law: PowerLaw): string[] {
  return REGRESSORS.flatMap((regressor) => {
    const exponent = law.exponents[regressor];
    if (exponent === null) return [];
    return [`${SYMBOL[regressor]}^${formatEstimate(exponent)}`];
  });
}

/**
 * How a law stands to the prediction, as a half sentence.
 *
 * @param law - fitted or refused
 * @returns e.g. `n and m as predicted (1 and 0); Σ differs (predicted 1)`
 */
export function claimText(law: PowerLaw): string {
  if (law.refusal !== null) return `not fitted: ${law.refusal}`;
  const predicted = predictedExponents(law.variant);
  if (predicted === null) return "no prediction for a strategy that is neither forward nor reverse";
  if (law.noInterval !== null)
    return `not compared with the prediction without intervals (${law.noInterval})`;
  const groups: Record<Agreement, Regressor[]> = { "as predicted": [], differs: [], uncertain: [] };
  for (const regressor of CLAIMED) {
    const exponent = law.exponents[regressor];
    if (exponent !== null) groups[agreement(exponent, predicted[regressor])].push(regressor);
  }
  const names = (regressors: readonly Regressor[]): string => listed(regressors.map((one) => SYMBOL[one]));
  const values = (regressors: readonly Regressor[]): string =>
    listed(regressors.map((one) => String(predicted[one])));
  const { "as predicted": equal, differs, uncertain } = groups;
  return [
    equal.length > 0 ? `${names(equal)} as predicted (${values(equal)})` : null,
    differs.length > 0
      ? `${names(differs)} ${differs.length > 1 ? "differ" : "differs"} (predicted ${values(differs)})`
      : null,
    uncertain.length > 0
      ? `${names(uncertain)} not decided to ±${TOLERANCE} (predicted ${values(uncertain)})`
      : null,
  ]
    .filter((part) => part !== null)
    .join("; ");
}

/** True if every fitted exponent is as predicted. */
export function isAsPredicted(law: PowerLaw): boolean {
  const predicted = predictedExponents(law.variant);
  if (law.refusal !== null || predicted === null) return false;
  return CLAIMED.every((regressor) => {
    const exponent = law.exponents[regressor];
    return exponent === null || agreement(exponent, predicted[regressor]) === "as predicted";
  });
}
