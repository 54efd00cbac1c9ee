/** @file A plan as a tree of blocks, and as the list of operations that execute it. */

import type { Operation } from "../cost/operation.ts";

/** What every block of a plan has: the product J_last … J_first, formed as an explicit matrix. */
type Block = {
  /** First factor of the block, numbered from 1. */
  readonly first: number;
  readonly last: number;
  /** Rows of the block: m of its last factor. */
  readonly rows: number;
  /** Columns of the block: n of its first factor. */
  readonly columns: number;
  /** FMA of the operation that forms it out of its parts. */
  readonly fma: number;
  /** FMA of that and of all its parts. */
  readonly totalFma: number;
};

/** One block of a plan, and how it is formed. */
export type PlanNode = Block &
  (
    | { readonly kind: "given" }
    /** One factor's Jacobian, by tangents of all columns (one, if it is diagonal) or adjoints of all rows. */
    | { readonly kind: "accumulate"; readonly mode: "tangent" | "adjoint"; readonly vectors: number }
    /** One factor I + J_inner: the plan of its inner chain, then the identity is added. */
    | { readonly kind: "inner"; readonly inner: PlanNode }
    /** The later block times the earlier one. */
    | { readonly kind: "product"; readonly later: PlanNode; readonly earlier: PlanNode }
    /** The columns of an earlier block pushed through the factors after it. */
    | { readonly kind: "tangent"; readonly earlier: PlanNode }
    /** The rows of a later block pulled back through the factors before it. */
    | { readonly kind: "adjoint"; readonly later: PlanNode }
  );

/** An operation of a plan, with what it forms and what it needs. */
export type PlanOperation = Operation & {
  readonly kind: "accumulate" | "product" | "tangent" | "adjoint";
  /** How an accumulation is done; null for all other kinds. */
  readonly mode: "tangent" | "adjoint" | "inner" | null;
  /** First and last factor of the block that it forms. `first` and `last` are those that it goes through. */
  readonly block: readonly [number, number];
  /** Places in the list of the operations that form what it reads; given Jacobians need none. */
  readonly inputs: readonly number[];
};

/** The parts of a block that are blocks of the same chain, earlier one first. */
export function partsOf(node: PlanNode): readonly PlanNode[] {
  switch (node.kind) {
    case "product":
      return [node.earlier, node.later];
    case "tangent":
      return [node.earlier];
    case "adjoint":
      return [node.later];
    default:
      return [];
  }
}

/** First and last factor that the operation of a block goes through: pushes or pulls, or for a product the whole block. */
export function throughOf(node: PlanNode): readonly [number, number] {
  if (node.kind === "tangent") return [node.earlier.last + 1, node.last];
  if (node.kind === "adjoint") return [node.first, node.later.first - 1];
  return [node.first, node.last];
}

/**
 * The mode of a block that is tangents, or adjoints, from end to end; one factor's Jacobian, however it is had, begins
 * either. Null for blocks that mix, and for explicit products.
 *
 * @param node - a block
 */
export function sweepModeOf(node: PlanNode): "tangent" | "adjoint" | null {
  if (node.kind === "tangent") return beginsSweep(node.earlier, "tangent") ? "tangent" : null;
  if (node.kind === "adjoint") return beginsSweep(node.later, "adjoint") ? "adjoint" : null;
  return node.kind === "accumulate" ? node.mode : null;
}

function beginsSweep(node: PlanNode, mode: "tangent" | "adjoint"): boolean {
  if (node.kind === "given" || node.kind === "inner") return true;
  if (node.kind === "accumulate" && node.vectors === 1) return true;
  return sweepModeOf(node) === mode;
}

/**
 * Where a plan is cut last: the factor after which it is, and the width there; null for a plan without a cut.
 *
 * @param tree - the plan
 */
export function cutOf(tree: PlanNode): { readonly after: number; readonly width: number } | null {
  if (tree.kind === "product" || tree.kind === "tangent") {
    return { after: tree.earlier.last, width: tree.earlier.rows };
  }
  return tree.kind === "adjoint" ? { after: tree.later.first - 1, width: tree.later.columns } : null;
}

/**
 * All blocks of a plan, each after its parts. Without recursion: a plan of products can be as deep as its chain is long.
 *
 * @param tree - the plan
 */
export function blocksOf(tree: PlanNode): PlanNode[] {
  const blocks: PlanNode[] = [];
  const open = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    blocks.push(node);
    open.push(...partsOf(node));
  }
  return blocks.reverse();
}

/**
 * The operations of a plan in an order in which they can be executed. Given Jacobians need no operation. Their FMA add
 * up to the plan's cost.
 *
 * @param tree - the plan
 */
export function operationsOf(tree: PlanNode): PlanOperation[] {
  const operations: PlanOperation[] = [];
  const places = new Map<PlanNode, number>();
  for (const node of blocksOf(tree)) {
    if (node.kind === "given") continue;
    const inputs = partsOf(node)
      .map((part) => places.get(part))
      .filter((place) => place !== undefined);
    const [first, last] = throughOf(node);
    const forms = node.kind === "inner" || node.kind === "accumulate";
    places.set(node, operations.length);
    operations.push({
      kind: node.kind === "inner" ? "accumulate" : node.kind,
      mode: node.kind === "inner" ? "inner" : node.kind === "accumulate" ? node.mode : null,
      first,
      last,
      vectors: vectorsOf(node),
      times: 1,
      fma: forms ? node.totalFma : node.fma,
      block: [node.first, node.last],
      inputs,
    });
  }
  return operations;
}

function vectorsOf(node: PlanNode): number {
  if (node.kind === "accumulate") return node.vectors;
  return node.kind === "adjoint" ? node.rows : node.columns;
}
