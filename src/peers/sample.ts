/** @file Timing samples of a peer's way: batches long enough for the clock, as the sampler of our own strategies takes them. */

import { knownClockResolutionSeconds } from "../measure/clock.ts";
import { diagnoseSamples } from "../measure/diagnose.ts";
import { SINGLE_SAMPLE_SECONDS } from "../measure/sampler.ts";
import type { Warning } from "../warnings.ts";
import type { ReplyTo } from "./protocol.ts";

/** Runs so many times in a row, in the peer's own process and by its own clock. */
export type TimeRuns = (runs: number) => Promise<ReplyTo["time"]>;

/** The batch that was found for a way on a chain. */
export type Batch = {
  readonly runs: number;
  /** A long run is one sample by itself. */
  readonly single: boolean;
};

/** What a visit measured. */
export type PeerSamples = {
  /** Seconds of one run, one entry a batch. */
  readonly samples: number[];
  readonly runsPerSample: number;
  /** Of all batches together. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly warnings: Warning[];
};

/** Runs before the first sample last at least so long: compilers of JavaScript settle, caches fill. */
const WARM_UP_SECONDS = 0.01;
/** A batch aims above the least time by this factor, so that a faster run later is still long enough. */
const MARGIN = 1.3;
const MOST_RUNS = 2 ** 24;

/**
 * Finds how many runs make a batch, by doubling; what it runs is the warm-up.
 *
 * @param time - see {@link TimeRuns}
 * @param minTimeSeconds - how long a batch lasts at least
 */
export async function findBatch(time: TimeRuns, minTimeSeconds: number): Promise<Batch> {
  let runs = 1;
  let { seconds } = await time(1);
  if (seconds > SINGLE_SAMPLE_SECONDS) return { runs: 1, single: true };
  let spent = seconds;
  while ((seconds < minTimeSeconds / 2 || spent < WARM_UP_SECONDS) && runs < MOST_RUNS) {
    runs *= 2;
    seconds = (await time(runs)).seconds;
    spent += seconds;
  }
  const enough = Math.ceil((runs * MARGIN * minTimeSeconds) / Math.max(seconds, Number.MIN_VALUE));
  return { runs: Math.min(MOST_RUNS, Math.max(1, enough)), single: false };
}

/**
 * Takes the samples of one visit.
 *
 * @param time - see {@link TimeRuns}
 * @param batch - from {@link findBatch}
 * @param minSamples - batches, unless a run is long enough alone
 */
export async function samplePeer(time: TimeRuns, batch: Batch, minSamples: number): Promise<PeerSamples> {
  const { runs, single } = batch;
  const wanted = single ? 1 : minSamples;
  const samples: number[] = [];
  let [seconds, cpuSeconds] = [0, 0];
  while (samples.length < wanted) {
    const timed = await time(runs);
    samples.push(timed.seconds / runs);
    seconds += timed.seconds;
    cpuSeconds += timed.cpuSeconds;
  }
  const clockResolutionSeconds = knownClockResolutionSeconds();
  const warnings = diagnoseSamples({
    samples,
    runsPerSample: runs,
    minSamples: wanted,
    clockResolutionSeconds,
  });
  return { samples, runsPerSample: runs, seconds, cpuSeconds, warnings };
}
