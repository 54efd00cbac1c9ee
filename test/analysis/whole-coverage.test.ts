/** @file Coverage on the shipped scaling design, from whole result files: a small form of analysis/simulation/tables.ts. */

import { describe, expect, it } from "vitest";
import { shippedDesign } from "../../analysis/simulation/designs.ts";
import { simulateResults } from "../../analysis/simulation/machine.ts";
import { UNUSUAL, USUAL, wholeCoverage } from "../../analysis/simulation/whole.ts";
import { createRandom } from "../../src/random.ts";

const cases = shippedDesign("scaling");

/** Share of intervals that hold the truth less 0.95, in standard errors of the simulation. */
function distances(
  settings: Omit<Parameters<typeof wholeCoverage>[0], "cases" | "rngSeed">,
): Map<string, number> {
  const tally = wholeCoverage({ ...settings, cases, rngSeed: 5 });
  return new Map(
    [...tally].map(([name, { held, count }]) => [
      name,
      (held / count - 0.95) / Math.sqrt((0.95 * 0.05) / count),
    ]),
  );
}

describe("intervals hold the truth in 95 % of the repetitions, within three standard errors", () => {
  it.each(USUAL.slice(0, 2).map((noise) => [noise.name, noise] as const))(
    "exponents and crossover: %s",
    (_, noise) => {
      const found = distances({ noise, what: "exponents", repetitions: 120 });
      expect([...found.keys()]).toEqual(["own (n or m)", "other (m or n)", "Σ", "crossover", "slope"]);
      for (const [name, distance] of found) expect(Math.abs(distance), name).toBeLessThanOrEqual(3);
    },
  );

  it("coefficients of the machine model away from zero", () => {
    const found = distances({ noise: USUAL[0]!, what: "coefficients", repetitions: 60 });
    expect([...found.keys()]).toEqual(["α", "β within L2", "β within L3", "γ"]);
    for (const [name, distance] of found) expect(Math.abs(distance), name).toBeLessThanOrEqual(3);
  });

  it("coefficients at the bound at least as often", () => {
    const found = distances({ noise: USUAL[0]!, what: "bound", repetitions: 50 });
    expect([...found.keys()]).toContain("γ = 0");
    for (const [name, distance] of found) expect(distance, name).toBeGreaterThanOrEqual(-3);
  });

  it("exponents among outliers too", () => {
    const found = distances({ noise: UNUSUAL[3]!, what: "exponents", repetitions: 60 });
    for (const [name, distance] of found) expect(Math.abs(distance), name).toBeLessThanOrEqual(3);
  });
});

describe("right claims", () => {
  it.each([...USUAL, ...UNUSUAL].map((noise) => [noise.name, noise] as const))(
    "are not refuted: %s",
    (_, noise) => {
      const tally = wholeCoverage({ cases, noise, what: "verdicts", repetitions: 6, rngSeed: 2 });
      expect(tally.get("not refuted")).toMatchObject({ held: 12, count: 12 });
    },
  );
});

describe("the made-up machine", () => {
  it("is the shipped design, in 15 rounds over 5 processes, and the same for the same stream", () => {
    expect(cases).toHaveLength(48);
    const make = () => simulateResults(cases.slice(0, 2), ({ sigma }) => sigma, USUAL[0]!, createRandom(3));
    expect(make()).toEqual(make());
    expect(make().measurements).toHaveLength(2 * 2 * 15);
    expect(new Set(make().measurements.map(({ process }) => process)).size).toBe(5);
  });

  it("drifts about its middle, and has outliers where it should", () => {
    const quiet = { name: "none", case: 0, process: 0, round: 0 };
    const seconds = (noise: Parameters<typeof simulateResults>[2]) =>
      simulateResults(cases.slice(0, 1), () => 1, noise, createRandom(4)).measurements.map(
        ({ samples }) => samples[0]! / cases[0]!.n,
      );
    const drifting = seconds({ ...quiet, drift: 0.3 }).slice(0, 15);
    expect(drifting[0]).toBeCloseTo(0.85, 10);
    expect(drifting[7]).toBeCloseTo(1, 10);
    expect(drifting[14]).toBeCloseTo(1.15, 10);
    expect(seconds(quiet)[3]).toBeCloseTo(1, 10);
    const many = simulateResults(cases, () => 1, { ...quiet, tails: "outliers" }, createRandom(4));
    const far = many.measurements.filter(({ samples, case: id, variant }) => {
      const record = cases.find((one) => one.id === id)!;
      return samples[0]! > 1.5 * (variant === "forward" ? record.n : record.m);
    });
    expect(far.length / many.measurements.length).toBeCloseTo(0.05, 1);
  });
});
