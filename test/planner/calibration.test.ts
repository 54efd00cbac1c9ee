/** @file Times looked up in a calibration: exact at its points and for power laws, in proportion to FMA beyond. */

import { expect, test } from "vitest";
import type { Structure } from "../../src/chain/shape.ts";
import {
  calibrationOf,
  peakFmaPerSecond,
  productRates,
  pullSeconds,
  pushSeconds,
  secondsAt,
  sumInterval,
} from "../../src/planner/calibration.ts";
import { parseCalibration } from "../../src/planner/calibration-schema.ts";
import { calibrationFile, evenCalibration, randomCalibration } from "../support/random-calibration.ts";

test("the points of a grid are given as they are, whichever axis", () => {
  const { matmul, matvec } = randomCalibration(3);
  let index = 0;
  for (const a of matmul.sizes) {
    for (const b of matmul.sizes) {
      for (const c of matmul.sizes) {
        expect(secondsAt(matmul, [a, b, c]) / matmul.seconds[index++]!).toBeCloseTo(1, 12);
      }
    }
  }
  expect(secondsAt(matvec, [8, 64]) / matvec.seconds[5]!).toBeCloseTo(1, 12);
});

test("between points a power law is met exactly", () => {
  const sizes = [1, 10, 100];
  const law = (a: number, b: number): number => 3e-9 * a ** 0.7 * b ** 1.2;
  const grid = { sizes, seconds: sizes.flatMap((a) => sizes.map((b) => law(a, b))) };
  for (const [a, b] of [
    [2, 50],
    [7, 7],
    [99, 1],
    [31, 12],
  ] as const) {
    expect(secondsAt(grid, [a, b]) / law(a, b)).toBeCloseTo(1, 12);
  }
});

test("beyond the grid time grows as FMA do", () => {
  const { matmul } = randomCalibration(1);
  const corner = matmul.seconds.at(-1)!;
  expect(secondsAt(matmul, [128, 64, 64]) / corner).toBeCloseTo(2, 12);
  expect(secondsAt(matmul, [128, 640, 192]) / corner).toBeCloseTo(2 * 10 * 3, 10);
});

test("tangents and cotangents of each structure", () => {
  const even = evenCalibration(1e-9);
  const dense: Structure = { kind: "dense", rows: 5, columns: 7 };
  expect(pushSeconds(even, dense, 3)).toBeCloseTo(5 * 7 * 3 * 1e-9, 20);
  expect(pullSeconds(even, dense, 3)).toBeCloseTo(5 * 7 * 3 * 1e-9, 20);
  expect(pushSeconds(even, dense, null)).toBeCloseTo(35e-9, 20);
  const diagonal: Structure = { kind: "diagonal", width: 6 };
  const softmax: Structure = { kind: "diagonal-plus-rank-one", width: 6, unitDiagonal: false };
  for (const through of [pushSeconds, pullSeconds]) {
    expect(through(even, diagonal, 4)).toBeCloseTo(24e-9, 20);
    expect(through(even, softmax, 4)).toBeCloseTo(3 * 24e-9, 20);
  }
  // A push has its count in columns, a pull in rows: on a machine where that matters they differ.
  const odd = randomCalibration(8);
  expect(pushSeconds(odd, diagonal, 64)).toBe(secondsAt(odd.scaleRows, [6, 64]));
  expect(pullSeconds(odd, diagonal, 64)).toBe(secondsAt(odd.scaleRows, [64, 6]));
  expect(pushSeconds(odd, dense, 9)).toBe(secondsAt(odd.matmul, [5, 7, 9]));
  expect(pullSeconds(odd, dense, 9)).toBe(secondsAt(odd.matmul, [9, 5, 7]));
});

test("the interval of a sum: drift stays, the errors of single shapes partly cancel", () => {
  const kernel = { ...evenCalibration(), spread: 0.2, drift: 0.05 };
  const width = (seconds: readonly number[]): number => {
    const [low, high] = sumInterval(kernel, seconds);
    return Math.log(high / low) / 2 / 1.96;
  };
  expect(width([3e-6])).toBeCloseTo(Math.hypot(0.2, 0.05), 10);
  expect(width([1e-6, 1e-6, 1e-6, 1e-6])).toBeCloseTo(Math.hypot(0.1, 0.05), 10);
  // One that outweighs all others leaves its own error.
  expect(width([1, ...Array<number>(100).fill(1e-6)])).toBeCloseTo(Math.hypot(0.2, 0.05), 3);
  expect(sumInterval(kernel, [])).toEqual([0, 0]);
});

test("a kernel that was not calibrated is named, with the way out", () => {
  expect(() => calibrationOf(calibrationFile("here"), "reference")).toThrow(
    /"reference".*jacobench calibrate --kernel reference/,
  );
});

test("a stored calibration is checked", () => {
  const whole = calibrationFile("here");
  expect(parseCalibration(JSON.parse(JSON.stringify(whole)), "c.json")).toEqual(whole);
  const { drift: _, ...older } = whole.kernels[0]!;
  const short = { ...whole.kernels[0]!, matmul: { sizes: [1, 2], seconds: [1, 2, 3] } };
  const zero = { ...whole.kernels[0]!, matvec: { sizes: [1, 2], seconds: [1, 2, 3, 0] } };
  for (const bad of [null, [], { ...whole, version: 1 }, { ...whole, kernels: [] }]) {
    expect(() => parseCalibration(bad, "c.json")).toThrow(/c\.json: is no calibration .*jacobench calibrate/);
  }
  for (const kernel of [older, short, zero]) {
    expect(() => parseCalibration({ ...whole, kernels: [kernel] }, "c.json")).toThrow(/c\.json.*kernels\.0/);
  }
});

test("rates of square products, by their FMA and the bytes of their operands", () => {
  const rates = productRates(evenCalibration(2e-9));
  expect(rates.map(({ product, width }) => `${product} ${width}`)).toEqual(
    ["matvec", "matmul"].flatMap((product) => [1, 8, 64].map((width) => `${product} ${width}`)),
  );
  for (const { fmaPerSecond } of rates) expect(fmaPerSecond / 5e8).toBeCloseTo(1, 12);
  const intensities = rates.map(({ intensity }) => intensity);
  const expected = [1 / 24, 64 / (8 * 80), 4096 / (8 * 4224), 1 / 24, 8 / 24, 64 / 24];
  for (const [i, value] of expected.entries()) expect(intensities[i]).toBeCloseTo(value, 12);
});

test("the peak is the best rate of any product and shape", () => {
  const even = evenCalibration(1e-9);
  expect(peakFmaPerSecond(even) / 1e9).toBeCloseTo(1, 12);
  // One shape of one product that is faster: 8 × 64 (row 1, column 2 of the grid).
  for (const [grid, place, fma] of [
    ["vecmat", 1 * 3 + 2, 8 * 64],
    ["matmul", (2 * 3 + 0) * 3 + 1, 64 * 1 * 8],
  ] as const) {
    const seconds = [...even[grid].seconds];
    seconds[place] = fma * 1e-10;
    const faster = { ...even, [grid]: { ...even[grid], seconds } };
    expect(peakFmaPerSecond(faster) / 1e10).toBeCloseTo(1, 12);
  }
  const scaled = {
    ...even,
    scaleRows: { ...even.scaleRows, seconds: even.scaleRows.seconds.map(() => 1e-15) },
  };
  expect(peakFmaPerSecond(scaled) / 1e9).toBeCloseTo(1, 12);
});
