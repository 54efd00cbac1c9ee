/** @file One exponent where n moves with Σ by necessity: found, named, and only there. */

import { expect, test } from "vitest";
import { fitPowerLaw } from "../../analysis/laws/power-law.ts";
import { fitSingleLaw, singleLawText } from "../../analysis/laws/single-law.ts";
import { gridWidths, syntheticResults, variantOf } from "../support/synthetic-results.ts";

const variants = [
  variantOf("forward-parameters", { withRespectTo: "parameters" }),
  variantOf("reverse-parameters", { withRespectTo: "parameters" }),
];
const widths = gridWidths([4, 12, 36], [6], [8, 20, 48]);
const run = (power: number) =>
  syntheticResults({
    widths,
    variants,
    law: (record, variant) =>
      1e-9 * ((variant.mode === "reverse" ? record.m : record.parameters) * record.sigma) ** power,
  });

test.each(variants)("$label: the power law is refused, one exponent is not", ({ label }) => {
  const results = run(1);
  expect(fitPowerLaw(results, { variant: label }).refusal).toMatch(/n and Σ move together/);
  const law = fitSingleLaw(results, { variant: label })!;
  expect(law.exponent.interval95![0]).toBeLessThanOrEqual(1);
  expect(law.exponent.interval95![1]).toBeGreaterThanOrEqual(1);
  expect(law.exponent.estimate).toBeCloseTo(1, 1);
  expect(law.cases).toBe(9);
  const symbol = label.startsWith("forward") ? "n·Σ" : "m·Σ";
  expect(singleLawText(law)).toMatch(
    new RegExp(`^t ∝ \\(${symbol}\\)\\^[01]\\.\\d\\d \\[.*\\], one exponent for both`),
  );
});

test("another exponent is found as such", () => {
  const law = fitSingleLaw(run(1.3), { variant: "forward-parameters" })!;
  expect(law.exponent.interval95![0]).toBeGreaterThan(1.2);
  expect(law.exponent.estimate).toBeCloseTo(1.3, 1);
});

test("none where the power law stands by itself, for too few cases, or without intervals", () => {
  expect(fitSingleLaw(syntheticResults(), { variant: "forward" })).toBeNull();
  const few = syntheticResults({ widths: widths.slice(0, 3), variants });
  expect(fitSingleLaw(few, { variant: "forward-parameters" })).toBeNull();
  const quick = { ...run(1), quick: true };
  expect(fitSingleLaw(quick, { variant: "forward-parameters" })!.exponent.interval95).toBeNull();
});
