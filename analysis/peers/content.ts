/** @file The report of a comparison with frameworks as data: no verdicts, but exponents, departures and their causes. Pure. */

import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { crossover, crossoverText } from "../laws/crossover.ts";
import { fitPowerLaw } from "../laws/power-law.ts";
import { answerSentence, arranged } from "../report/answer.ts";
import type { ReportContent } from "../report/content.ts";
import { configSection, environmentSection } from "../report/environment-section.ts";
import { exponentSection, warningSection } from "../report/sections.ts";
import type { ReportFinding } from "../report/verdict-section.ts";
import { asSentence, formatEstimate, formatFixed, formatSeconds, plainText } from "../text.ts";
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
  const isPlan = results.peers?.plan != null;
  const findings = isPlan ? planFindings(results) : groupFindings(results);
  const overall = isPlan ? planAnswer(results) : overallText(results);
  const answer = overall === null ? answerSentence(results, []) : asSentence(overall);
  return {
    experiment: plainText(results.experiment),
    title: plainText(results.title),
    notes: notes ? plainText(notes) : null,
    quick: results.quick,
    quickNote: results.quick ? QUICK_NOTE : null,
    answer,
    question: asked,
    verdicts: [],
    findings,
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

function question(results: AnyResults): string {
  const plan = results.peers?.plan;
  const brackets = results.quick ? "A quick run: there are no intervals." : "In brackets 95 % intervals.";
  if (plan != null) {
    return (
      "Do frameworks see the gain of the composition that the plan prints, beside their own forward and reverse mode? " +
      `Run as it was printed, on the same chain, weights and point. ${brackets}`
    );
  }
  return (
    "Does the full Jacobian cost n·Σ forward and m·Σ reverse on other frameworks too, and where it does not, by how much " +
    `and why? Where all seeds are one vectorised call the law is a yardstick, not a claim: no verdict is given. ${brackets}`
  );
}

/** One line for each framework, way and number of threads: exponents, crossover, fixed cost. */
export function groupFindings(results: AnyResults): ReportFinding[] {
  const overall = overallText(results);
  return [
    ...(overall === null ? [] : [{ name: "Overall", text: overall }]),
    ...peerGroups(results).map((group) => ({
      name: group.name,
      text: groupParts(results, group).join("; "),
    })),
  ];
}

/** The exponents of the number of seeds, where they go one by one and where they are one call; null without any. */
export function overallText(results: AnyResults): string | null {
  const range = (vectorised: boolean): string | null => {
    const own = results.variants.flatMap((variant) => {
      if (variant.mode === null || isVectorised(variant) !== vectorised) return [];
      const { exponents } = fitPowerLaw(results, { variant: variant.label });
      const seeds = variant.mode === "forward" ? exponents.n : exponents.m;
      return seeds === null ? [] : [seeds.estimate];
    });
    if (own.length === 0) return null;
    const [low, high] = [formatFixed(Math.min(...own)), formatFixed(Math.max(...own))];
    return low === high ? low : `${low} to ${high} (${formatFixed(median(own))} in the median)`;
  };
  const [single, vectorised] = [range(false), range(true)];
  const parts = [
    single === null ? null : `${single} where they go one by one`,
    vectorised === null ? null : `${vectorised} where they are one vectorised call`,
  ].filter((part) => part !== null);
  return parts.length === 0
    ? null
    : `the exponent of the number of seeds, n forward and m reverse, is ${parts.join(", ")}; 1 is claimed`;
}

/** What was found of one group: exponents, crossover, fixed cost, as half sentences. */
export function groupParts(results: AnyResults, group: PeerGroup): string[] {
  const parts = [exponentsText(results, group), crossoverPart(results, group), overheadPart(results, group)];
  return parts.filter((part) => part !== null);
}

function exponentsText(results: AnyResults, { forward, reverse }: PeerGroup): string | null {
  const parts = [forward, reverse].flatMap((variant) => {
    if (variant === null) return [];
    const { exponents } = fitPowerLaw(results, { variant: variant.label });
    const own = variant.mode === "forward" ? exponents.n : exponents.m;
    if (own === null || exponents.sigma === null) return [`${variant.mode} not fitted`];
    const symbol = variant.mode === "forward" ? "n" : "m";
    return [`${variant.mode} t ∝ ${symbol}^${formatEstimate(own)} · Σ^${formatEstimate(exponents.sigma)}`];
  });
  return parts.length === 0 ? null : parts.join(", ");
}

function crossoverPart(results: AnyResults, { forward, reverse }: PeerGroup): string | null {
  if (forward === null || reverse === null) return null;
  const { products } = crossover(results, { forward, reverse, name: "" });
  return products.kind === "found"
    ? `crossover ${crossoverText(products)}`
    : `no crossover (${crossoverText(products)})`;
}

function overheadPart(results: AnyResults, { forward, reverse }: PeerGroup): string | null {
  const parts = [forward, reverse].flatMap((variant) => {
    const overhead = variant === null ? null : fitOverhead(results, variant);
    return overhead?.isThere ? [`${formatSeconds(overhead.secondsPerCall.estimate)} ${variant!.mode}`] : [];
  });
  return parts.length === 0 ? null : `fixed cost a call ${parts.join(", ")}`;
}
