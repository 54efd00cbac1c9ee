/** @file What a call costs whatever its size: t = α·calls + β·products·Σ for every way of a framework. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import { covers, type Estimate } from "../../src/statistics/interval.ts";
import { leastSquares } from "../../src/statistics/least-squares.ts";
import { geometricMean, mean } from "../../src/statistics/mean.ts";
import { nonnegativeLeastSquares } from "../../src/statistics/nonnegative-least-squares.ts";
import { robustCrossedRegression } from "../../src/statistics/robust-crossed-regression.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type TimeCell, timeCells } from "../laws/cells.ts";
import { fitPowerLaw, REGRESSORS, type Regressor, regressorOf } from "../laws/power-law.ts";

/** t = α·calls + β·products·Σ; a call is a seed's product, or all of them where they are vectorised. */
export type Overhead = {
  readonly variant: VariantRecord;
  /** α, seconds a call. */
  readonly secondsPerCall: Estimate;
  /** True where α can be told from zero. */
  readonly isThere: boolean;
  /** β, seconds an FMA. */
  readonly secondsPerFma: Estimate;
  /** α's share of the fitted time in the chain of the least and of the most predicted work. */
  readonly shareOfLeast: number;
  readonly shareOfMost: number;
  /** Root mean square of log(measured / fitted) over the chains. */
  readonly relativeRms: number;
  /**
   * Exponents of the time with α·calls taken off, over the chains in which at least a fifth of it is left; null where
   * they are too few.
   */
  readonly rest: Readonly<Record<Regressor, number | null>> | null;
  readonly cases: number;
};

/** A chain of whose time less is left than this, once the calls are taken off, says nothing of the rest. */
export const LEAST_REST = 0.2;

/**
 * Fits both coefficients with relative errors, none below zero (iteratively reweighted: Carroll and Ruppert,
 * Transformation and Weighting in Regression, 1988, ch. 2; Lawson and Hanson 1974, ch. 23). Intervals are those of the
 * same weighted fit without the bound, robust and clustered, cut at zero.
 *
 * @param results - of a comparison
 * @param variant - one of its forward or reverse variants
 * @returns null for fewer than four chains, or work that varies by less than a factor of 2
 */
export function fitOverhead(results: AnyResults, variant: VariantRecord): Overhead | null {
  const known = cached.get(variant);
  if (known !== undefined) return known;
  const fitted = fitWay(results, variant);
  cached.set(variant, fitted);
  return fitted;
}

const cached = new WeakMap<VariantRecord, Overhead | null>();

function fitWay(results: AnyResults, variant: VariantRecord): Overhead | null {
  const { cells, noInterval } = timeCells(results, variant.label);
  const cases = [...groupBy(cells, (cell) => cell.case).values()];
  const work = cells.map(workOf);
  if (cases.length < 4 || !(Math.max(...work) >= 2 * Math.min(...work))) return null;
  let scales = cells.map((cell) => cell.seconds);
  let [alpha, beta] = [0, 0];
  for (let step = 0; step < 30; step++) {
    const [a, b] = nonnegativeLeastSquares(
      cells.map((cell, i) => [cell.calls! / scales[i]!, workOf(cell) / scales[i]!]),
      cells.map((cell, i) => cell.seconds / scales[i]!),
    ) as [number, number];
    const settled = Math.abs(a - alpha) <= 1e-9 * a && Math.abs(b - beta) <= 1e-9 * b;
    [alpha, beta] = [a, b];
    scales = cells.map((cell) => a * cell.calls! + b * workOf(cell) || cell.seconds);
    if (settled) break;
  }
  const free = robustCrossedRegression(
    cells.map((cell, i) => ({
      case: cell.case,
      process: cell.process,
      x: [cell.calls! / scales[i]!, workOf(cell) / scales[i]!],
      y: cell.seconds / scales[i]!,
    })),
  );
  const estimate = (j: number, value: number): Estimate => {
    const interval = noInterval === null ? free.coefficient(j).interval95 : null;
    return {
      estimate: value,
      interval95:
        interval === null
          ? null
          : [Math.max(0, Math.min(interval[0], value)), Math.max(0, interval[1], value)],
    };
  };
  const sorted = cases.map((group) => group[0]!).sort((a, b) => workOf(a) - workOf(b));
  const share = (cell: TimeCell): number =>
    (alpha * cell.calls!) / (alpha * cell.calls! + beta * workOf(cell) || 1);
  const secondsPerCall = estimate(0, alpha);
  const logs = cases.map((group) =>
    mean(group.map((cell) => Math.log(cell.seconds / (alpha * cell.calls! + beta * workOf(cell))))),
  );
  return {
    variant,
    secondsPerCall,
    isThere: alpha > 0 && (secondsPerCall.interval95 === null || !covers(secondsPerCall.interval95, 0)),
    secondsPerFma: estimate(1, beta),
    shareOfLeast: share(sorted[0]!),
    shareOfMost: share(sorted.at(-1)!),
    relativeRms: Math.sqrt(mean(logs.map((log) => log * log))),
    rest: restExponents(results, variant, cases, alpha),
    cases: cases.length,
  };
}

/** Exponents of what is left of the time without the calls, with the regressors of the power law. */
function restExponents(
  results: AnyResults,
  variant: VariantRecord,
  cases: readonly (readonly TimeCell[])[],
  alpha: number,
): Overhead["rest"] {
  const law = fitPowerLaw(results, { variant: variant.label });
  const kept = REGRESSORS.filter((regressor) => law.exponents[regressor] !== null);
  const points = cases.flatMap((group) => {
    const seconds = geometricMean(group.map((cell) => cell.seconds));
    const rest = seconds - alpha * group[0]!.calls!;
    return rest >= LEAST_REST * seconds ? [{ cell: group[0]!, rest }] : [];
  });
  if (kept.length === 0 || points.length < kept.length + 3) return null;
  const { coefficients } = leastSquares(
    points.map(({ cell }) => [1, ...kept.map((regressor) => Math.log(regressorOf(cell, regressor)))]),
    points.map(({ rest }) => Math.log(rest)),
  );
  const exponents: Record<Regressor, number | null> = { n: null, m: null, sigma: null, depth: null };
  for (const [j, regressor] of kept.entries()) exponents[regressor] = coefficients[j + 1]!;
  return exponents;
}

function workOf(cell: TimeCell): number {
  return cell.products! * cell.sigma;
}
