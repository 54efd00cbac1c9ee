/** @file The strategy `optimal`: the cheapest plan of products, tangents and adjoints, found by dynamic programming. */

import { copyInto } from "../array.ts";
import type { ChainShape } from "../chain/shape.ts";
import { predict } from "../cost/prediction.ts";
import { structuresOf } from "../cost/structure-cost.ts";
import { type ChainPlan, planChain } from "../planner/chain-product.ts";
import { elementalsOf } from "../planner/elemental.ts";
import { planTime } from "../planner/time-plan.ts";
import { lineariseOnce, lineariseOnceEntries, lineariseOnceOperation, ONE_BEFORE_RUN } from "./linearise.ts";
import { prepareBlock, prepareDense } from "./plan-blocks.ts";
import { blockEntries, denseEntries } from "./plan-cost.ts";
import type { Strategy, StrategyOptions } from "./types.ts";

type PlanChoice = Pick<Required<StrategyOptions>, "minimize" | "calibration">;

/**
 * The plan that the strategy executes: with what the library has at hand, the matrices of dense layers and the diagonals
 * of activations (the convention `given`).
 *
 * @param shape - of the chain
 * @param options - what is minimized
 * @throws {JacobenchError} `ERR_RANGE` for a chain that is too long, or an optimum beyond 2^53 − 1 FMA
 */
export function optimalPlan(
  shape: ChainShape,
  options: PlanChoice,
): Pick<ChainPlan, "fma" | "tree" | "operations"> {
  if (options.minimize === "time") return planTime(shape.layers, options.calibration!);
  return planChain(elementalsOf(shape, "given"));
}

/**
 * The cheapest bracketing with tangents, adjoints and products: by FMA never dearer than any other exact strategy,
 * whatever its unit seeds.
 */
export const optimal: Strategy = {
  id: "optimal",
  mode: null,
  description: "the cheapest plan of products, tangents and adjoints",
  withRespectTo: "input",
  convention: "given",
  accepts: ["minimize", "calibration"],
  relativeTolerance: 1e-10,
  prepare: (chain, x, options, context) => {
    const { maps, linearise } = lineariseOnce(chain, x, context);
    const { tree } = optimalPlan(chain.shape, options);
    const plan = { maps, workspace: context, observer: context.observer };
    const { matrix, form } = prepareDense(prepareBlock(tree, plan), chain.n, plan);
    if (tree.kind !== "given") return { linearise, run: () => runAndReturn(form, matrix) };
    // The result must be the strategy's own: a given Jacobian is the layer's.
    const J = context.allocator.allocate(chain.m, chain.n);
    const copy = (): void => {
      form();
      copyInto(matrix, J);
    };
    return { linearise, run: () => runAndReturn(copy, J) };
  },
  predict: (shape, options) => {
    const { tree, operations } = optimalPlan(shape, options);
    const structures = structuresOf(shape.layers);
    const entries =
      lineariseOnceEntries(shape) +
      blockEntries(tree, structures) +
      denseEntries(tree, structures, shape.n) +
      (tree.kind === "given" ? shape.m * shape.n : 0);
    const records = operations.map(({ kind, first, last, vectors, times, fma }) => ({
      kind,
      first,
      last,
      vectors,
      times,
      fma,
    }));
    return predict([lineariseOnceOperation(shape), ...records], { ...ONE_BEFORE_RUN, entries });
  },
};

function runAndReturn<Result>(work: () => void, result: Result): Result {
  work();
  return result;
}
