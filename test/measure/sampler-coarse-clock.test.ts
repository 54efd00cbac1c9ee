/** @file The sampler on a clock as coarse as a browser's (a stand-in says so): long samples, and no calibration twice. */

import { expect, test, vi } from "vitest";
import { sampleSeconds } from "../../src/measure/sampler.ts";

vi.mock("../../src/measure/clock.ts", async (original) => ({
  ...(await original<typeof import("../../src/measure/clock.ts")>()),
  knownClockResolutionSeconds: () => 0.0008,
}));

const TIMING = { minTimeSeconds: 0.08, minSamples: 1, maxTimeSeconds: 0 };

/** Work that keeps the processor busy for so long, and counts its calls. */
function busy(seconds: number) {
  const work = {
    calls: 0,
    run: (): number => {
      work.calls++;
      const end = performance.now() + 1000 * seconds;
      while (performance.now() < end);
      return work.calls;
    },
  };
  return work;
}

test("a run of 60 ms is repeated in a sample: it has 75 steps of the clock, and 100 are wanted", async () => {
  const { runsPerSample, samples, warnings } = await sampleSeconds(busy(0.06).run, TIMING);
  expect(runsPerSample).toBeGreaterThanOrEqual(2);
  expect(samples[0]).toBeGreaterThanOrEqual(0.06);
  expect(warnings.map(({ code }) => code)).not.toContain("timer-coarse");
});

test("how often work is run is found once", async () => {
  const short = busy(0.005);
  const first = await sampleSeconds(short.run, TIMING);
  const spent = short.calls;
  const second = await sampleSeconds(short.run, TIMING);
  expect(second.runsPerSample).toBeGreaterThanOrEqual(first.runsPerSample);
  // The probe, and a sample with one run before it; if the machine was slower the first time, one sample more.
  expect(short.calls - spent).toBeLessThanOrEqual(1 + 2 * (1 + second.runsPerSample));
  expect(spent).toBeGreaterThan(1 + (1 + first.runsPerSample));
});
