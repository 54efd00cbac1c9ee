/** @file Why Σ's exponent is what it is: a fixed cost per product, a cost per FMA, and the local exponents of Σ. */

import type { VariantRecord } from "../../src/results/types.ts";
import { clusterMean } from "../../src/statistics/cluster-mean.ts";
import { huberFit } from "../../src/statistics/huber.ts";
import type { Estimate, Interval } from "../../src/statistics/interval.ts";
import { mean } from "../../src/statistics/mean.ts";
import { robustCrossedRegression } from "../../src/statistics/robust-crossed-regression.ts";
import { type AnyResults, productsAlone } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { selectVariant, type TimeCell, timeCells, type VariantSelector } from "./cells.ts";
import type { ClaimedCost } from "./claimed-cost.ts";
import { type ClaimedLaw, claimedLaw } from "./claimed-law.ts";
import { type LocalSlope, localSlope } from "./local-exponent.ts";
import { LEAST_FACTOR } from "./power-law.ts";
import { relationOf } from "./relation.ts";
import { boundedEstimate, fitRelative } from "./relative-fit.ts";

/** The excess of Σ's exponent within a part of its range, beside what a fixed cost predicts there: the mean of −α/(α + β·c). */
export type LocalExponent = LocalSlope & { readonly predicted: number };

/** Seconds of the products = products·(α + β·c), where c is the FMA of one product as it is claimed. */
export type FixedCost = {
  readonly claim: ClaimedCost;
  /** α, seconds per product whatever its size; not negative. */
  readonly secondsPerProduct: Estimate;
  /** β, seconds per FMA; not negative. */
  readonly secondsPerFma: Estimate;
  /**
   * Why the two are not stated: the fit without the bound leaves what can be, or β cannot be told from zero. Null where
   * they are.
   */
  readonly undetermined: string | null;
  /** The FMA of a product that take as long as the fixed cost, α/β; 0 where α or β is. */
  readonly fmaOfEqualCost: number;
  /** In the lower and the upper third of Σ; null where a third has fewer than three Σ or hardly varies. */
  readonly lower: LocalExponent | null;
  readonly upper: LocalExponent | null;
  /** Root mean square of the logarithm of measured over fitted time, over case means; 0.05 is about 5 %. */
  readonly relativeRms: number;
  /** The same of seconds per product = b·c^g: where that is less, no fixed cost is what bends the exponent. */
  readonly powerRms: number;
  /**
   * By how much |log(measured / fitted)| is larger with the sum than with the power, mean over the cases with Student's t:
   * below 0 the sum is the better description for certain, above it the power.
   */
  readonly sumOverPower: Estimate;
};

/**
 * Fits seconds per product = α + β·c with relative errors and no coefficient below zero ({@link fitRelative}). Only the
 * products are fitted, also where the results' times hold the preparation, which is paid once per Jacobian and is no
 * product's. Intervals are those of the same weighted fit without the bound, robust and clustered, cut at zero.
 *
 * @param results - of one experiment
 * @param selector - `{ variant: label }` or `{ strategy, kernel }`
 * @returns null for a strategy that claims nothing, for fewer than four cases, and where Σ or c varies by less than a
 *   factor of 1.5; intervals are null as in the power law
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if the selector fits none or several variants
 */
export function fitFixedCost(results: AnyResults, selector: VariantSelector): FixedCost | null {
  const variant = selectVariant(results, selector);
  const known = cached.get(results) ?? new Map<VariantRecord, FixedCost | null>();
  cached.set(results, known);
  if (!known.has(variant)) known.set(variant, fitVariant(results, claimedLaw(results, variant)));
  return known.get(variant)!;
}

const cached = new WeakMap<AnyResults, Map<VariantRecord, FixedCost | null>>();

function fitVariant(results: AnyResults, fitted: ClaimedLaw): FixedCost | null {
  const { claim, variant } = fitted;
  const { cells, noInterval } = timeCells(productsAlone(results), variant.label);
  const timed = timeCells(results, variant.label).cells;
  const cases = [...groupBy(cells, (cell) => cell.case).values()];
  if (claim === null || cases.length < 4) return null;
  if (!varies(cells.map(({ sigma }) => sigma)) || !varies(cells.map(claim.product))) return null;

  const amounts = cells.map((cell) => [1, claim.product(cell)]);
  const [alpha, beta] = fitRelative(amounts, cells.map(perProduct)) as [number, number];
  const model = (cell: TimeCell): number => alpha + beta * claim.product(cell);
  const free = robustCrossedRegression(
    cells.map((cell, i) => ({
      case: cell.case,
      process: cell.process,
      x: amounts[i]!.map((amount) => amount / model(cell)),
      y: perProduct(cell) / model(cell),
    })),
  );
  const intervals = [0, 1].map((j) => (noInterval === null ? free.coefficient(j).interval95 : null));
  const sorted = cases.map((group) => group[0]!).sort((a, b) => a.sigma - b.sigma);
  const third = Math.floor(sorted.length / 3);
  const lowest = sorted[Math.max(0, third - 1)]!.sigma;
  const highest = sorted[Math.min(sorted.length - 1, sorted.length - third)]!.sigma;
  const sum = caseLogs(cases, model);
  const power = caseLogs(cases, powerOf(cells, claim));
  const local = (own: readonly TimeCell[]): LocalExponent | null => localExponent(own, fitted, model, alpha);
  return {
    claim,
    secondsPerProduct: boundedEstimate(alpha, intervals[0]!),
    secondsPerFma: boundedEstimate(beta, intervals[1]!),
    undetermined: whyUndetermined(beta, intervals),
    fmaOfEqualCost: alpha > 0 && beta > 0 ? alpha / beta : 0,
    lower: local(timed.filter((cell) => cell.sigma <= lowest)),
    upper: local(timed.filter((cell) => cell.sigma >= highest)),
    powerRms: rootMeanSquare(power),
    relativeRms: rootMeanSquare(sum),
    sumOverPower: differenceOf(sum, power, noInterval === null),
  };
}

function varies(values: readonly number[]): boolean {
  return Math.max(...values) >= LEAST_FACTOR * Math.min(...values);
}

/** A line through the cases is no cost where a part of it would have to be negative, or an FMA cost nothing. */
function whyUndetermined(beta: number, [fixed, each]: readonly (Interval | null)[]): string | null {
  if (relationOf({ interval95: fixed ?? null }, 0) === "below") {
    return "a straight line through them would have a negative fixed cost";
  }
  if (!(beta > 0) || (each != null && relationOf({ interval95: each }, 0) !== "above")) {
    return "the cost of an FMA cannot be told from zero";
  }
  return null;
}

function perProduct(cell: TimeCell): number {
  return cell.seconds / cell.products!;
}

/** The excess of a part, and what a fixed cost makes of it; the predictions of its cases are averaged. */
function localExponent(
  cells: readonly TimeCell[],
  fitted: ClaimedLaw,
  model: (cell: TimeCell) => number,
  alpha: number,
): LocalExponent | null {
  const slope = localSlope(cells, fitted);
  return slope === null ? null : { ...slope, predicted: -mean(cells.map((cell) => alpha / model(cell))) };
}

/** Seconds per product as a power of its claimed cost, fitted. */
function powerOf(cells: readonly TimeCell[], claim: ClaimedCost): (cell: TimeCell) => number {
  const [constant, slope] = huberFit(
    cells.map((cell) => [1, Math.log(claim.product(cell))]),
    cells.map((cell) => Math.log(perProduct(cell))),
  ).coefficients as [number, number];
  return (cell) => Math.exp(constant + slope * Math.log(claim.product(cell)));
}

/** The logarithm of measured over fitted time, one a case. */
function caseLogs(cases: readonly (readonly TimeCell[])[], fitted: (cell: TimeCell) => number): number[] {
  return cases.map((group) => mean(group.map((cell) => Math.log(perProduct(cell) / fitted(cell)))));
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(mean(values.map((value) => value ** 2)));
}

function differenceOf(sum: readonly number[], power: readonly number[], mayHaveInterval: boolean): Estimate {
  const differences = sum.map((value, i) => Math.abs(value) - Math.abs(power[i]!));
  if (!mayHaveInterval) return { estimate: mean(differences), interval95: null };
  const { estimate, interval95 } = clusterMean(differences);
  return { estimate, interval95 };
}
