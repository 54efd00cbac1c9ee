/** @file Every number that a report states, under a name, so that prose can take it from the results. Pure. */

import type { Estimate } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { aaCheck } from "../laws/aa.ts";
import { choosingCost } from "../laws/choosing.ts";
import { claimedLaws } from "../laws/claimed-law.ts";
import { type Crossover, crossover } from "../laws/crossover.ts";
import { fitFixedCost } from "../laws/fixed-cost.ts";
import { type VariantPair, variantPairs } from "../laws/pairs.ts";
import { fitPowerLaws, REGRESSORS, SYMBOL } from "../laws/power-law.ts";
import { verdicts } from "../laws/verdict.ts";
import {
  estimateTexts,
  formatCount,
  formatFixed,
  formatPercent,
  formatSeconds,
  type NumberFormat,
  variantName,
} from "../text.ts";
import { nameOf, uniqueName } from "./number-names.ts";
import type { NumberDraft, StatedNumber } from "./stated-number.ts";
import { tableNumbers } from "./table-numbers.ts";

/**
 * Collects the numbers: first those that prose needs most, each end of an interval apart (`crossoverTyped`,
 * `crossoverTypedLow`, `crossoverTypedHigh`; `exponentSigmaForwardTyped`; `fixedCostForwardTyped`), then every cell of
 * every table of the report that is sorted as a number.
 *
 * @param results - of one experiment
 * @param prefix - words before every name, for pages that take numbers from several experiments
 * @returns in the order of the report; the same for the same results
 */
export function statedNumbers(results: AnyResults, prefix: readonly string[] = []): StatedNumber[] {
  const drafts = [
    ...counts(results),
    ...variantPairs(results).flatMap((pair) => crossoverNumbers(results, pair)),
    ...verdictNumbers(results),
    ...exponentNumbers(results),
    ...fixedCostNumbers(results),
    ...aaNumbers(results),
    ...tableNumbers(results),
  ];
  const taken = new Set<string>();
  return drafts.map(({ words, ...rest }) => ({
    name: uniqueName(nameOf([...prefix, ...words]) || "number", taken),
    ...rest,
  }));
}

function counts(results: AnyResults): NumberDraft[] {
  const count = (word: string, value: number, meaning: string): NumberDraft => ({
    // Not the word alone: TeX has a command \cases.
    words: ["number of", word],
    text: formatCount(value),
    value,
    meaning,
  });
  return [
    count("cases", results.cases.length, "chains that were measured"),
    count(
      "measurements",
      results.measurements.length,
      "measurements, each of one variant on one case in one round",
    ),
    count("machines", results.environments.length, "measuring sessions and machines"),
  ];
}

/** An estimate and the ends of its interval. */
function estimateDrafts(
  words: readonly string[],
  estimate: Estimate,
  format: NumberFormat,
  meaning: string,
): NumberDraft[] {
  const one = (end: string, text: string, value: number, what: string): NumberDraft => ({
    words: [...words, end],
    text,
    value,
    meaning: what,
  });
  const texts = estimateTexts(estimate, format);
  const { interval95 } = estimate;
  return [
    one("", texts.estimate, estimate.estimate, meaning),
    ...(interval95 === null
      ? []
      : [
          one("low", texts.low!, interval95[0], `${meaning}: lower end of the 95 % interval`),
          one("high", texts.high!, interval95[1], `${meaning}: upper end of the 95 % interval`),
        ]),
  ];
}

function crossoverNumbers(results: AnyResults, pair: VariantPair): NumberDraft[] {
  const found = crossover(results, pair);
  const words = pairWords(pair);
  const of = (place: Crossover, more: readonly string[], what: string): NumberDraft[] => {
    const meaning = `${place.axis} at which forward takes as long as reverse, ${what}, ${pair.name}`;
    return place.kind === "found"
      ? estimateDrafts(["crossover", ...words, ...more], place.ratio, formatFixed, meaning)
      : [
          {
            words: ["crossover", ...words, ...more],
            text: "none",
            value: null,
            meaning: `${meaning}: ${place.reason}`,
          },
        ];
  };
  const { products } = found;
  const slope =
    products.kind === "found"
      ? estimateDrafts(
          ["crossover slope", ...words],
          products.slope,
          formatFixed,
          `slope of log(forward/reverse) on log(${products.axis}), ${pair.name}`,
        )
      : [];
  const choosing = choosingCost(results, pair);
  const excess = (word: string, value: number): NumberDraft => ({
    words: ["choosing", word, ...words],
    text: formatPercent(value),
    value,
    meaning: `what choosing by n < m costs over the faster one, ${word} case, ${pair.name}`,
  });
  return [
    ...of(products, [], "products alone"),
    // Of other frameworks the preparation is the first run, compiling included: no part of a crossover.
    ...(results.peers ? [] : of(found.withPreparation, ["with preparation"], "with preparation")),
    ...slope,
    ...(choosing === null
      ? []
      : [excess("median", choosing.medianExcess), excess("worst", choosing.worstExcess)]),
  ];
}

/** What tells a pair from the others: nothing but the kernel for plain forward and reverse. */
function pairWords({ forward }: VariantPair): string[] {
  const label = forward.label.replace(/^forward/, "");
  return label.includes(forward.kernel) ? [label] : [label, forward.kernel];
}

function verdictNumbers(results: AnyResults): NumberDraft[] {
  return verdicts(results).flatMap(({ variant, status, asymptoticSigma }): NumberDraft[] => {
    if (status === "none") return [];
    const name = variantName(variant);
    const verdict = {
      words: ["verdict", name],
      text: status,
      value: null,
      meaning: `verdict on the claim of ${name}`,
    };
    if (asymptoticSigma === null) return [verdict];
    return [
      verdict,
      {
        words: ["asymptotic sigma", name],
        text: formatCount(Number(asymptoticSigma.toPrecision(2))),
        value: asymptoticSigma,
        meaning: `Σ from which on the fixed cost is less than the tolerance, ${name}`,
      },
    ];
  });
}

function exponentNumbers(results: AnyResults): NumberDraft[] {
  return claimedLaws(results).flatMap(({ law, claim, isExcess }) => {
    const name = variantName(law.variant);
    const left = isExcess ? ` once time is divided by ${claim!.symbol}` : "";
    return REGRESSORS.flatMap((regressor) => {
      const exponent = law.exponents[regressor];
      if (exponent === null) return [];
      const meaning = `exponent of ${SYMBOL[regressor]}${left}, ${name}`;
      return estimateDrafts(["exponent", regressor, name], exponent, formatFixed, meaning);
    });
  });
}

function fixedCostNumbers(results: AnyResults): NumberDraft[] {
  return fitPowerLaws(results).flatMap(({ variant, refusal }) => {
    const fit = refusal === null ? fitFixedCost(results, { variant: variant.label }) : null;
    // What the cases do not determine is no number for a page.
    if (fit === null || fit.undetermined !== null) return [];
    const name = variantName(variant);
    return [
      ...estimateDrafts(
        ["fixed cost", name],
        fit.secondsPerProduct,
        formatSeconds,
        `fixed cost of a product, ${name}`,
      ),
      ...estimateDrafts(
        ["fma cost", name],
        fit.secondsPerFma,
        formatSeconds,
        `cost of an FMA of ${fit.claim.productSymbol}, ${name}`,
      ),
    ];
  });
}

function aaNumbers(results: AnyResults): NumberDraft[] {
  const check = aaCheck(results);
  if (check === null) return [];
  const one = (word: string, text: string, value: number, meaning: string): NumberDraft => ({
    words: ["same against same", word],
    text,
    value,
    meaning,
  });
  return [
    one(
      "repetitions",
      formatCount(check.repetitions.length),
      check.repetitions.length,
      "repetitions of the A/A check",
    ),
    one("covering", formatCount(check.covering), check.covering, "repetitions whose 95 % interval covers 1"),
    one(
      "intervals",
      formatCount(check.withInterval),
      check.withInterval,
      "repetitions that have an interval",
    ),
    one(
      "deviation",
      formatFixed(check.meanAbsDeviation, 4),
      check.meanAbsDeviation,
      "mean |ratio − 1| of the A/A check",
    ),
    ...(check.medianWidth === null
      ? []
      : [
          one(
            "width",
            formatFixed(check.medianWidth, 4),
            check.medianWidth,
            "median width of the A/A intervals",
          ),
        ]),
  ];
}
