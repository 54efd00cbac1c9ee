/** @file The `openblas` kernel: native BLAS for the products, the loops of `typed` for the rest. Optional, found at run time. */

import type { Matrix, Vector } from "../array.ts";
import { JacobenchError } from "../errors.ts";
import { AS_IT_IS, type Blas, COLUMN_MAJOR, findBlas, ROW_MAJOR, TRANSPOSED } from "./openblas-library.ts";
import { typed } from "./typed.ts";
import type { Kernel, KernelFactory } from "./types.ts";

/**
 * Operations of fewer FMA are left to the loops of `typed`: calling the library takes 150 to 200 ns (products) or 30 to
 * 60 (sums), in which they do about as many (measured on an AMD EPYC with AVX-512, Node 24.21, November 2026).
 */
const FEWEST_FMA = 200;
const FEWEST_ENTRIES = 100;

/** Bytes of an entry. */
const ENTRY = 8;

/**
 * The arrays of the last call. An address does not keep an array alive; this does, until the call has come back.
 */
const held: [Float64Array | null, Float64Array | null, Float64Array | null] = [null, null, null];

/**
 * The kernel over a library.
 *
 * Matrices whose rows or whose columns lie together go to BLAS by its flags, so a transposed view costs nothing; vectors
 * may have any positive stride. Everything else falls back to `typed`, as do small operations.
 */
function createKernel(blas: Blas): Kernel {
  const { addressOf } = blas;

  /** y = A·x + β·y or uᵀ·A + β·y; false where the arrays do not suit BLAS. */
  function multiply(transposed: number, A: Matrix, x: Vector, beta: 0 | 1, y: Vector): boolean {
    const [m, n] = [A.shape[0]!, A.shape[1]!];
    const [incX, incY] = [x.stride[0]!, y.stride[0]!];
    const order = orderOf(A);
    if (m * n < FEWEST_FMA || order === 0 || incX < 1 || incY < 1) return false;
    const [a, p, q] = [addressOf(A.data), addressOf(x.data), addressOf(y.data)];
    if (a === 0 || p === 0 || q === 0) return false;
    hold(A.data, x.data, y.data);
    const lda = leading(A, order);
    blas.dgemv(
      order,
      transposed,
      m,
      n,
      1,
      a + ENTRY * A.offset,
      lda,
      p + ENTRY * x.offset,
      incX,
      beta,
      q + ENTRY * y.offset,
      incY,
    );
    return true;
  }

  return {
    ...typed,
    id: "openblas",
    matvec: (A, x, y) => {
      if (!multiply(AS_IT_IS, A, x, 0, y)) typed.matvec(A, x, y);
    },
    affine: (A, x, b, y) => {
      if (A.shape[0]! * A.shape[1]! < FEWEST_FMA) return typed.affine(A, x, b, y);
      const [bd, yd, step, bStep] = [b.data, y.data, y.stride[0]!, b.stride[0]!];
      for (let i = y.shape[0]!, p = b.offset, q = y.offset; i > 0; i--, p += bStep, q += step) yd[q] = bd[p]!;
      if (!multiply(AS_IT_IS, A, x, 1, y)) typed.affine(A, x, b, y);
    },
    vecmat: (u, A, y) => {
      if (!multiply(TRANSPOSED, A, u, 0, y)) typed.vecmat(u, A, y);
    },
    matmul: (A, B, C) => {
      const [m, k, n] = [A.shape[0]!, A.shape[1]!, B.shape[1]!];
      const [orderA, orderB, orderC] = [orderOf(A), orderOf(B), orderOf(C)];
      if (m * k * n < FEWEST_FMA || orderA === 0 || orderB === 0 || orderC === 0)
        return typed.matmul(A, B, C);
      const [a, b, c] = [addressOf(A.data), addressOf(B.data), addressOf(C.data)];
      if (a === 0 || b === 0 || c === 0) return typed.matmul(A, B, C);
      hold(A.data, B.data, C.data);
      blas.dgemm(
        orderC,
        orderA === orderC ? AS_IT_IS : TRANSPOSED,
        orderB === orderC ? AS_IT_IS : TRANSPOSED,
        m,
        n,
        k,
        1,
        a + ENTRY * A.offset,
        leading(A, orderA),
        b + ENTRY * B.offset,
        leading(B, orderB),
        0,
        c + ENTRY * C.offset,
        leading(C, orderC),
      );
    },
    addOuter: (sign, u, x, A) => {
      const [m, n] = [A.shape[0]!, A.shape[1]!];
      const [incU, incX] = [u.stride[0]!, x.stride[0]!];
      const order = orderOf(A);
      if (m * n < FEWEST_FMA || order === 0 || incU < 1 || incX < 1) return typed.addOuter(sign, u, x, A);
      const [p, r, a] = [addressOf(u.data), addressOf(x.data), addressOf(A.data)];
      if (p === 0 || r === 0 || a === 0) return typed.addOuter(sign, u, x, A);
      hold(u.data, x.data, A.data);
      blas.dger(
        order,
        m,
        n,
        sign,
        p + ENTRY * u.offset,
        incU,
        r + ENTRY * x.offset,
        incX,
        a + ENTRY * A.offset,
        leading(A, order),
      );
    },
    dot: (x, y) => {
      const [k, incX, incY] = [x.shape[0]!, x.stride[0]!, y.stride[0]!];
      if (k < FEWEST_ENTRIES || incX < 1 || incY < 1) return typed.dot(x, y);
      const [p, q] = [addressOf(x.data), addressOf(y.data)];
      if (p === 0 || q === 0) return typed.dot(x, y);
      hold(x.data, y.data, null);
      return blas.ddot(k, p + ENTRY * x.offset, incX, q + ENTRY * y.offset, incY);
    },
    axpy: (alpha, x, y) => {
      const [k, incX, incY] = [x.shape[0]!, x.stride[0]!, y.stride[0]!];
      if (alpha === 0 || k < FEWEST_ENTRIES || incX < 1 || incY < 1) return typed.axpy(alpha, x, y);
      const [p, q] = [addressOf(x.data), addressOf(y.data)];
      if (p === 0 || q === 0) return typed.axpy(alpha, x, y);
      hold(x.data, y.data, null);
      blas.daxpy(k, alpha, p + ENTRY * x.offset, incX, q + ENTRY * y.offset, incY);
    },
    scale: (alpha, x, y) => {
      const [k, step] = [x.shape[0]!, x.stride[0]!];
      const inPlace = x.data === y.data && x.offset === y.offset && step === y.stride[0]!;
      const p = inPlace && alpha !== 0 && k >= FEWEST_ENTRIES && step > 0 ? addressOf(x.data) : 0;
      if (p === 0) return typed.scale(alpha, x, y);
      hold(x.data, null, null);
      blas.dscal(k, alpha, p + ENTRY * x.offset, step);
    },
    // A copy and a call a row take half the time of the loops; for columns, which are strided, the loops are faster.
    scaleRows: (d, X, Y) => {
      const [rows, columns] = [X.shape[0]!, X.shape[1]!];
      if (columns < FEWEST_ENTRIES || !isWhole(X) || !isWhole(Y)) return typed.scaleRows(d, X, Y);
      const [p, q] = [addressOf(X.data), addressOf(Y.data)];
      if (p === 0 || q === 0) return typed.scaleRows(d, X, Y);
      hold(X.data, Y.data, null);
      const [from, to] = [p + ENTRY * X.offset, q + ENTRY * Y.offset];
      if (from !== to) blas.dcopy(rows * columns, from, 1, to, 1);
      for (let i = 0, r = d.offset; i < rows; i++, r += d.stride[0]!) {
        const factor = d.data[r]!;
        if (factor !== 0) blas.dscal(columns, factor, to + ENTRY * i * columns, 1);
        else timesZero(Y, Y.offset + i * columns, columns);
      }
    },
  };
}

/** Whether rows or columns of a matrix lie together: CBLAS's constant, or 0 where neither do. */
function orderOf(A: Matrix): number {
  const [rows, columns] = [A.shape[0]!, A.shape[1]!];
  const [rowStep, columnStep] = [A.stride[0]!, A.stride[1]!];
  if ((columnStep === 1 || columns === 1) && (rowStep >= columns || rows === 1)) return ROW_MAJOR;
  if ((rowStep === 1 || rows === 1) && (columnStep >= rows || columns === 1)) return COLUMN_MAJOR;
  return 0;
}

/** BLAS takes a factor of 0 for an order to erase; here 0·∞ is NaN, as everywhere else. */
function timesZero(Y: Matrix, start: number, length: number): void {
  const yd = Y.data;
  for (let q = start, end = start + length; q < end; q++) yd[q] = 0 * yd[q]!;
}

/** Whether all entries of a matrix lie together, row by row. */
function isWhole({ shape, stride }: Matrix): boolean {
  return stride[1] === 1 && stride[0] === shape[1];
}

/** The leading dimension: what BLAS takes for the distance of two rows (or columns), at least a row's length. */
function leading(A: Matrix, order: number): number {
  return order === ROW_MAJOR ? Math.max(A.stride[0]!, A.shape[1]!) : Math.max(A.stride[1]!, A.shape[0]!);
}

function hold(first: Float64Array, second: Float64Array | null, third: Float64Array | null): void {
  held[0] = first;
  held[1] = second;
  held[2] = third;
}

/** Native BLAS by koffi. */
export const openblasKernel: KernelFactory = {
  id: "openblas",
  description: "native OpenBLAS, one thread (optional: needs koffi and the library)",
  unavailable: () => {
    const blas = findBlas();
    return blas instanceof JacobenchError ? blas.message : null;
  },
  library: () => {
    const blas = findBlas();
    return blas instanceof JacobenchError ? null : blas.description;
  },
  create: () => {
    const blas = findBlas();
    if (blas instanceof JacobenchError) throw blas;
    return createKernel(blas);
  },
};
