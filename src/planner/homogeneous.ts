/**
 * @file What the plans cost that do one thing only: tangents, adjoints, or accumulation of every factor followed by
 * products. An optimum is compared with these under the same convention.
 */

import { planChain, planProducts } from "./chain-product.ts";
import { accumulationOf, checkElementals, checkMemory, type Elemental } from "./elemental.ts";
import { exactCost, exactSumOfProducts } from "./exact.ts";

/** Costs of the homogeneous plans, in FMA. */
export type HomogeneousCosts = {
  /** n tangents through the whole chain; null where a factor has no edges. */
  readonly tangentFma: number | null;
  /** m adjoints through the whole chain in one sweep; null also where its tape exceeds the memory. */
  readonly adjointFma: number | null;
  /** Every factor accumulated by itself, products not included: Σ min(n_i, m_i)·|E_i| over what is not given. */
  readonly preaccumulationFma: number;
  /** The best order of explicit products, accumulation not included. */
  readonly productsFma: number;
  /** The two together. */
  readonly preaccumulatedProductsFma: number;
};

/**
 * Adds up the homogeneous plans.
 *
 * Where nothing is given they are n·Σ|E| and m·Σ|E|. Where the first (last) Jacobian is given, its columns (rows) are
 * read: for dense layers n·(Σ − n·d_1) and m·(Σ − m·d_{p−1}).
 *
 * @param elementals - F_1 … F_p, first applied first
 * @param memory - bound on the tape of an adjoint; Infinity for none
 * @throws {JacobenchError} `ERR_CONFIG` for a chain that cannot be, `ERR_RANGE` for a bad bound or a cost beyond 2^53 − 1
 */
export function homogeneousCosts(elementals: readonly Elemental[], memory = Infinity): HomogeneousCosts {
  checkElementals(elementals, "homogeneousCosts");
  checkMemory(memory, "homogeneousCosts");
  const preaccumulationFma = preaccumulation(elementals, memory);
  const productsFma = planProducts(elementals).fma;
  return {
    tangentFma: tangentCost(elementals),
    adjointFma: adjointCost(elementals, memory),
    preaccumulationFma,
    productsFma,
    preaccumulatedProductsFma: exactCost(
      BigInt(preaccumulationFma) + BigInt(productsFma),
      "preaccumulation and products cost",
    ),
  };
}

/**
 * n tangents from end to end, the columns of the first Jacobian read where it is given.
 *
 * @param elementals - F_1 … F_p
 * @returns FMA; null where a factor has no edges
 * @throws {JacobenchError} `ERR_RANGE` beyond 2^53 − 1
 */
export function tangentCost(elementals: readonly Elemental[]): number | null {
  const [first, ...rest] = elementals;
  const each = [first!.columnFma, ...rest.map(({ edges }) => edges)];
  return sweepCost(first!.n, each, "pure tangent mode costs");
}

/**
 * m adjoints from end to end, the rows of the last Jacobian read where it is given.
 *
 * @param elementals - F_1 … F_p
 * @param memory - bound on the tape of the whole sweep
 * @returns FMA; null where a factor has no edges or the tape exceeds the memory
 * @throws {JacobenchError} `ERR_RANGE` beyond 2^53 − 1
 */
export function adjointCost(elementals: readonly Elemental[], memory = Infinity): number | null {
  const last = elementals.at(-1)!;
  const rest = elementals.slice(0, -1);
  const tape = [...rest, ...(last.given ? [] : [last])].reduce((sum, elemental) => sum + elemental.tape, 0);
  if (tape > memory) return null;
  return sweepCost(last.m, [last.rowFma, ...rest.map(({ edges }) => edges)], "pure adjoint mode costs");
}

function sweepCost(vectors: number, each: readonly (number | null)[], what: string): number | null {
  if (each.includes(null)) return null;
  return exactSumOfProducts(
    each.map((fma) => [vectors, fma!]),
    what,
  );
}

function preaccumulation(elementals: readonly Elemental[], memory: number): number {
  const terms = elementals.map((elemental): readonly [number, number] => {
    const needed = elemental.inner !== null && !elemental.given;
    const innerFma = needed ? planChain(elemental.inner, { memory }).fma : 0;
    const { mode, vectors, fma } = accumulationOf(elemental, memory, innerFma);
    if (mode === "given") return [0, 0];
    if (mode === "inner" || elemental.structure === "diagonal") return [1, fma];
    return [vectors, mode === "tangent" ? elemental.columnFma! : elemental.rowFma!];
  });
  return exactSumOfProducts(terms, "preaccumulation costs");
}
