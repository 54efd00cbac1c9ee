/** @file Executing a plan: each block of its tree prepared once, dense as a matrix or diagonal as a vector. */

import { copyInto, fill, type Matrix, type Vector } from "../array.ts";
import type { Observer, OperationLabel } from "../cost/operation.ts";
import { SILENT } from "../cost/operation.ts";
import { adopted } from "../kernels/types.ts";
import { preparePullThrough, preparePushThrough } from "../linear-map/compose.ts";
import { addIdentity } from "../linear-map/identity-plus.ts";
import type { LinearMap, Product, Workspace } from "../linear-map/types.ts";
import type { PlanNode } from "../planner/plan-tree.ts";
import { throughOf } from "../planner/plan-tree.ts";

/** A prepared block: J_last … J_first, as a matrix or, where all its factors are diagonal, as a vector. */
export type Block = {
  readonly matrix: Matrix | null;
  readonly diagonal: Vector | null;
  /** Forms the block out of its parts, those first. */
  readonly form: () => void;
};

/** What all blocks of one plan share. */
export type PlanContext = {
  readonly maps: readonly LinearMap[];
  readonly workspace: Workspace;
  readonly observer: Observer;
};

/**
 * Prepares a block and its parts. Memory: see `blockEntries` in plan-cost.ts, which says the same in closed form.
 *
 * @param node - of the plan's tree
 * @param context - maps of the factors, kernel, allocator, observer
 */
export function prepareBlock(node: PlanNode, context: PlanContext): Block {
  switch (node.kind) {
    case "given":
      return givenBlock(node, context);
    case "accumulate":
      return accumulatedBlock(node, context);
    case "inner":
      return innerBlock(node, context);
    case "product":
      return productBlock(node, context);
    case "tangent":
    case "adjoint":
      return sweptBlock(node, context);
  }
}

/** The matrix of a block; a diagonal is written out, which takes no arithmetic. */
export function prepareDense(
  block: Block,
  size: number,
  { workspace }: PlanContext,
): { matrix: Matrix; form: () => void } {
  if (block.matrix !== null) return { matrix: block.matrix, form: block.form };
  const matrix = workspace.allocator.allocate(size, size);
  const d = block.diagonal!;
  return {
    matrix,
    form: () => {
      block.form();
      for (let i = 0; i < size; i++) matrix.set(i, i, d.get(i)!);
    },
  };
}

function givenBlock(node: PlanNode, { maps, workspace }: PlanContext): Block {
  const map = maps[node.first - 1]!;
  if (map.given !== null)
    return { matrix: adopted(workspace.kernel, map.given), diagonal: null, form: () => {} };
  if (map.diagonal !== null) return { matrix: null, diagonal: map.diagonal, form: () => {} };
  const ones = workspace.allocator.allocate(map.rows);
  fill(ones, 1);
  return { matrix: null, diagonal: ones, form: () => {} };
}

function accumulatedBlock(node: Extract<PlanNode, { kind: "accumulate" }>, context: PlanContext): Block {
  const { maps, workspace, observer } = context;
  const { allocator } = workspace;
  const map = maps[node.first - 1]!;
  const label = { kind: "accumulate", first: node.first, last: node.last, vectors: node.vectors } as const;
  if (map.diagonal !== null) {
    const [ones, diagonal] = [allocator.allocate(map.rows), allocator.allocate(map.rows)];
    fill(ones, 1);
    const push = map.preparePush(workspace, null);
    return { matrix: null, diagonal, form: announced(observer, label, () => push(ones, diagonal)) };
  }
  const matrix = allocator.allocate(map.rows, map.columns);
  const read =
    node.mode === "tangent"
      ? map.prepareReadColumns(workspace, node.vectors)
      : map.prepareReadRows(workspace, node.vectors);
  return { matrix, diagonal: null, form: announced(observer, label, () => read(0, matrix)) };
}

function innerBlock(node: Extract<PlanNode, { kind: "inner" }>, context: PlanContext): Block {
  const { workspace, observer } = context;
  const map = context.maps[node.first - 1]!;
  const inner = prepareBlock(node.inner, { ...context, maps: map.inner!, observer: SILENT });
  const dense = prepareDense(inner, node.rows, context);
  const matrix = workspace.allocator.allocate(node.rows, node.columns);
  const label = { kind: "accumulate", first: node.first, last: node.last, vectors: node.columns } as const;
  const work = (): void => {
    dense.form();
    copyInto(dense.matrix, matrix);
    addIdentity(workspace.kernel, matrix);
  };
  return { matrix, diagonal: null, form: announced(observer, label, work) };
}

function productBlock(node: Extract<PlanNode, { kind: "product" }>, context: PlanContext): Block {
  const { workspace, observer } = context;
  const { kernel, allocator } = workspace;
  const earlier = prepareBlock(node.earlier, context);
  const later = prepareBlock(node.later, context);
  const label = { kind: "product", first: node.first, last: node.last, vectors: node.columns } as const;
  const [A, B] = [later.matrix, earlier.matrix];
  const parts = (): void => {
    earlier.form();
    later.form();
  };
  if (A === null && B === null) {
    const diagonal = allocator.allocate(node.rows);
    const multiply = announced(observer, label, () =>
      kernel.multiply(later.diagonal!, earlier.diagonal!, diagonal),
    );
    return { matrix: null, diagonal, form: inOrder(parts, multiply) };
  }
  const matrix = allocator.allocate(node.rows, node.columns);
  const multiply = announced(observer, label, () => {
    if (A === null) kernel.scaleRows(later.diagonal!, B!, matrix);
    else if (B === null) kernel.scaleColumns(A, earlier.diagonal!, matrix);
    else kernel.matmul(A, B, matrix);
  });
  return { matrix, diagonal: null, form: inOrder(parts, multiply) };
}

function sweptBlock(node: Extract<PlanNode, { kind: "tangent" | "adjoint" }>, context: PlanContext): Block {
  const { maps, workspace, observer } = context;
  const tangents = node.kind === "tangent";
  const part = prepareBlock(tangents ? node.earlier : node.later, context);
  const [first, last] = throughOf(node);
  const swept = maps.slice(first - 1, last);
  const vectors = tangents ? node.columns : node.rows;
  const label = { kind: node.kind, first, last, vectors } as const;
  const prepare = (count: number | null): Product =>
    (tangents ? preparePushThrough : preparePullThrough)(swept, workspace, count);
  if (part.diagonal !== null && swept.every((map) => map.isDiagonal)) {
    // A diagonal through diagonals stays one: its vector goes through, at no more than a tangent of width 1.
    const diagonal = workspace.allocator.allocate(node.rows);
    const sweep = prepare(null);
    return {
      matrix: null,
      diagonal,
      form: inOrder(
        part.form,
        announced(observer, label, () => sweep(part.diagonal!, diagonal)),
      ),
    };
  }
  const dense = prepareDense(part, tangents ? node.columns : node.rows, context);
  const matrix = workspace.allocator.allocate(node.rows, node.columns);
  const sweep = prepare(vectors);
  return {
    matrix,
    diagonal: null,
    form: inOrder(
      dense.form,
      announced(observer, label, () => sweep(dense.matrix, matrix)),
    ),
  };
}

function announced(observer: Observer, label: OperationLabel, work: () => void): () => void {
  return () => {
    observer.begin(label);
    work();
    observer.end();
  };
}

function inOrder(first: () => void, second: () => void): () => void {
  return () => {
    first();
    second();
  };
}
