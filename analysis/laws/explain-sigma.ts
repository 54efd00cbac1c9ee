/** @file Why Σ's exponent is what it is, in sentences: fixed cost per product, cause, local exponents. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { AnyResults } from "../config.ts";
import { claimedLaw, shifted } from "./claimed-law.ts";
import { exponentName, exponentStatement, whereItLies } from "./exponent-statements.ts";
import { type FixedCost, fitFixedCost, type LocalExponent } from "./fixed-cost.ts";
import { relationOf } from "./relation.ts";
import {
  bytes,
  count,
  decided,
  fixed,
  joined,
  listing,
  percent,
  precisePercent,
  type Sentence,
  says,
  seconds,
  stating,
  term,
} from "./sentence.ts";
import { isSum, isSumForCertain, type SigmaCause, sigmaCause, whyNoFixedCost } from "./sigma-cause.ts";
import { compare } from "./statement.ts";

/** A local exponent whose interval is wider says nothing. */
const WIDEST_LOCAL = 0.5;

/**
 * Explains the exponent of Σ of one variant.
 *
 * @param results - of one experiment
 * @param variant - one of its forward or reverse variants
 * @returns sentences with a full stop each; empty where Σ's exponent was not fitted, or nothing is claimed
 */
export function explainSigma(results: AnyResults, variant: VariantRecord): Sentence[] {
  const fit = fitFixedCost(results, { variant: variant.label });
  const cause = sigmaCause(results, variant);
  if (fit === null || cause === null) return [];
  return [
    fixedCostSentence(fit, variant),
    ...causeSentences(results, variant, fit, cause),
    ...localSentences(fit),
  ];
}

/** α and β, or why they are not stated. */
function fixedCostSentence(fit: FixedCost, variant: VariantRecord): Sentence {
  const { secondsPerProduct: alpha, secondsPerFma: beta } = fit;
  const form = fit.claim.productSymbol === "Σ" ? "Σ" : `(${fit.claim.productSymbol})`;
  const spread = says`±${percent(fit.relativeRms)}`;
  if (fit.undetermined !== null) {
    return says`The costs of a product and of an FMA are not determined by these cases: ${term(fit.undetermined)}.`;
  }
  if (!isSum(fit)) {
    return says`No fixed cost per product is stated: of the seconds per product ${term(`α + β·${form}`)} leaves ±${precisePercent(fit.relativeRms)}, a power of ${term(form)} ±${precisePercent(fit.powerRms)}.`;
  }
  const model = says`(seconds per product = ${term(`α + β·${form}`)}, ${spread})`;
  if (alpha.interval95 === null) {
    return says`A product takes ${seconds(alpha)} and ${seconds(beta)} per FMA, without intervals ${model}.`;
  }
  if (relationOf(alpha, 0) === "above" && !isSumForCertain(fit)) {
    return says`As a sum, a product takes a fixed ${seconds(alpha)} and ${seconds(beta)} per FMA ${model}; a power of ${term(form)} (±${percent(fit.powerRms)}) is not told from it.`;
  }
  const fixedCost = compare({
    subject: variant.label,
    quantity: "fixed cost per product",
    value: alpha,
    reference: 0,
  });
  return fixedCost.relation === "above"
    ? says`Each product has ${stating(fixedCost, "a fixed cost")} of ${seconds(alpha)}, each FMA takes ${seconds(beta)} ${model}.`
    : says`${decided(fixedCost, NO_FIXED_COST)} (α is at most ${seconds(alpha.interval95[1])}); each FMA takes ${seconds(beta)} ${model}.`;
}

const NO_FIXED_COST = {
  above: "A fixed cost per product is there",
  below: "No fixed cost per product can be told from zero",
  within: "No fixed cost per product can be told from zero",
  undecided: "No fixed cost per product can be told from zero",
};

/** Where Σ's exponent lies and why, where it is not as claimed. */
function causeSentences(
  results: AnyResults,
  variant: VariantRecord,
  fit: FixedCost,
  cause: SigmaCause,
): Sentence[] {
  const fitted = claimedLaw(results, variant);
  const statement = exponentStatement(results, fitted, "sigma");
  if (statement === null || cause.cause === null) return [];
  const where = says`${term(exponentName("sigma", fitted.isExcess))} ${fixed(statement.value)} ${whereItLies(statement)}`;
  switch (cause.cause) {
    case "fixed cost":
      // Not told from the claimed exponent, but the cost that bends it is there.
      if (cause.relation === "undecided") {
        const exponent = says`${term(exponentName("sigma", fitted.isExcess))} (here ${fixed(statement.value)})`;
        return [
          says`The fixed cost weighs as much as the FMA of ${term("Σ")} = ${count(fit.fmaOfEqualCost)}, and ${stating(statement, "bends")} ${exponent} below ${count(1)} where chains are not far larger.`,
        ];
      }
      return [
        says`${where}, as the fixed cost makes it where chains are small: it weighs as much as the FMA of ${term("Σ")} = ${count(fit.fmaOfEqualCost)}, and the exponent nears ${count(1)} far above that.`,
      ];
    case "perhaps a fixed cost":
      return [
        says`${where}; a fixed cost per product would bend it so where chains are small, and is not told from a power of ${term("Σ")}.`,
      ];
    case "caches":
      return [
        says`${where}: larger chains take more time per FMA, as happens where weights leave a cache (footprints ${bytes(cause.footprints[0])} to ${bytes(cause.footprints[1])}; ${listing(cause.cachesLeft.map((one) => says`${term(one.name)} ${bytes(one.bytes)}`))}).`,
      ];
    default:
      return [
        cause.relation === "below"
          ? says`${where}: larger chains take less time per FMA; ${whyNoFixedCost(fit)}.`
          : says`${where}: larger chains take more time per FMA, for a reason that these cases do not show.`,
      ];
  }
}

function localSentences(fit: FixedCost): Sentence[] {
  const parts = (
    [
      [fit.lower, says`lower`],
      [fit.upper, says`upper`],
    ] as const
  ).flatMap(([local, where]) => (local === null || !isNarrow(local) ? [] : [localPart(fit, local, where)]));
  if (parts.length === 0) return [];
  const what = fit.claim.exponents === null ? "excess of the local exponent of Σ" : "local exponent of Σ";
  return [says`The ${term(what)} is ${joined(parts, " and ")}.`];
}

function isNarrow({ excess: { interval95 } }: LocalExponent): boolean {
  return interval95 !== null && interval95[1] - interval95[0] <= WIDEST_LOCAL;
}

function localPart(fit: FixedCost, local: LocalExponent, where: Sentence): Sentence {
  const claimed = fit.claim.exponents?.sigma ?? 0;
  const [low, high] = local.sigmaRange;
  const model =
    fit.undetermined !== null || !isSum(fit)
      ? says``
      : says`; the fit gives ${fixed(claimed + local.predicted)}`;
  return says`${fixed(shifted(local.excess, claimed))} in the ${where} third of the cases (Σ from ${count(low)} to ${count(high)}${model})`;
}
