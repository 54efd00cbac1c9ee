/** @file Chains with a known optimum: textbooks, closed forms, sizes at which costs overflow, long chains. */

import { expect, test } from "vitest";
import { JacobenchError } from "../../src/errors.ts";
import { bracketingText } from "../../src/planner/bracketing.ts";
import { planChain, planProducts } from "../../src/planner/chain-product.ts";
import { denseElemental } from "../../src/planner/elemental.ts";
import { homogeneousCosts } from "../../src/planner/homogeneous.ts";
import { createRandom } from "../../src/random.ts";

/** A chain of given matrices A_1 (d_0 × d_1) · A_2 (d_1 × d_2) · …, as books write it: the last one is applied first. */
function matrices(...dimensions: number[]) {
  const reversed = [...dimensions].reverse();
  return reversed.slice(1).map((m, i) => denseElemental({ n: reversed[i]!, m }));
}

function dense(...widths: number[]) {
  return widths.slice(1).map((m, i) => denseElemental({ n: widths[i]!, m, edges: widths[i]! * m }));
}

const TEXTBOOKS: readonly [source: string, dimensions: number[], optimum: number][] = [
  ["Cormen et al., Introduction to Algorithms, matrix-chain example", [30, 35, 15, 5, 10, 20, 25], 15_125],
  ["Cormen et al., Introduction to Algorithms, exercise 15.2-1", [5, 10, 3, 12, 5, 50, 6], 2_010],
  ["Wikipedia, Matrix chain multiplication, the introductory example", [10, 30, 5, 60], 4_500],
];

for (const [source, dimensions, optimum] of TEXTBOOKS) {
  test(`matrix chain ${dimensions.join(", ")} costs ${optimum} (${source})`, () => {
    expect(planChain(matrices(...dimensions)).fma).toBe(optimum);
    expect(planProducts(matrices(...dimensions)).fma).toBe(optimum);
  });
}

test("the bracketing of the textbook's example is the textbook's: (A1 (A2 A3)) ((A4 A5) A6)", () => {
  const { tree } = planChain(matrices(30, 35, 15, 5, 10, 20, 25));
  // A1 is applied last, so it is F6.
  expect(bracketingText(tree)).toBe("((F6 (F5 F4)) ((F3 F2) F1))");
});

test("an elemental of the literature: the example of Naumann's repository, 3-3-1-2 with 29, 14 and 7 edges", () => {
  const chain = [
    denseElemental({ n: 3, m: 3, edges: 29 }),
    denseElemental({ n: 3, m: 1, edges: 14 }),
    denseElemental({ n: 1, m: 2, edges: 7 }),
  ];
  // By hand: F2 by one adjoint (14), its row through F1 (29), F3 by one tangent (7), the outer product 2·1·3 (6).
  expect(planChain(chain).fma).toBe(14 + 29 + 7 + 6);
  expect(homogeneousCosts(chain)).toEqual({
    tangentFma: 3 * 50,
    adjointFma: 2 * 50,
    preaccumulationFma: 3 * 29 + 14 + 7,
    productsFma: 15,
    preaccumulatedProductsFma: 123,
  });
});

test("a bottleneck of width h costs h·Σ plus the outer product, once both halves have two layers", () => {
  const [n, w, h] = [60, 40, 3];
  const sigma = 2 * (n * w + w * h);
  const plan = planChain(dense(n, w, h, w, n));
  expect(plan.fma).toBe(h * sigma + n * h * n);
  expect(bracketingText(plan.tree)).toBe("(T[F4](T[F3]) (A[F2])A[F1])");
});

test("for a scalar output reverse mode is optimal, for a scalar input forward mode", () => {
  const random = createRandom(5);
  for (let i = 0; i < 50; i++) {
    const widths = Array.from({ length: random.integer(2, 9) }, () => random.integer(1, 30));
    const toScalar = dense(...widths, 1);
    const fromScalar = dense(1, ...widths);
    expect(planChain(toScalar).fma).toBe(homogeneousCosts(toScalar).adjointFma);
    expect(planChain(fromScalar).fma).toBe(homogeneousCosts(fromScalar).tangentFma);
  }
});

const LARGEST = Number.MAX_SAFE_INTEGER;

test("costs up to 2^53 − 1 are exact", () => {
  const single = planChain([denseElemental({ n: 1, m: 3, edges: LARGEST })]);
  expect(single.fma).toBe(LARGEST);
  // The dear ways round beyond 2^53; the cheap one must not be touched by that.
  const chain = [
    denseElemental({ n: 2 ** 30, m: 2 ** 30, edges: 1 }),
    denseElemental({ n: 2 ** 30, m: 1, edges: 4_503_599_627_370_495 }),
    denseElemental({ n: 1, m: 2 ** 30 }),
  ];
  // One adjoint through F2 and F1, then the outer product with the given F3 is beyond 2^53: the block alone is exact.
  expect(planChain(chain.slice(0, 2)).fma).toBe(4_503_599_627_370_496);
  expect(() => planChain(chain)).toThrow(/2\^53/);
});

test("costs beyond 2^53 − 1 are refused, not rounded", () => {
  const large = dense(1e6, 1e6, 1e6);
  const attempt = () => planChain(large);
  expect(attempt).toThrow(JacobenchError);
  expect(attempt).toThrow(expect.objectContaining({ code: "ERR_RANGE", isInputError: true }));
  expect(attempt).toThrow(/even the cheapest plan costs/);
  // Forward mode of a tall chain is too dear to be counted, and the exact number is told.
  const tall = [denseElemental({ n: 3_000_000_001, m: 1, edges: 3_000_000_007 })];
  expect(planChain(tall).fma).toBe(3_000_000_007);
  expect(() => homogeneousCosts(tall)).toThrow(/pure tangent mode costs: 9000000024000000007 FMA/);
  expect(() => planChain([...tall, denseElemental({ n: 1, m: 1, edges: LARGEST })])).toThrow(
    expect.objectContaining({ code: "ERR_CONFIG" }),
  );
});

test("a preaccumulation total beyond 32 bits is exact", () => {
  const chain = [denseElemental({ n: 70_001, m: 70_003, edges: 70_009 })];
  expect(homogeneousCosts(chain).preaccumulationFma).toBe(70_001 * 70_009); // 4,900,700,009
});

test("long chains: 300 factors with progress that rises to 1, and a chain of products as deep as it is long", () => {
  const random = createRandom(6);
  const widths = Array.from({ length: 301 }, () => random.integer(1, 50));
  const shares: number[] = [];
  const plan = planChain(
    widths.slice(1).map((m, i) => denseElemental({ n: widths[i]!, m, edges: random.integer(1, 5000) })),
    { onProgress: (done) => shares.push(done) },
  );
  expect(plan.operations.reduce((sum, { fma }) => sum + fma, 0)).toBe(plan.fma);
  expect(shares).toHaveLength(300);
  expect(shares.every((share, i) => share > (shares[i - 1] ?? 0))).toBe(true);
  expect(shares.at(-1)).toBe(1);
  // Falling widths: the last product is always the cheapest, so the bracketing leans to one side.
  const deep = planChain(Array.from({ length: 600 }, (_, i) => denseElemental({ n: 601 - i, m: 600 - i })));
  expect(deep.operations).toHaveLength(599);
  expect(bracketingText(deep.tree).startsWith("(((")).toBe(true);
});

test("what is no chain is refused", () => {
  const factor = denseElemental({ n: 2, m: 3, edges: 5 });
  expect(() => planChain([])).toThrow(/no factors/);
  expect(() => planChain([factor, factor])).toThrow(/factor 2: n is 2, but factor 1 has m = 3/);
  expect(() => planChain([factor], { memory: Number.NaN })).toThrow(/memory is NaN/);
  expect(() => planChain([factor], { memory: -1 })).toThrow(expect.objectContaining({ code: "ERR_RANGE" }));
  const many = Array.from({ length: 3001 }, () => denseElemental({ n: 1, m: 1 }));
  expect(() => planChain(many)).toThrow(/3001 factors; expected at most 3000/);
});
