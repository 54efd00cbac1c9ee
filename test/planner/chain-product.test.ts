/** @file The planner against exhaustion: 1,000 random chains for each problem and convention. */

import { expect, test } from "vitest";
import type { ActivationKind } from "../../src/chain/activation.ts";
import { activationShape } from "../../src/chain/activation.ts";
import { buildShape } from "../../src/chain/build.ts";
import { createShape } from "../../src/chain/chain.ts";
import type { ChainShape, LayerShape } from "../../src/chain/shape.ts";
import { softmaxShape } from "../../src/chain/softmax.ts";
import { type ChainPlan, planChain, planProducts } from "../../src/planner/chain-product.ts";
import { denseElemental, type Elemental, elementalsOf } from "../../src/planner/elemental.ts";
import { createRandom, type Random } from "../../src/random.ts";
import {
  allPlanCosts,
  type BruteFactor,
  bruteForceOptimum,
  evaluatePlan,
  layerFactors,
  literatureFactor,
} from "../support/brute-force-planner.ts";

const CHAINS = 1000;
const LONGEST = 7;

type Drawn = { elementals: readonly Elemental[]; factors: readonly BruteFactor[] };

/** Chains in the literature's terms; `mixed` ones have factors without edges, and given ones beside edges. */
function drawLiterature(random: Random, mixed: boolean): Drawn {
  const length = random.integer(1, LONGEST);
  const widths = Array.from({ length: length + 1 }, () => random.integer(1, 12));
  const specs = widths.slice(1).map((m, i) => {
    const bare = mixed && random.uniform() < 0.2;
    const edges = bare ? null : random.integer(1, 150);
    return { n: widths[i]!, m, edges, given: bare || (mixed && random.uniform() < 0.2) };
  });
  return {
    elementals: specs.map(({ edges, ...spec }) => denseElemental({ ...spec, edges: edges ?? undefined })),
    factors: specs.map(({ n, m, edges, given }) => literatureFactor(n, m, edges, given)),
  };
}

/** Chains of dense layers, activations (also several in a row), softmax and log-softmax. */
function drawShape(random: Random): ChainShape {
  const layers: LayerShape[] = [];
  const length = random.integer(1, LONGEST);
  let width = random.integer(1, 9);
  while (layers.length < length) {
    const kind = random.uniform();
    if (kind < 0.5) {
      const next = random.integer(1, 9);
      layers.push(...buildShape({ widths: [width, next] }).layers);
      width = next;
    } else if (kind < 0.85) {
      const activations: ActivationKind[] = ["relu", "tanh", "sigmoid", "softplus", "identity"];
      layers.push(activationShape(activations[random.integer(0, 4)]!, width));
    } else {
      layers.push(softmaxShape(kind < 0.93 ? "softmax" : "logSoftmax", width));
    }
  }
  return createShape(layers);
}

const CONVENTIONS: Readonly<Record<string, (random: Random) => Drawn>> = {
  "file, nothing given": (random) => drawLiterature(random, false),
  "file, some given": (random) => drawLiterature(random, true),
  "matrix-free": (random) => {
    const shape = drawShape(random);
    return { elementals: elementalsOf(shape, "matrix-free"), factors: layerFactors(shape, false) };
  },
  given: (random) => {
    const shape = drawShape(random);
    return { elementals: elementalsOf(shape, "given"), factors: layerFactors(shape, true) };
  },
};

function expectConsistent(plan: ChainPlan): void {
  expect(plan.tree.totalFma).toBe(plan.fma);
  expect(plan.operations.reduce((sum, { fma, times }) => sum + times * fma, 0)).toBe(plan.fma);
  for (const [at, operation] of plan.operations.entries()) {
    expect(operation.inputs.every((input) => input < at)).toBe(true);
  }
}

for (const [convention, draw] of Object.entries(CONVENTIONS)) {
  test(`generalized chain product (${convention}): the optimum of ${CHAINS} chains, and its plan costs that`, () => {
    const random = createRandom(71);
    for (let i = 0; i < CHAINS; i++) {
      const { elementals, factors } = draw(random);
      const plan = planChain(elementals);
      expect(plan.fma).toBe(bruteForceOptimum(factors));
      expect(evaluatePlan(plan.tree, factors)).toBe(plan.fma);
      expectConsistent(plan);
    }
  });

  test(`limited memory (${convention}): the optimum of ${CHAINS} chains, and its plan costs that`, () => {
    const random = createRandom(72);
    let bound = 0;
    for (let i = 0; i < CHAINS; i++) {
      const { elementals, factors } = draw(random);
      const total = factors.reduce((sum, { edges }) => sum + (edges ?? 0), 0);
      const memory = i % 10 === 0 ? 0 : random.integer(0, total);
      const plan = planChain(elementals, { memory });
      expect(plan.fma).toBe(bruteForceOptimum(factors, memory));
      expect(evaluatePlan(plan.tree, factors, memory)).toBe(plan.fma);
      expectConsistent(plan);
      if (plan.fma > planChain(elementals).fma) bound++;
    }
    expect(bound).toBeGreaterThan(CHAINS / 50); // the bound must matter, or this shows nothing
  });

  test(`matrix chain (${convention}): the optimum of ${CHAINS} chains, and its plan costs that`, () => {
    const random = createRandom(73);
    for (let i = 0; i < CHAINS; i++) {
      const { elementals, factors } = draw(random);
      const given = factors.map((factor) => ({ ...factor, free: true }));
      const plan = planProducts(elementals);
      expect(plan.fma).toBe(bruteForceOptimum(given, Infinity, true));
      expect(evaluatePlan(plan.tree, given)).toBe(plan.fma);
      expectConsistent(plan);
    }
  });
}

test("the brute force is exhaustive: numbers of plans counted by hand", () => {
  const chain = (p: number) => Array.from({ length: p }, () => literatureFactor(2, 2, 3, false));
  // One factor: tangents or adjoints. Two: 2·2 products, 2 tangents, 2 adjoints.
  expect(allPlanCosts(chain(1))).toHaveLength(2);
  expect(allPlanCosts(chain(2))).toHaveLength(8);
  expect(allPlanCosts(chain(3))).toHaveLength(2 * (2 * 8 + 2 + 8));
  // Products of given Jacobians alone: the Catalan numbers 1, 1, 2, 5, 14, 42, 132.
  const given = (p: number) => Array.from({ length: p }, () => literatureFactor(2, 2, null, true));
  expect([1, 2, 3, 4, 5, 6, 7].map((p) => allPlanCosts(given(p), Infinity, true).length)).toEqual([
    1, 1, 2, 5, 14, 42, 132,
  ]);
});

test("memory 0 leaves tangents and products, enough memory is no bound", () => {
  const random = createRandom(74);
  for (let i = 0; i < 100; i++) {
    const { elementals } = drawLiterature(random, false);
    const none = planChain(elementals, { memory: 0 });
    expect(none.operations.filter(({ kind, mode }) => kind === "adjoint" || mode === "adjoint")).toEqual([]);
    const total = elementals.reduce((sum, { tape }) => sum + tape, 0);
    expect(planChain(elementals, { memory: total }).fma).toBe(planChain(elementals).fma);
  }
});
