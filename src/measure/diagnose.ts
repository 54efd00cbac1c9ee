/** @file What is doubtful about a set of timing samples, as warnings with their numbers. Pure: no clock is read here. */

import { median } from "../statistics/quantile.ts";
import type { Warning } from "../warnings.ts";
import { milliseconds } from "./clock.ts";

/** A sample must last so many steps of the clock, or its rounding exceeds one percent. */
export const MIN_CLOCK_STEPS = 100;

/** The first third is called "much slower" from this ratio of medians on. */
const UNSETTLED_RATIO = 1.5;

/** Samples are called noisy from this relative spread on (median absolute deviation, unscaled, over the median). */
const NOISY_SPREAD = 0.2;

/** Below so many samples neither the spread nor a trend is looked at: they would be judged by one number. */
const MIN_FOR_SPREAD = 3;

/** What a set of samples is judged by. */
export type Diagnosable = {
  /** Seconds of one run, in the order of measuring. */
  readonly samples: readonly number[];
  /** Runs in each sample. */
  readonly runsPerSample: number;
  /** How many samples there should be. */
  readonly minSamples: number;
  readonly clockResolutionSeconds: number;
};

/**
 * Looks for what makes a set of samples doubtful.
 *
 * @param measured - samples with what is known of how they were taken
 * @returns warnings, none if nothing is wrong: `zero-time`, `timer-coarse`, `too-few-samples`, `jit-not-settled`,
 * `noisy`
 */
export function diagnoseSamples(measured: Diagnosable): Warning[] {
  const { samples, runsPerSample, minSamples } = measured;
  const warnings: Warning[] = [];
  if (samples.length < minSamples) {
    const message = `${samples.length} samples were taken; ${minSamples} were asked for`;
    warnings.push({ code: "too-few-samples", message });
  }
  if (samples.length === 0) return warnings;
  const zeros = samples.filter((seconds) => seconds <= 0).length;
  if (zeros > 0) {
    const message = `${zeros} of ${samples.length} samples took no time by the clock`;
    warnings.push({ code: "zero-time", message });
  }
  const shortest = Math.min(...samples) * runsPerSample;
  const steps = shortest / measured.clockResolutionSeconds;
  if (steps < MIN_CLOCK_STEPS) {
    const message =
      `the shortest sample lasted ${milliseconds(shortest)}, ${steps.toFixed(1)} steps of the clock ` +
      `(${milliseconds(measured.clockResolutionSeconds)}); at least ${MIN_CLOCK_STEPS} are needed`;
    warnings.push({ code: "timer-coarse", message });
  }
  if (samples.length < MIN_FOR_SPREAD) return warnings;
  const third = Math.floor(samples.length / 3);
  const first = median(samples.slice(0, third));
  const last = median(samples.slice(-third));
  if (first > UNSETTLED_RATIO * last) {
    const message =
      `the first third of the samples took ${ratio(first, last)} times as long as the last third; ` +
      "the compiler had not settled, or the machine became less busy";
    warnings.push({ code: "jit-not-settled", message });
  }
  const center = median(samples);
  const spread = median(samples.map((seconds) => Math.abs(seconds - center)));
  if (spread > NOISY_SPREAD * center) {
    const message = `half of the samples are further than ${((100 * spread) / center).toFixed(0)} % from their median`;
    warnings.push({ code: "noisy", message });
  }
  return warnings;
}

function ratio(a: number, b: number): string {
  return b > 0 ? (a / b).toFixed(1) : "infinitely many";
}
