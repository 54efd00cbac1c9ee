/** @file What the plan for JAX and PyTorch costs beside our own strategies: FMA, evaluations and memory, by formula. */

import { FLOAT64_BYTES } from "../array.ts";
import { createShape } from "../chain/chain.ts";
import type { ChainShape } from "../chain/shape.ts";
import type { Prediction } from "../cost/prediction.ts";
import { type CodeBlock, type CodePlan, chainPlanOf } from "../planner/framework-plan.ts";
import { predictCost } from "./jacobian.ts";

/**
 * Predicts a plan for frameworks.
 *
 * Each block is one call of jacfwd or jacrev with all its seeds at once, counted as `forward-blocked` and
 * `reverse-blocked` with block size `all`; the point between two blocks is one evaluation more of the first. Memory is
 * the peak of the calls one after the other, each with the blocks that are there already, in float64; what a framework
 * takes besides is its own.
 *
 * @param plan - of `frameworkPlans`
 * @param shape - of the chain
 * @returns as for a strategy; `primalEvaluations` are of the whole chain and may be a fraction
 * @throws {JacobenchError} `ERR_RANGE` for costs that are not exact
 */
export function predictFrameworkPlan(plan: CodePlan, shape: ChainShape): Prediction {
  const calls = plan.blocks.map((block) => predictCall(block, shape));
  const { operations } = chainPlanOf(plan, shape);
  const [first, second] = calls as [Prediction, Prediction?];
  if (second === undefined) return { ...first, operations };
  const [earlier, later] = plan.blocks as [CodeBlock, CodeBlock];
  const between = valueFma(shape, earlier);
  const held = entries(earlier);
  const primalFma = between + first.primalFma + second.primalFma;
  return {
    operations,
    fma: plan.totalFma,
    primalEvaluations: 1 + (earlier.last - earlier.first + 1) / shape.layers.length,
    primalFma,
    timedPrimalFma: 0,
    bytes: Math.max(
      first.bytes,
      held + second.bytes,
      held + entries(later) + entries({ rows: later.rows, columns: earlier.columns }),
    ),
  };
}

function predictCall({ mode, first, last }: CodeBlock, { layers }: ChainShape): Prediction {
  const strategy = mode === "forward" ? "forward-blocked" : "reverse-blocked";
  return predictCost(createShape(layers.slice(first - 1, last)), { strategy, blockSize: "all" });
}

function valueFma({ layers }: ChainShape, { first, last }: CodeBlock): number {
  return layers.slice(first - 1, last).reduce((sum, layer) => sum + layer.valueFma, 0);
}

function entries({ rows, columns }: Pick<CodeBlock, "rows" | "columns">): number {
  return rows * columns * FLOAT64_BYTES;
}
