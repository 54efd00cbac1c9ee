/** @file What the plan for JAX and PyTorch costs beside our own strategies: FMA, evaluations and memory, by formula. */

import { FLOAT64_BYTES } from "../array.ts";
import type { ChainShape, Structure } from "../chain/shape.ts";
import type { Prediction } from "../cost/prediction.ts";
import type { ChainPlan } from "../planner/chain-product.ts";
import { blocksOf } from "../planner/plan-tree.ts";
import { lineariseOnceEntries } from "../strategies/linearise.ts";
import { blockEntries } from "../strategies/plan-cost.ts";

/**
 * Predicts a plan for frameworks.
 *
 * Each layer is evaluated once. Memory is what our own executor of plans would take for it, in float64: all seeds of a call
 * at once, every layer's Jacobian dense, one linearisation kept; what a framework takes besides is its own.
 *
 * @param plan - of `frameworkPlans`
 * @param shape - of the chain
 * @returns as for a strategy
 */
export function predictFrameworkPlan({ tree, operations, fma }: ChainPlan, shape: ChainShape): Prediction {
  const dense = shape.layers.map(
    ({ outputWidth: rows, inputWidth: columns }): Structure => ({ kind: "dense", rows, columns }),
  );
  const seeds = blocksOf(tree).map((node) => (node.kind === "accumulate" ? node.vectors ** 2 : 0));
  const entries =
    lineariseOnceEntries(shape) + blockEntries(tree, dense) + seeds.reduce((sum, count) => sum + count, 0);
  return {
    operations,
    fma,
    primalEvaluations: 1,
    primalFma: shape.layers.reduce((sum, { lineariseFma }) => sum + lineariseFma, 0),
    timedPrimalFma: 0,
    bytes: entries * FLOAT64_BYTES,
  };
}
