/** @file Where a value lies against another: decided by its interval, here and nowhere else. Pure. */

import type { Estimate } from "../../src/statistics/interval.ts";

/**
 * - `above`, `below`: the whole interval lies there, beyond the tolerance.
 * - `within`: the whole interval lies within the tolerance.
 * - `undecided`: the interval lies on both sides of an edge, or there is none.
 */
export type Relation = "above" | "below" | "within" | "undecided";

/**
 * Decides where a value lies against a reference. Words such as "always", "fastest", "above 1" and "rises" rest on this
 * alone: an estimate without an interval decides nothing.
 *
 * @param estimate - its interval; one of another confidence may be given in its place
 * @param reference - what it is held against
 * @param tolerance - half the width of what counts as equal, not negative; with 0 nothing is `within` but the
 *   reference itself
 */
export function relationOf(
  { interval95 }: Pick<Estimate, "interval95">,
  reference: number,
  tolerance = 0,
): Relation {
  if (interval95 === null) return "undecided";
  const [low, high] = interval95;
  if (low > reference + tolerance) return "above";
  if (high < reference - tolerance) return "below";
  return low >= reference - tolerance && high <= reference + tolerance ? "within" : "undecided";
}
