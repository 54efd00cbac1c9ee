/**
 * @file The dynamic program over all blocks of a chain: their least cost and how it is reached, in flat typed arrays.
 *
 * For the block of factors i … j (from 0; d the widths, S prefix sums of |E|):
 *
 *   C[i,i] = accumulation of one factor
 *   C[i,j] = min over i ≤ k < j of
 *     product  C[i,k] + C[k+1,j] + d_{j+1}·d_{k+1}·d_i   (less where a block is diagonal)
 *     tangent  C[i,k] + d_i·(S_{j+1} − S_{k+1})
 *     adjoint  C[k+1,j] + d_{j+1}·(S_{k+1} − S_i), where the tape of i … k fits the memory
 *
 * The product alone is the matrix chain problem (T. Cormen et al., Introduction to Algorithms, dynamic programming; S.
 * Godbole, IEEE Transactions on Computers C-22 (1973)), with tangents and adjoints it is the generalized Jacobian chain
 * product (U. Naumann, arXiv:2003.05755), with the tape the limited-memory one (arXiv:2406.11862).
 *
 * Time: O(p³) additions for p factors. Memory: p² float64 and p² int32.
 *
 * Costs are sums of whole numbers and only grow, and rounding is monotone: what is found below 2^53 is exact, and what
 * is larger is set to Infinity.
 */

import { LARGEST_COST } from "./exact.ts";

/** The operation by which a block is formed. */
export const SPLIT = { tangent: 0, adjoint: 1, product: 2 } as const;

/** A chain in flat arrays; p factors, numbered from 0. */
export type FlatChain = {
  /** d_0 … d_p. */
  readonly widths: Float64Array;
  /** C[i,i]. */
  readonly leaves: Float64Array;
  /** |E_i|; Infinity where neither tangents nor adjoints are at hand. */
  readonly edges: Float64Array;
  readonly tapes: Float64Array;
  /** 1 where the factor is diagonal. */
  readonly diagonal: Uint8Array;
};

/** The least costs of all blocks. */
export type CostTable = {
  readonly length: number;
  /** C[i,j] at i·p + j and at j·p + i; Infinity beyond 2^53 − 1. */
  readonly costs: Float64Array;
  /** 4·k + the kind of {@link SPLIT}, at i·p + j for i < j: how C[i,j] is reached. */
  readonly choices: Int32Array;
};

/**
 * Fills the table.
 *
 * Among equals tangents and adjoints are preferred to products (last, if the block is diagonal), and of the two that with
 * fewer seeds, then tangents; among each the one that goes through the most factors: so the plan has few operations, and
 * few products with vectors.
 *
 * @param chain - factors
 * @param memory - bound on the tape of an adjoint; Infinity for none
 * @param onProgress - is told the share of the work that is done, from 0 to 1, after each row
 */
export function fillCostTable(
  chain: FlatChain,
  memory: number,
  onProgress: (done: number) => void = () => {},
): CostTable {
  const { widths, edges, leaves } = chain;
  const p = leaves.length;
  const costs = new Float64Array(p * p);
  const choices = new Int32Array(p * p);
  const sums = prefixSums(edges.map((count) => (count < Infinity ? count : 0)));
  const reach = adjointReach(chain, memory);
  const { diagonalEnd, diagonalStart } = diagonalRuns(chain.diagonal);
  // The best adjoint for each last factor j, kept from row to row: its cost, and the last factor that it goes through.
  const adjoints = new Float64Array(p).fill(Infinity);
  const adjointAt = new Int32Array(p).fill(-1);

  for (let i = p - 1; i >= 0; i--) {
    const row = i * p;
    const columns = widths[i]!;
    costs[row + i] = leaves[i]!;
    let tangent = Infinity;
    let tangentAt = i;
    for (let j = i + 1; j < p; j++) {
      const rows = widths[j + 1]!;
      const column = j * p;

      // A tangent through one factor more, or one that starts here: both end with factor j.
      const before = costs[row + j - 1]!;
      if (before < tangent) {
        tangent = before;
        tangentAt = j - 1;
      }
      tangent += columns * edges[j]!;

      let adjoint = Infinity;
      const furthest = Math.min(reach[i]!, j - 1);
      if (furthest >= i) {
        let at = adjointAt[j]!;
        if (at > i && at <= furthest) {
          adjoint = adjoints[j]! + rows * edges[i]!;
          const single = costs[column + i + 1]! + rows * edges[i]!;
          if (single < adjoint) {
            adjoint = single;
            at = i;
          }
        } else {
          for (let k = i; k <= furthest; k++) {
            const cost = costs[column + k + 1]! + rows * (sums[k + 1]! - sums[i]!);
            if (cost <= adjoint) {
              adjoint = cost;
              at = k;
            }
          }
        }
        adjointAt[j] = at;
      } else {
        adjointAt[j] = -1;
      }
      adjoints[j] = adjoint;

      let product = Infinity;
      let productAt = i;
      // Splits up to `diagonalTo` have a diagonal earlier block, from `diagonalFrom` on a diagonal later block.
      const diagonalTo = diagonalEnd[i]!;
      const diagonalFrom = diagonalStart[j]! - 1;
      const entries = diagonalTo >= j ? columns : rows * columns;
      for (let k = i; k < j; k++) {
        const inner = k <= diagonalTo || k >= diagonalFrom ? 1 : widths[k + 1]!;
        const cost = costs[row + k]! + costs[column + k + 1]! + entries * inner;
        if (cost < product) {
          product = cost;
          productAt = k;
        }
      }

      let best = tangent;
      let choice = 4 * tangentAt + SPLIT.tangent;
      if (adjoint < best || (adjoint === best && rows < columns)) {
        best = adjoint;
        choice = 4 * adjointAt[j]! + SPLIT.adjoint;
      }
      // Among diagonal blocks a product also wins a tie: it is one multiplication an entry, where tangents are dense.
      if (product < best || (product === best && diagonalTo >= j)) {
        best = product;
        choice = 4 * productAt + SPLIT.product;
      }
      if (best > LARGEST_COST) best = Infinity;
      costs[row + j] = best;
      costs[column + i] = best;
      choices[row + j] = choice;
    }
    onProgress(((p - i) / p) ** 3);
  }
  return { length: p, costs, choices };
}

function prefixSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!;
  return sums;
}

/** For each i the last k such that an adjoint can go through i … k; i − 1 if not even through i. */
function adjointReach({ edges, tapes }: FlatChain, memory: number): Int32Array {
  const p = edges.length;
  const reach = new Int32Array(p);
  for (let i = 0; i < p; i++) {
    let tape = 0;
    let k = i;
    while (k < p && edges[k]! < Infinity && tape + tapes[k]! <= memory) tape += tapes[k++]!;
    reach[i] = k - 1;
  }
  return reach;
}

/** For each i the last factor of the diagonal run that starts there (i − 1 if none), for each j the first of that which ends there (j + 1). */
function diagonalRuns(diagonal: Uint8Array): { diagonalEnd: Int32Array; diagonalStart: Int32Array } {
  const p = diagonal.length;
  const diagonalEnd = new Int32Array(p);
  const diagonalStart = new Int32Array(p);
  for (let j = 0; j < p; j++) {
    diagonalStart[j] = diagonal[j] === 0 ? j + 1 : j > 0 && diagonal[j - 1] === 1 ? diagonalStart[j - 1]! : j;
  }
  for (let i = p - 1; i >= 0; i--) {
    diagonalEnd[i] = diagonal[i] === 0 ? i - 1 : i + 1 < p && diagonal[i + 1] === 1 ? diagonalEnd[i + 1]! : i;
  }
  return { diagonalEnd, diagonalStart };
}
