/** @file Why Σ's exponent is what it is: a fixed cost a product, a cost an FMA, and the local exponents of Σ. */

import { crossedRegression } from "../../src/statistics/crossed-regression.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../table.ts";
import { selectVariant, type TimeCell, timeCells, type VariantSelector } from "./cells.ts";
import { LEAST_FACTOR } from "./power-law.ts";

/** A third whose Σ varies by less than this factor has no local exponent. */
const LEAST_LOCAL_FACTOR = 1.25;

/** The exponent of Σ within a part of its range. */
export type LocalExponent = {
  readonly sigmaRange: readonly [number, number];
  readonly cases: number;
  /** Slope of log(t / products) on log Σ. */
  readonly measured: Estimate;
  /** What the fixed cost predicts there: the mean of β·Σ/(α + β·Σ). */
  readonly predicted: number;
};

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
  /** Root mean square of the relative residuals over case means. */
  readonly relativeRms: number;
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
  const { cells, noInterval } = timeCells(results, variant.label);
  const cases = [...groupBy(cells, (cell) => cell.case).values()];
  const sigmas = cases.map((group) => group[0]!.sigma);
  if (variant.mode === null || cases.length < 4) return null;
  if (Math.max(...sigmas) / Math.min(...sigmas) < LEAST_FACTOR) return null;

  let weights = cells.map((cell) => 1 / perProduct(cell));
  let fit = weighted(cells, weights);
  for (let step = 0; step < 20; step++) {
    const fitted = cells.map((cell) => fit.coefficients[0]! + fit.coefficients[1]! * cell.sigma);
    // A fit below zero somewhere keeps the measured value there as its scale.
    weights = fitted.map((value, i) => 1 / (value > 0 ? value : perProduct(cells[i]!)));
    fit = weighted(cells, weights);
  }
  const estimate = (j: number): Estimate =>
    noInterval === null ? fit.coefficient(j) : { estimate: fit.coefficients[j]!, interval95: null };
  const [alpha, beta] = fit.coefficients as [number, number];
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
      alpha,
      beta,
      noInterval === null,
    ),
    upper: localExponent(
      cells.filter((cell) => cell.sigma >= highest),
      alpha,
      beta,
      noInterval === null,
    ),
    relativeRms: fit.residualRms,
  };
}

function perProduct(cell: TimeCell): number {
  return cell.seconds / cell.products!;
}

function weighted(
  cells: readonly TimeCell[],
  weights: readonly number[],
): ReturnType<typeof crossedRegression> {
  return crossedRegression(
    cells.map((cell, i) => ({
      case: cell.case,
      process: cell.process,
      x: [weights[i]!, weights[i]! * cell.sigma],
      y: weights[i]! * perProduct(cell),
    })),
  );
}

function localExponent(
  cells: readonly TimeCell[],
  alpha: number,
  beta: number,
  mayHaveInterval: boolean,
): LocalExponent | null {
  const sigmas = [...new Set(cells.map((cell) => cell.sigma))];
  const range = [Math.min(...sigmas), Math.max(...sigmas)] as const;
  if (sigmas.length < 3 || range[1] / range[0] < LEAST_LOCAL_FACTOR) return null;
  const fit = crossedRegression(
    cells.map((cell) => ({
      case: cell.case,
      process: cell.process,
      x: [1, Math.log(cell.sigma)],
      y: Math.log(perProduct(cell)),
    })),
  );
  const shares = sigmas.map((sigma) => (beta * sigma) / (alpha + beta * sigma));
  return {
    sigmaRange: range,
    cases: fit.cases,
    measured: mayHaveInterval ? fit.coefficient(1) : { estimate: fit.coefficients[1]!, interval95: null },
    predicted: shares.reduce((sum, share) => sum + share, 0) / shares.length,
  };
}
