/** @file The config of a measurement in a browser: one that the command takes, with samples long enough for the clock. */

import { describe, expect, test } from "vitest";
import { parseConfig } from "../../../src/experiment/load-config.ts";
import { planConfig } from "../../../src/explorer/measure/config.ts";
import { planCases } from "../../../src/explorer/measure/plan.ts";
import type { MeasurementRequest } from "../../../src/explorer/measure/request.ts";

const REQUEST: MeasurementRequest = {
  widths: [64, 48, 32, 10],
  activation: "relu",
  length: "full",
  software: { packages: { jacobench: "0.1.0" }, gitCommit: null },
};
const SPEED = { secondsPerFma: 1e-9 };
const planned = (length: "full" | "quick", clockResolutionSeconds: number, secondsPerFma = 1e-9) => {
  const request = { ...REQUEST, length };
  const device = { secondsPerFma, clockResolutionSeconds };
  return planConfig(request, planCases(request, device).widths, device);
};

test("the command accepts it, as it is", () => {
  for (const length of ["full", "quick"] as const) {
    const { config } = planned(length, 1e-4);
    expect(parseConfig(JSON.parse(JSON.stringify(config)), "explorer.json")).toEqual(config);
  }
});

describe.each([
  ["cross-origin isolated", 5e-6],
  ["Chrome", 1e-4],
  ["Firefox and Safari", 1e-3],
])("%s", (_, clock) => {
  test("a sample lasts at least 100 steps of the clock, a full run has what intervals want", () => {
    const { config, seconds } = planned("full", clock);
    expect(config.timing.minTimeSeconds).toBeGreaterThanOrEqual(100 * clock * 0.995);
    expect(config.rounds).toBeGreaterThanOrEqual(15);
    expect(config.rounds).toBeLessThanOrEqual(30);
    expect(config.rounds % config.processes).toBe(0);
    expect(config.processes).toBe(5);
    expect(seconds).toBeLessThan(75);
  });

  test("a quick run is short", () => {
    expect(planned("quick", clock).seconds).toBeLessThan(12);
  });
});

test("a finer clock leaves time for more rounds", () => {
  expect(planned("full", 5e-6).config.rounds).toBeGreaterThan(planned("full", 1e-4).config.rounds);
});

test("long runs are counted in the time that it takes", () => {
  const own = [784, 128, 64, 10, 1];
  const seconds = (widths: readonly (readonly number[])[]): number => {
    const { config, seconds: all } = planConfig(REQUEST, widths, { ...SPEED, clockResolutionSeconds: 1e-4 });
    return all / config.rounds;
  };
  // 784 JVPs of Σ = 109 194 take 86 ms, and a third more for the probe of each process.
  const difference = seconds([[9, 8, 7, 6, 9], own]) - seconds([[9, 8, 7, 6, 9]]);
  expect(difference).toBeGreaterThan(0.11);
  expect(difference).toBeLessThan(0.3);
});
