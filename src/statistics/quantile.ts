/** @file Median and quantiles; NaN is an error, never skipped. */

import { median as libraryMedian } from "simple-statistics";
import { JacobenchError } from "../errors.ts";

/**
 * The median: the middle value, or the mean of the two middle ones.
 *
 * @param values - at least one, finite; not modified
 * @throws {JacobenchError} `ERR_RANGE` if empty, `ERR_NON_FINITE` if any is NaN or infinite
 */
export function median(values: readonly number[]): number {
  expectFinite("median", values);
  return libraryMedian([...values]);
}

/**
 * A quantile by linear interpolation of the order statistics (type 7 of Hyndman and Fan, Sample quantiles in
 * statistical packages, The American Statistician 50 (1996) 361–365; the default of R and NumPy).
 *
 * @param values - at least one, finite; not modified
 * @param p - in [0, 1]
 * @throws {JacobenchError} `ERR_RANGE` if empty or p is outside of [0, 1]; `ERR_NON_FINITE`
 */
export function quantile(values: readonly number[], p: number): number {
  expectFinite("quantile", values);
  if (!(p >= 0 && p <= 1)) {
    throw new JacobenchError("ERR_RANGE", `quantile: p is ${p}; expected a number from 0 to 1`);
  }
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}

/**
 * Checks that there are values and that all are finite.
 *
 * @param where - the function that checks, for the message
 * @throws {JacobenchError} `ERR_RANGE` if empty, `ERR_NON_FINITE` if any is NaN or infinite
 */
export function expectFinite(where: string, values: readonly number[]): void {
  if (values.length === 0) {
    throw new JacobenchError("ERR_RANGE", `${where}: no values; expected at least one`);
  }
  for (const [index, value] of values.entries()) {
    if (!Number.isFinite(value)) {
      throw new JacobenchError(
        "ERR_NON_FINITE",
        `${where}: value ${index} is ${value}; expected a finite number`,
      );
    }
  }
}
