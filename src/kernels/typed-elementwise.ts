/** @file The elementwise matrix operations of the `typed` kernel. */

import type { Matrix, Vector } from "../array.ts";

/**
 * Y += X for two vectors or two matrices of one shape.
 *
 * @param X - added; [k] or [m, n]
 * @param Y - overwritten; same shape
 */
export function addMatrixLike(X: Matrix, Y: Matrix): void {
  const xd = X.data;
  const yd = Y.data;
  const vector = X.dimension === 1;
  const rows = vector ? 1 : X.shape[0]!;
  const columns = vector ? X.shape[0]! : X.shape[1]!;
  const xs = vector ? X.stride[0]! : X.stride[1]!;
  const ys = vector ? Y.stride[0]! : Y.stride[1]!;
  for (let i = 0; i < rows; i++) {
    let p = X.offset + (vector ? 0 : i * X.stride[0]!);
    let q = Y.offset + (vector ? 0 : i * Y.stride[0]!);
    for (let j = 0; j < columns; j++, p += xs, q += ys) yd[q] = yd[q]! + xd[p]!;
  }
}

/**
 * Multiplies slice i of X by d_i into Y; a slice is a row, or a column when the steps are swapped.
 *
 * @param d - factors [k]
 * @param X - k slices of `length` entries
 * @param xSlice - distance in memory between slices of X
 * @param xStep - distance within a slice of X
 * @param Y - overwritten
 * @param ySlice - distance between slices of Y
 * @param yStep - distance within a slice of Y
 * @param length - entries of a slice
 */
export function scaleRowsTyped(
  d: Vector,
  X: Matrix,
  xSlice: number,
  xStep: number,
  Y: Matrix,
  ySlice: number,
  yStep: number,
  length: number,
): void {
  const dd = d.data;
  const xd = X.data;
  const yd = Y.data;
  const slices = d.shape[0]!;
  for (let i = 0, r = d.offset; i < slices; i++, r += d.stride[0]!) {
    const factor = dd[r]!;
    let p = X.offset + i * xSlice;
    let q = Y.offset + i * ySlice;
    for (let j = 0; j < length; j++, p += xStep, q += yStep) yd[q] = factor * xd[p]!;
  }
}
