/** @file The laws on a machine whose law is known: exponents, fixed costs, crossovers, A/A. */

import { describe, expect, it } from "vitest";
import type { AnyResults } from "../../analysis/config.ts";
import { aaCheck } from "../../analysis/laws/aa.ts";
import { caseSummaries, clusteredInterval } from "../../analysis/laws/case-interval.ts";
import { agreement, claimText } from "../../analysis/laws/claim.ts";
import { claimedLaw } from "../../analysis/laws/claimed-law.ts";
import { crossover, crossoverText } from "../../analysis/laws/crossover.ts";
import { pairedRows, variantPairs } from "../../analysis/laws/pairs.ts";
import { fitPowerLaw, fitPowerLaws } from "../../analysis/laws/power-law.ts";
import { covers } from "../../src/statistics/interval.ts";
import { gridWidths, SCALING_WIDTHS, syntheticResults, variantOf } from "../support/synthetic-results.ts";

/** How the law of a variant stands to its claim; the first one's by default. */
const against = (results: AnyResults, place = 0): string =>
  claimText(results, claimedLaw(results, results.variants[place]!));

const QUIET = { case: 0, process: 0, round: 0 };
const forward = { strategy: "forward", kernel: "typed" };
const reverse = { strategy: "reverse" };

describe("fitPowerLaw", () => {
  it("finds the exact exponents of an exact machine", () => {
    const results = syntheticResults({ noise: QUIET });
    const { exponents, constantSeconds, residualRms, refusal, dropped } = fitPowerLaw(results, forward);
    expect(exponents.n!.estimate).toBeCloseTo(1, 10);
    expect(exponents.m!.estimate).toBeCloseTo(0, 10);
    expect(exponents.sigma!.estimate).toBeCloseTo(1, 10);
    expect(constantSeconds).toBeCloseTo(1e-9, 18);
    expect(residualRms).toBeLessThan(1e-9);
    expect([refusal, dropped]).toEqual([null, []]);
    const other = fitPowerLaw(results, reverse).exponents;
    expect([other.n!.estimate, other.m!.estimate].map((value) => Math.round(value * 1e9) / 1e9 + 0)).toEqual([
      0, 1,
    ]);
  });

  it("holds the truth under noise, and calls it as predicted", () => {
    const results = syntheticResults({ rngSeed: 3 });
    const law = fitPowerLaw(results, forward);
    expect(covers(law.exponents.n!.interval95!, 1)).toBe(true);
    expect(covers(law.exponents.m!.interval95!, 0)).toBe(true);
    expect(covers(law.exponents.sigma!.interval95!, 1)).toBe(true);
    expect(against(results)).toBe("n, m and Σ as predicted (1, 0 and 1)");
  });

  it("sees a wrong law as wrong: n^1.2, and n + m products sold as n", () => {
    const steep = syntheticResults({ law: (record) => 1e-9 * record.n ** 1.2 * record.sigma });
    const law = fitPowerLaw(steep, forward);
    expect(covers(law.exponents.n!.interval95!, 1.2)).toBe(true);
    expect(agreement(law.exponents.n!, 1)).toBe("differs");
    expect(against(steep)).toMatch(/n differs \(predicted 1\)/);
    const mixed = syntheticResults({ law: (record) => 1e-9 * (record.n + record.m) * record.sigma });
    expect(against(mixed)).toMatch(/n and m differ \(predicted 1 and 0\)/);
  });

  it.each([
    [
      "n and m",
      SCALING_WIDTHS.filter(([n], i) => SCALING_WIDTHS[i]!.at(-1) === n),
      /collinear design: n and m move together/,
    ],
    [
      "all three",
      [4, 8, 16, 32, 64, 128].map((k) => [k, 2 * k, k]),
      /collinear design: n, m and Σ move together/,
    ],
    [
      "n and Σ",
      [8, 16, 32, 64, 128, 256].map((n, i) => [n, 512, [3, 9][i % 2]!]),
      /collinear design: n and Σ move together/,
    ],
  ])("refuses a design in which %s move together, by name", (_, widths, message) => {
    const law = fitPowerLaw(syntheticResults({ widths }), forward);
    expect(law.refusal).toMatch(message);
    expect(law.exponents).toEqual({ n: null, m: null, sigma: null, depth: null });
  });

  it("drops what does not vary, and says so", () => {
    const law = fitPowerLaw(
      syntheticResults({ widths: gridWidths([8, 32, 128], [1], [16, 64, 256]) }),
      forward,
    );
    expect(law.exponents.m).toBeNull();
    expect(law.dropped).toMatchObject([
      { regressor: "m", reason: "m is 1 in every case, so this design says nothing about its exponent" },
    ]);
    expect(law.exponents.n!.estimate).toBeCloseTo(1, 1);
    const flat = [
      [8, 30, 4],
      [32, 10, 4],
      [64, 5, 4],
      [8, 12, 22],
      [16, 10, 20],
      [20, 12, 10],
    ];
    const near = fitPowerLaw(syntheticResults({ widths: flat }), forward);
    expect(near.dropped.map(({ reason }) => reason).join()).toMatch(/Σ varies by a factor of 1\.\d\d only/);
  });

  it("says how far apart the times are where nothing varies", () => {
    const widths = [
      [8, 10, 20, 4],
      [8, 20, 10, 4],
      [8, 15, 15, 4],
    ];
    const same = syntheticResults({
      widths,
      noise: QUIET,
      law: ({ widths: [, first] }) => (first === 10 ? 3e-6 : 2e-6),
    });
    expect(fitPowerLaw(same, forward).refusal).toBe(
      "neither n nor m nor Σ varies over the cases; the times of the 3 differ by a factor of 1.50 at most",
    );
  });

  it("refuses too few cases", () => {
    const widths = SCALING_WIDTHS.slice(0, 3);
    expect(fitPowerLaw(syntheticResults({ widths: widths.slice(0, 2) }), forward).refusal).toMatch(
      /2 cases; at least 3/,
    );
  });

  it.each([
    ["quick", { quick: true }, /a quick run/],
    ["of 14 rounds", { rounds: 14 }, /14 rounds/],
    ["of 4 processes", { rounds: 16, processes: 4 }, /4 processes/],
  ])("gives estimates without intervals for a run %s", (_, options, reason) => {
    const results = syntheticResults(options);
    const law = fitPowerLaw(results, forward);
    expect(law.exponents.n!.estimate).toBeCloseTo(1, 1);
    expect(law.exponents.n!.interval95).toBeNull();
    expect(law.noInterval).toMatch(reason);
    expect(against(results)).toMatch(/not compared with the prediction without intervals/);
  });

  it("asks for one variant by name", () => {
    const results = syntheticResults();
    expect(() => fitPowerLaw(results, { strategy: "sideways" })).toThrow(
      /fits 0 variants; expected exactly one of "forward"/,
    );
    expect(fitPowerLaws(results).map((law) => law.variant.label)).toEqual(["forward", "reverse"]);
  });
});

describe("crossover", () => {
  const crossingAt = (place: number) =>
    syntheticResults({
      law: ({ n, m, sigma }, { mode }) => 1e-9 * sigma * (mode === "forward" ? n / place : m),
    });

  it.each([0.5, 1, 2])("finds n/m = %d with its interval, reverse winning above", (place) => {
    const results = crossingAt(place);
    const found = crossover(results, variantPairs(results)[0]!).products;
    if (found.kind !== "found") throw new Error(found.reason);
    expect(covers(found.ratio.interval95!, place)).toBe(true);
    expect(found.ratio.estimate / place).toBeCloseTo(1, 1);
    expect(found.reverseAbove).toBe(true);
    expect(covers(found.slope.interval95!, 1)).toBe(true);
  });

  it("moves with the preparation", () => {
    const results = syntheticResults({
      noise: QUIET,
      secondsPrepare: ({ m, sigma }, { mode }) => (mode === "forward" ? 0 : 1e-9 * m * sigma),
    });
    const { products, withPreparation } = crossover(results, variantPairs(results)[0]!);
    expect(crossoverText(products)).toMatch(/^n\/m = 1\.00/);
    // Forward n·Σ against reverse 2·m·Σ.
    expect(crossoverText(withPreparation)).toMatch(/^n\/m = 2\.00/);
  });

  it("is never extrapolated: no sign change, no crossover", () => {
    const wide = syntheticResults({ widths: gridWidths([32, 64], [2, 4], [16, 32]) });
    expect(crossoverText(crossover(wide, variantPairs(wide)[0]!).products)).toBe(
      "none within n/m ∈ [8, 32]; reverse always faster",
    );
    const tall = syntheticResults({ widths: gridWidths([2, 4], [32, 64], [16, 32]) });
    const found = crossover(tall, variantPairs(tall)[0]!).products;
    expect(found).toMatchObject({ kind: "none", faster: "forward" });
    expect(crossoverText(found)).toBe("none within n/m ∈ [0.0313, 0.125]; forward always faster");
  });

  it("says so where n = m is all there is", () => {
    const results = syntheticResults({
      widths: [
        [4, 8, 4],
        [8, 4, 8],
        [16, 8, 16],
        [5, 9, 5],
      ],
    });
    expect(crossover(results, variantPairs(results)[0]!).products).toMatchObject({
      kind: "none",
      faster: null,
    });
  });

  it("pairs by process, round and case: a drift common to both cancels", () => {
    const calm = syntheticResults({ noise: QUIET });
    const drift = {
      ...calm,
      measurements: calm.measurements.map((row) => ({
        ...row,
        samples: row.samples.map((seconds) => seconds * (1 + row.round)),
      })),
    };
    const found = crossover(drift, variantPairs(drift)[0]!).products;
    if (found.kind !== "found") throw new Error(found.reason);
    expect(found.ratio.interval95![1] - found.ratio.interval95![0]).toBeLessThan(1e-6);
    expect(found.ratio.estimate).toBeCloseTo(1, 8);
  });

  it("pairs only variants that differ in nothing but the mode", () => {
    const variants = [
      variantOf("forward"),
      variantOf("reverse", { kernel: "reference", label: "reverse · reference" }),
      variantOf("forward-blocked", { blockSize: 8 }),
      variantOf("reverse-blocked", { blockSize: 8 }),
      variantOf("finite-differences-forward"),
    ];
    const results = syntheticResults({ variants, widths: [[3, 4, 2]], rounds: 3, processes: 3 });
    expect(variantPairs(results).map(({ name }) => name)).toEqual([
      "forward-blocked / reverse-blocked (typed)",
    ]);
    expect(pairedRows(results, "forward-blocked", "reverse-blocked")).toHaveLength(3);
  });
});

describe("caseSummaries", () => {
  it("summarises each case under each variant, with an interval that holds the estimate", () => {
    const results = syntheticResults({ widths: SCALING_WIDTHS.slice(0, 3) });
    const summaries = caseSummaries(results);
    expect(summaries).toHaveLength(6);
    for (const { seconds, interval95, rounds, processes, range } of summaries) {
      expect(covers(interval95!, seconds)).toBe(true);
      expect(covers(range, seconds)).toBe(true);
      expect([rounds, processes]).toEqual([15, 5]);
    }
  });

  it("has median and range but no interval below 15 rounds, with a warning", () => {
    const [summary] = caseSummaries(syntheticResults({ widths: [[3, 4, 2]], rounds: 5 }));
    expect(summary!.interval95).toBeNull();
    expect(summary!.warnings.map(({ code }) => code)).toEqual(["too-few-samples"]);
  });

  it("warns of correlated rounds and widens the interval by blocks", () => {
    const wave = Array.from({ length: 12 }, (_, i) => Math.exp(0.3 * Math.sin((i * Math.PI) / 6)));
    const processes = Array.from({ length: 5 }, () => wave);
    const found = clusteredInterval(processes, { quick: false, rngSeed: 1 });
    expect(found.correlated).toBe(true);
    expect(found.lag1).toBeGreaterThan(0.5);
    // The process medians are all equal: without blocks the interval would have no width.
    expect(found.interval95![1] / found.interval95![0]).toBeGreaterThan(1.1);
    const results = syntheticResults({ widths: [[3, 4, 2]], rounds: 60, noise: QUIET });
    const waves = {
      ...results,
      measurements: results.measurements.map((row) => ({
        ...row,
        samples: row.samples.map((seconds) => seconds * wave[row.round % 12]!),
      })),
    };
    expect(caseSummaries(waves)[0]!.warnings.map(({ code }) => code)).toEqual(["rounds-correlated"]);
  });
});

describe("aaCheck", () => {
  const twins = [variantOf("forward", { label: "A" }), variantOf("forward", { label: "B" })];

  it("covers 1 in about 38 of 40 repetitions", () => {
    const results = syntheticResults({
      widths: [[8, 16, 4]],
      variants: twins,
      repetitions: 40,
      noise: { case: 0, process: 0.05, round: 0.03 },
    });
    const check = aaCheck(results)!;
    expect(check.repetitions).toHaveLength(40);
    expect(check.withInterval).toBe(40);
    expect(check.covering).toBeGreaterThanOrEqual(38 - 3 * Math.sqrt(40 * 0.95 * 0.05));
    expect(check.meanAbsDeviation).toBeLessThan(0.03);
    expect(check.clusteredBy).toBe("process");
  });

  it("covers 1 in few where the labels do differ, by 10 %", () => {
    const results = syntheticResults({
      widths: [[8, 16, 4]],
      variants: twins,
      repetitions: 20,
      law: (record, { label }) => 1e-9 * record.n * record.sigma * (label === "A" ? 1.1 : 1),
      noise: { case: 0, process: 0.05, round: 0.02 },
    });
    const check = aaCheck(results)!;
    expect(check.covering).toBeLessThan(5);
    expect(check.meanAbsDeviation).toBeCloseTo(0.1, 1);
    expect(check.repetitions.every(({ ratio }) => ratio > 1)).toBe(true);
  });

  it("clusters by round, and says so, where a repetition is one process", () => {
    const results = syntheticResults({
      widths: [[8, 16, 4]],
      variants: twins,
      repetitions: 10,
      processes: 1,
    });
    expect(aaCheck(results)).toMatchObject({ clusteredBy: "round", withInterval: 10 });
  });

  it("is null where nothing is under two labels", () => {
    expect(aaCheck(syntheticResults({ widths: [[3, 4, 2]], rounds: 1, processes: 1 }))).toBeNull();
  });
});
