/** @file The `typed` kernel: plain loops over Float64Array. Strides are respected, nothing is allocated. */

import type { Matrix, Vector } from "../array.ts";
import { addMatrixLike, scaleRowsTyped } from "./typed-elementwise.ts";
import { columnCombination, matmulTyped, rowDots } from "./typed-products.ts";
import { rankOneTyped } from "./typed-rank-one.ts";
import type { Kernel, KernelFactory } from "./types.ts";

/** Its operations; they keep nothing, so that one object serves all. Other kernels fall back on them. */
export const typed: Kernel = {
  id: "typed",
  matvec: (A, x, y) => product(A, x, null, y),
  affine: (A, x, b, y) => product(A, x, b, y),
  vecmat: (u, A, y) => {
    const [rowStep, columnStep] = [A.stride[0]!, A.stride[1]!];
    if (Math.abs(columnStep) <= Math.abs(rowStep)) columnCombination(A, columnStep, rowStep, 1, u, null, y);
    else rowDots(A, columnStep, rowStep, 1, u, null, y);
  },
  matmul: matmulTyped,
  addOuter: (sign, u, x, A) => {
    const [rows, columns] = [A.shape[0]!, A.shape[1]!];
    const [rowStep, columnStep] = [A.stride[0]!, A.stride[1]!];
    const [ud, xd, ad] = [u.data, x.data, A.data];
    for (let i = 0, p = u.offset; i < rows; i++, p += u.stride[0]!) {
      const factor = sign * ud[p]!;
      let q = A.offset + i * rowStep;
      for (let j = 0, r = x.offset, step = x.stride[0]!; j < columns; j++, r += step, q += columnStep) {
        ad[q] = ad[q]! + factor * xd[r]!;
      }
    }
  },
  dot: (x, y) => {
    const [xd, yd] = [x.data, y.data];
    const [xs, ys] = [x.stride[0]!, y.stride[0]!];
    let s = 0;
    for (let i = x.shape[0]!, p = x.offset, q = y.offset; i > 0; i--, p += xs, q += ys) s += xd[p]! * yd[q]!;
    return s;
  },
  axpy: (alpha, x, y) => {
    const [xd, yd] = [x.data, y.data];
    const [xs, ys] = [x.stride[0]!, y.stride[0]!];
    for (let i = x.shape[0]!, p = x.offset, q = y.offset; i > 0; i--, p += xs, q += ys) {
      yd[q] = yd[q]! + alpha * xd[p]!;
    }
  },
  add: addMatrixLike,
  addAt: (value, X, i, j) => {
    const p = X.offset + i * X.stride[0]! + (X.dimension === 2 ? j * X.stride[1]! : 0);
    X.data[p] = X.data[p]! + value;
  },
  multiply: (x, d, y) => {
    const [xd, dd, yd] = [x.data, d.data, y.data];
    const [xs, ds, ys] = [x.stride[0]!, d.stride[0]!, y.stride[0]!];
    for (
      let i = x.shape[0]!, p = x.offset, r = d.offset, q = y.offset;
      i > 0;
      i--, p += xs, r += ds, q += ys
    ) {
      yd[q] = xd[p]! * dd[r]!;
    }
  },
  scale: (alpha, x, y) => {
    const [xd, yd] = [x.data, y.data];
    const [xs, ys] = [x.stride[0]!, y.stride[0]!];
    for (let i = x.shape[0]!, p = x.offset, q = y.offset; i > 0; i--, p += xs, q += ys)
      yd[q] = alpha * xd[p]!;
  },
  scaleRows: (d, X, Y) =>
    scaleRowsTyped(d, X, X.stride[0]!, X.stride[1]!, Y, Y.stride[0]!, Y.stride[1]!, X.shape[1]!),
  scaleColumns: (X, d, Y) =>
    scaleRowsTyped(d, X, X.stride[1]!, X.stride[0]!, Y, Y.stride[1]!, Y.stride[0]!, X.shape[0]!),
  rankOneProduct: rankOneTyped,
  quotient: (a, b, alpha, y) => {
    const [ad, bd, yd] = [a.data, b.data, y.data];
    const [as, bs, ys] = [a.stride[0]!, b.stride[0]!, y.stride[0]!];
    for (
      let i = a.shape[0]!, p = a.offset, r = b.offset, q = y.offset;
      i > 0;
      i--, p += as, r += bs, q += ys
    ) {
      yd[q] = (ad[p]! - bd[r]!) * alpha;
    }
  },
  map: (f, x, y) => {
    const [xd, yd] = [x.data, y.data];
    const [xs, ys] = [x.stride[0]!, y.stride[0]!];
    for (let i = x.shape[0]!, p = x.offset, q = y.offset; i > 0; i--, p += xs, q += ys) yd[q] = f(xd[p]!);
  },
  map2: (f, a, b, y) => {
    const [ad, bd, yd] = [a.data, b.data, y.data];
    const [as, bs, ys] = [a.stride[0]!, b.stride[0]!, y.stride[0]!];
    for (
      let i = a.shape[0]!, p = a.offset, r = b.offset, q = y.offset;
      i > 0;
      i--, p += as, r += bs, q += ys
    ) {
      yd[q] = f(ad[p]!, bd[r]!);
    }
  },
  sum: (x) => {
    const [xd, xs] = [x.data, x.stride[0]!];
    let s = 0;
    for (let i = x.shape[0]!, p = x.offset; i > 0; i--, p += xs) s += xd[p]!;
    return s;
  },
  sumOf: (f, a, b) => {
    const [ad, bd] = [a.data, b.data];
    const [as, bs] = [a.stride[0]!, b.stride[0]!];
    let s = 0;
    for (let i = a.shape[0]!, p = a.offset, r = b.offset; i > 0; i--, p += as, r += bs)
      s += f(ad[p]!, bd[r]!);
    return s;
  },
};

/** y = A·x (+ b), by rows or by columns of A, whichever lie together in memory. */
function product(A: Matrix, x: Vector, b: Vector | null, y: Vector): void {
  const [rowStep, columnStep] = [A.stride[0]!, A.stride[1]!];
  if (Math.abs(columnStep) <= Math.abs(rowStep)) rowDots(A, rowStep, columnStep, 0, x, b, y);
  else columnCombination(A, rowStep, columnStep, 0, x, b, y);
}

/** Plain loops over Float64Array. */
export const typedKernel: KernelFactory = {
  id: "typed",
  description: "plain loops over Float64Array",
  create: () => typed,
};
