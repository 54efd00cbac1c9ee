/** @file What a product costs: a fixed cost and a cost per FMA, never negative, and the reasons of Σ's exponent. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnyResults } from "../../analysis/config.ts";
import { explainSigma } from "../../analysis/laws/explain-sigma.ts";
import { fitFixedCost } from "../../analysis/laws/fixed-cost.ts";
import { sentenceText } from "../../analysis/laws/sentence.ts";
import { reportContent } from "../../analysis/report/content.ts";
import { covers } from "../../src/statistics/interval.ts";
import { gridWidths, SCALING_WIDTHS, syntheticResults, variantOf } from "../support/synthetic-results.ts";

const QUIET = { case: 0, process: 0, round: 0 };
const forward = { strategy: "forward", kernel: "typed" };
const reverse = { strategy: "reverse" };
const explained = (results: AnyResults, place: number): string =>
  explainSigma(results, results.variants[place]!).map(sentenceText).join(" ");

describe("fitFixedCost", () => {
  it("finds α and β of an exact machine, and predicts the local exponents", () => {
    const results = syntheticResults({ noise: QUIET, secondsPerProduct: 5e-7, secondsPerFma: 2e-9 });
    const fit = fitFixedCost(results, forward)!;
    expect(fit.secondsPerProduct.estimate / 5e-7).toBeCloseTo(1, 8);
    expect(fit.secondsPerFma.estimate / 2e-9).toBeCloseTo(1, 8);
    expect(fit.fmaOfEqualCost).toBeCloseTo(250, 4);
    expect(fit.lower!.excess.estimate).toBeLessThan(fit.upper!.excess.estimate);
    expect(fit.lower!.excess.estimate).toBeCloseTo(fit.lower!.predicted, 1);
  });

  it("holds the truth under noise and says why Σ's exponent is below 1", () => {
    const results = syntheticResults({ secondsPerProduct: 5e-7, rngSeed: 5 });
    const fit = fitFixedCost(results, reverse)!;
    expect(covers(fit.secondsPerProduct.interval95!, 5e-7)).toBe(true);
    expect(covers(fit.secondsPerFma.interval95!, 1e-9)).toBe(true);
    const text = explained(results, 1);
    expect(text).toMatch(/Each product has a fixed cost of \d+ ns \[\d+ ns, \d+ ns\]/);
    expect(text).toMatch(/lies below 1, as the fixed cost makes it where chains are small/);
    expect(text).toMatch(/local exponent of Σ/);
  });

  it("names the caches where Σ's exponent is above 1", () => {
    const results = syntheticResults({ law: ({ n, sigma }) => 1e-10 * n * sigma ** 1.2 });
    const text = explained(results, 0);
    expect(text).toMatch(/lies above 1: larger chains take more time per FMA/);
    expect(text).toMatch(/L1 32 KiB\)/);
  });

  it("is of the products alone, also where times hold a preparation, which is no product's", () => {
    const results = syntheticResults({
      noise: QUIET,
      secondsPerProduct: 5e-7,
      secondsPrepare: ({ sigma }) => 1e-5 + 3e-9 * sigma,
      config: { report: { time: "with-preparation" } },
    });
    const fit = fitFixedCost(results, forward)!;
    expect(fit.secondsPerProduct.estimate / 5e-7).toBeCloseTo(1, 6);
    expect(fit.secondsPerFma.estimate / 1e-9).toBeCloseTo(1, 6);
    const texts = reportContent(results)
      .sections.find(({ id }) => id === "machine-model")!
      .blocks.flatMap((block) => (block.kind === "table" ? block.rows : []));
    const alpha = texts.find(([name, symbol]) => name!.text === "reverse (typed)" && symbol!.text === "α")!;
    expect(Number(alpha[3]!.sort) / 5e-7).toBeCloseTo(1, 3);
  });

  it("never states what cannot be: no negative cost, whatever the noise, and a reason where nothing is stated", () => {
    const widths = [
      [2, 3, 2],
      [3, 4, 2],
      [2, 5, 3],
      [4, 3, 3],
      [3, 6, 4],
      [5, 4, 2],
    ];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.boolean(), fc.boolean(), (rngSeed, quick, read) => {
        const unitSeeds = read ? "read" : "dense";
        const results = syntheticResults({
          widths,
          variants: [variantOf("forward", { unitSeeds }), variantOf("reverse", { unitSeeds })],
          noise: { case: 0.5, process: 0.3, round: 0.5 },
          ...(quick ? { quick, rounds: 2, processes: 1 } : {}),
          rngSeed,
        });
        for (const variant of results.variants) {
          const fit = fitFixedCost(results, { variant: variant.label });
          if (fit === null) continue;
          for (const { estimate, interval95 } of [fit.secondsPerProduct, fit.secondsPerFma]) {
            expect(estimate).toBeGreaterThanOrEqual(0);
            for (const end of interval95 ?? []) expect(end).toBeGreaterThanOrEqual(0);
          }
          if (fit.secondsPerFma.estimate === 0) expect(fit.undetermined).toMatch(/cannot be told from zero/);
          const text = explainSigma(results, variant).map(sentenceText).join(" ");
          expect(text).not.toMatch(/[-−]\d[\d.]* [pnµm]?s/);
          if (fit.undetermined !== null && text !== "") expect(text).toMatch(/not determined by these cases/);
        }
      }),
      { seed: 8, numRuns: 40 },
    );
  });

  it("names no cache where the cases leave none", () => {
    const results = syntheticResults({
      widths: gridWidths([4, 8, 16], [4, 8, 16], [8, 16, 24]),
      law: ({ n, sigma }) => 1e-10 * n * sigma ** 1.3,
    });
    const text = explained(results, 0);
    expect(text).toMatch(
      /lies above 1: larger chains take more time per FMA, for a reason that these cases do not show/,
    );
    expect(text).not.toMatch(/cache|L1/);
  });

  it("has nothing to say of strategies without products or of constant Σ", () => {
    const results = syntheticResults({ variants: [variantOf("finite-differences-forward")] });
    expect(fitFixedCost(results, { strategy: "finite-differences-forward" })).toBeNull();
    expect(fitFixedCost(syntheticResults({ widths: SCALING_WIDTHS.slice(0, 1) }), forward)).toBeNull();
  });
});
