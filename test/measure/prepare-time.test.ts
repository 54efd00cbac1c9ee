/** @file Tests of the preparation timer on a clock that only the work moves. */

import { expect, test } from "vitest";
import { timePrepare } from "../../src/measure/prepare-time.ts";

/** Work that takes the given times by its own clock, the last one for ever. */
function work(...seconds: readonly number[]) {
  let time = 0;
  const state = {
    calls: 0,
    now: () => time,
    linearise: () => {
      time += seconds[Math.min(state.calls++, seconds.length - 1)]!;
    },
  };
  return state;
}

test.each([1e-7, 3e-6, 2e-4, 1.5e-3])("work of %d s is timed right", (seconds) => {
  const { linearise, now } = work(seconds);
  expect(timePrepare(linearise, now)).toBeCloseTo(seconds, 12);
});

test("long work is run once", () => {
  const long = work(0.2);
  expect(timePrepare(long.linearise, long.now)).toBe(0.2);
  expect(long.calls).toBe(1);
});

test("tiny work stays within a few milliseconds in all", () => {
  const tiny = work(1e-6);
  timePrepare(tiny.linearise, tiny.now);
  expect(tiny.now()).toBeLessThan(0.01);
  expect(tiny.calls).toBeGreaterThan(300);
});

/** A clock that shows only whole steps of the work's own time. */
function stepped(now: () => number, step: number): () => number {
  return () => step * Math.floor(now() / step + 1e-9);
}

test.each([
  [1e-4, 2e-6],
  [1e-4, 7e-4],
  [1e-3, 1.5e-5],
  [1e-3, 6e-3],
])("on a clock of steps of %d s work of %d s is timed to 5 %%, within 0.15 s", (step, seconds) => {
  const { linearise, now } = work(seconds);
  const found = timePrepare(linearise, stepped(now, step), step);
  expect(Math.abs(found / seconds - 1)).toBeLessThan(0.05);
  expect(now()).toBeLessThan(150 * step);
});

test("on a coarse clock a second timing of the same work goes straight to its batch", () => {
  const { linearise, now } = work(2e-6);
  const [first, second] = [0, 0].map(() => {
    const start = now();
    expect(timePrepare(linearise, stepped(now, 1e-3), 1e-3)).toBeCloseTo(2e-6, 7);
    return now() - start;
  });
  expect(second).toBeLessThan(0.6 * first!);
});

test("the cold first call does not count", () => {
  const { linearise, now } = work(1e-3, 1e-5);
  expect(timePrepare(linearise, now)).toBeCloseTo(1e-5, 12);
});

test("work that takes no time ends, and is 0", () => {
  const nothing = work(0);
  expect(timePrepare(nothing.linearise, nothing.now)).toBe(0);
  expect(nothing.calls).toBeLessThan(2 ** 20);
});

test("an error of the preparation passes through", () => {
  const boom = new Error("boom");
  expect(() =>
    timePrepare(() => {
      throw boom;
    }),
  ).toThrow(boom);
});

test("with the real clock the result is a finite time", () => {
  const data = new Float64Array(1000);
  const seconds = timePrepare(() => {
    data.fill(1);
  });
  expect(seconds).toBeGreaterThan(0);
  expect(Number.isFinite(seconds)).toBe(true);
});
