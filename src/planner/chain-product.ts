/**
 * @file The cheapest way to accumulate the Jacobian of a chain: an optimal plan over all bracketings, where each step is
 * an explicit product, a tangent of a later range or an adjoint of an earlier one.
 *
 * Sources: U. Naumann, "Optimal Jacobian accumulation is NP-complete", Mathematical Programming 112 (2008) 427–441 (the
 * general problem; the proof needs partial derivatives that depend on each other algebraically); M. Bentert, A. Crane,
 * P. G. Drange, Y. Mizutani, B. D. Sullivan (arXiv:2506.17521, 2025) (NP-complete by the structure alone as well, under
 * vertex elimination); "Optimization of Generalized Jacobian Chain Products without Memory Constraints"
 * (arXiv:2003.05755) and "Matrix-Free Jacobian Chaining" (arXiv:2406.11862) (chains of dense Jacobians, solved here);
 * T. Cormen et al., Introduction to Algorithms (the matrix chain problem).
 */

import { JacobenchError } from "../errors.ts";
import { type CostTable, type FlatChain, fillCostTable, SPLIT } from "./cost-table.ts";
import {
  type Accumulation,
  accumulationOf,
  checkElementals,
  checkMemory,
  type Elemental,
} from "./elemental.ts";
import { LARGEST_COST, refuseCost } from "./exact.ts";
import { operationsOf, type PlanNode, type PlanOperation } from "./plan-tree.ts";

/** What a plan may use. */
export type PlanOptions = {
  /** Bound on the tape of an adjoint, in the unit of the factors' `tape`; default none. 0 leaves tangents and products. */
  readonly memory?: number;
  /** Is told the share of the work that is done, from 0 to 1; often for long chains. The planner reads no clock. */
  readonly onProgress?: (done: number) => void;
};

/** An optimal plan. */
export type ChainPlan = {
  /** Its cost, the least that there is. */
  readonly fma: number;
  readonly tree: PlanNode;
  /** The same in an order in which it can be executed; their FMA add up to `fma`. */
  readonly operations: readonly PlanOperation[];
};

/** The longest chain that is planned: its table takes 20 bytes a pair of factors. */
export const LONGEST_CHAIN = 3000;

/**
 * Finds the cheapest plan for J = J_p … J_1.
 *
 * Time: O(p³), a few seconds for p = 2,000. Memory: 20·p² bytes.
 *
 * @param elementals - F_1 … F_p, first applied first
 * @param options - bound on memory, progress
 * @returns the plan; among equally cheap ones one with few operations
 * @throws {JacobenchError} `ERR_CONFIG` for a chain that cannot be, `ERR_RANGE` for a bad bound, a chain that is too
 *   long, or an optimum beyond 2^53 − 1 FMA
 */
export function planChain(elementals: readonly Elemental[], options: PlanOptions = {}): ChainPlan {
  const { memory = Infinity, onProgress } = options;
  checkElementals(elementals, "planChain");
  checkMemory(memory, "planChain");
  checkLength(elementals.length);
  const tree = bestTree(elementals, memory, onProgress);
  return { fma: tree.totalFma, tree, operations: operationsOf(tree) };
}

/**
 * Finds the cheapest order of explicit products alone, all Jacobians taken as given: the matrix chain problem.
 *
 * @param elementals - F_1 … F_p, first applied first; their edges are not looked at
 * @param onProgress - is told the share of the work that is done
 * @throws {JacobenchError} as {@link planChain}
 */
export function planProducts(
  elementals: readonly Elemental[],
  onProgress?: (done: number) => void,
): ChainPlan {
  const given = elementals.map((elemental) => ({ ...elemental, edges: null, given: true }));
  return planChain(given, onProgress === undefined ? {} : { onProgress });
}

function checkLength(p: number): void {
  if (p <= LONGEST_CHAIN) return;
  throw new JacobenchError(
    "ERR_RANGE",
    `planChain: the chain has ${p} factors; expected at most ${LONGEST_CHAIN}, since the work grows as p³`,
  );
}

/** A factor's accumulation, with the plan of its inner chain if it has one. */
type Leaf = Accumulation & { readonly inner: PlanNode | null };

function bestTree(
  elementals: readonly Elemental[],
  memory: number,
  onProgress?: (done: number) => void,
): PlanNode {
  const leaves = elementals.map((elemental): Leaf => {
    const needed = elemental.inner !== null && !elemental.given;
    const inner = needed ? bestTree(elemental.inner, memory) : null;
    return { ...accumulationOf(elemental, memory, inner?.totalFma ?? 0), inner };
  });
  const chain: FlatChain = {
    widths: Float64Array.from([elementals[0]!.n, ...elementals.map(({ m }) => m)]),
    leaves: Float64Array.from(leaves, ({ fma }) => (fma > LARGEST_COST ? Infinity : fma)),
    edges: Float64Array.from(elementals, ({ edges }) => edges ?? Infinity),
    tapes: Float64Array.from(elementals, ({ tape }) => tape),
    diagonal: Uint8Array.from(elementals, ({ structure }) => (structure === "diagonal" ? 1 : 0)),
  };
  const table = fillCostTable(chain, memory, onProgress);
  if (table.costs[table.length - 1] === Infinity) refuseCost("planChain: even the cheapest plan costs");
  return readTree(table, elementals, leaves);
}

/**
 * Reads the plan out of the table. Factors are numbered from 0 there, and from 1 in the tree. Without recursion: first
 * the ranges that occur, each before its parts, then their blocks in the opposite order.
 */
function readTree(table: CostTable, elementals: readonly Elemental[], leaves: readonly Leaf[]): PlanNode {
  const p = table.length;
  const ranges: [number, number][] = [];
  const open: [number, number][] = [[0, p - 1]];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    ranges.push(range);
    const [i, j] = range;
    if (i === j) continue;
    const [k, kind] = splitAt(table, i, j);
    if (kind !== SPLIT.adjoint) open.push([i, k]);
    if (kind !== SPLIT.tangent) open.push([k + 1, j]);
  }
  const blocks = new Map<number, PlanNode>();
  for (const [i, j] of ranges.reverse()) {
    const block = {
      first: i + 1,
      last: j + 1,
      rows: elementals[j]!.m,
      columns: elementals[i]!.n,
      totalFma: table.costs[i * p + j]!,
    };
    blocks.set(i * p + j, i === j ? leafNode(block, leaves[i]!) : joinNode(block, table, blocks, leaves));
  }
  return blocks.get(p - 1)!;
}

type BlockRange = Pick<PlanNode, "first" | "last" | "rows" | "columns" | "totalFma">;

function splitAt({ length, choices }: CostTable, i: number, j: number): [k: number, kind: number] {
  const choice = choices[i * length + j]!;
  return [choice >> 2, choice & 3];
}

function leafNode(block: BlockRange, { mode, vectors, inner }: Leaf): PlanNode {
  const { totalFma } = block;
  if (mode === "given") return { ...block, kind: "given", fma: 0 };
  if (mode === "inner") return { ...block, kind: "inner", inner: inner!, fma: totalFma - inner!.totalFma };
  return { ...block, kind: "accumulate", mode, vectors, fma: totalFma };
}

function joinNode(
  block: BlockRange,
  table: CostTable,
  blocks: ReadonlyMap<number, PlanNode>,
  leaves: readonly Leaf[],
): PlanNode {
  const { first, last, totalFma } = block;
  const [i, j] = [first - 1, last - 1];
  const [k, kind] = splitAt(table, i, j);
  const part = (from: number, to: number): PlanNode => blocks.get(from * table.length + to)!;
  if (kind === SPLIT.tangent) {
    const earlier = part(i, k);
    return { ...block, kind: "tangent", earlier, fma: totalFma - earlier.totalFma };
  }
  if (kind === SPLIT.adjoint) {
    const formed = part(k + 1, j);
    // Where either mode forms the factor alike, adjoints that go on from it make one sweep.
    const swept = formed.kind === "accumulate" && leaves[formed.first - 1]!.eitherWay === true;
    const later: PlanNode = swept ? { ...formed, mode: "adjoint" } : formed;
    return { ...block, kind: "adjoint", later, fma: totalFma - later.totalFma };
  }
  const [earlier, later] = [part(i, k), part(k + 1, j)];
  return { ...block, kind: "product", earlier, later, fma: totalFma - earlier.totalFma - later.totalFma };
}
