/** @file The cases of a measurement in a browser: few, small, of the network's depth, and such that exponents can be told apart. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { crossover } from "../../../analysis/laws/crossover.ts";
import { variantPairs } from "../../../analysis/laws/pairs.ts";
import { fitPowerLaw } from "../../../analysis/laws/power-law.ts";
import { planCases, sigmaOf } from "../../../src/explorer/measure/plan.ts";
import { syntheticResults } from "../../support/synthetic-results.ts";

const QUIET = { case: 0, process: 0, round: 0 };
const FAST = { secondsPerFma: 1e-9 };
const widthsOf = (least: number, most: number) =>
  fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1_000_000 })), {
    minLength: least,
    maxLength: most,
  });
const lengths = fc.constantFrom("full" as const, "quick" as const);

test("any network: at most ten cases, each once, of its depth, itself among them or the reason why not", () => {
  fc.assert(
    fc.property(
      widthsOf(2, 9),
      lengths,
      fc.double({ min: 1e-10, max: 1e-6, noNaN: true }),
      (widths, length, secondsPerFma) => {
        const { widths: cases, leftOut } = planCases({ widths, length }, { secondsPerFma });
        const names = cases.map((one) => one.join("-"));
        expect(cases.length).toBeGreaterThanOrEqual(5);
        expect(cases.length).toBeLessThanOrEqual(10);
        expect(new Set(names).size).toBe(cases.length);
        for (const one of cases) {
          expect(one).toHaveLength(widths.length);
          for (const width of one) expect(Number.isInteger(width) && width >= 1).toBe(true);
          expect(8 * sigmaOf(one)).toBeLessThanOrEqual(48 * 2 ** 20);
        }
        expect(names.includes(widths.join("-")) || leftOut !== null).toBe(true);
        if (leftOut !== null) expect(leftOut).toMatch(/^[\d-]+ itself was not measured: .*(MiB|s each time)/);
      },
    ),
  );
});

test("two layers and more: the law is found again from times that obey it, and so is the crossover", () => {
  fc.assert(
    fc.property(widthsOf(3, 9), lengths, (widths, length) => {
      const cases = planCases({ widths, length }, FAST).widths;
      const results = syntheticResults({ widths: cases, noise: QUIET });
      const forward = fitPowerLaw(results, { strategy: "forward" });
      expect(forward.refusal).toBeNull();
      expect(forward.exponents.n!.estimate).toBeCloseTo(1, 6);
      expect(forward.exponents.m!.estimate).toBeCloseTo(0, 6);
      expect(forward.exponents.sigma!.estimate).toBeCloseTo(1, 6);
      const found = crossover(results, variantPairs(results)[0]!).products;
      expect(found.kind).toBe("found");
      if (found.kind === "found") expect(found.ratio.estimate).toBeCloseTo(1, 6);
    }),
    { numRuns: 60 },
  );
});

test("one layer: Σ = n·m, which is said, and the crossover is found", () => {
  const results = syntheticResults({
    widths: planCases({ widths: [64, 10], length: "full" }, FAST).widths,
    noise: QUIET,
  });
  expect(fitPowerLaw(results, { strategy: "forward" }).refusal).toMatch(/collinear/);
  expect(crossover(results, variantPairs(results)[0]!).products.kind).toBe("found");
});

test("a slow device gets smaller networks, in steps, so that most devices measure the same", () => {
  const widths = [784, 128, 64, 10];
  const largest = (secondsPerFma: number): number =>
    Math.max(
      ...planCases({ widths, length: "full" }, { secondsPerFma })
        .widths.filter((one) => one[0] !== 784)
        .map((one) => Math.max(one[0]!, one.at(-1)!) * sigmaOf(one) * secondsPerFma),
    );
  for (const secondsPerFma of [3e-10, 1e-9, 1e-8, 1e-7]) expect(largest(secondsPerFma)).toBeLessThan(0.12);
  const planned = (secondsPerFma: number) => planCases({ widths, length: "full" }, { secondsPerFma }).widths;
  expect(planned(1.3e-9)).toEqual(planned(0.7e-9));
  expect(planned(2e-8)).not.toEqual(planned(1e-9));
});

test("the network itself is left out where it would take too long or too much memory", () => {
  const leftOut = (widths: number[], secondsPerFma = 1e-9): string | null =>
    planCases({ widths, length: "full" }, { secondsPerFma }).leftOut;
  expect(leftOut([64, 32, 10])).toBeNull();
  expect(leftOut([784, 128, 64, 10, 1])).toBeNull();
  expect(leftOut([784, 128, 64, 10, 1], 1e-7)).toMatch(/would take about 8\.6 s each time/);
  expect(leftOut([4096, 4096, 4096])).toMatch(/needs \d+ MiB, and a page may take 48/);
});
