/**
 * @file What the shown network costs, each way: the numbers of `jacobench cost` and `jacobench plan`, by the same
 * functions. Pure.
 */

import { predictFrameworkPlan } from "../ad/framework-cost.ts";
import { predictCost } from "../ad/jacobian.ts";
import { buildShape } from "../chain/build.ts";
import { describeShape } from "../chain/describe.ts";
import type { ChainShape } from "../chain/shape.ts";
import type { Prediction } from "../cost/prediction.ts";
import { JacobenchError } from "../errors.ts";
import { type AdvisedPlan, adviseChain } from "../planner/advised-plan.ts";
import { type BracketingNode, bracketingText, bracketingTree } from "../planner/bracketing.ts";
import type { ChainPlan } from "../planner/chain-product.ts";
import type { Advice } from "../planner/explain.ts";
import { frameworkPlans } from "../planner/framework-plan.ts";
import { narrowestPlace } from "../planner/narrowest-place.ts";
import { chainSpecOf, columnsOf, type ExplorerState } from "./state.ts";

/**
 * What is at hand before the first product. Costs are compared within one of the two, never across.
 *
 * - `matrix-free`: nothing; each product with a vector goes through every layer.
 * - `given`: the layers' own Jacobians, so that the first product's column or row is read.
 */
export type Convention = ExplorerState["plan"];

/** One way to the Jacobian. */
export type WayId = "forward" | "reverse" | "best" | "from-right" | "from-left" | "best-given";

type Way = {
  readonly id: WayId;
  readonly convention: Convention;
  /** Ours that does it, or whose colour it has: the plan for frameworks is none of ours. */
  readonly strategy: string;
  readonly predict: (shape: ChainShape) => Prediction;
};

const byStrategy = (id: WayId, convention: Convention, strategy: string): Way => ({
  id,
  convention,
  strategy,
  predict: (shape) => predictCost(shape, { strategy }),
});

/** In the order of the page: the ways with nothing at hand, then those with the layers' Jacobians at hand. */
export const WAYS: readonly Way[] = [
  byStrategy("forward", "matrix-free", "forward"),
  byStrategy("reverse", "matrix-free", "reverse"),
  {
    id: "best",
    convention: "matrix-free",
    strategy: "optimal",
    predict: (shape) => predictFrameworkPlan(frameworkPlans(shape).advised, shape),
  },
  byStrategy("from-right", "given", "product-right-to-left"),
  byStrategy("from-left", "given", "product-left-to-right"),
  byStrategy("best-given", "given", "optimal"),
];

/** The cost of one way; `refused` says why there is none. */
export type WayCost = { readonly id: WayId; readonly convention: Convention } & (
  | {
      /** Derivative arithmetic, in FMA. */
      readonly fma: number;
      /** Of the one primal evaluation, in FMA. */
      readonly primalFma: number;
      /** Memory at the peak; of the best plan all seeds of a call at once, as frameworks have them. */
      readonly bytes: number;
      /** `fma` over the least of the same convention. */
      readonly ratio: number;
      readonly refused: null;
    }
  | { readonly refused: string }
);

/** A plan with its words; `refused` says why there is none. */
export type PlanModel =
  | {
      readonly plan: ChainPlan;
      readonly costs: AdvisedPlan["costs"];
      readonly advice: Advice;
      readonly text: string;
      readonly tree: BracketingNode;
      readonly refused: null;
    }
  | { readonly refused: string };

/** All that the page says about a network. */
export type Model = {
  readonly shape: ChainShape;
  /** Widths of the columns. */
  readonly columns: readonly number[];
  readonly n: number;
  readonly m: number;
  /** Σ of the dense layers. */
  readonly sigma: number;
  /** FMA of one product with a vector: Σ, and what activations add. */
  readonly productFma: number;
  readonly ways: readonly WayCost[];
  /** Memory at the peak of forward mode that keeps no linearisation and runs the network again beside each JVP. */
  readonly recomputedBytes: number;
  /** The way of that name. */
  way(id: WayId): WayCost;
  /** Planned when it is first asked for. */
  planOf(convention: Convention): PlanModel;
};

/**
 * Works out the costs.
 *
 * @param state - widths, activation and loss count
 */
export function modelOf(state: Pick<ExplorerState, "widths" | "activation" | "loss">): Model {
  const shape = buildShape(chainSpecOf(state));
  const { n, m, sigma } = describeShape(shape);
  const ways = wayCosts(shape);
  const plans = new Map<Convention, PlanModel>();
  const forward = ways.find(({ id }) => id === "forward")!;
  return {
    shape,
    columns: columnsOf(state),
    n,
    m,
    sigma,
    productFma: forward.refused === null ? forward.fma / n : sigma,
    ways,
    recomputedBytes: predictCost(shape, { strategy: "forward", linearisation: "recomputed" }).bytes,
    way: (id) => ways.find((way) => way.id === id)!,
    planOf: (convention) => {
      const known = plans.get(convention) ?? planModel(state, shape, convention);
      plans.set(convention, known);
      return known;
    },
  };
}

function wayCosts(shape: ChainShape): WayCost[] {
  const found = WAYS.map(({ id, convention, predict }) => {
    const cost = refusable(() => predict(shape));
    return { id, convention, cost };
  });
  return found.map(({ id, convention, cost }) => {
    if ("refused" in cost) return { id, convention, refused: cost.refused };
    const rivals = found.flatMap((other) =>
      other.convention === convention && !("refused" in other.cost) ? [other.cost.fma] : [],
    );
    const least = Math.min(...rivals);
    const { fma, primalFma, bytes } = cost;
    return { id, convention, fma, primalFma, bytes, ratio: fma === least ? 1 : fma / least, refused: null };
  });
}

function planModel(
  state: Pick<ExplorerState, "widths" | "activation" | "loss">,
  shape: ChainShape,
  convention: Convention,
): PlanModel {
  const made = refusable(() => {
    const narrowest = narrowestPlace(chainSpecOf(state), { convention });
    const { plan, costs, advice } = adviseChain(shape, convention, narrowest);
    return { plan, costs, advice, text: bracketingText(plan.tree), tree: bracketingTree(plan.tree) };
  });
  return "refused" in made ? made : { ...made, refused: null };
}

/** What a function gives, or the sentence with which it refuses: costs beyond 2^53 − 1 are no exact integers. */
function refusable<Result extends object>(work: () => Result): Result | { refused: string } {
  try {
    return work();
  } catch (error) {
    if (error instanceof JacobenchError && ["ERR_RANGE", "ERR_CONFIG"].includes(error.code)) {
      return { refused: error.message };
    }
    throw error;
  }
}
