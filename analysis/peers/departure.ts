/** @file By how much a framework departs from the law, and why, in sentences made of fitted numbers. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { agreement, predictedExponents } from "../laws/claim.ts";
import { CLAIMED, fitPowerLaw, type Regressor, SYMBOL } from "../laws/power-law.ts";
import {
  formatCount,
  formatEstimate,
  formatFixed,
  formatNumber,
  formatPercent,
  formatSeconds,
  listed,
} from "../text.ts";
import { isVectorised, threadedTwin } from "./groups.ts";
import { fitOverhead, type Overhead } from "./overhead.ts";
import { rateGrowth, threadGain } from "./rates.ts";

/** An exponent that is nearer to the claim than this is not talked about. */
const NEAR = 0.05;
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
export function departureSentences(results: AnyResults, variant: VariantRecord): string[] {
  const law = fitPowerLaw(results, { variant: variant.label });
  if (law.refusal !== null) return [`No exponents: ${law.refusal}.`];
  const overhead = fitOverhead(results, variant);
  const departs = departures(variant, law.exponents);
  return [
    departs.length === 0
      ? "Its exponents are those of the law, as far as this design tells."
      : `It departs from the law: ${listed(departs)}.`,
    ...(overhead === null ? [] : overheadSentences(overhead, departs.length > 0)),
    ...(isVectorised(variant) ? seedSentences(results, variant, overhead) : []),
    ...threadSentences(results, variant),
  ];
}

/** Exponents that are not as claimed, e.g. `n^0.42 [0.30, 0.54] where n^1 is claimed`. */
export function departures(
  variant: VariantRecord,
  exponents: Readonly<Record<Regressor, Estimate | null>>,
): string[] {
  const claimed = predictedExponents(variant)!;
  return CLAIMED.flatMap((regressor) => {
    const exponent = exponents[regressor];
    if (exponent === null) return [];
    const off = exponent.estimate - claimed[regressor];
    const isOff =
      exponent.interval95 === null
        ? Math.abs(off) > NEAR
        : agreement(exponent, claimed[regressor]) === "differs";
    if (!isOff) return [];
    const symbol = SYMBOL[regressor];
    return [`${symbol}^${formatEstimate(exponent)} where ${symbol}^${claimed[regressor]} is claimed`];
  });
}

function overheadSentences(overhead: Overhead, departs: boolean): string[] {
  const { variant, secondsPerCall, shareOfLeast, shareOfMost, isThere, rest } = overhead;
  if (!isThere || shareOfLeast < WORTH_A_WORD) {
    return ["No fixed cost a call that would weigh is found."];
  }
  const call = isVectorised(variant) ? "A call (all seeds at once)" : "A call (one seed)";
  const sentences = [
    `${call} costs ${formatEstimate(secondsPerCall, formatSeconds)} whatever its size: ` +
      `${formatPercent(shareOfLeast)} of the time of the chain of least work, ${formatPercent(shareOfMost)} of that of most.`,
  ];
  if (!departs) return sentences;
  if (rest === null) {
    return [...sentences, "So little time is left without it that the exponents of the rest cannot be told."];
  }
  const parts = CLAIMED.flatMap((regressor) =>
    rest[regressor] === null ? [] : [`${SYMBOL[regressor]}^${formatFixed(rest[regressor])}`],
  );
  return [...sentences, `With it taken off, the rest grows as ${parts.join(" · ")}.`];
}

/** Vectorised seeds share every pass over the weights, and fill SIMD lanes: the rate then grows with their number. */
function seedSentences(results: AnyResults, variant: VariantRecord, overhead: Overhead | null): string[] {
  const alpha = overhead?.isThere ? overhead.secondsPerCall.estimate : 0;
  const growth = rateGrowth(results, variant, alpha);
  if (growth === null) return [];
  const { fewestSeeds, mostSeeds, atFewest, atMost, sigmaRange } = growth;
  const off = alpha > 0 ? "the fixed cost taken off, " : "";
  const chains = `(${off}chains of Σ from ${formatCount(sigmaRange[0])} to ${formatCount(sigmaRange[1])})`;
  const rates = `${gigaFma(atFewest)} with ${fewestSeeds} seeds, ${gigaFma(atMost)} with ${mostSeeds} ${chains}`;
  if (atFewest / atMost > FASTER) return [`Its rate falls with the number of seeds: ${rates}.`];
  return atMost / atFewest < FASTER
    ? [`Its rate hardly depends on the number of seeds: ${rates}.`]
    : [
        `Its seeds are one call, whose products fill the processor better the more there are: ${rates}; so this part of the ` +
          `time grows ${formatNumber((mostSeeds / fewestSeeds) * (atFewest / atMost))} times where the seeds grow ` +
          `${formatNumber(mostSeeds / fewestSeeds)} times.`,
      ];
}

function threadSentences(results: AnyResults, variant: VariantRecord): string[] {
  const twin = threadedTwin(results, variant);
  const gain = twin === null ? null : threadGain(results, variant, twin);
  if (gain === null) return [];
  return [
    `All cores are ${formatFixed(gain.least)} times as fast as one thread in the chain of least work, ` +
      `${formatFixed(gain.most)} times in that of most.`,
  ];
}

/** A rate for people. */
export function gigaFma(fmaPerSecond: number): string {
  return `${formatNumber(fmaPerSecond / 1e9)} GFMA/s`;
}
