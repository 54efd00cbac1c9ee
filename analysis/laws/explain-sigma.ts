/** @file Why Σ's exponent is not 1, in sentences: fixed cost a product, local exponents, caches. */

import { covers } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import {
  formatBytes,
  formatCount,
  formatEstimate,
  formatFixed,
  formatPercent,
  formatSeconds,
} from "../text.ts";
import { caseSummaries } from "./case-interval.ts";
import { agreement } from "./claim.ts";
import { type FixedCost, fitFixedCost, type LocalExponent } from "./fixed-cost.ts";
import type { PowerLaw } from "./power-law.ts";

/**
 * Explains the exponent of Σ of one law.
 *
 * @param results - that the law was fitted to
 * @param law - of a forward or reverse variant
 * @returns sentences with a full stop each; empty where Σ's exponent was not fitted
 */
export function explainSigma(results: AnyResults, law: PowerLaw): string[] {
  const exponent = law.exponents.sigma;
  if (exponent === null || law.variant.mode === null) return [];
  const fit = fitFixedCost(results, { variant: law.variant.label });
  if (fit === null) return [];
  const sentences = [fixedCostSentence(fit)];
  if (exponent.interval95 === null || agreement(exponent, 1) === "as predicted") return sentences;
  if (exponent.estimate < 1) {
    if (fit.sigmaOfEqualCost > 0) {
      sentences.push(
        `So Σ's exponent ${formatFixed(exponent.estimate)} stays below 1 where chains are small: the fixed cost ` +
          `equals the FMAs of Σ = ${formatCount(fit.sigmaOfEqualCost)}, and the exponent nears 1 far above that.`,
      );
    } else {
      sentences.push(
        `Σ's exponent ${formatFixed(exponent.estimate)} stays below 1 for another reason than a fixed cost a product: ` +
          "larger chains take fewer seconds an FMA.",
      );
    }
  } else {
    sentences.push(
      `Σ's exponent ${formatFixed(exponent.estimate)} lies above 1: larger chains take more seconds an FMA, ` +
        `as happens where weights leave a cache (${footprints(results, law.variant.label)}).`,
    );
  }
  sentences.push(...localSentences(fit));
  return sentences;
}

function fixedCostSentence(fit: FixedCost): string {
  const { secondsPerProduct: alpha, secondsPerFma: beta } = fit;
  const slope = `each FMA ${formatEstimate(beta, formatSeconds)}`;
  const spread = `(t/products = α + β·Σ, ±${formatPercent(fit.relativeRms)})`;
  if (alpha.estimate <= 0 || (alpha.interval95 !== null && covers(alpha.interval95, 0))) {
    return `No fixed cost a product can be told from zero (α = ${formatEstimate(alpha, formatSeconds)}), ${slope} ${spread}.`;
  }
  return `Each product has a fixed cost of ${formatEstimate(alpha, formatSeconds)}, ${slope} ${spread}.`;
}

function localSentences(fit: FixedCost): string[] {
  const describe = (local: LocalExponent, where: string): string =>
    `${formatEstimate(local.measured)} in the ${where} third of the cases (Σ from ${formatCount(local.sigmaRange[0])} ` +
    `to ${formatCount(local.sigmaRange[1])}; α + β·Σ gives ${formatFixed(local.predicted)})`;
  const parts = [
    fit.lower === null ? null : describe(fit.lower, "lower"),
    fit.upper === null ? null : describe(fit.upper, "upper"),
  ].filter((part) => part !== null);
  return parts.length === 0 ? [] : [`The local exponent of Σ is ${parts.join(" and ")}.`];
}

function footprints(results: AnyResults, label: string): string {
  const bytes = caseSummaries(results)
    .filter(({ variant }) => variant.label === label)
    .map(({ cost }) => cost.footprintBytes);
  const { l1, l2, l3 } = results.environments[0]?.cacheBytes ?? { l1: null, l2: null, l3: null };
  const caches = Object.entries({ L1: l1, L2: l2, L3: l3 })
    .filter((entry): entry is [string, number] => entry[1] !== null)
    .map(([name, size]) => `${name} ${formatBytes(size)}`);
  const range = `footprints ${formatBytes(Math.min(...bytes))} to ${formatBytes(Math.max(...bytes))}`;
  return caches.length === 0 ? `${range}; cache sizes unknown` : `${range}; ${caches.join(", ")}`;
}
