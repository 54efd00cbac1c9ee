/**
 * @file The dynamic program over all ranges of a chain's steps: for every budget of snapshot memory the least work that
 * has to be done again, with step costs and snapshot sizes of any kind.
 *
 * For steps i+1 … j, the state x_i held, S prefix sums of step costs, b_k the size of x_k and B what is free:
 *
 *   W[i,i+1](B) = 0
 *   W[i,j](B) = min( Σ_{i<t<j} (S_t − S_i),   every step started again from x_i
 *                    min over i < k < j with b_k ≤ B of (S_k − S_i) + W[k,j](B − b_k) + W[i,k](B) )
 *
 * W[i,j] is a falling step function of B, kept as its corners, so no budget is rounded to a grid. A. Griewank and A.
 * Walther, Evaluating Derivatives, 2nd ed. (SIAM, 2008), chapter 12, has this recursion for equal snapshots. A snapshot
 * stays until its step is reversed; for snapshots of unequal size, giving one up early and computing it again could in
 * rare cases do better (see the discussion of memory persistency by O. Beaumont et al., "Optimal checkpointing for
 * heterogeneous chains", arXiv:1911.13214).
 *
 * Time: O(L³·c) for L steps and c corners a range. Equal sizes have at most L corners.
 */

import { JacobenchError } from "../errors.ts";

/** Least work done again as a function of the free memory: a step function, by its corners. */
export type Frontier = {
  /** Rising; the first is 0. */
  readonly bytes: Float64Array;
  /** Falling: the work from this corner on. */
  readonly costs: Float64Array;
  /** The first snapshot k that reaches it; −1 for none. */
  readonly splits: Int32Array;
};

/** W[i,j] for 0 ≤ i < j ≤ L, at `frontiers[i][j]`. */
export type CheckpointTable = readonly (readonly Frontier[])[];

/** More corners than this in one range are refused: random sizes of 60 steps have about 1,000. */
export const MOST_CORNERS = 20_000;

/**
 * Fills the table.
 *
 * @param sums - S_0 = 0, …, S_L: prefix sums of step costs
 * @param sizes - b_0 … b_{L−1}: sizes of the states before each step
 * @param largest - the largest budget that is asked for; corners beyond are left out
 * @param mostCorners - refuses more corners than this in one range
 * @throws {JacobenchError} `ERR_RANGE` where sizes are so diverse that a range has more corners
 */
export function fillCheckpointTable(
  sums: readonly number[],
  sizes: readonly number[],
  largest: number,
  mostCorners = MOST_CORNERS,
): CheckpointTable {
  const L = sizes.length;
  const table: Frontier[][] = Array.from({ length: L }, () => []);
  for (let length = 1; length <= L; length++) {
    for (let i = 0; i + length <= L; i++) {
      const j = i + length;
      let frontier = restartFrontier(sums, i, j);
      for (let k = i + 1; k < j; k++) {
        if (sizes[k]! > largest) continue;
        const split = splitFrontier(sums[k]! - sums[i]!, k, sizes[k]!, table[k]![j]!, table[i]![k]!, largest);
        frontier = lowerEnvelope(frontier, split);
      }
      if (frontier.bytes.length > mostCorners) refuseSizes(mostCorners);
      table[i]![j] = frontier;
    }
  }
  return table;
}

/**
 * The corner of a frontier that holds at a budget: the last one that fits.
 *
 * @param frontier - step function
 * @param bytes - the budget, at least 0
 */
export function cornerAt(frontier: Frontier, bytes: number): number {
  let low = 0;
  let high = frontier.bytes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (frontier.bytes[middle]! <= bytes) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** No snapshot besides x_i: Σ_{i<t<j} (S_t − S_i). */
function restartFrontier(sums: readonly number[], i: number, j: number): Frontier {
  let cost = 0;
  for (let t = i + 1; t < j; t++) cost += sums[t]! - sums[i]!;
  return { bytes: Float64Array.of(0), costs: Float64Array.of(cost), splits: Int32Array.of(-1) };
}

/** x_k is the first snapshot: later steps have `size` bytes less, earlier ones all of it. */
function splitFrontier(
  advance: number,
  k: number,
  size: number,
  later: Frontier,
  earlier: Frontier,
  largest: number,
): Frontier {
  const bytes: number[] = [];
  const costs: number[] = [];
  let a = 0;
  let b = cornerAt(earlier, size);
  for (let at = size; at <= largest; ) {
    bytes.push(at);
    costs.push(advance + later.costs[a]! + earlier.costs[b]!);
    const nextLater = a + 1 < later.bytes.length ? size + later.bytes[a + 1]! : Infinity;
    const nextEarlier = b + 1 < earlier.bytes.length ? earlier.bytes[b + 1]! : Infinity;
    at = Math.min(nextLater, nextEarlier);
    if (at === Infinity) break;
    if (nextLater === at) a++;
    if (nextEarlier === at) b++;
  }
  return {
    bytes: Float64Array.from(bytes),
    costs: Float64Array.from(costs),
    splits: new Int32Array(bytes.length).fill(k),
  };
}

/** The smaller of two step functions; of equals the first. */
function lowerEnvelope(first: Frontier, second: Frontier): Frontier {
  const most = first.bytes.length + second.bytes.length;
  const bytes = new Float64Array(most);
  const costs = new Float64Array(most);
  const splits = new Int32Array(most);
  let [a, b, count] = [0, 0, 0];
  let least = Infinity;
  while (a < first.bytes.length || b < second.bytes.length) {
    const takeFirst =
      b === second.bytes.length || (a < first.bytes.length && first.bytes[a]! <= second.bytes[b]!);
    const from = takeFirst ? first : second;
    const at = takeFirst ? a++ : b++;
    const cost = from.costs[at]!;
    if (cost >= least) continue;
    least = cost;
    // Of two corners at the same budget the later, lower one holds.
    if (count > 0 && bytes[count - 1] === from.bytes[at]) count--;
    bytes[count] = from.bytes[at]!;
    costs[count] = cost;
    splits[count++] = from.splits[at]!;
  }
  return { bytes: bytes.slice(0, count), costs: costs.slice(0, count), splits: splits.slice(0, count) };
}

function refuseSizes(mostCorners: number): never {
  throw new JacobenchError(
    "ERR_RANGE",
    `checkpoints: the snapshot sizes are so diverse that more than ${mostCorners} different budgets matter; round ` +
      "the sizes up to multiples of a larger unit, or give fewer steps",
  );
}
