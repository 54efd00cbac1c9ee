/** @file The time of a preparation (one primal evaluation), by the clock alone: it is short, and timed beside the products. */

import { median } from "../statistics/quantile.ts";
import { isCoarseClock, knownClockResolutionSeconds, nowSeconds } from "./clock.ts";

/** A batch lasts at least this long, and so many steps of the clock; of a coarse clock fewer, or it would take seconds. */
const BATCH_SECONDS = 0.0003;
const BATCH_CLOCK_STEPS = 1000;
const COARSE_CLOCK_STEPS = 30;

/** Batches of which the median is taken, as far as the budget goes. */
const BATCHES = 5;
const BUDGET_SECONDS = 0.004;

/** A preparation that does nothing would otherwise be repeated without end. */
const MAX_COUNT = 2 ** 16;

/** How often a preparation fits into a batch, where the clock is so coarse that finding it out takes as long as timing. */
const knownCounts = new WeakMap<() => void, number>();

/**
 * Times a preparation.
 *
 * Repeats it in batches long enough for the clock and takes the median of up to five. Tiny work takes about 2 ms in all;
 * work of more than 4 ms is run and timed once (then the first call's cold code and caches are part of it), in between
 * the number of batches shrinks. On a coarse clock a batch lasts 30 of its steps, right to about 3 %.
 *
 * @param linearise - the preparation; must do the same each time
 * @param now - the clock, in seconds; the monotonic one unless a test brings its own
 * @param resolutionSeconds - its smallest step
 * @returns seconds of one preparation; 0 if the clock did not move in any batch
 */
export function timePrepare(
  linearise: () => void,
  now: () => number = nowSeconds,
  resolutionSeconds: number = knownClockResolutionSeconds(),
): number {
  const startSeconds = now();
  const coarse = isCoarseClock(resolutionSeconds);
  const steps = coarse ? COARSE_CLOCK_STEPS : BATCH_CLOCK_STEPS;
  const enoughSeconds = Math.max(BATCH_SECONDS, steps * resolutionSeconds);
  const budgetSeconds = coarse ? Math.max(BUDGET_SECONDS, enoughSeconds) : BUDGET_SECONDS;
  const batch = (count: number): number => {
    const batchStart = now();
    for (let i = 0; i < count; i++) linearise();
    return now() - batchStart;
  };
  const firstSeconds = batch(1);
  if (firstSeconds > budgetSeconds) return firstSeconds;
  let count = knownCounts.get(linearise) ?? 1;
  let elapsedSeconds = batch(count);
  while (elapsedSeconds < enoughSeconds && count < MAX_COUNT) {
    count *= 2;
    elapsedSeconds = batch(count);
  }
  if (coarse) knownCounts.set(linearise, count);
  const perRun = [elapsedSeconds / count];
  while (perRun.length < BATCHES && now() - startSeconds + elapsedSeconds < budgetSeconds) {
    elapsedSeconds = batch(count);
    perRun.push(elapsedSeconds / count);
  }
  return median(perRun);
}
