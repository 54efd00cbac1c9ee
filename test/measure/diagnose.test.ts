/** @file Tests of the warnings on samples with known faults. */

import { expect, test } from "vitest";
import { diagnoseSamples } from "../../src/measure/diagnose.ts";

const FINE = {
  samples: [1.0, 1.02, 0.98, 1.01, 0.99, 1.0],
  runsPerSample: 1,
  minSamples: 5,
  clockResolutionSeconds: 1e-6,
};

const codes = (change: Partial<typeof FINE>): string[] =>
  diagnoseSamples({ ...FINE, ...change }).map((w) => w.code);

test("good samples raise no warning", () => {
  expect(codes({})).toEqual([]);
});

test("fewer samples than asked for", () => {
  expect(codes({ samples: [1, 1, 1] })).toEqual(["too-few-samples"]);
  expect(codes({ samples: [] })).toEqual(["too-few-samples"]);
  expect(codes({ samples: [1], minSamples: 1 })).toEqual([]);
});

test("a sample of zero seconds is also too short for the clock", () => {
  const warnings = diagnoseSamples({ ...FINE, samples: [1, 1, 0, 1, 1] });
  expect(warnings.map((w) => w.code)).toEqual(["zero-time", "timer-coarse"]);
  expect(warnings[0]!.message).toContain("1 of 5 samples");
});

test("the clock's steps are counted over the whole sample, not over one run", () => {
  const samples = [1e-6, 1e-6, 1e-6, 1e-6, 1e-6];
  expect(codes({ samples, runsPerSample: 99 })).toEqual(["timer-coarse"]);
  expect(codes({ samples, runsPerSample: 101 })).toEqual([]);
  const [warning] = diagnoseSamples({ ...FINE, samples, runsPerSample: 50 });
  expect(warning!.message).toContain("50.0 steps of the clock");
});

test("a slow beginning is told from a slow end", () => {
  expect(codes({ samples: [2, 2, 1, 1, 1, 1] })).toContain("jit-not-settled");
  expect(codes({ samples: [1, 1, 1, 1, 2, 2] })).not.toContain("jit-not-settled");
  expect(codes({ samples: [1.4, 1.4, 1, 1, 1, 1] })).not.toContain("jit-not-settled");
});

test("one outlier is no noise, a wide spread is", () => {
  expect(codes({ samples: [1, 1, 1, 1, 9] })).toEqual([]);
  expect(codes({ samples: [1, 1.6, 1, 1.6, 1.3, 0.7] })).toEqual(["noisy"]);
});

test("two samples are not judged by their spread", () => {
  expect(codes({ samples: [9, 1], minSamples: 2 })).toEqual([]);
});
