/** @file Layers keep their digits over the whole range of float64: a drawn sample; the bulk is in the integration tests. */

import { describe, expect, it, test } from "vitest";
import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { entries, toRows, vector } from "../../src/array.ts";
import { createChain, evaluate } from "../../src/chain/chain.ts";
import { softmaxCrossEntropy } from "../../src/chain/loss.ts";
import { logSoftmax, softmax } from "../../src/chain/softmax.ts";
import { usableKernels } from "../../src/kernels/index.ts";
import { createWorkspace } from "../../src/kernels/types.ts";
import { STRATEGIES } from "../../src/strategies/index.ts";
import { expectChainDigits, expectDigits } from "../support/digits-properties.ts";
import { LAYER_KINDS } from "../support/layer-digits.ts";

describe("values and Jacobians, by every way and on every kernel, against arbitrary precision", () => {
  it.each(LAYER_KINDS)("of %s", (kind) => expectDigits(kind, 15, 20261128));
});

it("products with a chain of Jacobians are as exact as their sums are, by every way and on every kernel", () =>
  expectChainDigits(60, 20261129));

test.each([20, 30, 37.43, 40, 700])(
  "the own class at z = [%d, 0] is no difference of what is nearly equal",
  (gap) => {
    const x = vector([gap, 0]);
    const small = Math.exp(-gap) / (1 + Math.exp(-gap));
    const other = 1 / (1 + Math.exp(-gap));
    const expectRows = (actual: number[][], expected: number[][], what: string): void => {
      for (const [i, row] of expected.entries()) {
        for (const [j, entry] of row.entries()) expect(actual[i]![j]! / entry - 1, what).toBeCloseTo(0, 14);
      }
    };
    for (const { id: strategy } of STRATEGIES.filter(
      ({ withRespectTo, relativeTolerance }) => withRespectTo === "input" && relativeTolerance <= 1e-10,
    )) {
      // The complex step holds its derivatives times 1e-20.
      if (strategy === "complex-step" && gap > 600) continue;
      const rows = (layer: Parameters<typeof createChain>[0][number]): number[][] =>
        toRows(prepareJacobian(createChain([layer]), x, { strategy }).run());
      const p = [
        [small * other, -small * other],
        [-small * other, small * other],
      ];
      const log = [
        [small, -small],
        [-other, other],
      ];
      expectRows(rows(softmax(2)), p, `softmax, ${strategy}`);
      expectRows(rows(logSoftmax(2)), log, `logSoftmax, ${strategy}`);
      expectRows(rows(softmaxCrossEntropy(2, 0)), [[-small, small]], `softmaxCrossEntropy, ${strategy}`);
    }
    for (const factory of usableKernels()) {
      const { kernel } = createWorkspace(factory);
      const loss = Math.log1p(Math.exp(-gap));
      expect(evaluate(createChain([softmaxCrossEntropy(2, 0)]), x, kernel).get(0)! / loss).toBeCloseTo(1, 14);
      expect(-evaluate(createChain([logSoftmax(2)]), x, kernel).get(0)! / loss).toBeCloseTo(1, 14);
    }
  },
);

test("a logit that overflowed or is no number makes no value that looks right", () => {
  for (const bad of [Number.POSITIVE_INFINITY, Number.NaN]) {
    for (const layer of [softmax(3), logSoftmax(3), softmaxCrossEntropy(3, 1)]) {
      for (const factory of usableKernels()) {
        const y = evaluate(createChain([layer]), vector([1, bad, 2]), createWorkspace(factory).kernel);
        expect(entries(y).every(Number.isFinite), `${layer.kind} on ${factory.id}`).toBe(false);
      }
    }
  }
});
