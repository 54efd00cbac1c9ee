/** @file The plan of a chain with its advice, as the command `plan` and the explorer tell it. */

import type { ChainShape } from "../chain/shape.ts";
import { type ChainPlan, type PlanOptions, planChain } from "./chain-product.ts";
import { type Convention, type Elemental, elementalsOf } from "./elemental.ts";
import { type Advice, type AdviceInput, explainPlan, FRAMEWORK_PLANS } from "./explain.ts";
import { frameworkPlans } from "./framework-plan.ts";
import { homogeneousCosts } from "./homogeneous.ts";
import type { NarrowestPlace } from "./narrowest-place.ts";

/** A plan, what it is compared with, and what to do. */
export type AdvisedPlan = {
  /** With nothing at hand the plan that is advised, and that the printed code executes; else the cheapest. */
  readonly plan: ChainPlan;
  readonly cheapestFma: number;
  /** Of the pure modes, and where the planner finds them of products, under the same convention. */
  readonly costs: AdviceInput["costs"];
  /** Whether the pure modes are the products of given matrices from one end. */
  readonly areProducts: boolean;
  readonly advice: Advice;
};

/**
 * Plans what JAX and PyTorch can do with a chain: the convention `matrix-free`.
 *
 * @param shape - of the chain
 * @param narrowest - its narrowest place, where it is told
 * @param options - progress, for long chains
 * @throws {JacobenchError} `ERR_RANGE` if the cheapest plan is beyond 2^53 − 1 FMA
 */
export function adviseFrameworks(
  shape: ChainShape,
  narrowest: NarrowestPlace | null,
  options: Pick<PlanOptions, "onProgress"> = {},
): AdvisedPlan {
  const { advised, cheapest, forwardFma, reverseFma } = frameworkPlans(shape, options);
  const costs = { tangentFma: forwardFma, adjointFma: reverseFma };
  const advice = explainPlan({
    convention: "matrix-free",
    plan: cheapest,
    costs,
    among: FRAMEWORK_PLANS,
    ...(narrowest && { narrowest }),
  });
  return { plan: advised, cheapestFma: cheapest.fma, costs, areProducts: false, advice };
}

/**
 * Plans a chain whose layers' Jacobians are at hand, or are so by a chain file.
 *
 * @param elementals - F_1 … F_p
 * @param convention - what is at hand
 * @param narrowest - its narrowest place, where it is told
 * @param options - of the planner
 * @throws {JacobenchError} as `planChain`
 */
export function advisePlan(
  elementals: readonly Elemental[],
  convention: Exclude<Convention, "matrix-free">,
  narrowest: NarrowestPlace | null,
  options: PlanOptions = {},
): AdvisedPlan {
  const plan = planChain(elementals, options);
  const costs = homogeneousCosts(elementals, options.memory);
  const areProducts = elementals.every(({ given }) => given);
  const advice = explainPlan({
    convention,
    plan,
    costs,
    areProducts,
    ...(options.memory !== undefined && { memory: options.memory }),
    ...(narrowest && { narrowest }),
  });
  return { plan, cheapestFma: plan.fma, costs, areProducts, advice };
}

/**
 * Plans a chain of layers under either convention.
 *
 * @param shape - of the chain
 * @param convention - what is at hand
 * @param narrowest - its narrowest place, where it is told
 * @throws {JacobenchError} as the two above
 */
export function adviseChain(
  shape: ChainShape,
  convention: "matrix-free" | "given",
  narrowest: NarrowestPlace | null,
): AdvisedPlan {
  if (convention === "matrix-free") return adviseFrameworks(shape, narrowest);
  return advisePlan(elementalsOf(shape, "given"), "given", narrowest);
}
