/** @file Correlation of two lists, and of successive values in grouped series. */

import { sampleCorrelation } from "simple-statistics";
import { JacobenchError } from "../errors.ts";
import { createRandom } from "../random.ts";
import { expectFinite, median } from "./quantile.ts";

/**
 * Pearson's correlation of two lists; 0 where one of them does not vary.
 *
 * @param x - at least two finite values
 * @param y - as many
 * @throws {JacobenchError} `ERR_SHAPE` if the lengths differ, `ERR_RANGE` if fewer than two, `ERR_NON_FINITE`
 */
export function correlation(x: readonly number[], y: readonly number[]): number {
  if (x.length !== y.length) {
    throw new JacobenchError(
      "ERR_SHAPE",
      `correlation: lengths are ${x.length} and ${y.length}; expected equal ones`,
    );
  }
  expectFinite("correlation", x);
  expectFinite("correlation", y);
  if (x.length < 2) throw new JacobenchError("ERR_RANGE", "correlation: 1 pair; expected at least two");
  const varies = (values: readonly number[]): boolean => values.some((value) => value !== values[0]);
  return varies(x) && varies(y) ? sampleCorrelation(x as number[], y as number[]) : 0;
}

/** How strongly successive values hang together. */
export type SerialCorrelation = {
  /** Lag-1 correlation within groups, corrected for its bias; 0 for independent values. */
  readonly lag1: number;
  /** Share of random orders that correlate as much or more. */
  readonly p: number;
};

/**
 * Lag-1 correlation of values within groups (rounds within processes), with a permutation test against independence.
 *
 * The median of each group is taken off first, then one value more than five times the typical size is clipped, so
 * that a lone outlier decides nothing. With few values a group the raw coefficient of independent values is
 * negative; the mean over random orders is therefore taken off (a randomisation test: Edgington and Onghena,
 * Randomization Tests, 4th ed., 2007).
 *
 * @param groups - one list a group, in the order of time
 * @param rngSeed - for the random orders
 * @param orders - how many random orders
 * @returns lag1 0 and p 1 where no group has three values, or nothing varies
 */
export function serialCorrelation(
  groups: readonly (readonly number[])[],
  rngSeed: number,
  orders = 199,
): SerialCorrelation {
  const used = groups.filter((group) => group.length >= 3);
  const centred = used.map((group) => {
    const centre = median(group);
    return group.map((value) => value - centre);
  });
  if (centred.length === 0) return { lag1: 0, p: 1 };
  const scale = 5 * median(centred.flat().map(Math.abs));
  if (scale === 0) return { lag1: 0, p: 1 };
  const clipped = centred.map((group) => group.map((value) => Math.max(-scale, Math.min(scale, value))));
  const squares = clipped.flat().reduce((sum, value) => sum + value * value, 0);
  const lagged = (series: readonly (readonly number[])[]): number =>
    series.reduce((sum, group) => {
      for (let i = 1; i < group.length; i++) sum += group[i]! * group[i - 1]!;
      return sum;
    }, 0) / squares;
  const observed = lagged(clipped);
  const random = createRandom(rngSeed);
  let total = 0;
  let asLarge = 0;
  for (let order = 0; order < orders; order++) {
    const value = lagged(clipped.map((group) => random.shuffle(group)));
    total += value;
    if (value >= observed - 1e-12) asLarge += 1;
  }
  return { lag1: observed - total / orders, p: (asLarge + 1) / (orders + 1) };
}
