/**
 * @file The cheapest plan among those that JAX and PyTorch can be told in one line per block: forward mode, reverse mode,
 * and products of blocks. Nothing is given to them and all Jacobians are dense: the convention is `matrix-free`.
 *
 * At most one cut is needed. Let h be the least width inside the chain. A block costs at least the smaller of its two
 * end widths for each of its edges, and a product of two blocks at least m·h·n in the end. If n or m is below h, one
 * pure mode is the cheapest; otherwise no plan with products is cheaper than h·Σ|E| + m·h·n: reverse mode up to the
 * narrowest place, forward mode behind it, and one product.
 */

import type { ChainShape } from "../chain/shape.ts";
import { productFma } from "../cost/structure-cost.ts";
import type { ChainPlan } from "./chain-product.ts";
import { LARGEST_COST, refuseCost } from "./exact.ts";
import { operationsOf, type PlanNode } from "./plan-tree.ts";
import { isWorthIt } from "./worth.ts";

/** One block: J_last … J_first by one mode; layers are numbered from 1. */
export type CodeBlock = {
  readonly mode: "forward" | "reverse";
  readonly first: number;
  readonly last: number;
  readonly rows: number;
  readonly columns: number;
};

/** One block, or an earlier and a later one and their product. */
export type CodePlan = { readonly blocks: readonly CodeBlock[]; readonly totalFma: number };

/** What frameworks can do with a chain. */
export type FrameworkPlans = {
  /** The plan that is advised, and that the printed code executes: a pure mode, unless a cut saves enough. */
  readonly advised: CodePlan;
  /** The cheapest plan; the advised one too, unless what it saves is not worth a cut. */
  readonly cheapest: CodePlan;
  /** n·Σ|E|. */
  readonly forwardFma: number;
  /** m·Σ|E|. */
  readonly reverseFma: number;
};

/**
 * Finds the plans.
 *
 * @param shape - of the chain
 * @returns the cheapest has one block if two are not cheaper; modes that cost the same are told apart by fewer seeds,
 *   then forward mode
 * @throws {JacobenchError} `ERR_RANGE` if the cheapest is beyond 2^53 − 1 FMA
 */
export function frameworkPlans(shape: ChainShape): FrameworkPlans {
  const { n, m, widths } = shape;
  const K = shape.layers.length;
  const edges = shape.layers.reduce((sum, { structure }) => sum + productFma(structure), 0);
  const whole: CodeBlock = { mode: n <= m ? "forward" : "reverse", first: 1, last: K, rows: m, columns: n };
  const pure: CodePlan = { blocks: [whole], totalFma: Math.min(n, m) * edges };
  const inside = widths.slice(1, -1);
  const h = Math.min(...inside);
  const cut: CodePlan = { blocks: cutBlocks(shape, inside.indexOf(h) + 1), totalFma: h * edges + m * h * n };
  const cheapest = inside.length > 0 && cut.totalFma < pure.totalFma ? cut : pure;
  if (!(cheapest.totalFma <= LARGEST_COST)) refuseCost("plan for frameworks: the cheapest costs");
  const advised = isWorthIt(cheapest.totalFma, [pure.totalFma]) ? cheapest : pure;
  return { advised, cheapest, forwardFma: n * edges, reverseFma: m * edges };
}

/** Reverse mode up to a cut after layer k, forward mode from there on. */
function cutBlocks({ n, m, widths, layers }: ChainShape, k: number): CodeBlock[] {
  const h = widths[k]!;
  return [
    { mode: "reverse", first: 1, last: k, rows: h, columns: n },
    { mode: "forward", first: k + 1, last: layers.length, rows: m, columns: h },
  ];
}

/**
 * The same plan as a tree and as operations, as the planner gives its own.
 *
 * @param plan - of {@link frameworkPlans}
 * @param shape - of the chain
 */
export function chainPlanOf({ blocks, totalFma }: CodePlan, shape: ChainShape): ChainPlan {
  const [earlier, later] = blocks.map((block) => sweepTree(block, shape)) as [PlanNode, PlanNode?];
  const tree: PlanNode =
    later === undefined
      ? earlier
      : {
          kind: "product",
          first: earlier.first,
          last: later.last,
          rows: later.rows,
          columns: earlier.columns,
          fma: later.rows * earlier.rows * earlier.columns,
          totalFma,
          earlier,
          later,
        };
  return { fma: totalFma, tree, operations: operationsOf(tree) };
}

/** One mode from end to end: the factor at which it begins is accumulated, the others are gone through. */
function sweepTree({ mode, first, last, rows, columns }: CodeBlock, { layers }: ChainShape): PlanNode {
  const forward = mode === "forward";
  const vectors = forward ? columns : rows;
  const start = forward ? first : last;
  const fmaOf = (from: number, to: number): number =>
    layers.slice(from - 1, to).reduce((sum, { structure }) => sum + vectors * productFma(structure), 0);
  const startLayer = layers[start - 1]!;
  const startFma = fmaOf(start, start);
  const accumulated: PlanNode = {
    kind: "accumulate",
    mode: forward ? "tangent" : "adjoint",
    vectors,
    first: start,
    last: start,
    rows: startLayer.outputWidth,
    columns: startLayer.inputWidth,
    fma: startFma,
    totalFma: startFma,
  };
  if (first === last) return accumulated;
  const totalFma = fmaOf(first, last);
  const block = { first, last, rows, columns, fma: totalFma - startFma, totalFma };
  return forward
    ? { ...block, kind: "tangent", earlier: accumulated }
    : { ...block, kind: "adjoint", later: accumulated };
}
