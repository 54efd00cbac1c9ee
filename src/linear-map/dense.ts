/** @file A dense Jacobian: all its entries are held, products cost rows × columns a vector. */

import type { Matrix } from "../array.ts";
import { adopted } from "../kernels/types.ts";
import { recordable } from "./record.ts";
import type { LinearMap, Reader } from "./types.ts";

/**
 * Wraps an explicit Jacobian.
 *
 * @param J - [rows, columns]; its entries may change between points. Kernels that compute on any memory read it at each
 *   product, those with memory of their own when they adopt it, at preparation, and at each {@link Kernel.refresh}
 */
export function denseMap(J: Matrix): LinearMap {
  return {
    rows: J.shape[0]!,
    columns: J.shape[1]!,
    given: J,
    isDiagonal: false,
    diagonal: null,
    inner: null,
    preparePush: ({ kernel }, count) => {
      const own = adopted(kernel, J);
      return count === null
        ? recordable(
            (v, y) => kernel.matvec(own, v, y),
            (to, v, y) => to.matvec(own, v, y),
          )
        : recordable(
            (V, Y) => kernel.matmul(own, V, Y),
            (to, V, Y) => to.matmul(own, V, Y),
          );
    },
    preparePull: ({ kernel }, count) => {
      const own = adopted(kernel, J);
      return count === null
        ? recordable(
            (u, y) => kernel.vecmat(u, own, y),
            (to, u, y) => to.vecmat(u, own, y),
          )
        : recordable(
            (U, Y) => kernel.matmul(U, own, Y),
            (to, U, Y) => to.matmul(U, own, Y),
          );
    },
    prepareReadColumns: ({ kernel }) => readerOf(adopted(kernel, J), 1),
    prepareReadRows: ({ kernel }) => readerOf(adopted(kernel, J), 0),
  };
}

function readerOf(J: Matrix, axis: 0 | 1): Reader {
  return (first, output) => readSlices(J, axis, first, output);
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
