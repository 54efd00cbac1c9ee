/** @file One measurement: warm-up and timing happen, accuracy is judged, memory is given back. */

import { describe, expect, test } from "vitest";
import type { Assignment } from "../../src/experiment/messages.ts";
import { followRecipe } from "../../src/experiment/recipe.ts";
import { accuracyWarnings, createVisitor } from "../../src/experiment/visitor.ts";

const assignment: Assignment = {
  cases: [
    { id: "a", recipe: { kind: "widths", widths: [3, 7, 2], activation: "tanh", rngSeed: 1 } },
    { id: "b", recipe: { kind: "widths", widths: [2, 5, 4], rngSeed: 2 } },
  ],
  variants: [
    { label: "forward", strategy: "forward", kernel: "typed", options: {} },
    { label: "gradient", strategy: "reverse-parameters", kernel: "typed", options: {} },
    { label: "differences", strategy: "finite-differences-forward", kernel: "reference", options: {} },
  ],
  timing: { minTimeSeconds: 0.0002, minSamples: 2, maxTimeSeconds: 0 },
};

describe.each([
  ["with room", undefined],
  ["without room for a second case", 0],
])("%s", (_, cacheBytes) => {
  test("every variant on every case, again and again", async () => {
    const visitor = createVisitor(assignment, followRecipe, cacheBytes);
    for (const id of ["a", "b", "a"]) {
      for (const label of ["forward", "gradient", "differences"]) {
        const { samples, secondsPrepare, maxAbsError, maxAbsReference, warnings } = await visitor.measure(
          id,
          label,
        );
        expect(samples.length).toBeGreaterThanOrEqual(1);
        expect(samples.every((seconds) => seconds > 0)).toBe(true);
        expect(secondsPrepare).toBeGreaterThanOrEqual(0);
        expect(maxAbsReference).toBeGreaterThan(0);
        expect(maxAbsError).toBeLessThanOrEqual((label === "differences" ? 1e-3 : 1e-10) * maxAbsReference);
        expect(warnings.map((warning) => warning.code)).not.toContain("inaccurate");
      }
    }
  });
});

test("the primal value alone is timed where that is asked for, with each kernel", async () => {
  const visitor = createVisitor(
    { ...assignment, timing: { ...assignment.timing, value: true } },
    followRecipe,
  );
  for (const label of ["forward", "gradient", "differences"]) {
    const { secondsValue } = await visitor.measure("a", label);
    expect(secondsValue).toBeGreaterThan(0);
    expect(secondsValue).toBeLessThan(1);
  }
  expect((await createVisitor(assignment, followRecipe).measure("a", "forward")).secondsValue).toBeNull();
});

test("what was not assigned is refused", async () => {
  const visitor = createVisitor(assignment, followRecipe);
  await expect(visitor.measure("c", "forward")).rejects.toThrow('"c" was not assigned; expected one of a, b');
  await expect(visitor.measure("a", "x")).rejects.toThrow('"x" was not assigned');
});

describe("accuracyWarnings", () => {
  test.each<[string, number, number, string[]]>([
    ["forward", 0, 1, []],
    ["forward", 1e-11, 1, []],
    ["forward", 1e-9, 1, ["inaccurate"]],
    ["forward", 1e-9, 100, []],
    ["forward", Number.NaN, 1, ["non-finite"]],
    ["forward", Number.POSITIVE_INFINITY, 1, ["non-finite"]],
    ["finite-differences-forward", 1e-6, 1, []],
  ])("%s: off by %d of %d", (strategy, error, reference, codes) => {
    expect(accuracyWarnings(strategy, error, reference).map((warning) => warning.code)).toEqual(codes);
  });

  test("names the numbers", () => {
    expect(accuracyWarnings("forward", 0.5, 2)[0]!.message).toBe(
      "the Jacobian differs from the reference by 5.00e-1; forward may differ by 2.00e-10",
    );
  });
});
