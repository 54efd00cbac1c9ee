/** @file Calibration by the real clock: all numbers there, finite, larger for much more work; no time is asserted. */

import { expect, test } from "vitest";
import { KERNELS } from "../../src/kernels/index.ts";
import { calibrateKernel } from "../../src/measure/calibrate.ts";
import { parseCalibration } from "../../src/planner/calibration-schema.ts";
import { calibrationFile } from "../support/random-calibration.ts";

test("a kernel's calibration is whole, grows in large steps, and says how far it is from single operations", () => {
  const shares: number[] = [];
  const calibration = calibrateKernel(KERNELS[0]!.id, 1, (done) => shares.push(done));
  // As it is stored: every point positive and finite, as many as the grids have.
  const stored = calibrationFile("here", [calibration]);
  expect(parseCalibration(JSON.parse(JSON.stringify(stored)), "memory")).toEqual(stored);
  const { matmul, matvec, vecmat, scaleRows, spread, drift } = calibration;
  for (const { sizes, seconds } of [matvec, vecmat, scaleRows, matmul]) {
    // From one corner to the other: a hundred thousand times the work and more.
    expect(seconds.at(-1)!).toBeGreaterThan(10 * seconds[0]!);
    const middle = Math.floor(sizes.length / 2);
    const index = [...Array(Math.round(Math.log(seconds.length) / Math.log(sizes.length)))].reduce(
      (sum: number) => sum * sizes.length + middle,
      0,
    );
    expect(seconds[index]!).toBeLessThan(seconds.at(-1)!);
  }
  // Shapes between points are met within a factor, on any machine that is not all noise.
  expect(spread).toBeGreaterThan(0);
  expect(spread).toBeLessThan(Math.log(3));
  expect(drift).toBeGreaterThanOrEqual(0);
  expect(shares.at(-1)).toBe(1);
  expect([...shares].sort((a, b) => a - b)).toEqual(shares);
}, 120_000);

test("a kernel that does not exist is refused", () => {
  expect(() => calibrateKernel("tpyed")).toThrow(/tpyed/);
});
