/** @file The clock: monotonic seconds, and the smallest step that it is seen to make on this machine. */

import type { Warning } from "../warnings.ts";

/**
 * Reads the monotonic clock.
 *
 * @returns seconds since an arbitrary start; differences are durations, whatever happens to the time of day
 */
export function nowSeconds(): number {
  return performance.now() / 1000;
}

/**
 * Measures the resolution of a clock: the smallest nonzero step between successive readings. It includes the cost of
 * reading, and is what a duration can be told apart by.
 *
 * @param now - the clock, in seconds; the monotonic one unless a test brings its own
 * @param steps - how many nonzero steps to look at; positive
 * @returns seconds, above zero; `Infinity` if the clock never moved in a million readings
 */
export function clockResolutionSeconds(now: () => number = nowSeconds, steps = 200): number {
  const MAX_READINGS = 1_000_000;
  let smallest = Number.POSITIVE_INFINITY;
  let last = now();
  for (let seen = 0, readings = 0; seen < steps && readings < MAX_READINGS; readings++) {
    const current = now();
    if (current > last) {
      seen++;
      if (current - last < smallest) smallest = current - last;
    }
    last = current;
  }
  return smallest;
}

let knownResolutionSeconds: number | null = null;

/**
 * The resolution of the monotonic clock, measured at the first call and then remembered.
 *
 * @returns seconds
 */
export function knownClockResolutionSeconds(): number {
  knownResolutionSeconds ??= clockResolutionSeconds();
  return knownResolutionSeconds;
}

/** From this step on a clock is coarse: browsers coarsen theirs to 5, 20 or 100 µs, or 1 ms, against timing attacks. */
const COARSE_CLOCK_SECONDS = 2e-6;

/**
 * True where a clock moves in steps that are long against the times of interest.
 *
 * @param resolutionSeconds - its smallest step
 */
export function isCoarseClock(resolutionSeconds: number): boolean {
  return resolutionSeconds > COARSE_CLOCK_SECONDS;
}

/**
 * Warns of a coarse clock.
 *
 * @param resolutionSeconds - its smallest step
 * @param minTimeSeconds - what a sample is made to last
 * @returns null where there is nothing to warn of
 */
export function clockWarning(resolutionSeconds: number, minTimeSeconds: number): Warning | null {
  if (!isCoarseClock(resolutionSeconds)) return null;
  return {
    code: "clock-coarse",
    message:
      `the clock moves in steps of ${milliseconds(resolutionSeconds)}; samples last at least ` +
      `${milliseconds(minTimeSeconds)} for it, and times of single preparations are less certain`,
  };
}

/** A short time for warnings, to three digits: `0.1 ms`. */
export function milliseconds(seconds: number): string {
  return `${Number((1000 * seconds).toPrecision(3))} ms`;
}
