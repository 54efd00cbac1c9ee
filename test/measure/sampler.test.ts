/** @file Tests of the sampler with the real Benchmark.js: what it runs, what it returns, what it refuses. */

import { expect, test } from "vitest";
import { JacobenchError } from "../../src/errors.ts";
import { nowSeconds } from "../../src/measure/clock.ts";
import { SINGLE_SAMPLE_SECONDS, sampleSeconds } from "../../src/measure/sampler.ts";
import { sink } from "../../src/measure/sink.ts";

const TIMING = { minTimeSeconds: 0.003, minSamples: 3, maxTimeSeconds: 0 };

/** Work that keeps the processor busy for at least so long, and counts its calls. */
function busy(seconds: number) {
  const work = {
    calls: 0,
    run: (): number => {
      work.calls++;
      const end = nowSeconds() + seconds;
      while (nowSeconds() < end);
      return work.calls;
    },
  };
  return work;
}

async function failure(work: Promise<unknown>): Promise<JacobenchError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(JacobenchError);
  return error as JacobenchError;
}

test("short work: enough samples, each at least as long as asked", async () => {
  const data = new Float64Array(50).fill(1.5);
  const sum = (): number => data.reduce((total, value) => total + value, 0);
  const { samples, runsPerSample } = await sampleSeconds(sum, TIMING);
  expect(samples.length).toBeGreaterThanOrEqual(3);
  for (const seconds of samples) expect(seconds).toBeGreaterThan(0);
  expect(runsPerSample).toBeGreaterThan(100);
  expect(samples.at(-1)! * runsPerSample).toBeGreaterThanOrEqual(0.999 * TIMING.minTimeSeconds);
});

test("a sample measures one run, not a batch, and few runs are spent beside the samples", async () => {
  const millisecond = busy(0.001);
  const { samples, runsPerSample } = await sampleSeconds(millisecond.run, TIMING);
  expect(samples).toHaveLength(3);
  for (const seconds of samples) expect(seconds).toBeGreaterThanOrEqual(0.001);
  expect(runsPerSample).toBeLessThanOrEqual(4);
  // Probe 1, calibration 1 + 2, and three samples of at most 4 with one untimed run before each.
  expect(millisecond.calls).toBeLessThanOrEqual(1 + 3 + 3 * 5);
});

test("maxTimeSeconds adds samples beyond minSamples", async () => {
  const { samples } = await sampleSeconds(busy(0.0005).run, {
    ...TIMING,
    minSamples: 1,
    maxTimeSeconds: 0.1,
  });
  expect(samples.length).toBeGreaterThan(3);
});

test("a long run is one sample by the clock, and is not probed twice", async () => {
  const long = busy(SINGLE_SAMPLE_SECONDS * 1.1);
  const first = await sampleSeconds(long.run, TIMING);
  expect(first.samples).toHaveLength(1);
  expect(first.samples[0]).toBeGreaterThan(SINGLE_SAMPLE_SECONDS);
  expect(first.runsPerSample).toBe(1);
  expect(first.warnings).toEqual([]);
  expect(long.calls).toBe(2);
  await sampleSeconds(long.run, TIMING);
  expect(long.calls).toBe(3);
});

test("what the work returns is consumed", async () => {
  await sampleSeconds(() => 12.25, TIMING);
  expect(sink.value).toBe(12.25);
});

test("an error of the work is not swallowed: in the first run", async () => {
  const cause = new Error("no such thing");
  const run = (): never => {
    throw cause;
  };
  const error = await failure(sampleSeconds(run, TIMING));
  expect(error.code).toBe("ERR_MEASURE");
  expect(error.message).toContain("no such thing");
  expect(error.cause).toBe(cause);
});

test("an error of the work is not swallowed: inside of Benchmark.js, which would swallow it", async () => {
  const cause = new Error("late");
  const run = (): number => {
    if (new Error().stack!.includes("benchmark.js")) throw cause;
    return 1;
  };
  const error = await failure(sampleSeconds(run, TIMING));
  expect(error.code).toBe("ERR_MEASURE");
  expect(error.cause).toBe(cause);
});

test.each([
  [{ minTimeSeconds: 0 }, "minTimeSeconds is 0"],
  [{ minTimeSeconds: Number.NaN }, "minTimeSeconds is NaN"],
  [{ minSamples: 0 }, "minSamples is 0"],
  [{ minSamples: 2.5 }, "minSamples is 2.5"],
  [{ maxTimeSeconds: -1 }, "maxTimeSeconds is -1"],
])("settings that make no sense are refused: %o", async (change, message) => {
  const work = busy(0);
  const error = await failure(sampleSeconds(work.run, { ...TIMING, ...change }));
  expect(error.code).toBe("ERR_RANGE");
  expect(error.message).toContain(message);
  expect(work.calls).toBe(0);
});
