/** @file The power law: log t on log n, log m, log Σ and log K for one variant, with intervals clustered by process and case. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { CrossedRegression } from "../../src/statistics/crossed-regression.ts";
import { type Estimate, type Interval, STRICT_CONFIDENCE } from "../../src/statistics/interval.ts";
import { robustCrossedRegression } from "../../src/statistics/robust-crossed-regression.ts";
import type { AnyResults } from "../config.ts";
import { selectVariant, type TimeCell, timeCells, type VariantSelector } from "./cells.ts";
import { factorsOf, processSpread, spread, whyDropped, whyNoDepth, whyRefused } from "./identifiable.ts";
import { CLAIMED, LEAST_FACTOR, type Regressor, regressorOf } from "./regressor.ts";
import { type Sentence, sentenceText } from "./sentence.ts";

export { CLAIMED, LEAST_FACTOR, REGRESSORS, type Regressor, regressorOf, SYMBOL } from "./regressor.ts";

/** t ≈ c · n^a · m^b · Σ^g · K^k for one variant. */
export type PowerLaw = {
  readonly variant: VariantRecord;
  readonly cases: number;
  /** Fewest rounds of any case. */
  readonly rounds: number;
  readonly processes: number;
  /** Null for a regressor that was dropped, and for all of them when refused. */
  readonly exponents: Readonly<Record<Regressor, Estimate | null>>;
  /** 99.9 % intervals, which a refutation asks for; null where there is no 95 % interval. */
  readonly strictIntervals: Readonly<Record<Regressor, Interval | null>>;
  /** What was left out of the fit, and why, as sentences. */
  readonly dropped: readonly {
    readonly regressor: Regressor;
    readonly reason: string;
    readonly sentence: Sentence;
  }[];
  /** Why nothing was fitted, naming the regressors that cannot be told apart; null when fitted. */
  readonly refusal: string | null;
  /** The same as pieces. */
  readonly refused: Sentence | null;
  /** Why the exponents have no intervals; null when they have. */
  readonly noInterval: string | null;
  /** Largest over smallest value of each regressor over the cases. */
  readonly factors: Readonly<Record<Regressor, number>>;
  /** Smallest and largest Σ. */
  readonly sigmaRange: Interval;
  /** How far the times of the cases lie apart, as a half sentence. */
  readonly spread: Sentence;
  /** Standard deviation of log t between the processes of a case; null with one process. */
  readonly processSpread: number | null;
  /** Root mean square of log t − fit over case means; 0.05 is about 5 %. Null when refused. */
  readonly residualRms: number | null;
  readonly rSquared: number | null;
  /** The c of the law, in seconds. Null when refused. */
  readonly constantSeconds: number | null;
  /** Share of the case × process cells that lie far off and were pulled in (Huber). Null when refused. */
  readonly outlierShare: number | null;
};

/**
 * Fits log t = log c + a·log n + b·log m + g·log Σ + k·log K over all cases of a variant by Huber's M-estimate; each
 * case counts equally, whatever its size.
 *
 * A regressor that hardly varies in the design is dropped and named. A design in which n, m and Σ move together is
 * refused by name: its exponents could be shifted from one to the other at will. K is fitted where it varies and can be
 * told apart from them; else it is dropped and named. Intervals: see {@link robustCrossedRegression}; null for quick
 * runs and below 15 rounds or 5 processes.
 *
 * @param results - of one experiment
 * @param selector - `{ variant: label }` or `{ strategy, kernel }`
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if the selector fits none or several variants
 *
 * @example
 * fitPowerLaw(results, { strategy: "forward", kernel: "typed" }).exponents.n; // { estimate: 1.003, interval95: … }
 */
export function fitPowerLaw(results: AnyResults, selector: VariantSelector): PowerLaw {
  return fitExcess(results, selector, () => 1);
}

/**
 * {@link fitPowerLaw} of t divided by what a law claims: exponents that are 0 where the claim holds. For claims that
 * are no product of powers, such as n·(Σ − n·d_1).
 *
 * @param claim - positive for every case
 */
export function fitExcess(
  results: AnyResults,
  selector: VariantSelector,
  claim: (cell: TimeCell) => number,
): PowerLaw {
  const variant = selectVariant(results, selector);
  const { cells, rounds, processes, noInterval } = timeCells(results, variant.label);
  const distinct = [...new Map(cells.map((cell) => [cell.case, cell])).values()];
  const dropped: { regressor: Regressor; reason: string; sentence: Sentence }[] = [];
  const drop = (regressor: Regressor, sentence: Sentence): void => {
    dropped.push({ regressor, reason: sentenceText(sentence), sentence });
  };
  const claimed: Regressor[] = CLAIMED.filter((regressor) => {
    const values = distinct.map((cell) => regressorOf(cell, regressor));
    const factor = Math.max(...values) / Math.min(...values);
    if (factor >= LEAST_FACTOR) return true;
    if (distinct.length > 0) drop(regressor, whyDropped(regressor, values, factor));
    return false;
  });
  const noDepth = whyNoDepth(distinct, claimed);
  const kept: readonly Regressor[] = noDepth === null ? [...claimed, "depth"] : claimed;
  if (noDepth !== null && noDepth.length > 0) drop("depth", noDepth);
  const sigmas = distinct.map(({ sigma }) => sigma);
  const base = {
    variant,
    cases: distinct.length,
    rounds,
    processes,
    dropped,
    factors: factorsOf(distinct),
    sigmaRange: [Math.min(...sigmas), Math.max(...sigmas)] as const,
    spread: spread(cells),
    processSpread: processSpread(cells),
  };
  const refused = whyRefused(cells, distinct, kept);
  if (refused !== null) {
    const refusal = sentenceText(refused);
    return {
      ...base,
      exponents: { n: null, m: null, sigma: null, depth: null },
      strictIntervals: { n: null, m: null, sigma: null, depth: null },
      refusal,
      refused,
      noInterval: refusal,
      residualRms: null,
      rSquared: null,
      constantSeconds: null,
      outlierShare: null,
    };
  }
  const fit = robustCrossedRegression(
    cells.map((cell) => ({
      case: cell.case,
      process: cell.process,
      x: [1, ...kept.map((regressor) => Math.log(regressorOf(cell, regressor)))],
      y: Math.log(cell.seconds / claim(cell)),
    })),
  );
  const exponent = (regressor: Regressor): Estimate | null => {
    const index = kept.indexOf(regressor);
    return index < 0 ? null : withoutInterval(fit, index + 1, noInterval !== null);
  };
  const strict = (regressor: Regressor): Interval | null => {
    const index = kept.indexOf(regressor);
    return index < 0 || noInterval !== null ? null : fit.intervalAt(index + 1, STRICT_CONFIDENCE);
  };
  return {
    ...base,
    exponents: {
      n: exponent("n"),
      m: exponent("m"),
      sigma: exponent("sigma"),
      depth: exponent("depth"),
    },
    strictIntervals: {
      n: strict("n"),
      m: strict("m"),
      sigma: strict("sigma"),
      depth: strict("depth"),
    },
    refusal: null,
    refused: null,
    noInterval,
    residualRms: fit.residualRms,
    rSquared: fit.rSquared,
    constantSeconds: Math.exp(fit.coefficients[0]!),
    outlierShare: fit.outlierShare,
  };
}

/** {@link fitPowerLaw} for every variant that was measured, in their order. */
export function fitPowerLaws(results: AnyResults): PowerLaw[] {
  const known = cached.get(results);
  if (known) return known;
  const laws = results.variants.map(({ label }) => fitPowerLaw(results, { variant: label }));
  cached.set(results, laws);
  return laws;
}

const cached = new WeakMap<AnyResults, PowerLaw[]>();

/** An estimate of one coefficient, its interval taken away where there may be none. */
function withoutInterval(fit: CrossedRegression, index: number, withhold: boolean): Estimate {
  return withhold ? { estimate: fit.coefficients[index]!, interval95: null } : fit.coefficient(index);
}
