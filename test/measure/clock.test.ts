/** @file Tests of the clock on clocks with known steps. */

import { expect, test } from "vitest";
import {
  clockResolutionSeconds,
  clockWarning,
  knownClockResolutionSeconds,
  nowSeconds,
} from "../../src/measure/clock.ts";

/** A clock that stands still for some readings, then makes the next of its steps. */
function steppingClock(steps: readonly number[], readingsPerStep: number): () => number {
  let reading = 0;
  let time = 5;
  return () => {
    if (++reading % readingsPerStep === 0) time += steps[(reading / readingsPerStep) % steps.length]!;
    return time;
  };
}

test("the resolution is the smallest nonzero step", () => {
  expect(clockResolutionSeconds(steppingClock([0.5, 0.25, 1], 1))).toBeCloseTo(0.25, 12);
  expect(clockResolutionSeconds(steppingClock([2], 50))).toBe(2);
});

test("a clock that jumps back makes no negative step", () => {
  let reading = 0;
  const jumpy = (): number => (reading++ % 2 === 0 ? 10 + reading : 3);
  expect(clockResolutionSeconds(jumpy)).toBeGreaterThan(0);
});

test("a clock that never moves has an infinite resolution, found in bounded work", () => {
  let readings = 0;
  const stopped = (): number => {
    readings++;
    return 7;
  };
  expect(clockResolutionSeconds(stopped)).toBe(Number.POSITIVE_INFINITY);
  expect(readings).toBeLessThanOrEqual(1_000_001);
});

test("the real clock runs forward and its resolution is remembered", () => {
  const readings = Array.from({ length: 1000 }, nowSeconds);
  for (let i = 1; i < readings.length; i++) expect(readings[i]).toBeGreaterThanOrEqual(readings[i - 1]!);
  const resolution = knownClockResolutionSeconds();
  expect(resolution).toBeGreaterThan(0);
  expect(Number.isFinite(resolution)).toBe(true);
  expect(knownClockResolutionSeconds()).toBe(resolution);
});

test("a browser's clock is coarse, Node's is not; the warning says both times", () => {
  expect(clockWarning(1e-7, 0.003)).toBeNull();
  expect(clockWarning(knownClockResolutionSeconds(), 0.003)).toBeNull();
  expect(clockWarning(1e-4, 0.01)).toEqual({
    code: "clock-coarse",
    message: expect.stringMatching(/steps of 0\.1 ms; samples last at least 10 ms/),
  });
});
