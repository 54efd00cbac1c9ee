/** @file The power law's exponent of the depth K, its robustness against outliers, and local exponents of Σ. */

import { describe, expect, it } from "vitest";
import { timeCells } from "../../analysis/laws/cells.ts";
import { claimedLaw } from "../../analysis/laws/claimed-law.ts";
import { fitFixedCost } from "../../analysis/laws/fixed-cost.ts";
import { localSlope } from "../../analysis/laws/local-exponent.ts";
import { fitExcess, fitPowerLaw } from "../../analysis/laws/power-law.ts";
import { createRandom } from "../../src/random.ts";
import type { CaseRecord } from "../../src/results/types.ts";
import { covers } from "../../src/statistics/interval.ts";
import { gridWidths, syntheticResults } from "../support/synthetic-results.ts";

const QUIET = { case: 0, process: 0, round: 0 };
const forward = { strategy: "forward" };
const GRID = gridWidths([8, 20, 50, 128], [8, 20, 50, 128], [64, 128, 256]);
const DEEP = [2, 4, 8, 16].flatMap((depth) =>
  [8, 30].flatMap((n) =>
    [10, 40].flatMap((m) => [16, 64].map((h) => [n, ...new Array<number>(depth - 1).fill(h), m])),
  ),
);

describe("the exponent of K", () => {
  it("is found where K varies apart from Σ", () => {
    const law = ({ n, sigma, depth }: CaseRecord) => 1e-9 * n * sigma * depth ** 0.2;
    const exact = fitPowerLaw(syntheticResults({ widths: DEEP, noise: QUIET, law }), forward);
    expect(exact.exponents.depth!.estimate).toBeCloseTo(0.2, 8);
    expect(exact.exponents.sigma!.estimate).toBeCloseTo(1, 8);
    expect(exact.dropped).toEqual([]);
    const noisy = fitPowerLaw(syntheticResults({ widths: DEEP, law }), forward);
    expect(covers(noisy.exponents.depth!.interval95!, 0.2)).toBe(true);
  });

  it("is left out, with the reason, where K moves with Σ; Σ keeps its exponent", () => {
    const widths = [2, 4, 8, 16, 32].map((depth) => [20, ...new Array<number>(depth - 1).fill(64), 20]);
    const law = fitPowerLaw(syntheticResults({ widths }), forward);
    expect(law.exponents.depth).toBeNull();
    expect(law.exponents.sigma!.estimate).toBeCloseTo(1, 1);
    expect(law.dropped.map(({ reason }) => reason)).toContain(
      "K moves together with Σ in this design, so it has no exponent of its own; Σ's holds it",
    );
  });

  it("is not spoken of where K is the same everywhere", () => {
    const law = fitPowerLaw(syntheticResults({ widths: GRID }), forward);
    expect([law.exponents.depth, law.dropped]).toEqual([null, []]);
  });

  it("stands alone where n, m and Σ are the same everywhere", () => {
    const widths = [
      [32, 512, 16],
      [32, 112, 164, 16],
      [32, 101, 96, 104, 16],
      [32, 74, 72, 72, 72, 74, 16],
      [32, 44, 48, 48, 48, 48, 48, 48, 48, 48, 48, 41, 16],
    ];
    const law = fitPowerLaw(
      syntheticResults({ widths, noise: QUIET, law: ({ depth }) => 1e-6 * depth ** 0.1 }),
      forward,
    );
    expect(law.exponents.depth!.estimate).toBeCloseTo(0.1, 8);
    expect(law.refusal).toBeNull();
  });
});

describe("robustness", () => {
  it("moves exponents by less than half an interval when one measurement in twelve is many times too slow", () => {
    const clean = syntheticResults({ widths: GRID, rngSeed: 2 });
    const random = createRandom(1);
    const spoilt = {
      ...clean,
      measurements: clean.measurements.map((row) => ({
        ...row,
        samples: random.uniform() < 1 / 12 ? row.samples.map((seconds) => 6 * seconds) : row.samples,
      })),
    };
    const [before, after] = [fitPowerLaw(clean, forward), fitPowerLaw(spoilt, forward)];
    expect(after.outlierShare!).toBeGreaterThan(before.outlierShare!);
    for (const regressor of ["n", "m", "sigma"] as const) {
      const [low, high] = before.exponents[regressor]!.interval95!;
      const moved = after.exponents[regressor]!.estimate - before.exponents[regressor]!.estimate;
      expect(Math.abs(moved)).toBeLessThan((high - low) / 2);
    }
  });

  it("has strict intervals around the 95 % ones", () => {
    const { exponents, strictIntervals } = fitPowerLaw(syntheticResults({ widths: GRID }), forward);
    for (const regressor of ["n", "m", "sigma"] as const) {
      const [own, strict] = [exponents[regressor]!.interval95!, strictIntervals[regressor]!];
      expect((strict[1] - strict[0]) / (own[1] - own[0])).toBeGreaterThan(1.6);
    }
    expect(
      fitPowerLaw(syntheticResults({ widths: GRID, quick: true }), forward).strictIntervals.n,
    ).toBeNull();
  });
});

describe("fitExcess", () => {
  it("is the power law of what a claim leaves: all 0 where it holds", () => {
    const results = syntheticResults({ widths: GRID, noise: QUIET });
    const { exponents, constantSeconds } = fitExcess(results, forward, (cell) => cell.inputs * cell.sigma);
    for (const regressor of ["n", "m", "sigma"] as const) {
      expect(exponents[regressor]!.estimate).toBeCloseTo(0, 10);
    }
    expect(constantSeconds! / 1e-9).toBeCloseTo(1, 8);
  });
});

describe("local exponents", () => {
  const partOf = (results: ReturnType<typeof syntheticResults>, least: number) => {
    const cells = timeCells(results, "forward").cells.filter(({ sigma }) => sigma >= least);
    return localSlope(cells, claimedLaw(results, results.variants[0]!));
  };

  it("do not take what n does for what Σ does, though Σ goes with n within a part", () => {
    const results = syntheticResults({
      widths: GRID,
      noise: QUIET,
      law: ({ n, sigma }) => 1e-9 * n ** 1.3 * sigma,
    });
    expect(partOf(results, 1e5)!.excess.estimate).toBeCloseTo(0, 6);
    expect(fitFixedCost(results, forward)!.upper!.excess.estimate).toBeCloseTo(0, 6);
  });

  it("are wider than the part's own fit by what the exponents of n and m leave open", () => {
    const results = syntheticResults({ widths: GRID });
    const found = partOf(results, 1e5)!;
    expect(covers(found.excess.interval95!, 0)).toBe(true);
    const fitted = claimedLaw(results, results.variants[0]!);
    const { law } = fitted;
    const sure = { ...fitted, law: { ...law, exponents: { ...law.exponents, n: null, m: null } } };
    const alone = localSlope(
      timeCells(results, "forward").cells.filter(({ sigma }) => sigma >= 1e5),
      sure,
    )!;
    const width = ({ excess }: typeof found) => excess.interval95![1] - excess.interval95![0];
    expect(width(found)).toBeGreaterThan(width(alone));
  });

  it("are not there for a part that hardly varies", () => {
    expect(partOf(syntheticResults({ widths: GRID }), 190_000)).toBeNull();
  });
});
