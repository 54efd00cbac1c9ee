/** @file The roofline: points where the closed form and the clock put them, roofs where the calibration puts them. */

import { expect, it } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import { rooflineOf } from "../../analysis/laws/roofline.ts";
import type { Results } from "../../src/results/types.ts";
import { ROOFLINE_CALIBRATION, ROOFLINE_RESULTS } from "../support/roofline-results.ts";
import { syntheticResults, variantOf } from "../support/synthetic-results.ts";

const QUIET = { case: 0, process: 0, round: 0 };

/** One chain 64-64-64 under a variant that runs in so many seconds, on the machine of the calibration. */
function oneCase(strategy: string, seconds: number, more: Partial<Parameters<typeof variantOf>[1]> = {}) {
  return {
    ...syntheticResults({
      widths: [[64, 64, 64]],
      variants: [variantOf(strategy, more)],
      law: () => seconds,
      noise: QUIET,
    }),
    calibration: ROOFLINE_CALIBRATION,
  };
}

it("places a sweep by its FMA a byte and its FMA a second", () => {
  const fma = 64 * 2 * 64 ** 2;
  const { cases, kernels } = rooflineOf(oneCase("forward", fma / 1e9))!;
  expect(cases).toHaveLength(1);
  // Weights once a seed, and a vector of 64 read and written for each of two layers.
  expect(cases[0]!.intensity).toBeCloseTo(fma / (8 * (fma + 64 * 4 * 64)), 9);
  expect(cases[0]!.fmaPerSecond).toBeCloseTo(1e9, -3);
  expect(kernels.map(({ kernel }) => kernel)).toEqual(["typed"]);
  expect(cases[0]!.share).toBeCloseTo(1e9 / kernels[0]!.peakFmaPerSecond, 6);
  const { cases: blocked } = rooflineOf(oneCase("forward-blocked", fma / 1e9, { blockSize: 16 }))!;
  expect(blocked[0]!.intensity).toBeGreaterThan(5 * cases[0]!.intensity);
});

it("leaves out what has no closed form, and wants a calibration that knows memory", () => {
  const { wants } = chartById("roofline");
  const { memory, ...older } = ROOFLINE_CALIBRATION;
  expect(memory).toBeDefined();
  const known = oneCase("forward", 1e-3);
  expect(wants(known)).toBeNull();
  const without: Results["calibration"][] = [undefined, older, { ...ROOFLINE_CALIBRATION, kernels: [] }];
  for (const calibration of without)
    expect(wants({ ...known, calibration })).toContain("jacobench calibrate");
  expect(rooflineOf(oneCase("optimal", 1e-3))).toBeNull();
  expect(rooflineOf(oneCase("forward", 1e-3, { linearisation: "recomputed" }))).toBeNull();
  expect(rooflineOf(oneCase("reverse-parameters", 1e-3, { withRespectTo: "parameters" }))).toBeNull();
  // Layers within layers have more FMA than their widths say.
  const residual = known.cases.map((record) => ({ ...record, sigma: 2 * record.sigma }));
  expect(rooflineOf({ ...known, cases: residual })).toBeNull();
});

it("says what single seeds and blocks reach, each of its own kernel's peak", () => {
  const draw = (results: typeof ROOFLINE_RESULTS): string => chartById("roofline").draw(results).description!;
  expect(draw(ROOFLINE_RESULTS)).toMatch(
    /^At their best, single seeds reach \d+ % .*, blocks of seeds \d+ %/,
  );
  const fma = 64 * 2 * 64 ** 2;
  const peak = rooflineOf(oneCase("forward", 1))!.kernels[0]!.peakFmaPerSecond;
  expect(draw(oneCase("forward", (4 * fma) / peak))).toContain("single seeds reach 25 % of");
  expect(draw(oneCase("forward-blocked", (2 * fma) / peak, { blockSize: "all" }))).toContain(
    "blocks of seeds reach 50 % of",
  );
});

it("draws each line of memory with slope one, and each peak level, within the picture", () => {
  const spec = chartById("roofline").draw(ROOFLINE_RESULTS) as unknown as {
    layer: { data: { values: { line?: string; x: number; y: number }[] }; mark: { strokeDash?: unknown } }[];
  };
  const roofs = spec.layer.find(({ mark }) => mark.strokeDash !== undefined)!.data.values;
  const of = (line: string) => roofs.filter((point) => point.line === line);
  for (const { level, bytesPerSecond } of ROOFLINE_CALIBRATION.memory!)
    for (const { x, y } of of(level)) expect(y / x / bytesPerSecond).toBeCloseTo(1, 4);
  const peaks = rooflineOf(ROOFLINE_RESULTS)!.kernels;
  for (const { kernel, peakFmaPerSecond } of peaks) {
    const ends = of(`peak ${kernel}`);
    expect(ends).toHaveLength(2);
    for (const { y } of ends) expect(y / peakFmaPerSecond).toBeCloseTo(1, 4);
  }
  const highest = Math.max(...peaks.map(({ peakFmaPerSecond }) => peakFmaPerSecond));
  for (const { y } of roofs) expect(y).toBeLessThanOrEqual(highest * 1.0001);
});
