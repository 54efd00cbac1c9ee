/** @file The advice in words, and the width at which it changes. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { buildShape } from "../../src/chain/build.ts";
import { createShape } from "../../src/chain/chain.ts";
import { residualShape } from "../../src/chain/residual.ts";
import { adviseChain } from "../../src/planner/advised-plan.ts";
import { bracketingText } from "../../src/planner/bracketing.ts";
import { planChain } from "../../src/planner/chain-product.ts";
import { denseElemental, type Elemental, elementalsOf } from "../../src/planner/elemental.ts";
import {
  type AdviceInput,
  describeOperations,
  explainPlan,
  grouped,
  timesAsMuch,
} from "../../src/planner/explain.ts";
import { homogeneousCosts } from "../../src/planner/homogeneous.ts";
import { mixedWins, switchWidth } from "../../src/planner/switch-width.ts";
import { LEAST_SAVING } from "../../src/planner/worth.ts";

function advise(elementals: readonly Elemental[], more: Partial<AdviceInput> = {}) {
  const [plan, costs] = [planChain(elementals), homogeneousCosts(elementals)];
  return explainPlan({ convention: "matrix-free", plan, costs, ...more });
}

const chain = (...widths: number[]) => elementalsOf(buildShape({ widths }), "matrix-free");

const ALL = "No plan of tangents, adjoints and products of whole factors is cheaper.";

test("reverse mode, with what the others cost; the convention first", () => {
  const { strategy, saving, sentences } = advise(chain(784, 512, 256, 128, 10));
  expect({ strategy, saving }).toEqual({ strategy: "reverse", saving: 0 });
  expect(sentences).toEqual([
    "Counted as JAX and PyTorch work: unit seeds are dense, and no layer's matrix is at hand.",
    `Reverse mode (10 VJPs) is the cheapest: 5,665,280 FMA. ${ALL}`,
    "Forward mode costs 444,157,952 FMA (78.4 times as much), accumulating every factor and multiplying costs " +
      "248,934,912 FMA (43.9 times as much).",
    "A JVP and a VJP cost the same, 566,528 FMA, so the mode with fewer seeds wins: m = 10 against n = 784.",
  ]);
});

test("forward mode, and one JVP in the singular", () => {
  expect(advise(chain(1, 20, 30)).sentences[1]).toBe(`Forward mode (1 JVP) is the cheapest: 620 FMA. ${ALL}`);
});

test("a tie of the pure modes is called one", () => {
  const { strategy, sentences } = advise(chain(4, 9, 4));
  expect(strategy).toBe("forward");
  expect(sentences[1]).toBe(`Forward mode (4 JVPs) and reverse mode (4 VJPs) cost the same: 288 FMA. ${ALL}`);
});

test("with matrices at hand the pure modes are products, and fewer seeds are no reason", () => {
  const at = (...widths: number[]) => {
    const elementals = elementalsOf(buildShape({ widths }), "given");
    return advise(elementals, { convention: "given" }).sentences;
  };
  const wide = at(110, 1000, 10, 100);
  expect(wide[1]).toBe(`Products from the right (110 columns) are the cheapest: 1,210,000 FMA. ${ALL}`);
  expect(wide[2]).toContain("Products from the left cost 12,000,000 FMA (9.92 times as much)");
  expect(wide.join(" ")).not.toMatch(/forward|reverse|fewer seeds/i);
  expect(at(784, 512, 10)[1]).toBe(
    `Products from the right (784 columns) and products from the left (10 rows) cost the same: 4,014,080 FMA. ${ALL}`,
  );
  expect(at(784, 10)).toEqual([
    expect.stringContaining("at hand"),
    "Nothing to compute: the Jacobian is at hand.",
  ]);
});

test("the mode with fewer seeds is said to win only where it does", () => {
  const widths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 6 });
  let said = 0;
  fc.assert(
    fc.property(widths, fc.constantFrom("given", "matrix-free"), (list, convention) => {
      const elementals = elementalsOf(buildShape({ widths: list }), convention);
      const { tangentFma, adjointFma } = homogeneousCosts(elementals);
      const sentence = advise(elementals, { convention }).sentences.find((one) =>
        one.includes("fewer seeds"),
      );
      if (sentence === undefined) return;
      said++;
      const [n, m] = [list[0]!, list.at(-1)!];
      expect(n < m ? tangentFma! < adjointFma! : adjointFma! < tangentFma!).toBe(true);
      expect(sentence).toContain(n < m ? `n = ${n} against m = ${m}` : `m = ${m} against n = ${n}`);
    }),
    { seed: 12, numRuns: 300 },
  );
  expect(said).toBeGreaterThan(50);
});

test("a plan that saves less than 2 % is not worth it, and the pure mode is advised", () => {
  // The README's network with ReLU and a softmax: with matrices at hand the best plan saves 0.16 %.
  const shape = buildShape({ widths: [784, 512, 256, 128, 10], activation: "relu", loss: "softmax" });
  const { strategy, saving, sentences } = advise(elementalsOf(shape, "given"), { convention: "given" });
  expect(strategy).toBe("reverse");
  expect(saving).toBeGreaterThan(0.001);
  expect(saving).toBeLessThan(LEAST_SAVING);
  expect(sentences[1]).toMatch(
    /^Products from the left \(10 rows\) are advised: [\d,]+ FMA\. The cheapest, a mixed plan, would take [\d,]+ FMA, 0\.16 % less: not worth it\.$/,
  );
  expect(sentences.join(" ")).not.toMatch(/cheapest:/);
  // Just above the bound it is.
  expect(advise(chain(60, 40, 3, 40, 60)).strategy).toBe("mixed");
});

test("how many times: per cent below a tenth more, whole numbers from a thousand on", () => {
  expect([1.0016, 1.099, 1.1, 78.42, 1083.4, 333_333].map(timesAsMuch)).toEqual([
    "0.16 % more",
    "9.9 % more",
    "1.10 times as much",
    "78.4 times as much",
    "1,083 times as much",
    "333,333 times as much",
  ]);
});

test("a bottleneck: where the chain is cut, and how each part is done", () => {
  const { strategy, sentences } = advise(chain(60, 40, 3, 40, 60));
  expect(strategy).toBe("mixed");
  expect(sentences).toContain(
    "The chain is cut after factor 2, where it is 3 wide: factors 1–2 in reverse (3 VJPs), factors 3–4 forward " +
      "(3 JVPs), then one product of 60 × 3 by 3 × 60.",
  );
});

test("a bottleneck with one layer behind it: the columns are pushed", () => {
  expect(advise(chain(64, 6, 64)).sentences).toContain(
    "The chain is cut after factor 1, where it is 6 wide: factor 1 in reverse (6 VJPs), then the 64 columns of " +
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
  const { strategy, saving, sentences } = advise(elementals, { convention: "file" });
  expect({ strategy, saving }).toEqual({ strategy: "products", saving: null });
  expect(sentences[0]).toMatch(/chain file/);
  expect(sentences[1]).toContain("162 FMA");
});

test("of the switch only what was tried is said", () => {
  const place = { after: 1, width: 6, widest: 64 };
  const words = (switchedAt: number | null) =>
    advise(chain(64, 6, 64), { narrowest: { ...place, switchWidth: switchedAt } }).sentences.join(" ");
  expect(words(12)).toContain(
    "With the narrowest place (after factor 1, now 6 wide) at width 12 a mixed plan would still be cheaper than both pure modes, at 13 it would not.",
  );
  expect(words(null)).toContain(
    "Even with the narrowest place (after factor 1, now 6 wide) at width 1 no mixed plan would be cheaper",
  );
  expect(words(64)).toContain(
    "as wide as 64, the widest that was tried, a mixed plan would still be cheaper",
  );
});

test("a bound on the tape is said first, and nothing is claimed beyond it", () => {
  const elementals = chain(50, 80, 20, 80, 50);
  const memory = 3000;
  const bounded = explainPlan({
    convention: "matrix-free",
    plan: planChain(elementals, { memory }),
    costs: homogeneousCosts(elementals, memory),
    memory,
  });
  const text = bounded.sentences.join(" ");
  expect(bounded.sentences[0]).toContain("The tape of an adjoint is bounded to 3,000.");
  expect(text).toContain("is cheaper within this bound.");
  expect(text).toContain("Reverse mode: the tape exceeds the bound.");
});

test("with a residual layer the modes are no products of matrices, and are not called so", () => {
  const inner = buildShape({ widths: [9, 4, 9], activation: "tanh" }).layers;
  const shape = createShape([
    ...buildShape({ widths: [12, 9] }).layers,
    residualShape(inner),
    ...buildShape({ widths: [9, 7] }).layers,
  ]);
  const { advice, areProducts } = adviseChain(shape, "given", null);
  expect(areProducts).toBe(false);
  expect(advice.sentences[0]).not.toContain("products from one end");
  expect(advice.sentences.join(" ")).toMatch(/mode with (rows|columns) read/);
  expect(adviseChain(buildShape({ widths: [3, 4, 2], activation: "relu" }), "given", null).areProducts).toBe(
    true,
  );
});

test("a cost beyond the exact integers has four digits and a power of ten", () => {
  expect([0.5, 2 ** 53 - 1, 2 ** 60].map(grouped)).toEqual([
    "0.5",
    "9,007,199,254,740,991",
    "≈ 1.153 × 10¹⁸",
  ]);
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

test("on both sides of the switch width the planner says what is said of them, also where a mixed plan wins again", () => {
  // Above 200 the given chain 200-200-h-200-200 is mixed again: no word may speak of widths beyond those tried.
  const at = (h: number) => elementalsOf(buildShape({ widths: [200, 200, h, 200, 200] }), "given");
  expect(switchWidth(at, 200)).toBe(199);
  expect([199, 200, 300].map((h) => mixedWins(at(h)))).toEqual([true, false, true]);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 5 }),
      fc.constantFrom("given" as const, "matrix-free" as const),
      fc.integer({ min: 1, max: 60 }),
      (widths, convention, widest) => {
        const of = (h: number) =>
          elementalsOf(buildShape({ widths: widths.map((own, i) => (i === 1 ? h : own)) }), convention);
        const found = switchWidth(of, widest);
        if (found === null) expect(mixedWins(of(1))).toBe(false);
        else {
          expect(mixedWins(of(found))).toBe(true);
          if (found < widest) expect(mixedWins(of(found + 1))).toBe(false);
        }
      },
    ),
    { seed: 13, numRuns: 100 },
  );
  expect(switchWidth((h) => chain(3, h, 1), 50)).toBeNull();
});

test("of equals the plan has fewer seeds: reverse where rows are fewer, forward where columns are", () => {
  const text = (...widths: number[]) =>
    bracketingText(planChain(elementalsOf(buildShape({ widths }), "given")).tree);
  // Each pair is one product of two given matrices: 10 rows or 784 columns, at the same FMA.
  expect(text(784, 512, 10)).toBe("(F2)A[F1]");
  expect(text(10, 512, 784)).toBe("T[F2](F1)");
  const { sentences } = advise(elementalsOf(buildShape({ widths: [200, 200, 5, 200, 200] }), "given"));
  expect(sentences.join(" ")).toContain("factors 1–2 in reverse (5 VJPs), factors 3–4 forward (5 JVPs)");
});
