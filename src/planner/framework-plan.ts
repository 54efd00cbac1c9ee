/**
 * @file The cheapest plan of what JAX and PyTorch can be told: forward mode, reverse mode, JVPs of the columns and VJPs of
 * the rows of a block that is there already, and products of blocks. Nothing is given to them and all Jacobians are
 * dense: the convention is `matrix-free`, with every layer taken whole.
 */

import type { ChainShape } from "../chain/shape.ts";
import { productFma } from "../cost/structure-cost.ts";
import { type ChainPlan, type PlanOptions, planChain } from "./chain-product.ts";
import { elementalsOf } from "./elemental.ts";
import { operationsOf, type PlanNode } from "./plan-tree.ts";
import { isWorthIt } from "./worth.ts";

/** What frameworks can do with a chain. */
export type FrameworkPlans = {
  /** The plan that is advised, and that the printed code executes: a pure mode, unless another saves enough. */
  readonly advised: ChainPlan;
  /** The cheapest plan; the advised one too, unless what it saves is not worth its calls. */
  readonly cheapest: ChainPlan;
  /** n·Σ|E|; beyond 2^53 − 1 it is rounded. */
  readonly forwardFma: number;
  /** m·Σ|E|. */
  readonly reverseFma: number;
};

/**
 * Finds the plans.
 *
 * @param shape - of the chain; it is planned once, however often it is asked for
 * @param options - progress, for long chains
 * @returns of modes that cost the same the one with fewer seeds is advised, then forward mode
 * @throws {JacobenchError} `ERR_RANGE` if the cheapest is beyond 2^53 − 1 FMA, or the chain too long for `planChain`
 */
export function frameworkPlans(
  shape: ChainShape,
  options: Pick<PlanOptions, "onProgress"> = {},
): FrameworkPlans {
  const known = planned.get(shape) ?? findPlans(shape, options);
  planned.set(shape, known);
  return known;
}

const planned = new WeakMap<ChainShape, FrameworkPlans>();

function findPlans(shape: ChainShape, options: Pick<PlanOptions, "onProgress">): FrameworkPlans {
  const { n, m, layers } = shape;
  const cheapest = planChain(elementalsOf(shape, "matrix-free", true), options);
  const edges = layers.reduce((sum, { structure }) => sum + productFma(structure), 0);
  const pureFma = Math.min(n, m) * edges;
  const advised = isWorthIt(cheapest.fma, [pureFma])
    ? cheapest
    : pureMode(shape, n <= m ? "forward" : "reverse");
  return { advised, cheapest, forwardFma: n * edges, reverseFma: m * edges };
}

/** One mode from end to end: the factor at which it begins is accumulated, the others are gone through. */
function pureMode({ n, m, layers }: ChainShape, mode: "forward" | "reverse"): ChainPlan {
  const forward = mode === "forward";
  const [vectors, start] = forward ? [n, 1] : [m, layers.length];
  const fmaOf = (some: ChainShape["layers"]): number =>
    some.reduce((sum, { structure }) => sum + vectors * productFma(structure), 0);
  const { inputWidth, outputWidth } = layers[start - 1]!;
  const [startFma, fma] = [fmaOf([layers[start - 1]!]), fmaOf(layers)];
  const accumulated: PlanNode = {
    kind: "accumulate",
    mode: forward ? "tangent" : "adjoint",
    vectors,
    first: start,
    last: start,
    rows: outputWidth,
    columns: inputWidth,
    fma: startFma,
    totalFma: startFma,
  };
  const block = { first: 1, last: layers.length, rows: m, columns: n, fma: fma - startFma, totalFma: fma };
  const swept: PlanNode = forward
    ? { ...block, kind: "tangent", earlier: accumulated }
    : { ...block, kind: "adjoint", later: accumulated };
  const tree = layers.length === 1 ? accumulated : swept;
  return { fma, tree, operations: operationsOf(tree) };
}
