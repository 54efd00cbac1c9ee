/** @file The clock: monotonic seconds, and the smallest step that it is seen to make on this machine. */

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
