/** @file Confirmed, refuted or inconclusive: the claim of one strategy and kernel, by a rule stated before the data. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { Estimate, Interval } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { CANDIDATES, type Candidate } from "./candidates.ts";
import { timeCells } from "./cells.ts";
import { type FixedCost, fitFixedCost } from "./fixed-cost.ts";
import { fitMachineModel } from "./machine-model.ts";
import { type CandidateScore, type ModelSelection, selectModels } from "./model-selection.ts";
import { CLAIMED, fitExcess, fitPowerLaw, type PowerLaw, type Regressor } from "./power-law.ts";
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

/** A part of the range of Σ in which time grows faster than claimed. */
export type SteepPart = { readonly sigmaRange: Interval; readonly exponent: Estimate };

/** The verdict on one variant, with all that it rests on. */
export type Verdict = {
  readonly variant: VariantRecord;
  readonly status: VerdictStatus;
  /** The form that is claimed; null for strategies that claim none. */
  readonly claim: Candidate | null;
  readonly rule: VerdictRule;
  readonly law: PowerLaw;
  readonly judgements: readonly Judgement[];
  /** Where the local exponent of Σ lies above what is claimed. */
  readonly steep: readonly SteepPart[];
  /** The rival that predicts better, far enough to refute; null where none does. */
  readonly rival: CandidateScore | null;
  readonly selection: ModelSelection | null;
  /** Stated with a verdict where Σ's exponent lies below 1 and a fixed cost a call is above zero. */
  readonly fixedCost: FixedCost | null;
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

/** The form that a variant claims; null for a strategy of neither mode, and for what other frameworks do. */
export function claimOf(variant: VariantRecord): Candidate | null {
  if (variant.mode === null || variant.peer !== undefined) return null;
  const ids = { forward: ["n-sigma", "right-to-left"], reverse: ["m-sigma", "left-to-right"] } as const;
  const id = ids[variant.mode][variant.unitSeeds === "dense" ? 0 : 1];
  return CANDIDATES.find((candidate) => candidate.id === id)!;
}

function judge(results: AnyResults, variant: VariantRecord): Verdict {
  const rule = verdictRule(results);
  const { cells } = timeCells(results, variant.label);
  const made = claimOf(variant);
  // A read unit seed leaves nothing to do in a single layer: no claim is made of a design with such cases.
  const claim = made !== null && cells.every((cell) => made.cost(cell) > 0) ? made : null;
  const law = claimedLaw(results, variant, claim);
  const fit = fitFixedCost(results, { variant: variant.label });
  const fixedCost = statedFixedCost(fit, law, rule);
  const judgements = judgeExponents(results, law, fixedCost, rule);
  const selection = selectModels(results).find((one) => one.variant === variant) ?? null;
  const obstacle = findObstacle(
    results,
    law,
    claim,
    judgements.filter(({ excess }) => excess !== null).length,
    rule,
  );
  const single = fitSingleLaw(results, { variant: variant.label });
  const base = { variant, claim, rule, law, judgements, selection, single, obstacle };
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
        : (fixedCost.sigmaOfEqualCost * (1 - rule.sigmaTolerance)) / rule.sigmaTolerance,
  };
}

/** The power law, or for a claim that is no product of powers what is left of it once time is divided by the claim. */
function claimedLaw(results: AnyResults, variant: VariantRecord, claim: Candidate | null): PowerLaw {
  const selector = { variant: variant.label };
  return claim === null || isPowers(variant)
    ? fitPowerLaw(results, selector)
    : fitExcess(results, selector, claim.cost);
}

function isPowers(variant: VariantRecord): boolean {
  return variant.unitSeeds === "dense";
}

/** Σ by the power law; n and m by it too, or with the cost of a product taken off where a fixed cost is stated. */
function judgeExponents(
  results: AnyResults,
  law: PowerLaw,
  fixedCost: FixedCost | null,
  rule: VerdictRule,
): Judgement[] {
  const { variant } = law;
  const model = fixedCost === null ? null : fitMachineModel(results, { variant: variant.label });
  const costed = model === null ? null : fitExcess(results, { variant: variant.label }, model.predict);
  return CLAIMED.map((regressor): Judgement => {
    const claimed = regressor === "sigma" ? 1 : Number((regressor === "n") === (variant.mode === "forward"));
    const base = { regressor, claimed: isPowers(variant) ? claimed : null };
    const from = regressor === "sigma" || costed === null ? law : costed;
    // What was divided by the claim has the excess as its exponent.
    const shift = isPowers(variant) && from === law ? claimed : 0;
    const exponent = from.exponents[regressor];
    if (exponent === null) return { ...base, excess: null, outcome: "not tested" };
    const excess = {
      estimate: exponent.estimate - shift,
      interval95: shifted(exponent.interval95, shift),
    };
    const strict = shifted(from.strictIntervals[regressor], shift);
    return { ...base, excess, outcome: outcomeOf(excess.interval95, strict, regressor, rule) };
  });
}

function shifted(interval: Interval | null, by: number): Interval | null {
  return interval === null ? null : [interval[0] - by, interval[1] - by];
}

function outcomeOf(
  excess: Interval | null,
  strict: Interval | null,
  regressor: Regressor,
  { tolerance, sigmaTolerance }: VerdictRule,
): Judgement["outcome"] {
  if (excess === null || strict === null) return "undecided";
  if (regressor === "sigma") {
    if (strict[0] > sigmaTolerance) return "outside";
    // An exponent that may be 0 says that the cost of Σ is not seen at all.
    return excess[1] <= sigmaTolerance && excess[0] > -1 ? "within" : "undecided";
  }
  if (excess[0] >= -tolerance && excess[1] <= tolerance) return "within";
  return strict[1] < -tolerance || strict[0] > tolerance ? "outside" : "undecided";
}

function steepParts(fit: FixedCost | null, { sigmaTolerance }: VerdictRule): SteepPart[] {
  if (fit === null) return [];
  return [fit.lower, fit.upper].flatMap((local) => {
    const strict = local?.strictInterval ?? null;
    return local === null || strict === null || !(strict[0] > 1 + sigmaTolerance)
      ? []
      : [{ sigmaRange: local.sigmaRange, exponent: local.measured }];
  });
}

function refutingRival(
  selection: ModelSelection | null,
  claim: Candidate,
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

/** A fixed cost explains Σ's exponent where it leaves no more than this times what a power of Σ leaves. */
const LARGEST_MISFIT = 1.1;

/**
 * The fixed cost is stated where Σ's exponent leaves the tolerance below 1, α lies above zero, and t/products =
 * α + β·Σ leaves hardly more than a power of Σ does: else it is another reason that keeps the exponent below 1.
 */
function statedFixedCost(
  fit: FixedCost | null,
  law: PowerLaw,
  { sigmaTolerance }: VerdictRule,
): FixedCost | null {
  const sigma = law.exponents.sigma?.interval95 ?? null;
  const alpha = fit?.secondsPerProduct.interval95 ?? null;
  if (fit === null || sigma === null || alpha === null || !isPowers(law.variant)) return null;
  const explains = fit.relativeRms <= LARGEST_MISFIT * fit.powerRms;
  return sigma[0] < 1 - sigmaTolerance && alpha[0] > 0 && fit.sigmaOfEqualCost > 0 && explains ? fit : null;
}
