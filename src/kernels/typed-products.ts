/** @file The products of the `typed` kernel. Four rows (or two rows and four terms) at a time, to load operands less often. */

import type { Matrix, Vector } from "../array.ts";

/**
 * y_i = b_i + Σ_j A_ij·x_j, one dot product a row, four rows at a time.
 *
 * @param A - matrix, read as [y.length, x.length]; `transposed` = 1 swaps the meaning of its two axes
 * @param rowStep - distance in memory from A_ij to A_{i+1,j}
 * @param columnStep - distance from A_ij to A_{i,j+1}
 * @param transposed - 0, or 1 when rows of the product are columns of A
 * @param x - vector to multiply
 * @param b - where sums start; null for 0
 * @param y - overwritten
 */
export function rowDots(
  A: Matrix,
  rowStep: number,
  columnStep: number,
  transposed: 0 | 1,
  x: Vector,
  b: Vector | null,
  y: Vector,
): void {
  const rows = A.shape[transposed]!;
  const columns = A.shape[1 - transposed]!;
  const ad = A.data;
  const xd = x.data;
  const yd = y.data;
  const xs = x.stride[0]!;
  const ys = y.stride[0]!;
  const bd = b === null ? null : b.data;
  const bs = b === null ? 0 : b.stride[0]!;
  let bp = b === null ? 0 : b.offset;
  let q = y.offset;
  let row = A.offset;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let p0 = row;
    let p1 = row + rowStep;
    let p2 = p1 + rowStep;
    let p3 = p2 + rowStep;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    if (bd !== null) {
      s0 = bd[bp]!;
      s1 = bd[bp + bs]!;
      s2 = bd[bp + 2 * bs]!;
      s3 = bd[bp + 3 * bs]!;
      bp += 4 * bs;
    }
    for (let j = 0, r = x.offset; j < columns; j++) {
      const v = xd[r]!;
      s0 += ad[p0]! * v;
      s1 += ad[p1]! * v;
      s2 += ad[p2]! * v;
      s3 += ad[p3]! * v;
      r += xs;
      p0 += columnStep;
      p1 += columnStep;
      p2 += columnStep;
      p3 += columnStep;
    }
    yd[q] = s0;
    yd[q + ys] = s1;
    yd[q + 2 * ys] = s2;
    yd[q + 3 * ys] = s3;
    q += 4 * ys;
    row += 4 * rowStep;
  }
  for (; i < rows; i++) {
    let s = bd === null ? 0 : bd[bp]!;
    for (let j = 0, p = row, r = x.offset; j < columns; j++, p += columnStep, r += xs) s += ad[p]! * xd[r]!;
    yd[q] = s;
    bp += bs;
    q += ys;
    row += rowStep;
  }
}

/**
 * y_i = b_i + Σ_j A_ij·x_j, as a combination of the columns of A, four columns at a time.
 *
 * @param A - matrix, read as in {@link rowDots}
 * @param rowStep - distance in memory from A_ij to A_{i+1,j}
 * @param columnStep - distance from A_ij to A_{i,j+1}
 * @param transposed - 0, or 1 when rows of the product are columns of A
 * @param x - vector to multiply
 * @param b - where sums start; null for 0
 * @param y - overwritten
 */
export function columnCombination(
  A: Matrix,
  rowStep: number,
  columnStep: number,
  transposed: 0 | 1,
  x: Vector,
  b: Vector | null,
  y: Vector,
): void {
  const rows = A.shape[transposed]!;
  const columns = A.shape[1 - transposed]!;
  const ad = A.data;
  const xd = x.data;
  const yd = y.data;
  const xs = x.stride[0]!;
  const ys = y.stride[0]!;
  let q = y.offset;
  if (b === null) {
    for (let i = 0; i < rows; i++, q += ys) yd[q] = 0;
  } else {
    const bd = b.data;
    for (let i = 0, p = b.offset; i < rows; i++, p += b.stride[0]!, q += ys) yd[q] = bd[p]!;
  }
  let column = A.offset;
  let r = x.offset;
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    const v0 = xd[r]!;
    const v1 = xd[r + xs]!;
    const v2 = xd[r + 2 * xs]!;
    const v3 = xd[r + 3 * xs]!;
    let p0 = column;
    let p1 = column + columnStep;
    let p2 = p1 + columnStep;
    let p3 = p2 + columnStep;
    q = y.offset;
    for (let i = 0; i < rows; i++) {
      yd[q] = yd[q]! + ad[p0]! * v0 + ad[p1]! * v1 + ad[p2]! * v2 + ad[p3]! * v3;
      q += ys;
      p0 += rowStep;
      p1 += rowStep;
      p2 += rowStep;
      p3 += rowStep;
    }
    r += 4 * xs;
    column += 4 * columnStep;
  }
  for (; j < columns; j++, r += xs, column += columnStep) {
    const v = xd[r]!;
    for (let i = 0, p = column, t = y.offset; i < rows; i++, p += rowStep, t += ys)
      yd[t] = yd[t]! + ad[p]! * v;
  }
}

/**
 * C = A·B, rows of C as combinations of rows of B: two rows of C and four terms at a time.
 *
 * @param A - [m, k]
 * @param B - [k, n]
 * @param C - [m, n], overwritten
 */
export function matmulTyped(A: Matrix, B: Matrix, C: Matrix): void {
  const m = A.shape[0]!;
  const k = A.shape[1]!;
  const n = B.shape[1]!;
  const ad = A.data;
  const bd = B.data;
  const cd = C.data;
  const [as0, as1] = [A.stride[0]!, A.stride[1]!];
  const [bs0, bs1] = [B.stride[0]!, B.stride[1]!];
  const [cs0, cs1] = [C.stride[0]!, C.stride[1]!];
  let i = 0;
  for (; i < m; i += 2) {
    const pair = i + 1 < m;
    const a0 = A.offset + i * as0;
    const a1 = pair ? a0 + as0 : a0;
    const c0 = C.offset + i * cs0;
    const c1 = pair ? c0 + cs0 : c0;
    for (let j = 0, p = c0, q = c1; j < n; j++, p += cs1, q += cs1) {
      cd[p] = 0;
      cd[q] = 0;
    }
    let t = 0;
    for (; t + 4 <= k; t += 4) {
      const u0 = ad[a0 + t * as1]!;
      const u1 = ad[a0 + (t + 1) * as1]!;
      const u2 = ad[a0 + (t + 2) * as1]!;
      const u3 = ad[a0 + (t + 3) * as1]!;
      let b0 = B.offset + t * bs0;
      let b1 = b0 + bs0;
      let b2 = b1 + bs0;
      let b3 = b2 + bs0;
      let p = c0;
      if (pair) {
        const v0 = ad[a1 + t * as1]!;
        const v1 = ad[a1 + (t + 1) * as1]!;
        const v2 = ad[a1 + (t + 2) * as1]!;
        const v3 = ad[a1 + (t + 3) * as1]!;
        let q = c1;
        for (let j = 0; j < n; j++) {
          const w0 = bd[b0]!;
          const w1 = bd[b1]!;
          const w2 = bd[b2]!;
          const w3 = bd[b3]!;
          cd[p] = cd[p]! + u0 * w0 + u1 * w1 + u2 * w2 + u3 * w3;
          cd[q] = cd[q]! + v0 * w0 + v1 * w1 + v2 * w2 + v3 * w3;
          b0 += bs1;
          b1 += bs1;
          b2 += bs1;
          b3 += bs1;
          p += cs1;
          q += cs1;
        }
      } else {
        for (let j = 0; j < n; j++) {
          cd[p] = cd[p]! + u0 * bd[b0]! + u1 * bd[b1]! + u2 * bd[b2]! + u3 * bd[b3]!;
          b0 += bs1;
          b1 += bs1;
          b2 += bs1;
          b3 += bs1;
          p += cs1;
        }
      }
    }
    for (; t < k; t++) {
      const u = ad[a0 + t * as1]!;
      const v = ad[a1 + t * as1]!;
      for (let j = 0, b = B.offset + t * bs0, p = c0, q = c1; j < n; j++, b += bs1, p += cs1, q += cs1) {
        cd[p] = cd[p]! + u * bd[b]!;
        if (pair) cd[q] = cd[q]! + v * bd[b]!;
      }
    }
  }
}
