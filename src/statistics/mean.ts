/** @file Means and spreads: arithmetic with compensated sums, and geometric (the mean of logarithms). */

import { mean as libraryMean, sampleVariance } from "simple-statistics";
import { JacobenchError } from "../errors.ts";
import { expectFinite } from "./quantile.ts";

/**
 * The arithmetic mean (Kahan–Babuška summation, by simple-statistics).
 *
 * @param values - at least one, finite
 * @throws {JacobenchError} `ERR_RANGE` if empty, `ERR_NON_FINITE`
 */
export function mean(values: readonly number[]): number {
  expectFinite("mean", values);
  return libraryMean(values as number[]);
}

/**
 * The unbiased variance (divided by one less than the count).
 *
 * @param values - at least two, finite
 * @throws {JacobenchError} `ERR_RANGE` if fewer than two, `ERR_NON_FINITE`
 */
export function variance(values: readonly number[]): number {
  expectFinite("variance", values);
  if (values.length < 2) {
    throw new JacobenchError("ERR_RANGE", "variance: 1 value; expected at least two");
  }
  return sampleVariance(values as number[]);
}

/**
 * The geometric mean, exp of the mean logarithm: the mean for ratios and for times that spread over decades.
 *
 * @param values - at least one, positive and finite
 * @throws {JacobenchError} `ERR_RANGE` if empty or any is not positive, `ERR_NON_FINITE`
 */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(logarithms(values)));
}

/**
 * Natural logarithms of positive values.
 *
 * @throws {JacobenchError} `ERR_RANGE` if any is not positive, `ERR_NON_FINITE`
 */
export function logarithms(values: readonly number[]): number[] {
  return values.map((value, index) => {
    if (Number.isNaN(value) || value === Number.POSITIVE_INFINITY) {
      throw new JacobenchError(
        "ERR_NON_FINITE",
        `logarithms: value ${index} is ${value}; expected a finite number`,
      );
    }
    if (value <= 0) {
      throw new JacobenchError(
        "ERR_RANGE",
        `logarithms: value ${index} is ${value}; expected a positive number`,
      );
    }
    return Math.log(value);
  });
}
