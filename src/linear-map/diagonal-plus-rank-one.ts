/** @file The Jacobian diag(d) − l·rᵀ of softmax and log-softmax: products cost O(width) a vector, not O(width²). */

import { fill, type Matrix } from "../array.ts";
import type { Kernel, PivotedRankOne } from "../kernels/types.ts";
import { recordable } from "./record.ts";
import type { Count, LinearMap, Product, Workspace } from "./types.ts";

/**
 * Wraps diag(d) − l·rᵀ with one diagonal entry as given: softmax has d = l = r = p (diag(p) − p·pᵀ), log-softmax d = l = 1
 * and r = p. Both have the class of the largest logit as pivot, whose entry holds 1 − p_c as the sum of the other p.
 *
 * Cost of a product: 3·width FMA a vector (dot product, diagonal, update), 2·width when d = l = 1.
 *
 * @param M - the matrix; its vectors are read anew at each product
 * @param width - rows and columns
 */
export function diagonalPlusRankOneMap(M: PivotedRankOne, width: number): LinearMap {
  const transposed: PivotedRankOne = { ...M, left: M.right, right: M.left };
  return {
    rows: width,
    columns: width,
    given: null,
    isDiagonal: false,
    diagonal: null,
    inner: null,
    preparePush: (workspace, count) => prepareProduct(workspace, count, M, 0),
    // A row u ↦ u·M is the column uᵀ ↦ Mᵀ·uᵀ.
    preparePull: (workspace, count) => prepareProduct(workspace, count, transposed, 1),
    prepareReadColumns:
      ({ kernel }) =>
      (first, output) => {
        if (output.dimension === 1) readColumn(kernel, M, first, output);
        else
          for (let c = 0; c < output.shape[1]!; c++) readColumn(kernel, M, first + c, output.pick(null, c));
      },
    prepareReadRows:
      ({ kernel }) =>
      (first, output) => {
        if (output.dimension === 1) readColumn(kernel, transposed, first, output);
        else
          for (let c = 0; c < output.shape[0]!; c++)
            readColumn(kernel, transposed, first + c, output.pick(c, null));
      },
  };
}

function prepareProduct(
  { kernel, allocator }: Workspace,
  count: Count,
  M: PivotedRankOne,
  axis: 0 | 1,
): Product {
  const s = count === null ? null : allocator.allocate(count);
  const along = count === null ? 0 : axis;
  return recordable(
    (input, output) => kernel.rankOneProduct(M, input, along, s, output),
    (to, input, output) => to.rankOneProduct(M, input, along, s, output),
  );
}

/** Column j of M: d_j·e_j − r_j·l, and the entry of the pivot as it is. */
function readColumn(
  kernel: Kernel,
  { diagonal, left, right, pivot }: PivotedRankOne,
  j: number,
  column: Matrix,
): void {
  const factor = right === null ? -1 : -right.get(j)!;
  if (left === null) fill(column, factor);
  else kernel.scale(factor, left, column);
  const isPivot = j === pivot.get(0)!;
  if (isPivot) column.set(j, 0);
  kernel.addAt(isPivot ? pivot.get(1)! : diagonal === null ? 1 : diagonal.get(j)!, column, j, 0);
}
