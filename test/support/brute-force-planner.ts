/**
 * @file All plans of a short chain, one by one, and the cost of a given plan: written from the definitions alone, without
 * the planner's own tables.
 */

import type { ChainShape, LayerShape } from "../../src/chain/shape.ts";
import type { PlanNode } from "../../src/planner/plan-tree.ts";

/** A factor as the brute force sees it. */
export type BruteFactor = {
  readonly n: number;
  readonly m: number;
  /** FMA of a tangent or an adjoint, and size of its tape; null without either. */
  readonly edges: number | null;
  readonly isDiagonal: boolean;
  /** What forming its Jacobian costs: null where that way does not exist. `free` if it is given. */
  readonly free: boolean;
  readonly byTangents: number | null;
  readonly byAdjoints: number | null;
};

/** A dense factor of the literature. */
export function literatureFactor(n: number, m: number, edges: number | null, free: boolean): BruteFactor {
  return {
    n,
    m,
    edges,
    isDiagonal: false,
    free: free || edges === null,
    byTangents: edges === null ? null : n * edges,
    byAdjoints: edges === null ? null : m * edges,
  };
}

/**
 * The factors of a chain without residual layers, by the cost table of the conventions.
 *
 * @param shape - of the chain
 * @param atHand - true for `given`, false for `matrix-free`
 */
export function layerFactors(shape: ChainShape, atHand: boolean): BruteFactor[] {
  return shape.layers.map((layer) => layerFactor(layer, atHand));
}

function layerFactor({ kind, inputWidth: w, outputWidth: m }: LayerShape, atHand: boolean): BruteFactor {
  switch (kind) {
    case "identity":
      return { n: w, m, edges: 0, isDiagonal: true, free: true, byTangents: 0, byAdjoints: 0 };
    case "relu":
    case "tanh":
    case "sigmoid":
    case "softplus":
      return { n: w, m, edges: w, isDiagonal: true, free: atHand, byTangents: w, byAdjoints: w };
    case "softmax": {
      // diag(p) − p·pᵀ: a column, like a row, is w products and one addition.
      const [each, edges] = [atHand ? w + 1 : 3 * w, 3 * w];
      return { n: w, m, edges, isDiagonal: false, free: false, byTangents: w * each, byAdjoints: w * each };
    }
    case "logSoftmax": {
      // I − 1·pᵀ: a column is one number repeated and one addition; a row is w negations and one addition.
      const edges = 2 * w;
      const [column, row] = atHand ? [1, w + 1] : [edges, edges];
      return { n: w, m, edges, isDiagonal: false, free: false, byTangents: w * column, byAdjoints: w * row };
    }
    case "residual":
      throw new Error("the brute force knows no residual layers");
    default:
      return literatureFactor(w, m, m * w, atHand);
  }
}

/** What a product of an earlier block [k × n] with a later one [m × k] costs. */
function productCost(m: number, k: number, n: number, later: boolean, earlier: boolean): number {
  if (later && earlier) return k;
  if (later) return k * n;
  return earlier ? m * k : m * k * n;
}

/** The ways to form one factor's Jacobian, by cost. */
function leafCosts(factor: BruteFactor, memory: number): number[] {
  if (factor.free) return [0];
  const costs = [factor.byTangents!];
  if (factor.edges! <= memory) costs.push(factor.byAdjoints!);
  return costs;
}

/**
 * The costs of all plans: every bracketing, every choice of product, tangent and adjoint, and of how each factor is
 * accumulated. Nothing is left out as too dear; a chain of 7 factors has up to 281,764 plans.
 *
 * @param factors - F_1 … F_p
 * @param memory - bound on the tape of an adjoint
 * @param productsOnly - true to leave out tangents and adjoints of ranges
 */
export function allPlanCosts(
  factors: readonly BruteFactor[],
  memory = Infinity,
  productsOnly = false,
): Float64Array {
  const p = factors.length;
  const lists: Float64Array[][] = factors.map(() => []);
  for (let length = 1; length <= p; length++) {
    for (let i = 0; i + length <= p; i++) {
      const j = i + length - 1;
      if (length === 1) {
        lists[i]![j] = Float64Array.from(leafCosts(factors[i]!, memory));
        continue;
      }
      const parts: Float64Array[] = [];
      for (let k = i; k < j; k++) {
        const [earlier, later] = [lists[i]![k]!, lists[k + 1]![j]!];
        const [before, after] = [factors.slice(i, k + 1), factors.slice(k + 1, j + 1)];
        const [n, m] = [factors[i]!.n, factors[j]!.m];
        const product = productCost(m, factors[k]!.m, n, after.every(isDiagonal), before.every(isDiagonal));
        const both = new Float64Array(earlier.length * later.length);
        let at = 0;
        for (const a of earlier) for (const b of later) both[at++] = a + b + product;
        parts.push(both);
        if (productsOnly) continue;
        if (after.every(hasEdges)) parts.push(earlier.map((cost) => cost + n * edgesOf(after)));
        if (before.every(hasEdges) && edgesOf(before) <= memory) {
          parts.push(later.map((cost) => cost + m * edgesOf(before)));
        }
      }
      const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        all.set(part, at);
        at += part.length;
      }
      lists[i]![j] = all;
    }
  }
  return lists[0]![p - 1]!;
}

/** The least of all plans. */
export function bruteForceOptimum(
  factors: readonly BruteFactor[],
  memory = Infinity,
  productsOnly = false,
): number {
  return allPlanCosts(factors, memory, productsOnly).reduce((least, cost) => Math.min(least, cost), Infinity);
}

/**
 * The cost of a plan, by its moves alone: the costs that it claims are not looked at.
 *
 * @param node - the plan, or a block of it
 * @param factors - F_1 … F_p
 * @param memory - bound on the tape of an adjoint
 * @throws if a move is none: ranges that do not join, a tape that does not fit, a mode that does not exist
 */
export function evaluatePlan(node: PlanNode, factors: readonly BruteFactor[], memory = Infinity): number {
  const range = (first: number, last: number) => factors.slice(first - 1, last);
  const check = (holds: boolean, what: string): void => {
    if (!holds) throw new Error(`${node.kind} of factors ${node.first} to ${node.last}: ${what}`);
  };
  const covered = range(node.first, node.last);
  check(covered.length > 0 && covered.length === node.last - node.first + 1, "no such range");
  check(node.columns === covered[0]!.n && node.rows === covered.at(-1)!.m, "wrong shape");
  switch (node.kind) {
    case "given":
      check(covered.length === 1 && covered[0]!.free, "is not given");
      return 0;
    case "accumulate": {
      const factor = covered[0]!;
      const cost = node.mode === "tangent" ? factor.byTangents : factor.byAdjoints;
      check(covered.length === 1 && !factor.free && cost !== null, "no such accumulation");
      check(node.mode === "tangent" || factor.edges! <= memory, "the tape does not fit");
      return cost!;
    }
    case "inner":
      throw new Error("the brute force knows no residual layers");
    case "product": {
      const { earlier, later } = node;
      check(earlier.first === node.first && later.last === node.last, "parts do not cover the block");
      check(earlier.last + 1 === later.first, "parts do not join");
      const [before, after] = [range(earlier.first, earlier.last), range(later.first, later.last)];
      return (
        evaluatePlan(earlier, factors, memory) +
        evaluatePlan(later, factors, memory) +
        productCost(node.rows, earlier.rows, node.columns, after.every(isDiagonal), before.every(isDiagonal))
      );
    }
    case "tangent": {
      const { earlier } = node;
      check(earlier.first === node.first && earlier.last < node.last, "the block does not begin there");
      const pushed = range(earlier.last + 1, node.last);
      check(pushed.every(hasEdges), "no tangents there");
      return evaluatePlan(earlier, factors, memory) + node.columns * edgesOf(pushed);
    }
    case "adjoint": {
      const { later } = node;
      check(later.last === node.last && later.first > node.first, "the block does not end there");
      const pulled = range(node.first, later.first - 1);
      check(
        pulled.every(hasEdges) && edgesOf(pulled) <= memory,
        "no adjoints there, or the tape does not fit",
      );
      return evaluatePlan(later, factors, memory) + node.rows * edgesOf(pulled);
    }
  }
}

function isDiagonal(factor: BruteFactor): boolean {
  return factor.isDiagonal;
}

function hasEdges(factor: BruteFactor): boolean {
  return factor.edges !== null;
}

function edgesOf(factors: readonly BruteFactor[]): number {
  return factors.reduce((sum, { edges }) => sum + edges!, 0);
}
