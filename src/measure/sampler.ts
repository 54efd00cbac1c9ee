/** @file Timing samples of one piece of work, collected by Benchmark.js, in Node or in a Web Worker: the only file that imports it. */

import type BenchmarkJs from "benchmark";
import { JacobenchError } from "../errors.ts";
import type { Warning } from "../warnings.ts";
import { isCoarseClock, knownClockResolutionSeconds, nowSeconds } from "./clock.ts";
import { diagnoseSamples, MIN_CLOCK_STEPS } from "./diagnose.ts";
import { consume } from "./sink.ts";

/** How long to measure. Both `minSamples` and `maxTimeSeconds` must be reached before Benchmark.js stops. */
export type SampleTiming = {
  /** A sample repeats the work until it lasts this long. */
  readonly minTimeSeconds: number;
  /** At least so many samples. */
  readonly minSamples: number;
  /** Samples are added until this much time has passed; 0 stops at `minSamples`. */
  readonly maxTimeSeconds: number;
};

/** Seconds of one run, one entry a sample; how many runs a sample had; what is doubtful about them. */
export type SampledSeconds = {
  readonly samples: number[];
  readonly runsPerSample: number;
  readonly warnings: Warning[];
};

/** A longer run is timed alone: repeating it would cost much and sharpen little (if it has enough steps of the clock). */
export const SINGLE_SAMPLE_SECONDS = 0.05;

/** The first count aims above `minTimeSeconds` by this factor; see the docstring of {@link sampleSeconds}. */
const COUNT_MARGIN = 1.3;

/** Work that was found long once is not probed again; keyed by the function itself. */
const longRuns = new WeakSet<() => unknown>();

/** How often work is run in a sample, where the clock is so coarse that finding it out takes as long as measuring. */
const knownCounts = new WeakMap<() => unknown, number>();

let loaded: typeof BenchmarkJs | null = null;

/**
 * Times a piece of work. What `run` returns is consumed after each call.
 *
 * Benchmark.js takes the samples, synchronously, with the three settings of `timing` and three more:
 * - `initCount`, the runs in the first sample. Benchmark.js would climb from 1, compiling three functions at each step
 *   (about 1 ms each), and throw away every sample that is shorter than `minTime`. That keeps the slow ones among equal
 *   samples, a bias upwards of some percent. Here a short calibration by the clock, which also warms the code up, finds a
 *   count that lasts 1.3 · `minTimeSeconds`, so that hardly any sample is thrown away. What stays: if the work becomes
 *   faster than 1 / 1.3 of its calibration, the rule bites again.
 * - `async: false`: nothing else of this process runs between samples, and its `delay` between cycles does not apply.
 * - `maxTime: 0` really stops at `minSamples` samples.
 *
 * Before each sample Benchmark.js runs the work once more, untimed. A sample is a mean over its runs, so a rare slow run
 * is spread over its neighbours; a larger `minTimeSeconds` hides more of the spread, a smaller one makes the clock's
 * rounding and the call through Benchmark.js's loop (some nanoseconds a run) weigh more.
 *
 * A run longer than 50 ms (found by one untimed probe; not probed again when the same function comes back) is one sample
 * by the clock.
 *
 * With `minTimeSeconds` 0.003 and `minSamples` 3 a call takes about 0.03 s, of which 0.012 s are measured.
 *
 * @param run - the work; called many times, must do the same each time
 * @param timing - how long to measure
 * @returns seconds of one run in each sample, in order; the runs in the last sample (Benchmark.js only ever raises it);
 * warnings of {@link diagnoseSamples}
 * @throws {JacobenchError} `ERR_MEASURE` if the work throws (`cause` is its error) or could not be timed; `ERR_RANGE` if a
 * setting makes no sense
 */
export async function sampleSeconds(run: () => unknown, timing: SampleTiming): Promise<SampledSeconds> {
  expectTiming(timing);
  loaded ??= await loadBenchmark();
  const resolutionSeconds = knownClockResolutionSeconds();
  const probeSeconds = longRuns.has(run) ? Number.POSITIVE_INFINITY : timeRuns(run, 1);
  if (probeSeconds > Math.max(SINGLE_SAMPLE_SECONDS, MIN_CLOCK_STEPS * resolutionSeconds)) {
    longRuns.add(run);
    const samples = [timeRuns(run, 1)];
    const quality = {
      samples,
      runsPerSample: 1,
      minSamples: 1,
      clockResolutionSeconds: resolutionSeconds,
    };
    return { samples, runsPerSample: 1, warnings: diagnoseSamples(quality) };
  }
  const initCount = knownCounts.get(run) ?? calibrateCount(run, COUNT_MARGIN * timing.minTimeSeconds);
  if (isCoarseClock(resolutionSeconds)) knownCounts.set(run, initCount);
  const benchmark = new loaded(() => consume(run()), {
    async: false,
    initCount,
    minTime: timing.minTimeSeconds,
    minSamples: timing.minSamples,
    maxTime: timing.maxTimeSeconds,
  });
  benchmark.run({ async: false });
  // Benchmark.js swallows exceptions: the work's error stands in `error`, and `hz` is 0.
  if (benchmark.error) throw failure(benchmark.error);
  if (benchmark.hz === 0)
    throw new JacobenchError("ERR_MEASURE", "sampleSeconds: Benchmark.js took no samples");
  // A clock that never moved makes `hz` infinite and empties the samples: that is a time of zero, and said to be.
  const samples = benchmark.hz === Number.POSITIVE_INFINITY ? [0] : [...benchmark.stats.sample];
  const runsPerSample = benchmark.count;
  const warnings = diagnoseSamples({
    samples,
    runsPerSample,
    minSamples: timing.minSamples,
    clockResolutionSeconds: resolutionSeconds,
  });
  return { samples, runsPerSample, warnings };
}

/**
 * Loads Benchmark.js. In Node it is complete. In a Web Worker it is wanting: it takes the global object from `window`,
 * finds no lodash by its own `require` once it is bundled, and reads `Date`, which knows milliseconds alone; so it gets
 * all three.
 */
async function loadBenchmark(): Promise<typeof BenchmarkJs> {
  if (!("WorkerGlobalScope" in globalThis) || typeof process !== "undefined")
    return (await import("benchmark")).default;
  // Before its code runs for the first time.
  Object.assign(globalThis, { window: globalThis });
  const [{ default: bare }, { default: _ }] = await Promise.all([import("benchmark"), import("lodash")]);
  class Clock extends Date {
    static override now(): number {
      return performance.now();
    }
  }
  const { runInContext } = bare as unknown as { runInContext(context: object): typeof BenchmarkJs };
  return runInContext({
    Array,
    Date: Clock,
    Function,
    Math,
    Object,
    RegExp,
    String,
    setTimeout,
    clearTimeout,
    _,
  });
}

/**
 * Finds how often work must be run to last a given time, by doubling.
 *
 * @param run - the work
 * @param seconds - how long the runs together should last
 * @returns runs, at least 1
 */
function calibrateCount(run: () => unknown, seconds: number): number {
  const MAX_COUNT = 2 ** 30;
  let count = 1;
  let elapsedSeconds = timeRuns(run, count);
  while (elapsedSeconds < seconds / 2 && count < MAX_COUNT) {
    count *= 2;
    elapsedSeconds = timeRuns(run, count);
  }
  return Math.max(1, Math.ceil((count * seconds) / Math.max(elapsedSeconds, Number.MIN_VALUE)));
}

function timeRuns(run: () => unknown, count: number): number {
  try {
    const startSeconds = nowSeconds();
    for (let i = 0; i < count; i++) consume(run());
    return nowSeconds() - startSeconds;
  } catch (error) {
    throw failure(error);
  }
}

function failure(cause: unknown): JacobenchError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new JacobenchError("ERR_MEASURE", `sampleSeconds: the timed work failed: ${reason}`, { cause });
}

function expectTiming(timing: SampleTiming): void {
  const { minTimeSeconds, minSamples, maxTimeSeconds } = timing;
  const expect = (fine: boolean, name: string, value: number, expected: string): void => {
    if (!fine)
      throw new JacobenchError("ERR_RANGE", `sampleSeconds: ${name} is ${value}; expected ${expected}`);
  };
  const MAX_SECONDS = 3600;
  const timeFits = minTimeSeconds > 0 && minTimeSeconds <= MAX_SECONDS;
  expect(timeFits, "minTimeSeconds", minTimeSeconds, `above 0 and at most ${MAX_SECONDS}`);
  expect(Number.isInteger(minSamples) && minSamples >= 1, "minSamples", minSamples, "a positive integer");
  const maxFits = maxTimeSeconds >= 0 && maxTimeSeconds <= MAX_SECONDS;
  expect(maxFits, "maxTimeSeconds", maxTimeSeconds, `from 0 to ${MAX_SECONDS}`);
}
