/** @file Confirmed, refuted or inconclusive: the claim of one strategy and kernel, by a rule stated before the data. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { Estimate, Interval } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import type { ClaimedCost } from "./claimed-cost.ts";
import { type ClaimedLaw, claimedLaw, shifted } from "./claimed-law.ts";
import { type FixedCost, fitFixedCost } from "./fixed-cost.ts";
import { fitMachineModel } from "./machine-model.ts";
import { type CandidateScore, type ModelSelection, selectModels } from "./model-selection.ts";
import { CLAIMED, fitExcess, type PowerLaw, type Regressor } from "./power-law.ts";
import { relationOf } from "./relation.ts";
import { type SigmaCause, sigmaCause, statedFixedCost } from "./sigma-cause.ts";
import { fitSingleLaw, type SingleLaw } from "./single-law.ts";
import { findObstacle, type Obstacle } from "./verdict-obstacle.ts";
import { type VerdictRule, verdictRule } from "./verdict-rule.ts";

/** `none`: there is nothing to judge, since the strategy claims nothing or the design varies nothing. */
export type VerdictStatus = "confirmed" | "refuted" | "inconclusive" | "none";

/** What became of one exponent of the claim. */
export type Judgement = {
  readonly regressor: Regressor;
  /**
   * By how much the measured exponent exceeds the claimed one; for n and m with the fixed cost, where one is stated,
   * taken off first. Null where the design does not vary it.
   */
  readonly excess: Estimate | null;
  /** The claimed exponent; null where the claim is no product of powers. */
  readonly claimed: number | null;
  readonly outcome: "within" | "outside" | "undecided" | "not tested";
};

/** A part of the range of Σ in which time grows faster than claimed, and by how much Σ's exponent exceeds the claimed one. */
export type SteepPart = { readonly sigmaRange: Interval; readonly excess: Estimate };

/** The verdict on one variant, with all that it rests on. */
export type Verdict = {
  readonly variant: VariantRecord;
  readonly status: VerdictStatus;
  /** What is claimed; null for strategies that claim nothing, and for ways of other frameworks. */
  readonly claim: ClaimedCost | null;
  readonly rule: VerdictRule;
  /** Of the time; where the claim is no product of powers, of what is left once time is divided by it. */
  readonly law: PowerLaw;
  readonly judgements: readonly Judgement[];
  /** Where the local exponent of Σ lies above what is claimed. */
  readonly steep: readonly SteepPart[];
  /** The rival that predicts better, far enough to refute; null where none does. */
  readonly rival: CandidateScore | null;
  readonly selection: ModelSelection | null;
  /** Stated with a verdict where Σ's exponent leaves the tolerance below 1 and a fixed cost per product explains it. */
  readonly fixedCost: FixedCost | null;
  /** Where Σ's exponent lies against the claimed one, and why; null where it was not fitted or nothing is claimed. */
  readonly sigma: SigmaCause | null;
  /** From this Σ on, the fixed cost is less than the tolerance of the time; null without one. */
  readonly asymptoticSigma: number | null;
  /** One exponent of products·Σ, where those of n, m and Σ cannot be told apart; null where they can. */
  readonly single: SingleLaw | null;
  /** Why nothing can be judged, whatever the numbers; null where the rule could be applied. */
  readonly obstacle: Obstacle | null;
};

/**
 * Judges the claim of every variant that was measured, in their order.
 *
 * The rule (thresholds: {@link verdictRule}):
 *
 * - n and m: equivalence (two one-sided tests: Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987)
 *   657–680, here by the 95 % interval, which is the stricter): within where the interval lies inside of the claimed
 *   exponent ± `tolerance`; outside where it lies wholly outside, at 99.9 %, since of the 95 % intervals of a true claim
 *   one in twenty goes astray; undecided otherwise. Where a fixed cost a call is stated, time is divided by the machine
 *   model first: a sum is no power, and its curve must not be taken for exponents of n and m.
 * - Σ: an upper bound. Outside where the 99.9 % interval of its exponent, or of the local exponent in the lower or upper
 *   third of the cases (looked at where n and m are not outside), lies above 1 + `sigmaTolerance`; within where the 95 %
 *   interval ends below that and begins above 0.
 * - A rival form of model selection that predicts left-out cases better by more than `refuteStandardErrors`, with and
 *   without a cost a call, refutes.
 * - Refuted where anything is outside or a rival refutes; else inconclusive where anything is undecided; else confirmed.
 *   With fewer cases, rounds or processes than the rule wants, inconclusive.
 *
 * @param results - of one experiment
 */
export function verdicts(results: AnyResults): Verdict[] {
  const known = cached.get(results);
  if (known) return known;
  const found = results.variants.map((variant) => judge(results, variant));
  cached.set(results, found);
  return found;
}

const cached = new WeakMap<AnyResults, Verdict[]>();

function judge(results: AnyResults, variant: VariantRecord): Verdict {
  const rule = verdictRule(results);
  const fitted = claimedLaw(results, variant);
  const { law } = fitted;
  // The law is a yardstick for other frameworks, no claim of ours.
  const claim = variant.peer === undefined ? fitted.claim : null;
  const fit = fitFixedCost(results, { variant: variant.label });
  const fixedCost = statedFixedCost(results, variant);
  const judgements = judgeExponents(results, fitted, fixedCost, rule);
  const selection = selectModels(results).find((one) => one.variant === variant) ?? null;
  const obstacle = findObstacle(
    results,
    law,
    claim,
    judgements.filter(({ excess }) => excess !== null).length,
    rule,
  );
  const single = fitSingleLaw(results, { variant: variant.label });
  const sigma = sigmaCause(results, variant);
  const base = { variant, claim, rule, law, judgements, selection, single, sigma, obstacle };
  if (obstacle !== null) {
    const none = obstacle.kind === "no claim" || obstacle.kind === "nothing varies";
    const nothing = { steep: [], rival: null, fixedCost: null, asymptoticSigma: null };
    return { ...base, ...nothing, status: none ? "none" : "inconclusive" };
  }
  const outside = judgements.some(({ outcome }) => outcome === "outside");
  const undecided = judgements.some(({ outcome }) => outcome === "undecided");
  const steep = outside ? [] : steepParts(fit, rule);
  const rival = claim === null ? null : refutingRival(selection, claim, rule);
  return {
    ...base,
    status:
      outside || steep.length > 0 || rival !== null ? "refuted" : undecided ? "inconclusive" : "confirmed",
    steep,
    rival,
    fixedCost,
    asymptoticSigma:
      fixedCost === null
        ? null
        : (fixedCost.fmaOfEqualCost * (1 - rule.sigmaTolerance)) / rule.sigmaTolerance,
  };
}

/** Σ by the law; n and m by it too, or with the cost of a product taken off where a fixed cost is stated. */
function judgeExponents(
  results: AnyResults,
  fitted: ClaimedLaw,
  fixedCost: FixedCost | null,
  rule: VerdictRule,
): Judgement[] {
  const { variant, law, claimed, isExcess } = fitted;
  const model = fixedCost === null ? null : fitMachineModel(results, { variant: variant.label });
  const costed = model === null ? null : fitExcess(results, { variant: variant.label }, model.predict);
  return CLAIMED.map((regressor): Judgement => {
    const base = { regressor, claimed: isExcess ? null : (claimed?.[regressor] ?? null) };
    const from = regressor === "sigma" || costed === null ? law : costed;
    // What was divided by the model has the excess as its exponent.
    const shift = from === law ? -(claimed?.[regressor] ?? 0) : 0;
    const exponent = from.exponents[regressor];
    if (exponent === null) return { ...base, excess: null, outcome: "not tested" };
    const excess = shifted(exponent, shift);
    const strict = shifted(
      { estimate: exponent.estimate, interval95: from.strictIntervals[regressor] },
      shift,
    );
    return { ...base, excess, outcome: outcomeOf(excess, strict, regressor, rule) };
  });
}

function outcomeOf(
  excess: Estimate,
  strict: Estimate,
  regressor: Regressor,
  { tolerance, sigmaTolerance }: VerdictRule,
): Judgement["outcome"] {
  if (excess.interval95 === null || strict.interval95 === null) return "undecided";
  if (regressor === "sigma") {
    if (relationOf(strict, sigmaTolerance) === "above") return "outside";
    // An exponent that may be 0 says that the cost of Σ is not seen at all.
    const [low, high] = excess.interval95;
    return high <= sigmaTolerance && low > -1 ? "within" : "undecided";
  }
  if (relationOf(excess, 0, tolerance) === "within") return "within";
  const outside = relationOf(strict, 0, tolerance);
  return outside === "above" || outside === "below" ? "outside" : "undecided";
}

function steepParts(fit: FixedCost | null, { sigmaTolerance }: VerdictRule): SteepPart[] {
  return [fit?.lower ?? null, fit?.upper ?? null].flatMap((local) =>
    local !== null && relationOf({ interval95: local.strictInterval }, sigmaTolerance) === "above"
      ? [{ sigmaRange: local.sigmaRange, excess: local.excess }]
      : [],
  );
}

function refutingRival(
  selection: ModelSelection | null,
  claim: ClaimedCost,
  { refuteStandardErrors }: VerdictRule,
): CandidateScore | null {
  if (selection === null) return null;
  const wins = [selection.withCalls, selection.pure].map(({ scores }) => {
    const own = scores.find(({ candidate }) => candidate.id === claim.id);
    if (own === undefined || own.candidate === scores[0]!.candidate) return null;
    return own.beaten && own.behind > refuteStandardErrors * own.behindStandardError ? scores[0]! : null;
  });
  return wins.every((win) => win !== null) ? wins[0]! : null;
}
