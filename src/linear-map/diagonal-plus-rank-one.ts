/** @file The Jacobian diag(d) − l·rᵀ of softmax and log-softmax: products cost O(width) a vector, not O(width²). */

import { copyInto, fill, type Matrix, type Vector } from "../array.ts";
import { adopted } from "../kernels/types.ts";
import { recordable } from "./record.ts";
import type { Count, LinearMap, Product, Workspace } from "./types.ts";

/** d and l where they are not all ones, and r; each of shape [width]. */
export type DiagonalPlusRankOne = {
  /** Diagonal and left vector; null when both are ones (log-softmax), which saves their multiplications. */
  readonly scaled: { readonly diagonal: Vector; readonly left: Vector } | null;
  readonly right: Vector;
};

/**
 * Wraps diag(d) − l·rᵀ, as softmax has it with d = l = r = p (diag(p) − p·pᵀ), and log-softmax with d = l = 1, r = p.
 *
 * Cost of a product: 3·width FMA a vector (dot product, diagonal, update), 2·width when d = l = 1.
 *
 * @param parts - d, l and r; read anew at each product
 * @param ones - a vector of ones, shape [width]
 */
export function diagonalPlusRankOneMap(parts: DiagonalPlusRankOne, ones: Vector): LinearMap {
  const { scaled, right } = parts;
  const width = right.shape[0]!;
  const left = scaled?.left ?? ones;
  return {
    rows: width,
    columns: width,
    given: null,
    isDiagonal: false,
    diagonal: null,
    inner: null,
    preparePush: (workspace, count) => {
      const own = adopted(workspace.kernel, left);
      return prepareProduct(workspace, count, "columns", scaled?.diagonal, own, right);
    },
    preparePull: (workspace, count) => {
      const own = adopted(workspace.kernel, left);
      return prepareProduct(workspace, count, "rows", scaled?.diagonal, right, own);
    },
    prepareReadColumns:
      ({ kernel }) =>
      (first, output) => {
        // Column j is d_j·e_j − r_j·l.
        const columns = output.dimension === 1 ? 1 : output.shape[1]!;
        for (let c = 0; c < columns; c++) {
          const j = first + c;
          const column = output.dimension === 1 ? output : output.pick(null, c);
          if (scaled === null) fill(column, -right.get(j)!);
          else kernel.scale(-right.get(j)!, scaled.left, column);
          kernel.addAt(scaled === null ? 1 : scaled.diagonal.get(j)!, column, j, 0);
        }
      },
    prepareReadRows:
      ({ kernel }) =>
      (first, output) => {
        // Row i is d_i·e_iᵀ − l_i·rᵀ.
        const rows = output.dimension === 1 ? 1 : output.shape[0]!;
        for (let c = 0; c < rows; c++) {
          const i = first + c;
          const row = output.dimension === 1 ? output : output.pick(c, null);
          kernel.scale(scaled === null ? -1 : -scaled.left.get(i)!, right, row);
          kernel.addAt(scaled === null ? 1 : scaled.diagonal.get(i)!, row, i, 0);
        }
      },
  };
}

/** V ↦ diag(d)·V − out·(inᵀ·V) for tangents, and the same with rows for cotangents. */
function prepareProduct(
  { kernel, allocator }: Workspace,
  count: Count,
  orientation: "columns" | "rows",
  diagonal: Vector | undefined,
  out: Vector,
  into: Vector,
): Product {
  if (count === null) {
    const run = (input: Vector, output: Vector): void => {
      const s = kernel.dot(into, input);
      if (diagonal === undefined) copyInto(input, output);
      else kernel.multiply(input, diagonal, output);
      kernel.axpy(-s, out, output);
    };
    return recordable(run, (to, input, output) => {
      if (diagonal === undefined) to.copy(input, output);
      else to.multiply(input, diagonal, output);
      to.subtractMultiple(into, input, out, output);
    });
  }
  const s = allocator.allocate(count);
  if (orientation === "columns") {
    const run = (input: Matrix, output: Matrix): void => {
      kernel.vecmat(into, input, s);
      if (diagonal === undefined) copyInto(input, output);
      else kernel.scaleRows(diagonal, input, output);
      kernel.addOuter(-1, out, s, output);
    };
    return recordable(run, (to, input, output) => {
      to.vecmat(into, input, s);
      if (diagonal === undefined) to.copy(input, output);
      else to.scaleRows(diagonal, input, output);
      to.addOuter(-1, out, s, output);
    });
  }
  const run = (input: Matrix, output: Matrix): void => {
    kernel.matvec(input, into, s);
    if (diagonal === undefined) copyInto(input, output);
    else kernel.scaleColumns(input, diagonal, output);
    kernel.addOuter(-1, s, out, output);
  };
  return recordable(run, (to, input, output) => {
    to.matvec(input, into, s);
    if (diagonal === undefined) to.copy(input, output);
    else to.scaleColumns(input, diagonal, output);
    to.addOuter(-1, s, out, output);
  });
}
