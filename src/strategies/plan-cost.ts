/** @file Memory of an executed plan in closed form: the same walk as in plan-blocks.ts, with entries for arrays. */

import type { Structure } from "../chain/shape.ts";
import { structuresOf, throughEntries } from "../cost/structure-cost.ts";
import { type PlanNode, throughOf } from "../planner/plan-tree.ts";

/**
 * Float64 entries that a prepared block and its parts take.
 *
 * @param node - of the plan's tree
 * @param structures - of the factors, first applied first
 */
export function blockEntries(node: PlanNode, structures: readonly Structure[]): number {
  const structure = structures[node.first - 1]!;
  const { rows, columns } = node;
  switch (node.kind) {
    case "given":
      return structure.kind === "identity" ? rows : 0;
    case "accumulate": {
      return structure.kind === "diagonal" ? 2 * rows : rows * columns;
    }
    case "inner": {
      const inner = structuresOf((structure as Extract<Structure, { kind: "identity-plus" }>).inner);
      return blockEntries(node.inner, inner) + denseEntries(node.inner, inner, rows) + rows * columns;
    }
    case "product": {
      const parts = blockEntries(node.earlier, structures) + blockEntries(node.later, structures);
      return parts + (isDiagonalBlock(node, structures) ? rows : rows * columns);
    }
    case "tangent":
    case "adjoint": {
      const part = node.kind === "tangent" ? node.earlier : node.later;
      const [first, last] = throughOf(node);
      const swept = structures.slice(first - 1, last);
      const own = blockEntries(part, structures);
      if (isDiagonalBlock(node, structures)) return own + throughEntries(swept, null) + rows;
      const vectors = node.kind === "tangent" ? columns : rows;
      return own + denseEntries(part, structures, vectors) + throughEntries(swept, vectors) + rows * columns;
    }
  }
}

/** Entries of a diagonal block that is written out as a matrix. */
export function denseEntries(node: PlanNode, structures: readonly Structure[], size: number): number {
  return isDiagonalBlock(node, structures) ? size * size : 0;
}

/** Whether all factors of a block are diagonal, and so is it. */
export function isDiagonalBlock(node: PlanNode, structures: readonly Structure[]): boolean {
  return structures
    .slice(node.first - 1, node.last)
    .every(({ kind }) => kind === "diagonal" || kind === "identity");
}
