/** @file A diagonal Jacobian, of an elementwise function: products cost its width a vector. */

import { fill, type Matrix, type Vector } from "../array.ts";
import type { Orientation } from "./buffers.ts";
import { recordable } from "./record.ts";
import type { LinearMap } from "./types.ts";

/**
 * Wraps diag(d).
 *
 * @param d - the diagonal, shape [width]; read anew at each product
 */
export function diagonalMap(d: Vector): LinearMap {
  const width = d.shape[0]!;
  return {
    rows: width,
    columns: width,
    given: null,
    isDiagonal: true,
    diagonal: d,
    inner: null,
    preparePush: ({ kernel }, count) =>
      count === null
        ? recordable(
            (v, y) => kernel.multiply(v, d, y),
            (to, v, y) => to.multiply(v, d, y),
          )
        : recordable(
            (V, Y) => kernel.scaleRows(d, V, Y),
            (to, V, Y) => to.scaleRows(d, V, Y),
          ),
    preparePull: ({ kernel }, count) =>
      count === null
        ? recordable(
            (u, y) => kernel.multiply(u, d, y),
            (to, u, y) => to.multiply(u, d, y),
          )
        : recordable(
            (U, Y) => kernel.scaleColumns(U, d, Y),
            (to, U, Y) => to.scaleColumns(U, d, Y),
          ),
    prepareReadColumns: () => (first, output) => placeDiagonal(output, "columns", first, d),
    prepareReadRows: () => (first, output) => placeDiagonal(output, "rows", first, d),
  };
}

/**
 * Overwrites a vector or block by columns (or rows) `first` … of a diagonal matrix. No arithmetic, no allocation.
 *
 * @param output - vector [width], tangents [width, b] or cotangents [b, width]
 * @param orientation - which of the two a block is
 * @param first - index of the first column or row
 * @param diagonal - the diagonal [width]; null for ones
 */
export function placeDiagonal(
  output: Matrix,
  orientation: Orientation,
  first: number,
  diagonal: Vector | null,
): void {
  fill(output, 0);
  const at = (i: number): number => (diagonal === null ? 1 : diagonal.get(i)!);
  if (output.dimension === 1) {
    output.set(first, at(first));
  } else if (orientation === "columns") {
    for (let c = 0; c < output.shape[1]!; c++) output.set(first + c, c, at(first + c));
  } else {
    for (let c = 0; c < output.shape[0]!; c++) output.set(c, first + c, at(first + c));
  }
}
