/**
 * @file The cheapest plan among those that JAX and PyTorch can be told in one line a block: forward mode, reverse mode,
 * and products of blocks. Nothing is given to them and all Jacobians are dense: the convention is `matrix-free`.
 *
 * At most one cut is needed. Let h be the least width inside the chain. A block costs at least the smaller of its two
 * end widths for each of its edges, and a product of two blocks at least m·h·n in the end. If n or m is below h, one
 * pure mode is the cheapest; otherwise no plan with products is cheaper than h·Σ|E| + m·h·n: reverse mode up to the
 * narrowest place, forward mode behind it, and one product.
 */

import type { ChainShape } from "../chain/shape.ts";
import { elementalsOf } from "./elemental.ts";
import { LARGEST_COST, refuseCost } from "./exact.ts";

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

/**
 * Finds the cheapest one.
 *
 * @param shape - of the chain
 * @returns the plan; one block if two are not cheaper
 * @throws {JacobenchError} `ERR_RANGE` beyond 2^53 − 1 FMA
 */
export function planFrameworkCode(shape: ChainShape): CodePlan {
  const { n, m, widths } = shape;
  const K = shape.layers.length;
  const edges = elementalsOf(shape, "matrix-free", true).reduce((sum, each) => sum + each.edges!, 0);
  const whole: CodeBlock = { mode: n <= m ? "forward" : "reverse", first: 1, last: K, rows: m, columns: n };
  const pure: CodePlan = { blocks: [whole], totalFma: Math.min(n, m) * edges };
  const inside = widths.slice(1, -1);
  const h = Math.min(...inside);
  const cut: CodePlan = { blocks: cutBlocks(shape, inside.indexOf(h) + 1), totalFma: h * edges + m * h * n };
  const best = inside.length > 0 && cut.totalFma < pure.totalFma ? cut : pure;
  if (!(best.totalFma <= LARGEST_COST)) refuseCost("plan for frameworks: the cheapest costs");
  return best;
}

/** Reverse mode up to a cut after layer k, forward mode from there on. */
function cutBlocks({ n, m, widths, layers }: ChainShape, k: number): CodeBlock[] {
  const h = widths[k]!;
  return [
    { mode: "reverse", first: 1, last: k, rows: h, columns: n },
    { mode: "forward", first: k + 1, last: layers.length, rows: m, columns: h },
  ];
}
