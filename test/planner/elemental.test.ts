/** @file Layers as factors under both conventions, and the homogeneous plans against the closed forms. */

import { expect, test } from "vitest";
import { predictCost } from "../../src/ad/jacobian.ts";
import { activationShape } from "../../src/chain/activation.ts";
import { buildShape } from "../../src/chain/build.ts";
import { createShape } from "../../src/chain/chain.ts";
import { residualShape } from "../../src/chain/residual.ts";
import type { ChainShape } from "../../src/chain/shape.ts";
import { softmaxShape } from "../../src/chain/softmax.ts";
import { planChain, planProducts } from "../../src/planner/chain-product.ts";
import { elementalsOf } from "../../src/planner/elemental.ts";
import { homogeneousCosts } from "../../src/planner/homogeneous.ts";
import { createRandom } from "../../src/random.ts";

const WIDTHS = [6, 9, 4, 7, 5];
const SIGMA = 6 * 9 + 9 * 4 + 4 * 7 + 7 * 5;

test("matrix-free: pure modes cost n·Σ and m·Σ", () => {
  const costs = homogeneousCosts(elementalsOf(buildShape({ widths: WIDTHS }), "matrix-free"));
  expect(costs.tangentFma).toBe(6 * SIGMA);
  expect(costs.adjointFma).toBe(5 * SIGMA);
});

test("given: pure modes cost n·(Σ − n·d_1) and m·(Σ − m·d_{p−1}), and nothing is accumulated", () => {
  const costs = homogeneousCosts(elementalsOf(buildShape({ widths: WIDTHS }), "given"));
  expect(costs.tangentFma).toBe(6 * (SIGMA - 6 * 9));
  expect(costs.adjointFma).toBe(5 * (SIGMA - 5 * 7));
  expect(costs.preaccumulationFma).toBe(0);
});

/** Shapes of all layer kinds, with and without structure at the ends. */
function shapes(): ChainShape[] {
  const inner = buildShape({ widths: [4, 3, 4], activation: "tanh" }).layers;
  return [
    buildShape({ widths: [3, 8, 5] }),
    buildShape({ widths: [5, 2, 6, 3], activation: "relu" }),
    buildShape({ widths: [4, 7, 5], activation: "sigmoid", loss: "softmax" }),
    buildShape({ widths: [4, 7, 5], activation: "identity", loss: "logSoftmax" }),
    buildShape({ widths: [9, 5], loss: "softmaxCrossEntropy" }),
    createShape([softmaxShape("softmax", 4), ...buildShape({ widths: [4, 2] }).layers]),
    createShape([softmaxShape("logSoftmax", 4), activationShape("tanh", 4)]),
    createShape([activationShape("relu", 3), ...buildShape({ widths: [3, 2] }).layers]),
    createShape([residualShape(inner), ...buildShape({ widths: [4, 6] }).layers]),
    createShape([...buildShape({ widths: [6, 4] }).layers, residualShape([residualShape(inner)])]),
    createShape([residualShape([softmaxShape("softmax", 3), activationShape("relu", 3)])]),
  ];
}

test("the homogeneous plans are the strategies forward and reverse, with dense and with read unit seeds", () => {
  for (const shape of shapes()) {
    for (const [convention, unitSeeds] of [
      ["matrix-free", "dense"],
      ["given", "read"],
    ] as const) {
      const costs = homogeneousCosts(elementalsOf(shape, convention));
      expect(costs.tangentFma).toBe(predictCost(shape, { strategy: "forward", unitSeeds }).fma);
      expect(costs.adjointFma).toBe(predictCost(shape, { strategy: "reverse", unitSeeds }).fma);
    }
  }
});

test("given: the optimum is never dearer than any strategy on the same chain", () => {
  for (const shape of shapes()) {
    const optimum = planChain(elementalsOf(shape, "given")).fma;
    for (const strategy of ["product-right-to-left", "product-left-to-right"]) {
      expect(optimum).toBeLessThanOrEqual(predictCost(shape, { strategy }).fma);
    }
    for (const strategy of ["forward", "reverse"]) {
      expect(optimum).toBeLessThanOrEqual(predictCost(shape, { strategy, unitSeeds: "read" }).fma);
    }
  }
});

test("a diagonal factor: accumulated at w, a product with it at a·b, two of them at w", () => {
  const [relu, tanh] = [activationShape("relu", 5), activationShape("tanh", 5)];
  expect(planChain(elementalsOf(createShape([relu]), "matrix-free")).fma).toBe(5);
  expect(planChain(elementalsOf(createShape([relu]), "given")).fma).toBe(0);
  expect(planChain(elementalsOf(createShape([relu, tanh]), "matrix-free")).fma).toBe(5 + 5 + 5);
  expect(planChain(elementalsOf(createShape([relu, tanh]), "given")).fma).toBe(5);
  const dense = buildShape({ widths: [5, 8] }).layers;
  expect(planChain(elementalsOf(createShape([relu, ...dense]), "given")).fma).toBe(8 * 5);
  const before = buildShape({ widths: [8, 5] }).layers;
  expect(planChain(elementalsOf(createShape([...before, relu]), "given")).fma).toBe(5 * 8);
});

test("all dense: a diagonal counts as w × w, as in the literature", () => {
  const shape = createShape([activationShape("relu", 5), ...buildShape({ widths: [5, 8] }).layers]);
  const [relu] = elementalsOf(shape, "matrix-free", true);
  expect(relu).toMatchObject({ structure: "dense", edges: 5, n: 5, m: 5 });
  expect(planChain([relu!]).fma).toBe(5 * 5);
  expect(planProducts(elementalsOf(shape, "given", true)).fma).toBe(8 * 5 * 5);
  expect(planProducts(elementalsOf(shape, "given")).fma).toBe(8 * 5);
});

test("a residual factor: |E| = inner |E| + width, its Jacobian by its own inner plan + width", () => {
  const inner = buildShape({ widths: [6, 2, 6] });
  const shape = createShape([residualShape(inner.layers)]);
  for (const convention of ["matrix-free", "given"] as const) {
    const [factor] = elementalsOf(shape, convention);
    expect(factor!.edges).toBe(2 * 6 * 2 + 6);
    const plan = planChain([factor!]);
    const innerPlan = planChain(elementalsOf(inner, convention));
    expect(plan.fma).toBe(innerPlan.fma + 6);
    expect(plan.tree.kind).toBe("inner");
    expect(plan.operations).toHaveLength(1);
    expect(plan.operations[0]).toMatchObject({ kind: "accumulate", mode: "inner", fma: plan.fma });
  }
});

test("the memory bound holds inside of a residual factor too", () => {
  const inner = buildShape({ widths: [6, 2, 6] });
  const shape = createShape([residualShape(inner.layers)]);
  const elementals = elementalsOf(shape, "matrix-free");
  expect(planChain(elementals, { memory: 0 }).fma).toBe(
    planChain(elementalsOf(inner, "matrix-free"), { memory: 0 }).fma + 6,
  );
  expect(planChain(elementals, { memory: 0 }).fma).toBeGreaterThan(planChain(elementals).fma);
});

test("pure modes are null where they do not exist", () => {
  const bare = elementalsOf(buildShape({ widths: [3, 4, 2] }), "matrix-free").map((elemental, i) =>
    i === 0 ? { ...elemental, edges: null, columnFma: null, rowFma: null, given: true } : elemental,
  );
  expect(homogeneousCosts(bare)).toMatchObject({ tangentFma: null, adjointFma: null });
  const whole = elementalsOf(buildShape({ widths: [3, 4, 2] }), "matrix-free"); // tapes 12 and 8
  expect(homogeneousCosts(whole, 20).adjointFma).toBe(2 * 20);
  expect(homogeneousCosts(whole, 19)).toMatchObject({ adjointFma: null, tangentFma: 3 * 20 });
  const given = elementalsOf(buildShape({ widths: [3, 4, 2] }), "given"); // only F1 is taped
  expect(homogeneousCosts(given, 12).adjointFma).toBe(2 * 12);
  expect(homogeneousCosts(given, 11).adjointFma).toBeNull();
});

test("under a memory bound the optimum is never dearer than a pure mode that fits", () => {
  const random = createRandom(11);
  for (let i = 0; i < 200; i++) {
    const widths = Array.from({ length: random.integer(2, 7) }, () => random.integer(1, 20));
    const elementals = elementalsOf(buildShape({ widths, activation: "relu" }), "given");
    const memory = random.integer(0, 600);
    const { tangentFma, adjointFma } = homogeneousCosts(elementals, memory);
    const optimum = planChain(elementals, { memory }).fma;
    expect(optimum).toBeLessThanOrEqual(tangentFma!);
    expect(optimum).toBeLessThanOrEqual(adjointFma ?? Number.POSITIVE_INFINITY);
  }
});
