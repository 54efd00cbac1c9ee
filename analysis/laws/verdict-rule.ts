/** @file The rule of the verdicts, stated before the data: thresholds with their defaults. Pure. */

import { MINIMUM_PROCESSES, MINIMUM_ROUNDS } from "../../src/statistics/interval.ts";
import type { AnyResults, VerdictConfigLike } from "../config.ts";

/** The thresholds in use. */
export type VerdictRule = {
  /** n and m: the interval must lie within so much of the claimed exponent (equivalence), or wholly outside. */
  readonly tolerance: number;
  /** Σ: refuted where an interval lies above 1 + this. */
  readonly sigmaTolerance: number;
  /** Cases beyond the number of exponents and the constant; with fewer the verdict is inconclusive. */
  readonly spareCases: number;
  /** Fewer cases, rounds or processes: inconclusive. */
  readonly minCases: number;
  readonly minRounds: number;
  readonly minProcesses: number;
  /** A model wins over another by more than so many standard errors of the difference; else they are not separable. */
  readonly winStandardErrors: number;
  /** A rival refutes the claimed model by a win of more than so many standard errors, with and without a cost a call. */
  readonly refuteStandardErrors: number;
  /** What left-out groups of cases differ in. */
  readonly groups: NonNullable<VerdictConfigLike["groups"]>;
};

/**
 * Defaults. The least numbers of cases, rounds and processes are those from which the intervals' coverage was found to
 * hold (analysis/README.md); a config can raise, not lower them.
 */
export const DEFAULT_RULE: VerdictRule = {
  tolerance: 0.05,
  sigmaTolerance: 0.05,
  spareCases: 4,
  minCases: 6,
  minRounds: MINIMUM_ROUNDS,
  minProcesses: MINIMUM_PROCESSES,
  winStandardErrors: 1,
  refuteStandardErrors: 2,
  groups: "auto",
};

/** The rule of an experiment: its config's thresholds, the defaults for the rest. */
export function verdictRule(results: AnyResults): VerdictRule {
  const given = results.config.verdict ?? {};
  const atLeast = (key: "minCases" | "minRounds" | "minProcesses"): number =>
    Math.max(DEFAULT_RULE[key], given[key] ?? 0);
  return {
    tolerance: given.tolerance ?? DEFAULT_RULE.tolerance,
    sigmaTolerance: given.sigmaTolerance ?? DEFAULT_RULE.sigmaTolerance,
    spareCases: DEFAULT_RULE.spareCases,
    minCases: atLeast("minCases"),
    minRounds: atLeast("minRounds"),
    minProcesses: atLeast("minProcesses"),
    winStandardErrors: given.winStandardErrors ?? DEFAULT_RULE.winStandardErrors,
    refuteStandardErrors: given.refuteStandardErrors ?? DEFAULT_RULE.refuteStandardErrors,
    groups: given.groups ?? DEFAULT_RULE.groups,
  };
}
