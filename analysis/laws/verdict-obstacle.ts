/** @file What keeps a verdict from being given, whatever the numbers: nothing claimed, nothing varied, too little data. Pure. */

import type { AnyResults } from "../config.ts";
import type { ClaimedCost } from "./claimed-cost.ts";
import { CLAIMED, type PowerLaw } from "./power-law.ts";
import { type Sentence, says } from "./sentence.ts";
import type { VerdictRule } from "./verdict-rule.ts";

/** What stands in the way of a judgement, as data for the words. */
export type Obstacle =
  | { readonly kind: "no claim" }
  | { readonly kind: "nothing varies" }
  | { readonly kind: "not fitted"; readonly reason: Sentence }
  | { readonly kind: "quick" }
  | {
      readonly kind: "too few";
      readonly what: "rounds" | "processes" | "cases";
      readonly found: number;
      readonly needed: number;
    };

/**
 * Finds the first obstacle.
 *
 * @param law - of the variant
 * @param claim - null where none is made
 * @param exponents - how many were fitted of n, m and Σ
 * @returns null where the rule can be applied
 */
export function findObstacle(
  results: AnyResults,
  law: PowerLaw,
  claim: ClaimedCost | null,
  exponents: number,
  rule: VerdictRule,
): Obstacle | null {
  if (claim === null) return { kind: "no claim" };
  if (law.cases === 0) return { kind: "not fitted", reason: says`no usable measurement` };
  const varies = CLAIMED.length - law.dropped.filter(({ regressor }) => regressor !== "depth").length;
  if (varies === 0) return { kind: "nothing varies" };
  if (law.refused !== null) return { kind: "not fitted", reason: law.refused };
  if (results.quick) return { kind: "quick" };
  const needed = Math.max(rule.minCases, (exponents || varies) + 1 + rule.spareCases);
  if (law.cases < needed) return { kind: "too few", what: "cases", found: law.cases, needed };
  if (law.rounds < rule.minRounds) {
    return { kind: "too few", what: "rounds", found: law.rounds, needed: rule.minRounds };
  }
  if (law.processes < rule.minProcesses) {
    return { kind: "too few", what: "processes", found: law.processes, needed: rule.minProcesses };
  }
  return null;
}
