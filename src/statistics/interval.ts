/** @file What an interval is here, and how many measurements one needs before it is printed. */

/** Lower and upper end of a 95 % interval, in the unit of its estimate. */
export type Interval = readonly [lower: number, upper: number];

/** A number with its 95 % interval; the interval is null where there is too little data for one. */
export type Estimate = { readonly estimate: number; readonly interval95: Interval | null };

/** Confidence of every interval of the project. */
export const CONFIDENCE = 0.95;

/** Confidence that a verdict against a claim asks for: one interval in twenty misses the truth, and none may refute it. */
export const STRICT_CONFIDENCE = 0.999;

/** No interval is printed from fewer rounds. */
export const MINIMUM_ROUNDS = 15;

/** No interval is printed from fewer processes: JIT decisions and memory layout vary between processes. */
export const MINIMUM_PROCESSES = 5;

/**
 * Says why there is no interval, or null if there may be one.
 *
 * @param counts - rounds and processes behind the estimate, and whether the run was a quick one
 * @returns a half sentence for people, e.g. `3 rounds (an interval needs 15)`
 */
export function whyNoInterval(counts: {
  readonly quick: boolean;
  readonly rounds: number;
  readonly processes: number;
}): string | null {
  if (counts.quick) return "a quick run";
  if (counts.rounds < MINIMUM_ROUNDS) return `${counts.rounds} rounds (an interval needs ${MINIMUM_ROUNDS})`;
  if (counts.processes < MINIMUM_PROCESSES) {
    return `${counts.processes} processes (an interval needs ${MINIMUM_PROCESSES})`;
  }
  return null;
}

/** True if the interval holds the value, ends included. */
export function covers(interval: Interval, value: number): boolean {
  return interval[0] <= value && value <= interval[1];
}
