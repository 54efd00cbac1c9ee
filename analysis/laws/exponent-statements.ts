/** @file The exponents of a variant as statements: where each lies against the claimed one. Pure. */

import type { AnyResults } from "../config.ts";
import type { ClaimedLaw } from "./claimed-law.ts";
import { CLAIMED, type Regressor, SYMBOL } from "./power-law.ts";
import { decided, exactly, type Sentence, says } from "./sentence.ts";
import { sigmaCause } from "./sigma-cause.ts";
import { type Comparison, compare } from "./statement.ts";
import { verdictRule } from "./verdict-rule.ts";

/** What an exponent is called; an excess is called one, where time was divided by the claim. */
export function exponentName(regressor: Regressor, isExcess: boolean): string {
  return `${SYMBOL[regressor]}'s ${isExcess ? "excess " : ""}exponent`;
}

/**
 * One exponent against the claimed one, by the rule's tolerance.
 *
 * @param results - that the law was fitted to
 * @param fitted - one of its laws
 * @returns null where it was not fitted, or nothing is claimed
 */
export function exponentStatement(
  results: AnyResults,
  fitted: ClaimedLaw,
  regressor: Regressor,
): Comparison | null {
  const { tolerance, sigmaTolerance } = verdictRule(results);
  const { variant, law, claimed } = fitted;
  const value = law.exponents[regressor];
  if (claimed === null || value === null) return null;
  return compare({
    subject: variant.label,
    quantity: `exponent of ${SYMBOL[regressor]}`,
    value,
    reference: claimed[regressor],
    tolerance: regressor === "sigma" ? sigmaTolerance : tolerance,
    cause: regressor === "sigma" ? (sigmaCause(results, variant)?.cause ?? null) : null,
  });
}

/** Where an exponent lies, as what follows it: `lies below 1`, `lies within 1 ± 0.05`, `is not decided to 1 ± 0.05`. */
export function whereItLies(statement: Comparison): Sentence {
  const reference = exactly(statement.reference);
  const around = says`${reference} ± ${exactly(statement.tolerance)}`;
  const word = decided(statement, {
    above: "lies above",
    below: "lies below",
    within: "lies within",
    undecided: "is not decided to",
  });
  const { relation } = statement;
  return relation === "above" || relation === "below" ? says`${word} ${reference}` : says`${word} ${around}`;
}

/** An exponent and where it lies. */
export type ExponentStatement = Comparison & { readonly regressor: Regressor };

/** The fitted exponents of n, m and Σ against the claimed ones; of K too, where asked: it is claimed to be 0. */
export function exponentStatements(
  results: AnyResults,
  fitted: ClaimedLaw,
  of: readonly Regressor[] = CLAIMED,
): ExponentStatement[] {
  return of.flatMap((regressor) => {
    const statement = exponentStatement(results, fitted, regressor);
    return statement === null ? [] : [{ ...statement, regressor }];
  });
}
