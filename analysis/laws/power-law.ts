/** @file The power law: log t on log n, log m and log Σ for one variant, with intervals clustered by process and case. */

import type { VariantRecord } from "../../src/results/types.ts";
import { correlation } from "../../src/statistics/correlation.ts";
import { type CrossedRegression, crossedRegression } from "../../src/statistics/crossed-regression.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import { condition, leastSquares } from "../../src/statistics/least-squares.ts";
import { geometricMean } from "../../src/statistics/mean.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../table.ts";
import { formatFixed } from "../text.ts";
import { selectVariant, type TimeCell, timeCells, type VariantSelector } from "./cells.ts";

/** What time may depend on. `n` is the number of columns of J: the parameters, where J is taken with respect to them. */
export type Regressor = "n" | "m" | "sigma";

/** The regressors in the order in which they are printed. */
export const REGRESSORS: readonly Regressor[] = ["n", "m", "sigma"];

/** Symbols for people. */
export const SYMBOL: Readonly<Record<Regressor, string>> = { n: "n", m: "m", sigma: "Σ" };

/** A regressor that varies by less than this factor over the cases is left out: its exponent would be noise. */
export const LEAST_FACTOR = 1.5;

/** Variance inflation factor from which a design is called collinear (a common rule; correlation 0.95 for two). */
export const LARGEST_INFLATION = 10;

/** t ≈ c · n^a · m^b · Σ^g for one variant. */
export type PowerLaw = {
  readonly variant: VariantRecord;
  readonly cases: number;
  /** Fewest rounds of any case. */
  readonly rounds: number;
  readonly processes: number;
  /** Null for a regressor that was dropped, and for all of them when refused. */
  readonly exponents: Readonly<Record<Regressor, Estimate | null>>;
  /** What was left out of the fit, and why, as sentences. */
  readonly dropped: readonly { readonly regressor: Regressor; readonly reason: string }[];
  /** Why nothing was fitted, naming the regressors that cannot be told apart; null when fitted. */
  readonly refusal: string | null;
  /** Why the exponents have no intervals; null when they have. */
  readonly noInterval: string | null;
  /** Root mean square of log t − fit over case means; 0.05 is about 5 %. Null when refused. */
  readonly residualRms: number | null;
  readonly rSquared: number | null;
  /** The c of the law, in seconds. Null when refused. */
  readonly constantSeconds: number | null;
};

/**
 * Fits log t = log c + a·log n + b·log m + g·log Σ over all cases of a variant by least squares; each case counts
 * equally, whatever its size.
 *
 * A regressor that hardly varies in the design is dropped and named. A design whose regressors move together is
 * refused by name: its exponents could be shifted from one to the other at will. Intervals: see
 * {@link crossedRegression}; null for quick runs and below 15 rounds or 5 processes.
 *
 * @param results - of one experiment
 * @param selector - `{ variant: label }` or `{ strategy, kernel }`
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if the selector fits none or several variants
 *
 * @example
 * fitPowerLaw(results, { strategy: "forward", kernel: "typed" }).exponents.n; // { estimate: 1.003, interval95: … }
 */
export function fitPowerLaw(results: AnyResults, selector: VariantSelector): PowerLaw {
  const variant = selectVariant(results, selector);
  const { cells, rounds, processes, noInterval } = timeCells(results, variant.label);
  const distinct = [...new Map(cells.map((cell) => [cell.case, cell])).values()];
  const dropped: { regressor: Regressor; reason: string }[] = [];
  const kept = REGRESSORS.filter((regressor) => {
    const values = distinct.map((cell) => regressorOf(cell, regressor));
    const factor = Math.max(...values) / Math.min(...values);
    if (factor >= LEAST_FACTOR) return true;
    if (distinct.length > 0) dropped.push({ regressor, reason: whyDropped(regressor, values, factor) });
    return false;
  });
  const base = { variant, cases: distinct.length, rounds, processes, dropped };
  const refusal = whyRefused(cells, distinct, kept);
  if (refusal !== null) {
    return {
      ...base,
      exponents: { n: null, m: null, sigma: null },
      refusal,
      noInterval: refusal,
      residualRms: null,
      rSquared: null,
      constantSeconds: null,
    };
  }
  const fit = crossedRegression(
    cells.map((cell) => ({
      case: cell.case,
      process: cell.process,
      x: [1, ...kept.map((regressor) => Math.log(regressorOf(cell, regressor)))],
      y: Math.log(cell.seconds),
    })),
  );
  const exponent = (regressor: Regressor): Estimate | null => {
    const index = kept.indexOf(regressor);
    return index < 0 ? null : withoutInterval(fit, index + 1, noInterval !== null);
  };
  return {
    ...base,
    exponents: { n: exponent("n"), m: exponent("m"), sigma: exponent("sigma") },
    refusal: null,
    noInterval,
    residualRms: fit.residualRms,
    rSquared: fit.rSquared,
    constantSeconds: Math.exp(fit.coefficients[0]!),
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

function regressorOf(cell: TimeCell, regressor: Regressor): number {
  return regressor === "n" ? cell.inputs : cell[regressor];
}

function whyDropped(regressor: Regressor, values: readonly number[], factor: number): string {
  const symbol = SYMBOL[regressor];
  if (factor === 1)
    return `${symbol} is ${values[0]} in every case, so this design says nothing about its exponent`;
  return (
    `${symbol} varies by a factor of ${factor.toFixed(2)} only (at least ${LEAST_FACTOR} is needed), ` +
    "so this design says nothing about its exponent"
  );
}

/** How far the cases' times lie apart, where there is nothing to fit them to. */
function spread(cells: readonly TimeCell[]): string {
  const times = [...groupBy(cells, (cell) => cell.case).values()].map((group) =>
    geometricMean(group.map(({ seconds }) => seconds)),
  );
  if (times.length < 2) return "there is only one";
  const factor = Math.max(...times) / Math.min(...times);
  return `the times of the ${times.length} differ by a factor of ${formatFixed(factor)} at most`;
}

function whyRefused(
  cells: readonly TimeCell[],
  distinct: readonly TimeCell[],
  kept: readonly Regressor[],
): string | null {
  if (kept.length === 0) {
    return distinct.length === 0
      ? "no usable measurement"
      : `neither n nor m nor Σ varies over the cases; ${spread(cells)}`;
  }
  if (distinct.length < kept.length + 2) {
    return `${distinct.length} cases; at least ${kept.length + 2} are needed for ${kept.length} exponents`;
  }
  const rows = distinct.map((cell) => kept.map((regressor) => Math.log(regressorOf(cell, regressor))));
  const inflated = kept.filter((_, j) => inflation(rows, j) > LARGEST_INFLATION);
  if (inflated.length === 0) return null;
  const names = inflated.map((regressor) => SYMBOL[regressor]);
  return (
    `collinear design: ${names.slice(0, -1).join(", ")} and ${names.at(-1)} move together over the ` +
    `${distinct.length} cases, so their exponents cannot be told apart; vary them independently`
  );
}

/**
 * Variance inflation factor of column j: the largest of 1/(1 − r²) with any other column, and of 1/(1 − R²) given all
 * others (left out where those depend on each other: they are then named by their own correlation).
 */
function inflation(rows: readonly (readonly number[])[], j: number): number {
  const column = rows.map((row) => row[j]!);
  const pairwise = rows[0]!.map((_, k) =>
    k === j
      ? 0
      : correlation(
          column,
          rows.map((row) => row[k]!),
        ) ** 2,
  );
  const others = rows.map((row) => [1, ...row.filter((_, k) => k !== j)]);
  const joint = condition(others) > 1e6 ? 0 : leastSquares(others, column).rSquared;
  const explained = Math.max(joint, ...pairwise);
  return explained >= 1 ? Number.POSITIVE_INFINITY : 1 / (1 - explained);
}
