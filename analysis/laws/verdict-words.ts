/** @file A verdict in words: the claim, what was found, why, and what would help. Pure. */

import { formatCount, formatEstimate, formatPercent, formatSeconds, listed } from "../text.ts";
import { exponentParts } from "./claim.ts";
import { type PowerLaw, SYMBOL } from "./power-law.ts";
import { singleLawText } from "./single-law.ts";
import type { Judgement, Verdict } from "./verdict.ts";
import type { Obstacle } from "./verdict-obstacle.ts";
import { remedies } from "./verdict-remedies.ts";

/** A verdict as texts without markup. */
export type VerdictWords = {
  /** E.g. `t ∝ n·Σ`; null where nothing is claimed. */
  readonly claim: string | null;
  /** The measured law with intervals; null where none was fitted. */
  readonly law: string | null;
  /** The verdict as a half sentence that begins with its status, without a full stop. */
  readonly headline: string;
  /** Why, as sentences. */
  readonly reasons: readonly string[];
  /** What would help, as sentences; empty unless inconclusive. */
  readonly remedies: readonly string[];
};

/** Puts a verdict into words. */
export function verdictWords(verdict: Verdict): VerdictWords {
  const { claim } = verdict;
  const law = lawParts(verdict);
  return {
    claim: claim === null ? null : `t ∝ ${claim.symbol}`,
    law: law.length === 0 ? null : `t ∝ ${law.join(" · ")}`,
    headline: headline(verdict),
    reasons:
      verdict.obstacle === null
        ? reasons(verdict)
        : verdict.single === null
          ? []
          : [`As one: ${singleLawText(verdict.single)}.`],
    remedies: verdict.status === "inconclusive" ? remedies(verdict) : [],
  };
}

/** The factors of the measured law; a claim that is no product of powers stands first, and what is left of it follows. */
export function lawParts({ claim, law, judgements, variant }: Verdict): string[] {
  // A strategy of neither mode claims no power law: its exponents would only mislead.
  if (variant.mode === null) return [];
  const parts = exponentParts(law);
  const powers = judgements.some(({ claimed }) => claimed !== null);
  return parts.length === 0 || claim === null || powers ? parts : [claim.symbol, ...parts];
}

function headline(verdict: Verdict): string {
  const { status, obstacle, fixedCost } = verdict;
  if (obstacle !== null) {
    return status === "none"
      ? `no verdict: ${obstacleText(obstacle, verdict.law)}`
      : `inconclusive: ${obstacleText(obstacle, verdict.law)}`;
  }
  switch (status) {
    case "confirmed":
      return fixedCost === null
        ? `confirmed${limits(verdict)}`
        : `confirmed${limits(verdict)}, ${fixedCostText(verdict)}`;
    case "refuted":
      return `refuted: ${refutations(verdict).join("; ")}`;
    default:
      return `inconclusive: ${judged("undecided", verdict)
        .map((one) => undecidedText(one, verdict))
        .join("; ")}`;
  }
}

/** ` for Σ (n and m do not vary here)`, where the design does not test everything; ` as an upper bound`, where it is. */
function limits(verdict: Verdict): string {
  const untested = judged("not tested", verdict).map(({ regressor }) => SYMBOL[regressor]);
  const tested = judged("within", verdict).map(({ regressor }) => SYMBOL[regressor]);
  const scope =
    untested.length === 0
      ? ""
      : ` for ${listed(tested)} (${listed(untested)} ${untested.length > 1 ? "do" : "does"} not vary here)`;
  return isBelow(verdict) && verdict.fixedCost === null ? `${scope} as an upper bound` : scope;
}

/** True where Σ's exponent lies wholly below 1 − tolerance. */
function isBelow({ judgements, rule }: Verdict): boolean {
  const sigma = judgements.find(({ regressor }) => regressor === "sigma")?.excess?.interval95 ?? null;
  return sigma !== null && sigma[1] < -rule.sigmaTolerance;
}

/** `with a fixed cost α = 1.2 µs [1.1 µs, 1.3 µs] a call; asymptotic from Σ ≈ 23 000`. */
function fixedCostText({ fixedCost, asymptoticSigma, law }: Verdict): string {
  const alpha = formatEstimate(fixedCost!.secondsPerProduct, formatSeconds);
  const beyond = asymptoticSigma! > law.sigmaRange[1] ? ", beyond what was measured" : "";
  return `with a fixed cost α = ${alpha} a call; asymptotic from Σ ≈ ${formatCount(twoDigits(asymptoticSigma!))}${beyond}`;
}

function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}

function refutations(verdict: Verdict): string[] {
  const { steep, rival, claim, rule } = verdict;
  return [
    ...judged("outside", verdict).map((one) => {
      const bound =
        one.regressor === "sigma"
          ? `above 1 + ${rule.sigmaTolerance}`
          : `not ${claimedText(one)} ± ${rule.tolerance}`;
      return `the exponent of ${SYMBOL[one.regressor]} is ${measured(one)}, ${bound}`;
    }),
    ...steep.map(
      ({ sigmaRange, exponent }) =>
        `between Σ = ${formatCount(sigmaRange[0])} and ${formatCount(sigmaRange[1])} the exponent of Σ is ` +
        `${formatEstimate(exponent)}, above 1 + ${rule.sigmaTolerance}`,
    ),
    ...(rival === null
      ? []
      : [`${rival.candidate.symbol} predicts left-out cases better than ${claim!.symbol}`]),
  ];
}

function undecidedText(one: Judgement, { rule, fixedCost }: Verdict): string {
  const symbol = SYMBOL[one.regressor];
  if (one.regressor !== "sigma") {
    const apart = fixedCost === null ? "" : " with the fixed cost divided out";
    return `the exponent of ${symbol}${apart} is ${measured(one)}, not decided to ${claimedText(one)} ± ${rule.tolerance}`;
  }
  const seen = one.excess?.interval95 ?? null;
  return seen !== null && seen[0] <= -1
    ? `the exponent of Σ is ${measured(one)} and may be 0, so that its cost is not seen`
    : `the exponent of Σ is ${measured(one)}, not decided to at most 1 + ${rule.sigmaTolerance}`;
}

/** The measured exponent with its interval (the excess, for claims that are no powers). */
function measured({ excess, claimed }: Judgement): string {
  const shift = claimed ?? 0;
  const { estimate, interval95 } = excess!;
  return formatEstimate({
    estimate: estimate + shift,
    interval95: interval95 === null ? null : [interval95[0] + shift, interval95[1] + shift],
  });
}

function claimedText({ claimed }: Judgement): string {
  return String(claimed ?? 0);
}

function reasons(verdict: Verdict): string[] {
  const { judgements, rule, selection, fixedCost, claim } = verdict;
  const within = judged("within", verdict).filter(({ regressor }) => regressor !== "sigma");
  const sentences: string[] = [];
  if (within.length > 0 && verdict.status !== "refuted") {
    const names = within.map((one) => `${SYMBOL[one.regressor]} (${measured(one)})`);
    sentences.push(
      `${listed(names)} ${within.length > 1 ? "lie" : "lies"} within ±${rule.tolerance} of ` +
        `${listed(within.map(claimedText))}${fixedCost === null ? "" : ", the cost a call taken into account"}.`,
    );
  }
  const sigma = judgements.find(({ regressor }) => regressor === "sigma");
  if (sigma?.outcome === "within" && isBelow(verdict)) {
    sentences.push(
      fixedCost === null
        ? `Σ's exponent ${measured(sigma)} lies below 1 for another reason than a fixed cost a call.`
        : `Σ's exponent ${measured(sigma)} lies below 1, as a fixed cost a call makes it where Σ is small.`,
    );
  }
  if (selection !== null && claim !== null && verdict.status !== "refuted") {
    const { scores, standing } = selection.withCalls;
    const own = scores.find(({ candidate }) => candidate.id === claim.id);
    const others = standing.filter(({ id }) => id !== claim.id).map(({ symbol }) => symbol);
    if (own !== undefined && standing.some(({ id }) => id === claim.id)) {
      sentences.push(
        others.length === 0
          ? `Of nine forms ${claim.symbol} alone predicts left-out cases best, to ±${formatPercent(own.error)}.`
          : `Not separable from ${claim.symbol} on left-out cases (±${formatPercent(own.error)}): ${listed(others)}.`,
      );
    }
  }
  return sentences;
}

function obstacleText(obstacle: Obstacle, law: PowerLaw): string {
  switch (obstacle.kind) {
    case "no claim":
      return law.variant.mode === null
        ? "a strategy that is neither forward nor reverse claims nothing"
        : "with read unit seeds a single layer costs nothing, so nothing is claimed";
    case "nothing varies":
      return `neither n nor m nor Σ varies; ${law.spread}`;
    case "not fitted":
      return obstacle.reason.startsWith("collinear") ? `unidentifiable, ${obstacle.reason}` : obstacle.reason;
    case "quick":
      return "a quick run";
    case "too few":
      return `${formatCount(obstacle.found)} ${obstacle.what}, where intervals hold from ${formatCount(obstacle.needed)}`;
  }
}

function judged(outcome: Judgement["outcome"], { judgements }: Verdict): Judgement[] {
  return judgements.filter((one) => one.outcome === outcome);
}
