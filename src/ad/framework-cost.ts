/** @file What the plan for JAX and PyTorch costs beside our own strategies: FMA, evaluations and memory, by formula. */

import { FLOAT64_BYTES } from "../array.ts";
import type { ChainShape, Structure } from "../chain/shape.ts";
import type { Prediction } from "../cost/prediction.ts";
import type { ChainPlan } from "../planner/chain-product.ts";
import { blocksOf, type PlanNode, sweepModeOf } from "../planner/plan-tree.ts";
import { lineariseOnceEntries } from "../strategies/linearise.ts";
import { blockEntries } from "../strategies/plan-cost.ts";
import { predictCost } from "./jacobian.ts";

/**
 * Predicts a plan for frameworks.
 *
 * Each layer is evaluated once. Memory is in float64, with all seeds of a call at once and one linearisation kept: of a
 * pure mode that of `forward-blocked` or `reverse-blocked`, of any other plan what our own executor would take for it
 * with every layer's Jacobian dense. What a framework takes besides is its own.
 *
 * @param plan - of `frameworkPlans`
 * @param shape - of the chain
 * @returns as for a strategy
 */
export function predictFrameworkPlan({ tree, operations, fma }: ChainPlan, shape: ChainShape): Prediction {
  return {
    operations,
    fma,
    primalEvaluations: 1,
    primalFma: shape.layers.reduce((sum, { lineariseFma }) => sum + lineariseFma, 0),
    timedPrimalFma: 0,
    bytes: bytesOf(tree, shape),
  };
}

function bytesOf(tree: PlanNode, shape: ChainShape): number {
  const mode = sweepModeOf(tree);
  if (mode !== null) {
    const strategy = mode === "tangent" ? "forward-blocked" : "reverse-blocked";
    return predictCost(shape, { strategy, blockSize: "all" }).bytes;
  }
  const dense = shape.layers.map(
    ({ outputWidth: rows, inputWidth: columns }): Structure => ({ kind: "dense", rows, columns }),
  );
  const seeds = blocksOf(tree).map((node) => (node.kind === "accumulate" ? node.vectors ** 2 : 0));
  const entries =
    lineariseOnceEntries(shape) + blockEntries(tree, dense) + seeds.reduce((sum, count) => sum + count, 0);
  return entries * FLOAT64_BYTES;
}
