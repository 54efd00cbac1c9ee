/** @file The verdicts and the findings beside them, in words with numbers. Pure. */

import type { AnyResults } from "../config.ts";
import { aaCheck } from "../laws/aa.ts";
import { type ChoosingCost, choosingCost } from "../laws/choosing.ts";
import { crossover, crossoverSentence } from "../laws/crossover.ts";
import { type VariantPair, variantPairs } from "../laws/pairs.ts";
import {
  count,
  digits,
  percent,
  type Sentence,
  says,
  sentenceText,
  stating,
  term,
} from "../laws/sentence.ts";
import { type VerdictStatus, verdicts } from "../laws/verdict.ts";
import { verdictWords } from "../laws/verdict-words.ts";
import { variantName } from "../text.ts";
import { forecastFinding } from "./forecast-section.ts";
import { gradientFinding } from "./gradient-section.ts";
import { bottleneckFinding, regretFinding } from "./planner-section.ts";

/** What became of the claim of one variant. */
export type ReportVerdict = {
  /** Strategy and kernel for people. */
  readonly name: string;
  /** Label of the variant in the results. */
  readonly variant: string;
  /** `none`: there is no claim to judge, or a design that varies nothing. */
  readonly status: VerdictStatus;
  /** What is claimed, e.g. `t ∝ n·Σ`; null where nothing is. */
  readonly claim: string | null;
  /** The measured law with intervals, e.g. `t ∝ n^1.00 [0.98, 1.02] · …`; null where none was fitted. */
  readonly law: string | null;
  /** The verdict in words, begun with its status, without a full stop: `confirmed, with a fixed cost α = …`. */
  readonly headline: string;
  /** Why, as sentences. */
  readonly reasons: readonly string[];
  /** What would help, as sentences; empty unless inconclusive. */
  readonly remedies: readonly string[];
};

/** Something that was found beside the verdicts; text is a half sentence. */
export type ReportFinding = { readonly name: string; readonly text: string };

/** The verdict of every variant that was measured, in their order. */
export function reportVerdicts(results: AnyResults): ReportVerdict[] {
  return verdicts(results).map((verdict) => ({
    name: variantName(verdict.variant),
    variant: verdict.variant.label,
    status: verdict.status,
    ...verdictWords(verdict),
  }));
}

/** A finding as a sentence; {@link ReportFinding} is it in print. */
export type FindingSentence = { readonly name: string; readonly sentence: Sentence };

/** The crossovers with the cost of choosing by n < m, the forecast, and the A/A check. */
export function reportFindings(results: AnyResults): ReportFinding[] {
  return findingSentences(results).map(({ name, sentence }) => ({ name, text: sentenceText(sentence) }));
}

/** {@link reportFindings} as sentences. */
export function findingSentences(results: AnyResults): FindingSentence[] {
  const crossings = variantPairs(results).map((pair): FindingSentence => {
    const { products, withPreparation } = crossover(results, pair);
    const rest = says`with preparation: ${crossoverSentence(withPreparation)}${choosing(results, pair)}`;
    if (products.kind === "none") {
      return { name: pair.name, sentence: says`no crossover, ${products.sentence} (${rest})` };
    }
    const side = products.reverseAbove ? says`above` : says`below`;
    return {
      name: pair.name,
      sentence: says`reverse is ${stating(products.direction, "faster")} ${side} ${crossoverSentence(products)}, where ${term(products.axis)} = ${count(1)} is predicted (${rest})`,
    };
  });
  return [...crossings, ...specialFindings(results)];
}

/** What experiments of one kind or another find besides: forecast, A/A check, regret, bottleneck, cheap gradient. */
export function specialFindings(results: AnyResults): FindingSentence[] {
  const found = [
    { name: "Forecast", sentence: forecastFinding(results) },
    { name: "Plan by time", sentence: regretFinding(results) },
    { name: "Mixed plan", sentence: bottleneckFinding(results) },
    { name: "Cheap gradient", sentence: gradientFinding(results) },
    { name: "A/A", sentence: aaFinding(results) },
  ];
  return found.flatMap(({ name, sentence }) => (sentence === null ? [] : [{ name, sentence }]));
}

function aaFinding(results: AnyResults): Sentence | null {
  const check = aaCheck(results);
  if (check === null || check.repetitions.length < 2) return null;
  const covering =
    check.withInterval === 0
      ? says``
      : says`${count(check.covering)} of ${count(check.withInterval)} intervals cover ${count(1)}, median width ${digits(check.medianWidth!, 4)}; `;
  return says`${covering}mean |ratio − ${count(1)}| = ${digits(check.meanAbsDeviation, 4)}`;
}

function choosing(results: AnyResults, pair: VariantPair): Sentence {
  const cost = choosingCost(results, pair);
  if (cost === null) return says``;
  return says`; ${choosingSentence(cost)}`;
}

/** What the rule costs, as a half sentence. */
export function choosingSentence({ medianExcess, worstExcess }: ChoosingCost): Sentence {
  return says`choosing by n < m costs ${percent(medianExcess)} over the faster one in the median case, ${percent(worstExcess)} in the worst`;
}
