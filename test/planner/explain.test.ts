/** @file The advice in words, and the width at which it changes. */

import { expect, test } from "vitest";
import { buildShape } from "../../src/chain/build.ts";
import { planChain } from "../../src/planner/chain-product.ts";
import { denseElemental, type Elemental, elementalsOf } from "../../src/planner/elemental.ts";
import { type AdviceInput, describeOperations, explainPlan, grouped } from "../../src/planner/explain.ts";
import { homogeneousCosts } from "../../src/planner/homogeneous.ts";
import { mixedWins, switchWidth } from "../../src/planner/switch-width.ts";

function advise(elementals: readonly Elemental[], more: Partial<AdviceInput> = {}) {
  const [plan, costs] = [planChain(elementals), homogeneousCosts(elementals)];
  return explainPlan({ convention: "matrix-free", plan, costs, ...more });
}

const chain = (...widths: number[]) => elementalsOf(buildShape({ widths }), "matrix-free");

test("reverse mode, with what the others cost", () => {
  const { strategy, sentences } = advise(chain(784, 512, 256, 128, 10));
  expect(strategy).toBe("reverse");
  expect(sentences[0]).toBe("Reverse mode (10 VJPs) is the cheapest: 5,665,280 FMA; no plan is cheaper.");
  expect(sentences[1]).toBe(
    "Forward mode costs 444,157,952 FMA (78.4 times as much), accumulating every factor and multiplying costs " +
      "248,934,912 FMA (43.9 times as much).",
  );
  expect(sentences.at(-1)).toContain("`matrix-free`");
});

test("forward mode, and one JVP in the singular", () => {
  expect(advise(chain(1, 20, 30)).sentences[0]).toBe(
    "Forward mode (1 JVP) is the cheapest: 620 FMA; no plan is cheaper.",
  );
});

test("a tie of the pure modes is called one", () => {
  const { strategy, sentences } = advise(chain(4, 9, 4));
  expect(strategy).toBe("forward");
  expect(sentences[0]).toBe("Forward and reverse mode cost the same, 288 FMA, and no plan is cheaper.");
});

test("a bottleneck: where the chain is cut, and how each part is done", () => {
  const { strategy, sentences } = advise(chain(60, 40, 3, 40, 60));
  expect(strategy).toBe("mixed");
  expect(sentences).toContain(
    "The chain is cut after factor 2, where its width is h = 3: factors 1–2 in reverse (3 VJPs), factors 3–4 forward " +
      "(3 JVPs), then one product of 60 × 3 by 3 × 60.",
  );
});

test("a bottleneck with one layer behind it: the columns are pushed", () => {
  expect(advise(chain(64, 6, 64)).sentences).toContain(
    "The chain is cut after factor 1, where its width is h = 6: factor 1 in reverse (6 VJPs), then the 64 columns of " +
      "that block are pushed through factor 2.",
  );
  expect(advise(chain(64, 64, 6, 60)).sentences.join(" ")).toMatch(/are pushed through factor 3|one product/);
});

test("a bottleneck with one layer before it: the rows are pulled back", () => {
  // Wide to the right: pulling 64 rows back through F1 beats the product with its explicit Jacobian.
  const elementals = [
    denseElemental({ n: 64, m: 6, edges: 300 }),
    denseElemental({ n: 6, m: 64, edges: 384 }),
  ];
  expect(advise(elementals).sentences.join(" ")).toContain(
    "factor 2 forward (6 JVPs), then the 64 rows of that block are pulled back through factor 1.",
  );
});

test("given matrices alone: products", () => {
  const elementals = [denseElemental({ n: 9, m: 2 }), denseElemental({ n: 2, m: 9 })];
  const { strategy, sentences } = advise(elementals, { convention: "file" });
  expect(strategy).toBe("products");
  expect(sentences[0]).toContain("162 FMA");
  expect(sentences.at(-1)).toContain("`file`");
});

test("memory is told where it is known", () => {
  const bytes = [
    { strategy: "optimal", bytes: 2_400_000 },
    { strategy: "forward", bytes: 1_024 },
  ];
  expect(advise(chain(3, 4, 2), { bytes }).sentences).toContain(
    "Memory at the peak: optimal 2.40 MB, forward 1,024 bytes.",
  );
});

test("the switch in words", () => {
  const place = { after: 1, width: 6, widest: 64 };
  const words = (switchedAt: number | null) =>
    advise(chain(64, 6, 64), { narrowest: { ...place, switchWidth: switchedAt } }).sentences.join(" ");
  expect(words(12)).toContain(
    "The switch is at width 12 of the narrowest place (after factor 1, now 6 wide): up to there a mixed plan is cheaper than both pure modes, from 13 on it is not.",
  );
  expect(words(null)).toContain("No width of the narrowest place (after factor 1, now 6 wide)");
  expect(words(64)).toContain("for every width of the narrowest place (after factor 1, now 6 wide) up to 64");
});

test("the operations, one line each, with costs that add up", () => {
  const plan = planChain(chain(60, 40, 3, 40, 60));
  expect(describeOperations(plan)).toEqual([
    "form the Jacobian of factor 2 by 3 VJPs: 360 FMA",
    "pull 3 rows back through factor 1 (3 VJPs): 7,200 FMA",
    "form the Jacobian of factor 3 by 3 JVPs: 360 FMA",
    "push 3 columns through factor 4 (3 JVPs): 7,200 FMA",
    "multiply the two blocks of factors 1–4: 10,800 FMA",
  ]);
  expect(360 + 7200 + 360 + 7200 + 10800).toBe(plan.fma);
  expect(describeOperations(planChain([denseElemental({ n: 2, m: 3 })]))).toEqual([
    "nothing to do: the Jacobian is given",
  ]);
});

test("numbers are grouped by three digits", () => {
  expect([0, 999, 1000, 1_234_567].map(grouped)).toEqual(["0", "999", "1,000", "1,234,567"]);
});

test("the switch width is where a scan over all widths finds it", () => {
  for (const [n, w, m] of [
    [40, 30, 40],
    [50, 20, 35],
    [30, 60, 45],
  ] as const) {
    for (const convention of ["matrix-free", "given"] as const) {
      const at = (h: number) =>
        elementalsOf(buildShape({ widths: [n, w, h, w, m], activation: "relu" }), convention);
      const scanned = Array.from({ length: 100 }, (_, i) => i + 1).filter((h) => mixedWins(at(h)));
      const found = switchWidth(at, 100);
      // One switch: all widths below it win, none above.
      expect(scanned).toEqual(Array.from({ length: found ?? 0 }, (_, i) => i + 1));
    }
  }
  expect(switchWidth((h) => chain(3, h, 1), 50)).toBeNull();
});
