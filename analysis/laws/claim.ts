/** @file What the theory says of the exponents, and how measured ones stand to it, in words. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { claimedCost } from "./claimed-cost.ts";
import type { ClaimedLaw } from "./claimed-law.ts";
import { type ExponentStatement, exponentStatements } from "./exponent-statements.ts";
import { type PowerLaw, REGRESSORS, type Regressor, SYMBOL } from "./power-law.ts";
import { relationOf } from "./relation.ts";
import {
  exactly,
  fixed,
  joined,
  listing,
  quoted,
  type Sentence,
  says,
  sentenceText,
  stating,
  term,
} from "./sentence.ts";

/** How far an exponent may be from the predicted one to be called equal, whatever its interval. */
export const TOLERANCE = 0.05;

/** The exponents that a variant is claimed to have; null where nothing is claimed, or the claim is no product of powers. */
export function predictedExponents(variant: VariantRecord): Readonly<Record<Regressor, number>> | null {
  return claimedCost(variant)?.exponents ?? null;
}

/**
 * - `as predicted`: the whole interval lies within the tolerance.
 * - `differs`: the whole interval lies outside of the tolerance, on one side.
 * - `uncertain`: the interval lies on both sides of the tolerance's edge, or there is none.
 */
export type Agreement = "as predicted" | "differs" | "uncertain";

/** Compares a measured exponent with the predicted one. */
export function agreement(exponent: Estimate, predicted: number): Agreement {
  const relation = relationOf(exponent, predicted, TOLERANCE);
  return relation === "within" ? "as predicted" : relation === "undecided" ? "uncertain" : "differs";
}

/** The fitted law, e.g. `n^1.00 [0.98, 1.02]`, one part a fitted exponent. */
export function exponentParts(law: PowerLaw): Sentence[] {
  return REGRESSORS.flatMap((regressor) => {
    const exponent = law.exponents[regressor];
    return exponent === null ? [] : [says`${term(SYMBOL[regressor])}^${fixed(exponent)}`];
  });
}

/**
 * How a law stands to the prediction, as a half sentence. Differences that a fixed cost per product makes are said to
 * be its.
 *
 * @param results - of one experiment
 * @param fitted - a law, or what was left of it once time was divided by the claim
 * @returns e.g. `n and m as predicted (1 and 0); Σ differs (predicted 1)`
 */
export function claimSentence(results: AnyResults, fitted: ClaimedLaw): Sentence {
  const { law, claimed } = fitted;
  if (law.refused !== null) return says`not fitted: ${law.refused}`;
  if (claimed === null) {
    return law.variant.mode === null
      ? says`no prediction for a strategy that is neither forward nor reverse`
      : says`no prediction for products that cost nothing`;
  }
  if (law.noInterval !== null) {
    return says`not compared with the prediction without intervals (${quoted(law.noInterval)})`;
  }
  const statements = exponentStatements(results, fitted);
  const of = (test: (one: ExponentStatement) => boolean): Group => {
    const own = statements.filter(test);
    return {
      own,
      names: listing(own.map((one) => stating(one, SYMBOL[one.regressor]))),
      values: listing(own.map(({ reference }) => exactly(reference))),
    };
  };
  const isBelow = ({ regressor, relation }: ExponentStatement): boolean =>
    regressor === "sigma" && relation === "below";
  // The claim is an upper bound in Σ.
  const isBounded = ({ regressor, relation, value, reference, tolerance }: ExponentStatement): boolean =>
    regressor === "sigma" && relation === "undecided" && value.interval95![1] <= reference + tolerance;
  const equal = of(({ relation }) => relation === "within");
  const differs = of((one) => (one.relation === "above" || one.relation === "below") && !isBelow(one));
  const below = of(isBelow);
  const tolerances = [...new Set(statements.map(({ tolerance }) => tolerance))];
  const bounded = of(isBounded);
  const uncertain = tolerances.map((tolerance) => ({
    tolerance,
    group: of((one) => one.relation === "undecided" && !isBounded(one) && one.tolerance === tolerance),
  }));
  return joined(
    [
      { group: equal, text: says`${equal.names} as predicted (${equal.values})` },
      {
        group: differs,
        text: says`${differs.names} ${differs.own.length > 1 ? says`differ` : says`differs`} (predicted ${differs.values})`,
      },
      {
        group: below,
        text: says`${below.names} below the predicted ${below.values}${belowCause(below.own)}`,
      },
      { group: bounded, text: says`${bounded.names} at most the predicted ${bounded.values}` },
      ...uncertain.map(({ tolerance, group }) => ({
        group,
        text: says`${group.names} not decided to ±${exactly(tolerance)} (predicted ${group.values})`,
      })),
    ].flatMap(({ group, text }) => (group.own.length > 0 ? [text] : [])),
    "; ",
  );
}

function belowCause([sigma]: readonly ExponentStatement[]): Sentence {
  if (sigma?.cause === "fixed cost") return says`, by the fixed cost per product`;
  return sigma?.cause === "perhaps a fixed cost" ? says`, perhaps by a fixed cost per product` : says``;
}

type Group = {
  readonly own: readonly ExponentStatement[];
  readonly names: Sentence;
  readonly values: Sentence;
};

/** {@link claimSentence} in print. */
export function claimText(results: AnyResults, fitted: ClaimedLaw): string {
  return sentenceText(claimSentence(results, fitted));
}
