/** @file The power law of a variant as its claim wants it: of the time, or of what is left once it is divided by the claim. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { timeCells } from "./cells.ts";
import { type ClaimedCost, claimedCostOn } from "./claimed-cost.ts";
import { fitExcess, fitPowerLaw, type PowerLaw, type Regressor } from "./power-law.ts";

/** A fitted law and what is claimed of its exponents. */
export type ClaimedLaw = {
  readonly variant: VariantRecord;
  /** Null for strategies that claim nothing, and where a case costs nothing. */
  readonly claim: ClaimedCost | null;
  /** Of the time; where the claim is no product of powers, of time divided by the claim. */
  readonly law: PowerLaw;
  /** True where the law is of what is left once time is divided by the claim. */
  readonly isExcess: boolean;
  /** The claimed exponents of `law`: those of the claim, or 0 where it was divided out; null without a claim. */
  readonly claimed: Readonly<Record<Regressor, number>> | null;
};

const NONE_LEFT: Readonly<Record<Regressor, number>> = { n: 0, m: 0, sigma: 0, depth: 0 };

/** {@link fitClaimedLaw} for every variant that was measured, in their order. */
export function claimedLaws(results: AnyResults): ClaimedLaw[] {
  const known = cached.get(results);
  if (known) return known;
  const laws = results.variants.map((variant) => fitVariant(results, variant));
  cached.set(results, laws);
  return laws;
}

const cached = new WeakMap<AnyResults, ClaimedLaw[]>();

/** The law of one variant of the results, and what is claimed of it. */
export function claimedLaw(results: AnyResults, variant: VariantRecord): ClaimedLaw {
  return claimedLaws(results).find((one) => one.variant === variant)!;
}

function fitVariant(results: AnyResults, variant: VariantRecord): ClaimedLaw {
  const selector = { variant: variant.label };
  const claim = claimedCostOn(variant, timeCells(results, variant.label).cells);
  if (claim === null || claim.exponents !== null) {
    return {
      variant,
      claim,
      law: fitPowerLaw(results, selector),
      isExcess: false,
      claimed: claim?.exponents ?? null,
    };
  }
  return {
    variant,
    claim,
    law: fitExcess(results, selector, claim.cost),
    isExcess: true,
    claimed: NONE_LEFT,
  };
}

/** By how much an exponent of the law exceeds the claimed one; null where it was not fitted or nothing is claimed. */
export function excessOf({ law, claimed }: ClaimedLaw, regressor: Regressor): Estimate | null {
  const exponent = law.exponents[regressor];
  return exponent === null || claimed === null ? null : shifted(exponent, -claimed[regressor]);
}

/** An estimate with its interval, moved. */
export function shifted({ estimate, interval95 }: Estimate, by: number): Estimate {
  return {
    estimate: estimate + by,
    interval95: interval95 === null ? null : [interval95[0] + by, interval95[1] + by],
  };
}
