/** @file A dense Jacobian: all its entries are held, products cost rows × columns a vector. */

import type { Matrix } from "../array.ts";
import type { LinearMap, Reader } from "./types.ts";

/**
 * Wraps an explicit Jacobian.
 *
 * @param J - [rows, columns]; read anew at each product, so its entries may change between points
 */
export function denseMap(J: Matrix): LinearMap {
  const readColumns: Reader = (first, output) => readSlices(J, 1, first, output);
  const readRows: Reader = (first, output) => readSlices(J, 0, first, output);
  return {
    rows: J.shape[0]!,
    columns: J.shape[1]!,
    given: J,
    isDiagonal: false,
    diagonal: null,
    inner: null,
    preparePush: ({ kernel }, count) =>
      count === null ? (v, y) => kernel.matvec(J, v, y) : (V, Y) => kernel.matmul(J, V, Y),
    preparePull: ({ kernel }, count) =>
      count === null ? (u, y) => kernel.vecmat(u, J, y) : (U, Y) => kernel.matmul(U, J, Y),
    prepareReadColumns: () => readColumns,
    prepareReadRows: () => readRows,
  };
}

/** Copies columns (axis 1) or rows (axis 0) of J; a vector output takes one. Loops, since views would be allocated. */
function readSlices(J: Matrix, axis: 0 | 1, first: number, output: Matrix): void {
  const from = J.data;
  const to = output.data;
  const single = output.dimension === 1;
  const slices = single ? 1 : output.shape[axis]!;
  const length = J.shape[1 - axis]!;
  const step = J.stride[1 - axis]!;
  const targetStep = single ? output.stride[0]! : output.stride[1 - axis]!;
  for (let c = 0; c < slices; c++) {
    let p = J.offset + (first + c) * J.stride[axis]!;
    let q = output.offset + (single ? 0 : c * output.stride[axis]!);
    for (let i = 0; i < length; i++, p += step, q += targetStep) to[q] = from[p]!;
  }
}
