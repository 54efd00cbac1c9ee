/** @file Tests of what the sampler makes of a Benchmark.js that could not measure (a stand-in reports it). */

import { beforeEach, expect, test, vi } from "vitest";
import { sampleSeconds } from "../../src/measure/sampler.ts";

const report = vi.hoisted(() => ({
  hz: 1,
  count: 1,
  error: undefined as unknown,
  stats: { sample: [] as number[] },
}));

vi.mock("benchmark", () => ({
  default: class {
    run(): void {
      Object.assign(this, report);
    }
  },
}));

const TIMING = { minTimeSeconds: 0.001, minSamples: 3, maxTimeSeconds: 0 };

beforeEach(() => {
  Object.assign(report, { hz: 1, count: 1, error: undefined, stats: { sample: [] } });
});

test("a clock that stood still gives a time of zero with its warnings, not no samples in silence", async () => {
  report.hz = Number.POSITIVE_INFINITY;
  const { samples, warnings } = await sampleSeconds(() => 1, TIMING);
  expect(samples).toEqual([0]);
  expect(warnings.map((w) => w.code)).toEqual(["too-few-samples", "zero-time", "timer-coarse"]);
});

test("no samples and no error is a failed measurement", async () => {
  report.hz = 0;
  await expect(sampleSeconds(() => 1, TIMING)).rejects.toMatchObject({ code: "ERR_MEASURE" });
});

test("an error that is no Error is reported too", async () => {
  report.error = "just text";
  const message = expect.stringContaining("just text");
  await expect(sampleSeconds(() => 1, TIMING)).rejects.toMatchObject({ code: "ERR_MEASURE", message });
});

test("the samples are copied, so that a later run can't change them", async () => {
  report.stats.sample = [1, 1, 1];
  const { samples } = await sampleSeconds(() => 1, TIMING);
  report.stats.sample.push(5);
  expect(samples).toEqual([1, 1, 1]);
});
