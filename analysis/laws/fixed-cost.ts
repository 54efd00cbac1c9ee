/** @file Why Σ's exponent is what it is: a fixed cost a product, a cost an FMA, and the local exponents of Σ. */

import type { VariantRecord } from "../../src/results/types.ts";
import { huberFit } from "../../src/statistics/huber.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import { mean } from "../../src/statistics/mean.ts";
import { robustCrossedRegression } from "../../src/statistics/robust-crossed-regression.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { selectVariant, type TimeCell, timeCells, type VariantSelector } from "./cells.ts";
import { type LocalSlope, localSlope } from "./local-exponent.ts";
import { fitPowerLaw, LEAST_FACTOR, type PowerLaw } from "./power-law.ts";

/** The exponent of Σ within a part of its range, beside what a fixed cost predicts there: the mean of β·Σ/(α + β·Σ). */
export type LocalExponent = LocalSlope & { readonly predicted: number };

/** t / products = α + β·Σ. */
export type FixedCost = {
  /** α, seconds a product whatever its size. */
  readonly secondsPerProduct: Estimate;
  /** β, seconds an FMA of Σ. */
  readonly secondsPerFma: Estimate;
  /** The Σ whose FMAs take as long as the fixed cost, α/β; 0 where α is not positive. */
  readonly sigmaOfEqualCost: number;
  /** In the lower and the upper third of Σ; null where a third has fewer than three Σ or hardly varies. */
  readonly lower: LocalExponent | null;
  readonly upper: LocalExponent | null;
  /** Root mean square of the logarithm of measured over fitted time, over case means; 0.05 is about 5 %. */
  readonly relativeRms: number;
  /** The same of t/products = c·Σ^g: where that is less, no fixed cost is what bends Σ's exponent. */
  readonly powerRms: number;
};

/**
 * Fits t/products = α + β·Σ with relative errors: weights 1/fit², found by refitting (iteratively reweighted least
 * squares: Carroll and Ruppert, Transformation and Weighting in Regression, 1988, ch. 2).
 *
 * @param results - of one experiment
 * @param selector - `{ variant: label }` or `{ strategy, kernel }`
 * @returns null for a strategy that is neither forward nor reverse, for fewer than four cases, and where Σ varies by
 *   less than a factor of 1.5; intervals are null as in the power law
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if the selector fits none or several variants
 */
export function fitFixedCost(results: AnyResults, selector: VariantSelector): FixedCost | null {
  const variant = selectVariant(results, selector);
  const known = cached.get(results) ?? new Map<VariantRecord, FixedCost | null>();
  cached.set(results, known);
  if (!known.has(variant)) known.set(variant, fitVariant(results, variant));
  return known.get(variant)!;
}

const cached = new WeakMap<AnyResults, Map<VariantRecord, FixedCost | null>>();

function fitVariant(results: AnyResults, variant: VariantRecord): FixedCost | null {
  const { cells, noInterval } = timeCells(results, variant.label);
  const cases = [...groupBy(cells, (cell) => cell.case).values()];
  const sigmas = cases.map((group) => group[0]!.sigma);
  if (variant.mode === null || cases.length < 4) return null;
  if (Math.max(...sigmas) / Math.min(...sigmas) < LEAST_FACTOR) return null;

  let weights = cells.map((cell) => 1 / perProduct(cell));
  for (let step = 0; step < 20; step++) {
    const rows = cells.map((cell, i) => [weights[i]!, weights[i]! * cell.sigma]);
    const values = cells.map((cell, i) => weights[i]! * perProduct(cell));
    const [fixed, each] = huberFit(rows, values).coefficients as [number, number];
    // A fit below zero somewhere keeps the measured value there as its scale.
    const next = cells.map((cell) => {
      const value = fixed + each * cell.sigma;
      return 1 / (value > 0 ? value : perProduct(cell));
    });
    const settled = next.every((value, i) => Math.abs(value / weights[i]! - 1) < 1e-9);
    weights = next;
    if (settled) break;
  }
  const found = weighted(cells, weights);
  const estimate = (j: number): Estimate =>
    noInterval === null ? found.coefficient(j) : { estimate: found.coefficients[j]!, interval95: null };
  const [alpha, beta] = found.coefficients as [number, number];
  const law = fitPowerLaw(results, { variant: variant.label });
  const sorted = cases.map((group) => group[0]!).sort((a, b) => a.sigma - b.sigma);
  const third = Math.floor(sorted.length / 3);
  const lowest = sorted[Math.max(0, third - 1)]!.sigma;
  const highest = sorted[Math.min(sorted.length - 1, sorted.length - third)]!.sigma;
  return {
    secondsPerProduct: estimate(0),
    secondsPerFma: estimate(1),
    sigmaOfEqualCost: alpha > 0 && beta > 0 ? alpha / beta : 0,
    lower: localExponent(
      cells.filter((cell) => cell.sigma <= lowest),
      law,
      alpha,
      beta,
    ),
    upper: localExponent(
      cells.filter((cell) => cell.sigma >= highest),
      law,
      alpha,
      beta,
    ),
    powerRms: powerRms(cells, cases),
    relativeRms: logRms(cases, (cell) => Math.max(alpha + beta * cell.sigma, 1e-9 * perProduct(cell))),
  };
}

function perProduct(cell: TimeCell): number {
  return cell.seconds / cell.products!;
}

function weighted(
  cells: readonly TimeCell[],
  weights: readonly number[],
): ReturnType<typeof robustCrossedRegression> {
  return robustCrossedRegression(
    cells.map((cell, i) => ({
      case: cell.case,
      process: cell.process,
      x: [weights[i]!, weights[i]! * cell.sigma],
      y: weights[i]! * perProduct(cell),
    })),
  );
}

/** The exponent of a part, and what a fixed cost makes of it; the predictions of its Σ are averaged. */
function localExponent(
  cells: readonly TimeCell[],
  law: PowerLaw,
  alpha: number,
  beta: number,
): LocalExponent | null {
  const slope = localSlope(cells, law);
  if (slope === null) return null;
  const sigmas = [...new Set(cells.map((cell) => cell.sigma))];
  return { ...slope, predicted: mean(sigmas.map((sigma) => (beta * sigma) / (alpha + beta * sigma))) };
}

function powerRms(cells: readonly TimeCell[], cases: readonly (readonly TimeCell[])[]): number {
  const [constant, slope] = huberFit(
    cells.map((cell) => [1, Math.log(cell.sigma)]),
    cells.map((cell) => Math.log(perProduct(cell))),
  ).coefficients as [number, number];
  return logRms(cases, (cell) => Math.exp(constant + slope * Math.log(cell.sigma)));
}

/** Root mean square of the logarithm of measured over fitted time, over the means of cases. */
function logRms(cases: readonly (readonly TimeCell[])[], fitted: (cell: TimeCell) => number): number {
  const means = cases.map((group) => mean(group.map((cell) => Math.log(perProduct(cell) / fitted(cell)))));
  return Math.sqrt(mean(means.map((value) => value ** 2)));
}
