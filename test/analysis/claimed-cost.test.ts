/** @file The one claim of each variant: equal to its counted FMA on dense chains, and taken by everything that states it. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charts } from "../../analysis/index.ts";
import { CANDIDATES } from "../../analysis/laws/candidates.ts";
import { claimText } from "../../analysis/laws/claim.ts";
import { CLAIMED_COSTS, claimedCase, claimedCost, claimedCostOn } from "../../analysis/laws/claimed-cost.ts";
import { claimedLaw, claimedLaws, excessOf } from "../../analysis/laws/claimed-law.ts";
import { crossover } from "../../analysis/laws/crossover.ts";
import { fitFixedCost } from "../../analysis/laws/fixed-cost.ts";
import { fitMachineModel } from "../../analysis/laws/machine-model.ts";
import { variantPairs } from "../../analysis/laws/pairs.ts";
import { fitPowerLaw } from "../../analysis/laws/power-law.ts";
import { verdicts } from "../../analysis/laws/verdict.ts";
import { verdictWords } from "../../analysis/laws/verdict-words.ts";
import { reportContent } from "../../analysis/report/content.ts";
import { buildShape } from "../../src/chain/build.ts";
import { predictCost } from "../../src/index.ts";
import type { CaseRecord } from "../../src/results/types.ts";
import { caseOf, gridWidths, syntheticResults, variantOf } from "../support/synthetic-results.ts";

const WIDTHS = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 6 });
const QUIET = { case: 0, process: 0, round: 0 };
const READ = [
  variantOf("forward", { label: "forward (read)", unitSeeds: "read" }),
  variantOf("reverse", { label: "reverse (read)", unitSeeds: "read" }),
];

/** A chain like the unit-seeds experiment: n and m reach the hidden widths, so that a read seed matters. */
const GRID = gridWidths([8, 32, 96], [8, 32, 96], [32, 96]);

/** What read seeds cost, with a fixed cost per product. */
function readLaw(alpha: number) {
  return ({ n, m, sigma, widths }: CaseRecord, { mode }: { readonly mode: string | null }) =>
    mode === "forward"
      ? n * (alpha + 1e-9 * (sigma - n * widths[1]!))
      : m * (alpha + 1e-9 * (sigma - m * widths.at(-2)!));
}

describe("a claim", () => {
  it("is what is counted on dense chains, dense and read seeds, blocks and explicit products", () => {
    const ways = [
      { strategy: "forward", unitSeeds: "dense" },
      { strategy: "reverse", unitSeeds: "dense" },
      { strategy: "forward", unitSeeds: "read" },
      { strategy: "reverse", unitSeeds: "read" },
      { strategy: "forward-blocked", unitSeeds: "dense" },
      { strategy: "reverse-blocked", unitSeeds: "read" },
      { strategy: "product-right-to-left", unitSeeds: "dense" },
      { strategy: "product-left-to-right", unitSeeds: "read" },
    ] as const;
    fc.assert(
      fc.property(WIDTHS, fc.constantFrom(...ways), (widths, { strategy, unitSeeds }) => {
        const products = strategy.startsWith("product-");
        const mode =
          strategy.startsWith("forward") || strategy.endsWith("right-to-left") ? "forward" : "reverse";
        const variant = variantOf(strategy, { mode, unitSeeds });
        const claim = claimedCost(variant)!;
        const { fma } = predictCost(buildShape({ widths }), {
          strategy,
          ...(products ? {} : { unitSeeds }),
        });
        const one = claimedCase(caseOf(widths), variant);
        expect(claim.cost(one)).toBe(fma);
        expect(claim.cost(one)).toBe((claim.products === "n" ? one.inputs : one.m) * claim.product(one));
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  it("is nothing for strategies of neither mode, and on designs whose cases cost nothing", () => {
    expect(claimedCost(variantOf("optimal"))).toBeNull();
    const layer = claimedCase(caseOf([7, 5]), READ[0]!);
    expect(claimedCost(READ[0]!)!.cost(layer)).toBe(0);
    expect(claimedCostOn(READ[0]!, [layer])).toBeNull();
    expect(claimedCostOn(variantOf("forward"), [layer])!.symbol).toBe("n·Σ");
  });

  it("counts parameters as inputs", () => {
    const variant = variantOf("forward-parameters", { withRespectTo: "parameters" });
    const record = caseOf([3, 5, 2]);
    expect(claimedCost(variant)!.cost(claimedCase(record, variant))).toBe(record.parameters * record.sigma);
  });

  it("is among the forms of model selection, the same object", () => {
    for (const claim of CLAIMED_COSTS) expect(CANDIDATES).toContain(claim);
    expect(CLAIMED_COSTS.map(({ symbol }) => symbol)).toEqual([
      "n·Σ",
      "m·Σ",
      "n·(Σ − n·d_1)",
      "m·(Σ − m·d_{K−1})",
    ]);
  });
});

describe("on a machine that reads its unit seeds", () => {
  const exact = syntheticResults({ widths: GRID, variants: READ, law: readLaw(5e-7), noise: QUIET });

  it("fixed cost and machine model find α and β, which n·Σ would bend", () => {
    for (const { label } of READ) {
      const fit = fitFixedCost(exact, { variant: label })!;
      expect(fit.undetermined).toBeNull();
      expect(fit.secondsPerProduct.estimate / 5e-7).toBeCloseTo(1, 6);
      expect(fit.secondsPerFma.estimate / 1e-9).toBeCloseTo(1, 6);
      expect(fit.relativeRms).toBeLessThan(1e-6);
      const model = fitMachineModel(exact, { variant: label })!;
      expect(model.relativeRms).toBeLessThan(1e-3);
    }
  });

  it("the law is of what the claim leaves, and exponents of time alone would mislead", () => {
    const pure = syntheticResults({ widths: GRID, variants: READ, law: readLaw(0), noise: QUIET });
    const fitted = claimedLaw(pure, READ[0]!);
    expect(fitted.isExcess).toBe(true);
    for (const regressor of ["n", "m", "sigma"] as const) {
      expect(excessOf(fitted, regressor)!.estimate).toBeCloseTo(0, 8);
    }
    expect(
      Math.abs(fitPowerLaw(pure, { variant: "forward (read)" }).exponents.n!.estimate - 1),
    ).toBeGreaterThan(0.1);
  });

  it("modes cross where their claims are equal", () => {
    const pure = syntheticResults({ widths: GRID, variants: READ, law: readLaw(0), noise: QUIET });
    const found = crossover(pure, variantPairs(pure)[0]!).products;
    if (found.kind !== "found") throw new Error(found.reason);
    expect(found.axis).toBe("claimed cost forward/reverse");
    expect(found.ratio.estimate).toBeCloseTo(1, 8);
    expect(found.slope.estimate).toBeCloseTo(1, 8);
  });

  it("verdict, table of exponents, axes and titles are of one claim", () => {
    const noisy = syntheticResults({
      widths: GRID,
      variants: READ,
      law: readLaw(0),
      noise: { case: 0.01, process: 0.01, round: 0.01 },
    });
    for (const { claim, variant } of verdicts(noisy)) expect(claim).toBe(claimedCost(variant));
    for (const { claim, variant } of claimedLaws(noisy)) expect(claim).toBe(claimedCost(variant));
    for (const fitted of claimedLaws(noisy)) {
      expect(claimText(noisy, fitted)).toBe("n, m and Σ as predicted (0, 0 and 0)");
    }
    const text = JSON.stringify(reportContent(noisy));
    expect(text).not.toMatch(/differs? \(predicted|weights leave a cache/);
    for (const chart of [charts.scaling, charts.collapse]) {
      expect(JSON.stringify(chart(noisy))).toContain("Σ − n·d_1");
    }
    expect(JSON.stringify(charts.scaling(noisy))).toMatch(/Time grows as \(n·\(Σ − n·d_1\)\)\^1\.0/);
    expect(JSON.stringify(charts.exponents(noisy))).toContain("time is divided by it first");
  });

  it("an excess is worded as an excess, and held against 0", () => {
    const bent = (power: number) => {
      const results = syntheticResults({
        widths: GRID,
        variants: READ,
        law: (record, variant) => readLaw(0)(record, variant) * (record.sigma / 1e4) ** power,
        noise: { case: 0.01, process: 0.01, round: 0.01 },
      });
      return verdictWords(verdicts(results)[0]!);
    };
    expect(bent(0.2).headline).toMatch(/the excess exponent of Σ is 0\.[12]\d+ \[[\d., ]+\], above 0\.05/);
    const below = bent(-0.13);
    expect(below.headline).toBe("confirmed as an upper bound");
    expect(below.reasons.join(" ")).toMatch(/Σ's excess exponent [-−]0\.1\d+ \[.*\] lies below 0[;,]/);
    expect(below.reasons.join(" ")).toMatch(
      /With the claim divided out, n \(.*\) and m \(.*\) lie within ±0\.05 of 0 and 0/,
    );
  });
});
