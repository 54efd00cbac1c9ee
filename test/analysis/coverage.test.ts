/** @file Intervals hold the truth as often as they promise, within three standard errors of the simulation. */

import { describe, expect, it } from "vitest";
import { crossover } from "../../analysis/laws/crossover.ts";
import { fitFixedCost } from "../../analysis/laws/fixed-cost.ts";
import { variantPairs } from "../../analysis/laws/pairs.ts";
import { caseCoverage, exponentCoverage, SCENARIOS } from "../../analysis/simulation/coverage.ts";
import { covers } from "../../src/statistics/interval.ts";
import { syntheticResults } from "../support/synthetic-results.ts";

const REPETITIONS = 400;
const THREE_ERRORS = 3 * Math.sqrt((0.95 * 0.05) / REPETITIONS);

describe("coverage", () => {
  it.each(
    SCENARIOS.filter(({ name }) => name !== "noise only").map(
      (scenario) => [scenario.name, scenario] as const,
    ),
  )("of the exponents: %s", (_, scenario) => {
    const { shares } = exponentCoverage({
      scenario,
      method: "crossed",
      repetitions: REPETITIONS,
      rngSeed: 1,
    });
    for (const share of shares) expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(THREE_ERRORS);
  });

  it("of clustering by case alone is too low where processes differ in slope, which the test must see", () => {
    const { shares } = exponentCoverage({
      scenario: SCENARIOS[2]!,
      method: "by case",
      repetitions: 40,
      rngSeed: 1,
    });
    for (const share of shares) expect(share).toBeLessThan(0.8);
  });

  it("of crossovers, and of the coefficients of t/products = α + β·Σ, from whole result files", () => {
    const repetitions = 120;
    const held = { crossover: 0, slope: 0, alpha: 0, beta: 0 };
    for (let i = 0; i < repetitions; i++) {
      const results = syntheticResults({ secondsPerProduct: 5e-7, rngSeed: 1000 + i });
      const fit = fitFixedCost(results, { strategy: "reverse" })!;
      if (covers(fit.secondsPerProduct.interval95!, 5e-7)) held.alpha += 1;
      if (covers(fit.secondsPerFma.interval95!, 1e-9)) held.beta += 1;
      const found = crossover(results, variantPairs(results)[0]!).products;
      if (found.kind === "none") continue;
      if (covers(found.ratio.interval95!, 1)) held.crossover += 1;
      if (covers(found.slope.interval95!, 1)) held.slope += 1;
    }
    for (const count of Object.values(held)) {
      expect(count / repetitions).toBeGreaterThanOrEqual(0.95 - 3 * Math.sqrt((0.95 * 0.05) / repetitions));
    }
  });

  it("of a case's time, with and without correlated rounds", () => {
    const settings = {
      roundsPerProcess: 3,
      process: 0.05,
      round: 0.05,
      repetitions: REPETITIONS,
      rngSeed: 2,
    };
    expect(Math.abs(caseCoverage({ ...settings, lag1: 0 }).t - 0.95)).toBeLessThanOrEqual(THREE_ERRORS);
    expect(Math.abs(caseCoverage({ ...settings, lag1: 0.6 }).t - 0.95)).toBeLessThanOrEqual(THREE_ERRORS);
  });
});
