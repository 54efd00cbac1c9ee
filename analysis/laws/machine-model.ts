/** @file The machine model: seconds a call, a layer, an FMA and a unit of width, and what they predict. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { Estimate, Interval } from "../../src/statistics/interval.ts";
import { dotProduct, leastSquares } from "../../src/statistics/least-squares.ts";
import { robustCrossedRegression } from "../../src/statistics/robust-crossed-regression.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { cacheRegimes } from "./cache-regime.ts";
import { selectVariant, type TimeCell, timeCells, type VariantSelector } from "./cells.ts";
import { claimedCostOn } from "./claimed-cost.ts";
import { claimedLaw } from "./claimed-law.ts";
import { type MachineTerm, type Refusal, separableTerms } from "./machine-terms.ts";
import { REGRESSORS, type Regressor, regressorOf } from "./power-law.ts";
import { boundedEstimate, fitRelative } from "./relative-fit.ts";

/** One coefficient of the model. */
export type MachineCoefficient = {
  readonly term: MachineTerm;
  /** Seconds of one unit. Null where it takes part in a refusal. */
  readonly seconds: Estimate | null;
  /** What the fit used, refused or not; for predictions. */
  readonly fitted: number;
};

/** t = calls·(α0 + α1·K) + products·(β·Σ + γ·W), fitted to one variant. */
export type MachineModel = {
  readonly variant: VariantRecord;
  readonly coefficients: readonly MachineCoefficient[];
  readonly refusals: readonly Refusal[];
  /** FMA a second, one for each β that is above zero. */
  readonly fmaPerSecond: readonly { readonly symbol: string; readonly rate: Estimate }[];
  /** Root mean square of the relative residuals of the cases. */
  readonly relativeRms: number;
  readonly cases: number;
  readonly noInterval: string | null;
  /**
   * The exponents that the law of the variant finds in the model's own times (divided by the claim, where the law's are);
   * null where it has none.
   */
  readonly predictedExponents: Readonly<Record<Regressor, number | null>>;
  /** Seconds of one run of a case. */
  predict(cell: TimeCell): number;
  /** Slope of the logarithm of its time a product on log Σ, over the cases of a range of Σ; null for fewer than two Σ. */
  predictLocalExponent(sigmaRange: Interval): number | null;
};

/** Cases beyond the number of coefficients that a fit needs. */
const LEAST_SPARE_CASES = 2;

/**
 * Fits t = calls·(α0 + α1·K) + products·(β·Σ + γ·W) with coefficients that are not negative; W is the sum of the
 * widths, a call is one walk through the chain (a product, or a block of them, so that calls = products without
 * blocks), and β is one for each cache regime of the design (see {@link cacheRegimes}).
 *
 * Σ stands for the FMA of a product as it is claimed ({@link claimedCostOn}): Σ − n·d_1 with read unit seeds.
 *
 * Errors are relative, and outliers weighed down ({@link fitRelative}). The form is the roofline's additive cousin:
 * latency a call and a layer, throughput an FMA (Hockney and Jesshope, Parallel Computers 2, 1988, 1.3.3: r∞ and n½).
 *
 * Intervals are those of the same weighted fit without the bound, robust and clustered
 * ({@link robustCrossedRegression}), cut at 0 (see {@link boundedEstimate}).
 *
 * @param results - of one experiment
 * @param selector - `{ variant: label }` or `{ strategy, kernel }`
 * @returns null for a strategy that is neither forward nor reverse, for products that cost nothing, and for too few cases
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if the selector fits none or several variants
 */
export function fitMachineModel(results: AnyResults, selector: VariantSelector): MachineModel | null {
  const variant = selectVariant(results, selector);
  const { cells, noInterval } = timeCells(results, variant.label);
  const claim = claimedCostOn(variant, cells);
  if (claim === null || cells.length === 0) return null;
  const cases = [...groupBy(cells, (cell) => cell.case).values()].map((group) => group[0]!);
  const { terms, refusals } = separableTerms(cases, cacheRegimes(results), claim);
  if (cases.length < terms.length + LEAST_SPARE_CASES) return null;

  const fitted = fitRelative(
    cells.map((cell) => terms.map((term) => term.amount(cell))),
    cells.map((cell) => cell.seconds / cell.products!),
  );
  const predict = (cell: TimeCell): number => cell.products! * perProduct(terms, fitted, cell);
  const weights = cells.map((cell) => cell.products! / predict(cell));
  const free = robustCrossedRegression(
    cells.map((cell, i) => ({
      case: cell.case,
      process: cell.process,
      x: terms.map((term) => term.amount(cell) * weights[i]!),
      y: (cell.seconds / cell.products!) * weights[i]!,
    })),
  );
  const coefficients = terms.map((term, j): MachineCoefficient => {
    // α stands for the pair α0, α1 that is refused; it is a coefficient of its own.
    const refused = refusals.some(({ symbols }) => symbols.includes(term.symbol));
    const seconds = boundedEstimate(fitted[j]!, noInterval === null ? free.coefficient(j).interval95 : null);
    return { term, seconds: refused ? null : seconds, fitted: fitted[j]! };
  });
  return {
    variant,
    coefficients,
    refusals,
    fmaPerSecond: coefficients.flatMap(({ term, seconds }) =>
      term.kind === "fma" && seconds !== null && seconds.estimate > 0
        ? [{ symbol: term.symbol, rate: reciprocal(seconds) }]
        : [],
    ),
    relativeRms: relativeRms(cells, predict),
    cases: cases.length,
    noInterval,
    get predictedExponents() {
      return predictedExponents(results, variant, cases, predict);
    },
    predict,
    predictLocalExponent: (range) => localExponent(cases, range, predict),
  };
}

/** {@link fitMachineModel} for every variant that has one, in their order. */
export function fitMachineModels(results: AnyResults): MachineModel[] {
  const known = cached.get(results);
  if (known) return known;
  const models = results.variants.flatMap(({ label }) => fitMachineModel(results, { variant: label }) ?? []);
  cached.set(results, models);
  return models;
}

const cached = new WeakMap<AnyResults, MachineModel[]>();

function perProduct(terms: readonly MachineTerm[], coefficients: readonly number[], cell: TimeCell): number {
  return terms.reduce((sum, term, j) => sum + coefficients[j]! * term.amount(cell), 0);
}

function reciprocal({ estimate, interval95 }: Estimate): Estimate {
  return {
    estimate: 1 / estimate,
    // A cost that may be zero has no largest rate.
    interval95: interval95 === null || interval95[0] <= 0 ? null : [1 / interval95[1], 1 / interval95[0]],
  };
}

function relativeRms(cells: readonly TimeCell[], predict: (cell: TimeCell) => number): number {
  const means = [...groupBy(cells, (cell) => cell.case).values()].map(
    (group) => group.reduce((sum, cell) => sum + Math.log(cell.seconds / predict(cell)), 0) / group.length,
  );
  return Math.sqrt(dotProduct(means, means) / means.length);
}

function localExponent(
  cases: readonly TimeCell[],
  [low, high]: Interval,
  predict: (cell: TimeCell) => number,
): number | null {
  const inside = cases.filter(({ sigma }) => sigma >= low && sigma <= high);
  if (new Set(inside.map(({ sigma }) => sigma)).size < 2) return null;
  const { coefficients } = leastSquares(
    inside.map(({ sigma }) => [1, Math.log(sigma)]),
    inside.map((cell) => Math.log(predict(cell) / cell.products!)),
  );
  return coefficients[1]!;
}

/** What the variant's law would find in the model's times of the same cases. */
function predictedExponents(
  results: AnyResults,
  variant: VariantRecord,
  cases: readonly TimeCell[],
  predict: (cell: TimeCell) => number,
): Record<Regressor, number | null> {
  const { law, claim, isExcess } = claimedLaw(results, variant);
  const kept = REGRESSORS.filter((regressor) => law.exponents[regressor] !== null);
  const exponents: Record<Regressor, number | null> = { n: null, m: null, sigma: null, depth: null };
  if (kept.length === 0 || cases.some((cell) => !(predict(cell) > 0))) return exponents;
  const { coefficients } = leastSquares(
    cases.map((cell) => [1, ...kept.map((regressor) => Math.log(regressorOf(cell, regressor)))]),
    cases.map((cell) => Math.log(predict(cell) / (isExcess ? claim!.cost(cell) : 1))),
  );
  for (const [j, regressor] of kept.entries()) exponents[regressor] = coefficients[j + 1]!;
  return exponents;
}
