/** @file The report of a comparison with frameworks as data: no verdicts, but exponents, departures and their causes. Pure. */

import { CONFIDENCE } from "../../src/statistics/interval.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { crossover, crossoverSentence } from "../laws/crossover.ts";
import { fitPowerLaw } from "../laws/power-law.ts";
import {
  count,
  finished,
  fixed,
  joined,
  percent,
  type Sentence,
  says,
  seconds,
  sentenceText,
  term,
} from "../laws/sentence.ts";
import { answerSentence, arranged } from "../report/answer.ts";
import type { ReportContent } from "../report/content.ts";
import { configSection, environmentSection } from "../report/environment-section.ts";
import { exponentSection, warningSection } from "../report/sections.ts";
import type { FindingSentence } from "../report/verdict-section.ts";
import { plainText } from "../text.ts";
import { isVectorised, type PeerGroup, peerGroups } from "./groups.ts";
import { crossoverSection, departureSection, overheadSection, timeSection } from "./law-sections.ts";
import { fitOverhead } from "./overhead.ts";
import { planAnswer, planFindings, planSection } from "./plan-section.ts";
import { methodSection, participantSection, proofSection, reproduceSection } from "./run-sections.ts";

const QUICK_NOTE =
  "Few rounds: the numbers are estimates without intervals, good for a first look and no more.";

/**
 * Describes the report of a comparison.
 *
 * @param results - with `peers`
 * @returns plain data; the same for the same results
 */
export function peersContent(results: AnyResults): ReportContent {
  const { notes } = results.config;
  const asked = question(results);
  const findings = peerFindings(results);
  const isPlan = results.peers?.plan != null;
  const overall = isPlan ? planAnswer(results) : overallSentence(results);
  const answer = overall === null ? answerSentence(results) : finished(overall);
  return {
    experiment: plainText(results.experiment),
    title: plainText(results.title),
    notes: notes ? plainText(notes) : null,
    quick: results.quick,
    quickNote: results.quick ? QUICK_NOTE : null,
    answer: sentenceText(answer),
    question: sentenceText(asked),
    verdicts: [],
    findings: findings.map(({ name, sentence }) => ({ name, text: sentenceText(sentence) })),
    sections: arranged(results, { answer, question: asked, verdicts: [] }, [
      planSection(results),
      participantSection(results),
      proofSection(results),
      ...(isPlan
        ? []
        : [
            exponentSection(results),
            departureSection(results),
            overheadSection(results),
            crossoverSection(results),
            timeSection(results),
          ]),
      warningSection(results),
      methodSection(results),
      environmentSection(results),
      configSection(results),
      reproduceSection(results),
    ]),
  };
}

/** The findings as sentences: of a plan, or of each group. */
export function peerFindings(results: AnyResults): FindingSentence[] {
  return results.peers?.plan != null ? planFindings(results) : groupFindings(results);
}

function question(results: AnyResults): Sentence {
  const brackets = results.quick
    ? says`A quick run: there are no intervals.`
    : says`In brackets ${percent(CONFIDENCE)} intervals.`;
  return results.peers?.plan != null
    ? says`Do frameworks see the gain of the composition that the plan prints, beside their own forward and reverse mode? Run as it was printed, on the same chain, weights and point. ${brackets}`
    : says`Does the full Jacobian cost n·Σ forward and m·Σ reverse on other frameworks too, and where it does not, by how much and why? Where all seeds are one vectorised call the law is a yardstick, not a claim: no verdict is given. ${brackets}`;
}

/** One line for each framework, way and number of threads: exponents, crossover, fixed cost. */
export function groupFindings(results: AnyResults): FindingSentence[] {
  const overall = overallSentence(results);
  return [
    ...(overall === null ? [] : [{ name: "Overall", sentence: overall }]),
    ...peerGroups(results).map((group) => ({
      name: group.name,
      sentence: joined(groupParts(results, group), "; "),
    })),
  ];
}

/** The exponents of the number of seeds, where they go one by one and where they are one call; null without any. */
export function overallSentence(results: AnyResults): Sentence | null {
  const range = (vectorised: boolean): Sentence | null => {
    const own = results.variants.flatMap((variant) => {
      if (variant.mode === null || isVectorised(variant) !== vectorised) return [];
      const { exponents } = fitPowerLaw(results, { variant: variant.label });
      const seeds = variant.mode === "forward" ? exponents.n : exponents.m;
      return seeds === null ? [] : [seeds.estimate];
    });
    if (own.length === 0) return null;
    const [low, high] = [fixed(Math.min(...own)), fixed(Math.max(...own))];
    return low.text === high.text ? [low] : says`${low} to ${high} (${fixed(median(own))} in the median)`;
  };
  const [single, vectorised] = [range(false), range(true)];
  const parts = [
    single === null ? null : says`${single} where they go one by one`,
    vectorised === null ? null : says`${vectorised} where they are one vectorised call`,
  ].filter((part) => part !== null);
  return parts.length === 0
    ? null
    : says`the exponent of the number of seeds, n forward and m reverse, is ${joined(parts, ", ")}; ${count(1)} is claimed`;
}

/** What was found of one group: exponents, crossover, fixed cost, as half sentences. */
export function groupParts(results: AnyResults, group: PeerGroup): Sentence[] {
  const parts = [exponentsPart(results, group), crossoverPart(results, group), overheadPart(results, group)];
  return parts.filter((part) => part !== null);
}

function exponentsPart(results: AnyResults, { forward, reverse }: PeerGroup): Sentence | null {
  const parts = [forward, reverse].flatMap((variant) => {
    if (variant === null) return [];
    const { exponents } = fitPowerLaw(results, { variant: variant.label });
    const own = variant.mode === "forward" ? exponents.n : exponents.m;
    if (own === null || exponents.sigma === null) return [says`${term(variant.mode!)} not fitted`];
    const symbol = term(variant.mode === "forward" ? "n" : "m");
    return [says`${term(variant.mode!)} t ∝ ${symbol}^${fixed(own)} · Σ^${fixed(exponents.sigma)}`];
  });
  return parts.length === 0 ? null : joined(parts, ", ");
}

function crossoverPart(results: AnyResults, { name, forward, reverse }: PeerGroup): Sentence | null {
  if (forward === null || reverse === null) return null;
  const { products } = crossover(results, { forward, reverse, name });
  return products.kind === "found"
    ? says`crossover ${crossoverSentence(products)}`
    : says`no crossover (${products.sentence})`;
}

function overheadPart(results: AnyResults, { forward, reverse }: PeerGroup): Sentence | null {
  const parts = [forward, reverse].flatMap((variant) => {
    const overhead = variant === null ? null : fitOverhead(results, variant);
    return overhead?.isThere
      ? [says`${seconds(overhead.secondsPerCall.estimate)} ${term(variant!.mode!)}`]
      : [];
  });
  return parts.length === 0 ? null : says`fixed cost a call ${joined(parts, ", ")}`;
}
