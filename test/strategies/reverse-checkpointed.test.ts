/** @file The checkpointed reverse sweep: the plain one's bits, Griewank and Walther's number of steps, and its memory. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCost, predictCost, prepareJacobian } from "../../src/ad/jacobian.ts";
import { entries } from "../../src/array.ts";
import { buildChain, buildShape, randomPoint } from "../../src/chain/build.ts";
import { usableKernels } from "../../src/kernels/index.ts";
import { planCheckpoints, revolveUntapedSteps } from "../../src/planner/checkpointing.ts";
import { checkpointLayout } from "../../src/strategies/checkpoint-plan.ts";
import { type ChainAtPoint, chainArbitrary } from "../support/random-chains.ts";

/** L layers of one width, without activations: every state but the result is of that width. */
const equal = (L: number, width = 3): number[] => new Array<number>(L + 1).fill(width);

/** Layers visited by evaluations, those with taping (one a layer) left out. */
function untapedLayers(widths: readonly number[], snapshots: number | "all"): number {
  const shape = buildShape({ widths });
  const { operations } = predictCost(shape, { strategy: "reverse-checkpointed", snapshots });
  const visits = operations
    .filter(({ kind }) => kind === "evaluate")
    .reduce((sum, { first, last, times }) => sum + times * (last - first + 1), 0);
  return visits - shape.layers.length;
}

describe("reverse-checkpointed", () => {
  it("gives the bits of the plain reverse sweep of the same block form, on every kernel", () => {
    let scalar = 0;
    fc.assert(
      fc.property(chainArbitrary({ largest: 12 }), ({ chain, x }: ChainAtPoint) => {
        if (chain.m === 1) scalar++;
        const plain =
          chain.m === 1
            ? { strategy: "reverse" }
            : { strategy: "reverse-blocked", blockSize: "all" as const };
        for (const unitSeeds of ["dense", "read"] as const) {
          for (const { id: kernel } of usableKernels()) {
            const expected = entries(prepareJacobian(chain, x, { ...plain, unitSeeds, kernel }).run());
            for (const snapshots of [1, 2, 4, "all"] as const) {
              const choice = { strategy: "reverse-checkpointed", snapshots, unitSeeds, kernel };
              expect(entries(prepareJacobian(chain, x, choice).run())).toEqual(expected);
            }
          }
        }
      }),
      { numRuns: 80, seed: 11 },
    );
    expect(scalar).toBeGreaterThan(10);
  });

  it("gives the plain gradient bit by bit through deep chains, planned (≤ 60 layers) and binomial (more)", () => {
    for (const depth of [25, 40]) {
      const widths = [9, ...Array.from({ length: depth - 1 }, (_, i) => 4 + ((7 * i) % 9)), 5];
      const chain = buildChain({ widths, activation: "tanh", loss: "softmaxCrossEntropy", rngSeed: 3 });
      const x = randomPoint(chain.n, 4);
      const expected = entries(prepareJacobian(chain, x, { strategy: "reverse" }).run());
      expect(expected.some((value) => value !== 0)).toBe(true);
      for (const snapshots of [1, 2, 3, 6, 11, "all"] as const) {
        const choice = { strategy: "reverse-checkpointed", snapshots };
        expect(entries(prepareJacobian(chain, x, choice).run())).toEqual(expected);
        const { jacobian, ...counted } = countCost(chain, x, choice);
        expect(counted).toEqual(predictCost(chain.shape, choice));
        expect(entries(jacobian).map(Math.abs).every(Number.isFinite)).toBe(true);
      }
    }
  });

  it("reads x anew at each run", () => {
    const chain = buildChain({ widths: [4, 5, 6, 3], activation: "tanh", rngSeed: 1 });
    const x = randomPoint(4, 1);
    const { run } = prepareJacobian(chain, x, { strategy: "reverse-checkpointed", snapshots: 2 });
    const before = entries(run());
    x.set(0, x.get(0)! + 1);
    const fresh = prepareJacobian(chain, x, { strategy: "reverse-blocked", blockSize: "all" });
    expect(entries(run())).toEqual(entries(fresh.run()));
    expect(entries(run())).not.toEqual(before);
  });

  it("runs r·L − C(s + r, r − 1) equal layers without taping, counted", () => {
    for (const L of [1, 2, 5, 12, 31, 60, 61, 90]) {
      for (const s of [1, 2, 3, 5, 9, 100]) {
        expect(untapedLayers(equal(L), s), `L = ${L}, s = ${s}`).toBe(revolveUntapedSteps(L, s));
      }
      expect(untapedLayers(equal(L), "all")).toBe(L - 1);
    }
    const chain = buildChain({ widths: equal(20), rngSeed: 2 });
    const counted = countCost(chain, randomPoint(3, 1), { strategy: "reverse-checkpointed", snapshots: 3 });
    expect(counted.primalEvaluations * 20 - 20).toBe(revolveUntapedSteps(20, 3));
    expect(counted.primalFma).toBe(9 * (20 + revolveUntapedSteps(20, 3)));
    expect(counted.timedPrimalFma).toBe(counted.primalFma);
  });

  it("keeps memory for s states of the widest kind, and no more work than the plan in these bytes", () => {
    const shape = buildShape({ widths: [30, 8, 24, 3, 16, 40, 5, 12, 2], activation: "relu" });
    const states = shape.widths.slice(0, -1);
    const widest = Math.max(...states.slice(1));
    let before = Infinity;
    for (const s of [1, 2, 3, 4, 5]) {
      const { snapshotEntries } = checkpointLayout(shape, s);
      expect(snapshotEntries).toBeLessThanOrEqual((s - 1) * widest);
      const plan = planCheckpoints({
        stepCosts: shape.layers.map((layer) => layer.valueFma),
        snapshotBytes: states.map((width) => 8 * width),
        budgetBytes: 8 * (states[0]! + (s - 1) * widest),
      });
      expect(8 * (states[0]! + snapshotEntries)).toBe(plan.peakSnapshotBytes);
      const { primalFma } = predictCost(shape, { strategy: "reverse-checkpointed", snapshots: s });
      const taped = shape.layers.reduce((sum, layer) => sum + layer.lineariseFma, 0);
      expect(primalFma - taped).toBe(plan.untapedCost);
      expect(primalFma).toBeLessThanOrEqual(before);
      before = primalFma;
    }
  });

  it("takes less memory the fewer snapshots it has, down to less than the tape", () => {
    const shape = buildShape({
      widths: [64, ...new Array<number>(30).fill(64), 4],
      activation: "tanh",
      loss: "softmaxCrossEntropy",
    });
    const bytes = (snapshots: number | "all") =>
      predictCost(shape, { strategy: "reverse-checkpointed", snapshots }).bytes;
    const sizes = [bytes(1), bytes(2), bytes(4), bytes(8), bytes("all")];
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(bytes(3)).toBe(bytes(2) + 8 * 64);
    expect(bytes(4)).toBeLessThan(0.6 * predictCost(shape, { strategy: "reverse" }).bytes);
  });

  it("refuses numbers of snapshots that cannot be, and strategies that keep none", () => {
    const shape = buildShape({ widths: [3, 2] });
    for (const snapshots of [0, -1, 1.5, Number.NaN]) {
      expect(() => predictCost(shape, { strategy: "reverse-checkpointed", snapshots })).toThrow(
        `snapshots is ${snapshots}; expected a positive integer or "all"`,
      );
    }
    expect(() => predictCost(shape, { strategy: "reverse", snapshots: 3 })).toThrow(
      "has no option snapshots",
    );
  });
});
