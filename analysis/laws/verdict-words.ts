/** @file A verdict in words: the claim, what was found, why, and what would help. Pure. */

import { STRICT_CONFIDENCE } from "../../src/statistics/interval.ts";
import { exponentParts } from "./claim.ts";
import { exponentName, whereItLies } from "./exponent-statements.ts";
import { type PowerLaw, SYMBOL } from "./power-law.ts";
import {
  count,
  decided,
  exactly,
  fixed,
  joined,
  listing,
  percent,
  precisePercent,
  type Sentence,
  says,
  seconds,
  sentenceText,
  stating,
  term,
} from "./sentence.ts";
import { isSumForCertain, whyNoFixedCost } from "./sigma-cause.ts";
import { singleLawSentence } from "./single-law.ts";
import { type Comparison, compare, type Judged } from "./statement.ts";
import type { Judgement, Verdict } from "./verdict.ts";
import type { Obstacle } from "./verdict-obstacle.ts";
import { remedies } from "./verdict-remedies.ts";

/** A verdict as sentences. */
export type VerdictSentences = {
  /** E.g. `t ∝ n·Σ`; null where nothing is claimed. */
  readonly claim: Sentence | null;
  /** The measured law with intervals; null where none was fitted. */
  readonly law: Sentence | null;
  /** The verdict as a half sentence that begins with its status, without a full stop. */
  readonly headline: Sentence;
  /** Why, as sentences. */
  readonly reasons: readonly Sentence[];
  /** What would help, as sentences; empty unless inconclusive. */
  readonly remedies: readonly Sentence[];
};

/** A verdict as texts without markup: {@link VerdictSentences} in print. */
export type VerdictWords = {
  readonly claim: string | null;
  readonly law: string | null;
  readonly headline: string;
  readonly reasons: readonly string[];
  readonly remedies: readonly string[];
};

/** Puts a verdict into sentences. */
export function verdictSentences(verdict: Verdict): VerdictSentences {
  const { claim, obstacle, single } = verdict;
  const law = lawParts(verdict);
  return {
    claim: claim === null ? null : says`t ∝ ${term(claim.symbol)}`,
    law: law.length === 0 ? null : says`t ∝ ${joined(law, " · ")}`,
    headline: headline(verdict),
    reasons:
      obstacle === null
        ? reasons(verdict)
        : single === null
          ? []
          : [says`As one: ${singleLawSentence(single)}.`],
    remedies: verdict.status === "inconclusive" ? remedies(verdict) : [],
  };
}

/** Puts a verdict into words. */
export function verdictWords(verdict: Verdict): VerdictWords {
  const sentences = verdictSentences(verdict);
  const text = (sentence: Sentence | null): string | null =>
    sentence === null ? null : sentenceText(sentence);
  return {
    claim: text(sentences.claim),
    law: text(sentences.law),
    headline: sentenceText(sentences.headline),
    reasons: sentences.reasons.map(sentenceText),
    remedies: sentences.remedies.map(sentenceText),
  };
}

/** The factors of the measured law; a claim that is no product of powers stands first, and what is left of it follows. */
export function lawParts({ claim, law, judgements, variant }: Verdict): Sentence[] {
  // A strategy of neither mode claims no power law: its exponents would only mislead.
  if (variant.mode === null) return [];
  const parts = exponentParts(law);
  const powers = judgements.some(({ claimed }) => claimed !== null);
  return parts.length === 0 || claim === null || powers ? parts : [[term(claim.symbol)], ...parts];
}

/** What became of the claim, as a statement. */
export function verdictStatement({ variant, status, fixedCost }: Verdict): Judged {
  return {
    kind: "verdict",
    subject: variant.label,
    status,
    cause: fixedCost === null ? null : isSumForCertain(fixedCost) ? "fixed cost" : "perhaps a fixed cost",
  };
}

function headline(verdict: Verdict): Sentence {
  const { status, obstacle, fixedCost } = verdict;
  const word = stating(verdictStatement(verdict), status === "none" ? "no verdict" : status);
  if (obstacle !== null) return says`${word}: ${obstacleSentence(obstacle, verdict.law)}`;
  switch (status) {
    case "confirmed":
      return fixedCost === null
        ? says`${word}${limits(verdict)}`
        : says`${word}${limits(verdict)}, ${fixedCostSentence(verdict)}`;
    case "refuted":
      return says`${word}: ${joined(refutations(verdict), "; ")}`;
    default:
      return says`${word}: ${joined(
        judged("undecided", verdict).map((one) => undecidedSentence(one, verdict)),
        "; ",
      )}`;
  }
}

/** ` for Σ (n and m do not vary here)`, where the design does not test everything; ` as an upper bound`, where it is. */
function limits(verdict: Verdict): Sentence {
  const symbols = (outcome: Judgement["outcome"]): Sentence =>
    listing(judged(outcome, verdict).map(({ regressor }) => term(SYMBOL[regressor])));
  const untested = judged("not tested", verdict).length;
  const scope =
    untested === 0
      ? says``
      : untested > 1
        ? says` for ${symbols("within")} (${symbols("not tested")} do not vary here)`
        : says` for ${symbols("within")} (${symbols("not tested")} does not vary here)`;
  return verdict.sigma?.relation === "below" && verdict.fixedCost === null
    ? says`${scope} as an upper bound`
    : scope;
}

/** `with a fixed cost α = 1.2 µs [1.1 µs, 1.3 µs] per product; asymptotic from Σ ≈ 23 000`. */
function fixedCostSentence({ fixedCost, asymptoticSigma, law }: Verdict): Sentence {
  const from = count(Number(asymptoticSigma!.toPrecision(2)));
  const beyond = asymptoticSigma! > law.sigmaRange[1] ? says`, beyond what was measured` : says``;
  const alpha = says`α = ${seconds(fixedCost!.secondsPerProduct)} per product; asymptotic from Σ ≈ ${from}${beyond}`;
  return isSumForCertain(fixedCost!)
    ? says`with a fixed cost ${alpha}`
    : says`if a fixed cost is what bends the exponent of Σ: ${alpha}`;
}

/** An exponent as it was judged: with the fixed cost divided out, where one is stated. */
function statementOf(one: Judgement, { variant, rule, fixedCost, sigma }: Verdict): Comparison {
  const isSigma = one.regressor === "sigma";
  const claimed = one.claimed ?? 0;
  const { estimate, interval95 } = one.excess!;
  return compare({
    subject: variant.label,
    quantity: `exponent of ${SYMBOL[one.regressor]}${!isSigma && fixedCost !== null ? ", fixed cost divided out" : ""}`,
    value: {
      estimate: estimate + claimed,
      interval95: interval95 === null ? null : [interval95[0] + claimed, interval95[1] + claimed],
    },
    reference: claimed,
    tolerance: isSigma ? rule.sigmaTolerance : rule.tolerance,
    cause: isSigma ? (sigma?.cause ?? null) : null,
  });
}

/** `the exponent of n is 1.2 [1.1, 1.3]`, or `the excess exponent`, where time was divided by the claim. */
function exponentIs(
  { regressor, claimed }: Judgement,
  { value }: Comparison,
  apart: Sentence = says``,
): Sentence {
  const excess = claimed === null ? says`excess ` : says``;
  return says`the ${excess}exponent of ${term(SYMBOL[regressor])}${apart} is ${fixed(value)}`;
}

/** `1 ± 0.05`. */
function around({ reference, tolerance }: Comparison): Sentence {
  return says`${exactly(reference)} ± ${exactly(tolerance)}`;
}

/** `1 + 0.05`, or `0.05`. */
function bound({ reference, tolerance }: Comparison): Sentence {
  return reference === 0 ? [exactly(tolerance)] : says`${exactly(reference)} + ${exactly(tolerance)}`;
}

const NOT = { above: "not", below: "not", within: "not", undecided: "not" } as const;
const ABOVE = { above: "above", below: "above", within: "above", undecided: "above" } as const;

function refutations(verdict: Verdict): Sentence[] {
  const { steep, rival, claim, rule, variant } = verdict;
  return [
    ...judged("outside", verdict).map((one) => {
      const statement = statementOf(one, verdict);
      const edge =
        one.regressor === "sigma"
          ? says`${decided(statement, ABOVE)} ${bound(statement)}`
          : says`${decided(statement, NOT)} ${around(statement)}`;
      return says`${exponentIs(one, statement)}, ${edge}`;
    }),
    ...steep.map(({ sigmaRange: [low, high], excess: { estimate, interval95 } }) => {
      const claimed = claim!.exponents?.sigma ?? 0;
      const statement = compare({
        subject: variant.label,
        quantity: `exponent of Σ from ${low} to ${high}`,
        value: {
          estimate: estimate + claimed,
          interval95: interval95 === null ? null : [interval95[0] + claimed, interval95[1] + claimed],
        },
        reference: claimed,
        tolerance: rule.sigmaTolerance,
      });
      const name = claim!.exponents === null ? says`excess exponent` : says`exponent`;
      return says`between Σ = ${count(low)} and ${count(high)} the ${name} of Σ is ${fixed(statement.value)}, ${decided(statement, ABOVE)} ${bound(statement)}`;
    }),
    ...(rival === null
      ? []
      : [says`${term(rival.candidate.symbol)} predicts left-out cases better than ${term(claim!.symbol)}`]),
  ];
}

function undecidedSentence(one: Judgement, verdict: Verdict): Sentence {
  const statement = statementOf(one, verdict);
  if (one.regressor !== "sigma") {
    const apart = verdict.fixedCost === null ? says`` : says` with the fixed cost divided out`;
    return says`${exponentIs(one, statement, apart)}, ${undecidedEdge(statement, around(statement))}`;
  }
  const seen = one.excess?.interval95 ?? null;
  return seen !== null && seen[0] <= -1
    ? says`${exponentIs(one, statement)} and may be ${exactly(statement.reference - 1)}, so that its cost is not seen`
    : says`${exponentIs(one, statement)}, ${undecidedEdge(statement, says`at most ${bound(statement)}`)}`;
}

/** Not decided by its interval, or by that alone and not by the one that a refutation asks for. */
function undecidedEdge(statement: Comparison, edge: Sentence): Sentence {
  return statement.relation === "undecided" || statement.relation === "within"
    ? says`${stating(statement, "not decided to")} ${edge}`
    : says`${stating(statement, "not")} ${edge}, but not so at the ${precisePercent(STRICT_CONFIDENCE)} that a refutation asks for`;
}

function reasons(verdict: Verdict): Sentence[] {
  const { judgements, rule, selection, fixedCost, claim } = verdict;
  const within = judged("within", verdict).filter(({ regressor }) => regressor !== "sigma");
  const sentences: Sentence[] = [];
  if (within.length > 0 && verdict.status !== "refuted") {
    const statements = within.map((one) => statementOf(one, verdict));
    const names = within.map(
      ({ regressor }, i) =>
        says`${term(SYMBOL[regressor])} (${stating(statements[i]!, "")}${fixed(statements[i]!.value)})`,
    );
    const divided = within[0]!.claimed === null ? says`With the claim divided out, ` : says``;
    const lie = within.length > 1 ? says`lie` : says`lies`;
    const apart = fixedCost === null ? says`` : says`, the fixed cost taken into account`;
    const claimed = listing(within.map((one) => exactly(one.claimed ?? 0)));
    sentences.push(
      says`${divided}${listing(names)} ${lie} within ±${exactly(rule.tolerance)} of ${claimed}${apart}.`,
    );
  }
  const sigma = judgements.find(({ regressor }) => regressor === "sigma");
  if (sigma?.outcome === "within" && verdict.sigma?.relation === "below") {
    const statement = statementOf(sigma, verdict);
    const where = says`${term(exponentName("sigma", sigma.claimed === null))} ${fixed(statement.value)} ${whereItLies(statement)}`;
    sentences.push(
      fixedCost === null
        ? says`${where}; ${whyNoFixedCost(verdict.sigma.fit)}.`
        : isSumForCertain(fixedCost)
          ? says`${where}, as a fixed cost per product makes it where Σ is small.`
          : says`${where}; a fixed cost per product would bend it so where Σ is small, and is not told from a power of Σ.`,
    );
  }
  if (selection !== null && claim !== null && verdict.status !== "refuted") {
    const { scores, standing } = selection.withCalls;
    const own = scores.find(({ candidate }) => candidate.id === claim.id);
    const others = standing.filter(({ id }) => id !== claim.id).map(({ symbol }) => term(symbol));
    if (own !== undefined && standing.some(({ id }) => id === claim.id)) {
      sentences.push(
        others.length === 0
          ? says`Of ${count(scores.length)} forms ${term(claim.symbol)} alone predicts left-out cases best, to ±${percent(own.error)}.`
          : says`Not separable from ${term(claim.symbol)} on left-out cases (±${percent(own.error)}): ${listing(others)}.`,
      );
    }
  }
  return sentences;
}

function obstacleSentence(obstacle: Obstacle, law: PowerLaw): Sentence {
  switch (obstacle.kind) {
    case "no claim":
      return law.variant.mode === null
        ? says`a strategy that is neither forward nor reverse claims nothing`
        : says`with read unit seeds a single layer costs nothing, so nothing is claimed`;
    case "nothing varies":
      return says`neither n nor m nor Σ varies; ${law.spread}`;
    case "not fitted":
      return sentenceText(obstacle.reason).startsWith("collinear")
        ? says`unidentifiable, ${obstacle.reason}`
        : obstacle.reason;
    case "quick":
      return says`a quick run`;
    case "too few":
      return says`${count(obstacle.found)} ${term(obstacle.what)}, where intervals hold from ${count(obstacle.needed)}`;
  }
}

function judged(outcome: Judgement["outcome"], { judgements }: Verdict): Judgement[] {
  return judgements.filter((one) => one.outcome === outcome);
}
