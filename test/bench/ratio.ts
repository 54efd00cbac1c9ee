/** @file The ratio of two pieces of work, timed in turns, so that a slow minute of the machine meets both. */

import { sampleSeconds } from "../../src/measure/sampler.ts";
import { median } from "../../src/statistics/quantile.ts";

/** A ratio of seconds with the smallest and largest that single rounds gave. */
export type Ratio = {
  readonly label: string;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
};

/** A table of ratios. */
export type RatioTable = { readonly title: string; readonly rows: readonly Ratio[] };

const TIMING = { minTimeSeconds: 0.002, minSamples: 3, maxTimeSeconds: 0 };
const ROUNDS = 7;

/** Seconds of `work` over seconds of `base`: the median over rounds in which each is timed once. */
export async function timeRatio(label: string, work: () => unknown, base: () => unknown): Promise<Ratio> {
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const [first, second] = round % 2 === 0 ? [work, base] : [base, work];
    const firstSeconds = median((await sampleSeconds(first, TIMING)).samples);
    const secondSeconds = median((await sampleSeconds(second, TIMING)).samples);
    const ratio = round % 2 === 0 ? firstSeconds / secondSeconds : secondSeconds / firstSeconds;
    // The first round warms the code up.
    if (round > 0) ratios.push(ratio);
  }
  return { label, ratio: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}
