/** @file Why Σ's exponent is not the claimed one: one cause per variant, for its verdict and all other sentences. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { Interval } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { caseSummaries } from "./case-interval.ts";
import { claimedLaw, excessOf } from "./claimed-law.ts";
import { type FixedCost, fitFixedCost } from "./fixed-cost.ts";
import { type Relation, relationOf } from "./relation.ts";
import { type Sentence, says } from "./sentence.ts";
import { verdictRule } from "./verdict-rule.ts";

/** A cache and its size. */
export type Cache = { readonly name: string; readonly bytes: number };

/** Where Σ's exponent lies against the claimed one, and why. */
export type SigmaCause = {
  /** Of its excess to 0, with the rule's tolerance. */
  readonly relation: Relation;
  /**
   * - `fixed cost`: below, or not decided, and a fixed cost per product describes it better than a power of Σ.
   * - `perhaps a fixed cost`: the same, but a power of Σ describes it as well.
   * - `caches`: above, and between the smallest and the largest case a cache is left.
   * - `other`: below or above, and neither of them stated.
   * - null: as claimed, or not decided.
   */
  readonly cause: "fixed cost" | "perhaps a fixed cost" | "caches" | "other" | null;
  /** Seconds per product as a sum, fitted; null where it could not be. */
  readonly fit: FixedCost | null;
  /** Bytes that the smallest and the largest case touch. */
  readonly footprints: Interval;
  /** Those that the smallest case fits into and the largest does not. */
  readonly cachesLeft: readonly Cache[];
};

/** A fixed cost explains Σ's exponent where it leaves no more than this times what a power of Σ leaves. */
const LARGEST_MISFIT = 1.1;

/** True where α + β·c leaves hardly more than a power of c does: else no fixed cost is stated. */
export function isSum({ relativeRms, powerRms }: FixedCost): boolean {
  return relativeRms <= LARGEST_MISFIT * powerRms;
}

/** True where α + β·c describes the seconds per product better than a power of c, with its whole interval. */
export function isSumForCertain({ sumOverPower }: FixedCost): boolean {
  return relationOf(sumOverPower, 0) === "below";
}

/**
 * The fixed cost, where it is stated as the reason: the claim is a product of powers, Σ's exponent may lie below the
 * claimed one by more than the tolerance, α lies above zero, and seconds per product are a sum of α and β·Σ.
 *
 * @returns null where it is not stated
 */
export function statedFixedCost(results: AnyResults, variant: VariantRecord): FixedCost | null {
  const fitted = claimedLaw(results, variant);
  const fit = fitFixedCost(results, { variant: variant.label });
  const excess = excessOf(fitted, "sigma")?.interval95 ?? null;
  if (fit === null || excess === null || fitted.isExcess || fit.undetermined !== null) return null;
  const mayBeBelow = excess[0] < -verdictRule(results).sigmaTolerance;
  return mayBeBelow && relationOf(fit.secondsPerProduct, 0) === "above" && isSum(fit) ? fit : null;
}

/**
 * Finds the cause.
 *
 * @returns null where Σ's exponent was not fitted, or nothing is claimed
 */
export function sigmaCause(results: AnyResults, variant: VariantRecord): SigmaCause | null {
  const excess = excessOf(claimedLaw(results, variant), "sigma");
  if (excess === null) return null;
  const relation = relationOf(excess, 0, verdictRule(results).sigmaTolerance);
  const footprints = footprintsOf(results, variant);
  const cachesLeft = cachesOf(results).filter(({ bytes }) => footprints[0] <= bytes && bytes < footprints[1]);
  const stated = statedFixedCost(results, variant);
  const cause =
    relation !== "above" && stated !== null
      ? isSumForCertain(stated)
        ? "fixed cost"
        : "perhaps a fixed cost"
      : relation === "above" && cachesLeft.length > 0
        ? "caches"
        : relation === "above" || relation === "below"
          ? "other"
          : null;
  const fit = fitFixedCost(results, { variant: variant.label });
  return { relation, cause, fit, footprints, cachesLeft };
}

function footprintsOf(results: AnyResults, variant: VariantRecord): Interval {
  const bytes = caseSummaries(results).flatMap((summary) =>
    summary.variant === variant ? [summary.cost.footprintBytes] : [],
  );
  return [Math.min(...bytes), Math.max(...bytes)];
}

/** The caches of the first machine whose size is known. */
function cachesOf(results: AnyResults): Cache[] {
  const { l1, l2, l3 } = results.environments[0]?.cacheBytes ?? { l1: null, l2: null, l3: null };
  return Object.entries({ L1: l1, L2: l2, L3: l3 }).flatMap(([name, bytes]) =>
    bytes === null ? [] : [{ name, bytes }],
  );
}

/** Why no fixed cost is stated as the reason of an exponent below the claimed one, as what follows a semicolon. */
export function whyNoFixedCost(fit: FixedCost | null): Sentence {
  if (fit === null) return says`a fixed cost per product could not be fitted`;
  if (fit.undetermined !== null) return says`the costs of a product are not determined by these cases`;
  if (!isSum(fit)) return says`a fixed cost per product describes that less well than a power of Σ`;
  return relationOf(fit.secondsPerProduct, 0) === "above"
    ? says`a fixed cost per product is told, and is not held to be the reason of what is left of the claim`
    : says`no fixed cost per product can be told from zero`;
}
