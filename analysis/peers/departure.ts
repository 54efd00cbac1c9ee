/** @file By how much a framework departs from the law, and why, in sentences made of fitted numbers. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { AnyResults } from "../config.ts";
import { type ClaimedLaw, claimedLaw } from "../laws/claimed-law.ts";
import { exponentStatements } from "../laws/exponent-statements.ts";
import { CLAIMED, SYMBOL } from "../laws/power-law.ts";
import {
  count,
  exactly,
  fixed,
  joined,
  listing,
  number,
  percent,
  type Sentence,
  says,
  seconds,
  stating,
  term,
} from "../laws/sentence.ts";
import { formatNumber } from "../text.ts";
import { isVectorised, threadedTwin } from "./groups.ts";
import { fitOverhead, type Overhead } from "./overhead.ts";
import { rateGrowth, threadGain } from "./rates.ts";

/** A share of the time from which a fixed cost is worth a word. */
const WORTH_A_WORD = 0.05;
/** A growth of the rate with the number of seeds that is worth a word. */
const FASTER = 1.2;

/**
 * Explains one way of a framework.
 *
 * @param results - of a comparison
 * @param variant - one of its forward or reverse variants
 * @returns sentences with a full stop each: by how much the exponents depart, then the fixed cost, vectorised seeds, and
 *   threads, as far as the numbers show them; at least one
 */
export function departureSentences(results: AnyResults, variant: VariantRecord): Sentence[] {
  const fitted = claimedLaw(results, variant);
  const { law } = fitted;
  if (law.refused !== null) return [says`No exponents: ${law.refused}.`];
  const overhead = fitOverhead(results, variant);
  const departs = departures(results, fitted);
  return [
    departs.length === 0
      ? says`Its exponents are those of the law, as far as this design tells.`
      : says`It departs from the law: ${listing(departs)}.`,
    ...(overhead === null ? [] : overheadSentences(overhead, departs.length > 0)),
    ...(isVectorised(variant) ? seedSentences(results, variant, overhead) : []),
    ...threadSentences(results, variant),
  ];
}

/** Exponents that are not as claimed, e.g. `n^0.42 [0.30, 0.54] where n^1 is claimed`. */
export function departures(results: AnyResults, fitted: ClaimedLaw): Sentence[] {
  return exponentStatements(results, fitted).flatMap((statement) => {
    const { regressor, value, reference, tolerance, relation } = statement;
    const isOff =
      value.interval95 === null
        ? Math.abs(value.estimate - reference) > tolerance
        : relation === "above" || relation === "below";
    if (!isOff) return [];
    const symbol = SYMBOL[regressor];
    return [
      says`${stating(statement, symbol)}^${fixed(value)} where ${term(symbol)}^${exactly(reference)} is claimed`,
    ];
  });
}

function overheadSentences(overhead: Overhead, departs: boolean): Sentence[] {
  const { variant, secondsPerCall, shareOfLeast, shareOfMost, isThere, rest } = overhead;
  if (!isThere || shareOfLeast < WORTH_A_WORD) {
    return [says`No fixed cost a call that would weigh is found.`];
  }
  const call = isVectorised(variant) ? says`A call (all seeds at once)` : says`A call (one seed)`;
  const sentences = [
    says`${call} costs ${seconds(secondsPerCall)} whatever its size: ${percent(shareOfLeast)} of the time of the chain of least work, ${percent(shareOfMost)} of that of most.`,
  ];
  if (!departs) return sentences;
  if (rest === null) {
    return [
      ...sentences,
      says`So little time is left without it that the exponents of the rest cannot be told.`,
    ];
  }
  const parts = CLAIMED.flatMap((regressor) =>
    rest[regressor] === null ? [] : [says`${term(SYMBOL[regressor])}^${fixed(rest[regressor])}`],
  );
  return [...sentences, says`With it taken off, the rest grows as ${joined(parts, " · ")}.`];
}

/** Vectorised seeds share every pass over the weights, and fill SIMD lanes: the rate then grows with their number. */
function seedSentences(results: AnyResults, variant: VariantRecord, overhead: Overhead | null): Sentence[] {
  const alpha = overhead?.isThere ? overhead.secondsPerCall.estimate : 0;
  const growth = rateGrowth(results, variant, alpha);
  if (growth === null) return [];
  const { fewestSeeds, mostSeeds, atFewest, atMost, sigmaRange } = growth;
  const off = alpha > 0 ? says`the fixed cost taken off, ` : says``;
  const chains = says`(${off}chains of Σ from ${count(sigmaRange[0])} to ${count(sigmaRange[1])})`;
  const rates = says`${rate(atFewest)} with ${count(fewestSeeds)} seeds, ${rate(atMost)} with ${count(mostSeeds)} ${chains}`;
  if (atFewest / atMost > FASTER) return [says`Its rate falls with the number of seeds: ${rates}.`];
  return atMost / atFewest < FASTER
    ? [says`Its rate hardly depends on the number of seeds: ${rates}.`]
    : [
        says`Its seeds are one call, whose products fill the processor better the more there are: ${rates}; so this part of the time grows ${number((mostSeeds / fewestSeeds) * (atFewest / atMost))} times where the seeds grow ${number(mostSeeds / fewestSeeds)} times.`,
      ];
}

function threadSentences(results: AnyResults, variant: VariantRecord): Sentence[] {
  const twin = threadedTwin(results, variant);
  const gain = twin === null ? null : threadGain(results, variant, twin);
  if (gain === null) return [];
  return [
    says`All cores are ${fixed(gain.least)} times as fast as one thread in the chain of least work, ${fixed(gain.most)} times in that of most.`,
  ];
}

function rate(fmaPerSecond: number): Sentence {
  return says`${number(fmaPerSecond / 1e9)} GFMA/s`;
}

/** A rate for people. */
export function gigaFma(fmaPerSecond: number): string {
  return `${formatNumber(fmaPerSecond / 1e9)} GFMA/s`;
}
