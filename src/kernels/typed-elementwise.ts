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
 * Where entries lie together, along slices or across them, the loop runs along them with a step of one: twice to three
 * times as fast as with steps that only the arrays know.
 *
 * @param d - factors [k]
 * @param X - k slices of `length` entries
 * @param xSlice - distance in memory between slices of X
 * @param xStep - distance within a slice of X
 * @param Y - overwritten; may be X
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
  if (xStep === 1 && yStep === 1) {
    scaleAlong(d, X, xSlice, Y, ySlice, length);
    return;
  }
  if (xSlice === 1 && ySlice === 1 && d.stride[0] === 1) {
    scaleAcross(d, X, xStep, Y, yStep, length);
    return;
  }
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

/** Slices whose entries lie together: one factor a slice. */
function scaleAlong(d: Vector, X: Matrix, xSlice: number, Y: Matrix, ySlice: number, length: number): void {
  const dd = d.data;
  const xd = X.data;
  const yd = Y.data;
  const slices = d.shape[0]!;
  for (let i = 0, r = d.offset; i < slices; i++, r += d.stride[0]!) {
    const factor = dd[r]!;
    // `| 0` spares the engine a check for overflow at each step.
    let p = (X.offset + i * xSlice) | 0;
    let q = (Y.offset + i * ySlice) | 0;
    const end = (p + length) | 0;
    for (; p + 3 < end; p = (p + 4) | 0, q = (q + 4) | 0) {
      yd[q] = factor * xd[p]!;
      yd[q + 1] = factor * xd[p + 1]!;
      yd[q + 2] = factor * xd[p + 2]!;
      yd[q + 3] = factor * xd[p + 3]!;
    }
    for (; p < end; p++, q++) yd[q] = factor * xd[p]!;
  }
}

/** Slices that lie side by side, entry by entry, as the factors do: a factor is loaded once for four entries of its slice. */
function scaleAcross(d: Vector, X: Matrix, xStep: number, Y: Matrix, yStep: number, length: number): void {
  const dd = d.data;
  const xd = X.data;
  const yd = Y.data;
  const first = d.offset | 0;
  const end = (first + d.shape[0]!) | 0;
  let j = 0;
  for (; j + 4 <= length; j += 4) {
    let p0 = (X.offset + j * xStep) | 0;
    let p1 = (p0 + xStep) | 0;
    let p2 = (p1 + xStep) | 0;
    let p3 = (p2 + xStep) | 0;
    let q0 = (Y.offset + j * yStep) | 0;
    let q1 = (q0 + yStep) | 0;
    let q2 = (q1 + yStep) | 0;
    let q3 = (q2 + yStep) | 0;
    for (let r = first; r < end; r = (r + 1) | 0) {
      const factor = dd[r]!;
      yd[q0] = factor * xd[p0]!;
      yd[q1] = factor * xd[p1]!;
      yd[q2] = factor * xd[p2]!;
      yd[q3] = factor * xd[p3]!;
      p0 = (p0 + 1) | 0;
      p1 = (p1 + 1) | 0;
      p2 = (p2 + 1) | 0;
      p3 = (p3 + 1) | 0;
      q0 = (q0 + 1) | 0;
      q1 = (q1 + 1) | 0;
      q2 = (q2 + 1) | 0;
      q3 = (q3 + 1) | 0;
    }
  }
  for (; j < length; j++) {
    let p = X.offset + j * xStep;
    let q = Y.offset + j * yStep;
    for (let r = first; r < end; r++, p++, q++) yd[q] = dd[r]! * xd[p]!;
  }
}
