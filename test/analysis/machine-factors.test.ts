/** @file Machines of a merged sweep: their factors are found, and exponents are not mistaken for a slow machine. */

import { describe, expect, test } from "vitest";
import { fitPowerLaws } from "../../analysis/laws/power-law.ts";
import { sentenceText } from "../../analysis/laws/sentence.ts";
import { type MachineTime, machineFactors } from "../../analysis/machine-factors.ts";
import { machineSentences } from "../../analysis/report/machines-section.ts";
import { measurementRows, usableRows } from "../../analysis/table.ts";
import type { Results } from "../../src/results/types.ts";
import { SYNTHETIC_ENVIRONMENT, syntheticResults } from "../support/synthetic-results.ts";

const measuredWith = (rngSeed: number) =>
  syntheticResults({
    law: (record, { mode }) => (mode === "forward" ? record.n : record.m) * record.sigma * 1e-9,
    noise: { case: 0.02, process: 0.01, round: 0.02 },
    rngSeed,
  });
const whole = measuredWith(5);
/** Anchors are measured anew, with noise of their own. */
const again = measuredWith(6);
const SLOWNESS = 1.8;

/** Large cases on a slow machine, small ones on a fast one; some cases on both if there are anchors. */
function twoMachines(anchors: number): typeof whole {
  const sorted = [...whole.cases]
    .sort((a, b) => a.sigma * a.n * a.m - b.sigma * b.n * b.m)
    .map(({ id }) => id);
  const large = new Set(sorted.slice(sorted.length / 2));
  const shared = new Set(
    sorted.filter((_, i) => i % Math.floor(sorted.length / anchors) === 0).slice(0, anchors),
  );
  const slow = (one: (typeof whole.measurements)[number], role: "main" | "anchor") => ({
    ...one,
    machine: "slow",
    role,
    secondsPrepare: one.secondsPrepare * SLOWNESS,
    samples: one.samples.map((seconds) => seconds * SLOWNESS),
  });
  const measurements = [
    ...whole.measurements.map((one) => (large.has(one.case) ? slow(one, "main") : one)),
    ...again.measurements
      .filter((one) => shared.has(one.case))
      .map((one) => (large.has(one.case) ? { ...one, role: "anchor" as const } : slow(one, "anchor"))),
  ];
  return {
    ...whole,
    environments: [SYNTHETIC_ENVIRONMENT, { ...SYNTHETIC_ENVIRONMENT, id: "slow", cpuModel: "Slow CPU" }],
    measurements,
  };
}

const forward = (results: Results<never> | typeof whole) =>
  fitPowerLaws(results as typeof whole).find((law) => law.variant.strategy === "forward")!.exponents;

describe("two machines with anchors", () => {
  const results = twoMachines(3);

  test("the factor is found, for the machine with fewer times", () => {
    const [reference, other] = machineFactors(measurementRows(results));
    expect(reference!.isReference).toBe(true);
    const factor = other!.machine === "slow" ? SLOWNESS : 1 / SLOWNESS;
    expect(other!.factor!.estimate / factor).toBeCloseTo(1, 1);
    const [low, high] = other!.factor!.interval95!;
    expect(low).toBeLessThan(factor);
    expect(high).toBeGreaterThan(factor);
    expect(other!.cases).toBe(3);
  });

  test("anchors enter no fit; times are stated for one machine", () => {
    const rows = usableRows(results);
    expect(rows).toHaveLength(whole.measurements.length);
    expect(rows.every((row) => row.role === "main")).toBe(true);
    // Raw times stay in the table.
    const raw = measurementRows(results).find((row) => row.machine === "slow" && row.role === "main")!;
    const stated = rows.find(
      (row) => row.case === raw.case && row.round === raw.round && row.variant === raw.variant,
    )!;
    expect(stated.seconds).toBe(raw.seconds / raw.machineFactor);
  });

  test("exponents are those of one machine; without the factor they would not be", () => {
    const single = forward(whole);
    const merged = forward(results);
    for (const name of ["n", "m", "sigma"] as const) {
      expect(Math.abs(merged[name]!.estimate - single[name]!.estimate)).toBeLessThan(0.03);
    }
    const mixed = forward({
      ...results,
      measurements: results.measurements.filter((one) => one.role === "main"),
    });
    expect(Math.abs(mixed.n!.estimate - single.n!.estimate)).toBeGreaterThan(0.05);
  });

  test("the summary says it in a sentence", () => {
    expect(machineSentences(results).map(sentenceText)).toEqual([
      expect.stringMatching(/takes .* times as long as .*, by 3 common cases$/),
    ]);
  });
});

test("a machine that differs by size is told, since one factor says little of it", () => {
  const time = (machine: string, id: string, seconds: number): MachineTime => ({
    machine,
    case: id,
    variant: "v",
    seconds,
    unusable: null,
  });
  const times = [
    time("a", "x", 1),
    time("a", "y", 1),
    time("a", "z", 1),
    time("b", "x", 1),
    time("b", "y", 2),
  ];
  const [, other] = machineFactors(times);
  expect(other!.factor!.estimate).toBeCloseTo(Math.SQRT2);
  expect(other!.range).toEqual([1, 2]);
});

test("machines without a common case have no factor, and a single machine has none to have", () => {
  const times = ["a", "b"].map((machine) => ({
    machine,
    case: machine,
    variant: "v",
    seconds: 1,
    unusable: null,
  }));
  expect(machineFactors(times)[1]!.factor).toBeNull();
  expect(machineFactors(times.slice(0, 1))).toEqual([]);
  expect(usableRows(whole)).toEqual(measurementRows(whole));
});
