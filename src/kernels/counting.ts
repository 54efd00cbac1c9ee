/** @file The counting kernel: every multiply-add goes through one scalar function that adds one, so it cannot restate a formula. */

import type { Matrix, Vector } from "../array.ts";
import type { Kernel, PivotedRankOne } from "./types.ts";

/** A kernel that knows how many fused multiply-adds it has done. */
export type CountingKernel = Kernel & { readonly fma: number };

/**
 * Makes a kernel that does all arithmetic one scalar at a time and counts it.
 *
 * @returns the kernel; `fma` is the number of multiply-adds since its creation (exact up to 2^53)
 */
export function createCountingKernel(): CountingKernel {
  let count = 0;
  const fma = (a: number, b: number, c: number): number => {
    count++;
    return a * b + c;
  };
  const at = (x: Vector, i: number): number => x.data[x.offset + i * x.stride[0]!]!;
  const at2 = (X: Matrix, i: number, j: number): number =>
    X.data[X.offset + i * X.stride[0]! + j * X.stride[1]!]!;
  const put = (x: Vector, i: number, value: number): void => {
    x.data[x.offset + i * x.stride[0]!] = value;
  };
  const put2 = (X: Matrix, i: number, j: number, value: number): void => {
    X.data[X.offset + i * X.stride[0]! + j * X.stride[1]!] = value;
  };
  const each = (x: Vector, visit: (i: number) => void): void => {
    for (let i = 0; i < x.shape[0]!; i++) visit(i);
  };
  const each2 = (X: Matrix, visit: (i: number, j: number) => void): void => {
    for (let i = 0; i < X.shape[0]!; i++) for (let j = 0; j < X.shape[1]!; j++) visit(i, j);
  };
  const dotRow = (A: Matrix, i: number, x: Vector, start: number): number => {
    let s = start;
    for (let j = 0; j < A.shape[1]!; j++) s = fma(at2(A, i, j), at(x, j), s);
    return s;
  };
  /** One vector: entries of x at p, p + xs, …, those of y at q, q + ys, …; returns rᵀ·x. */
  const rankOne = (M: PivotedRankOne, x: Matrix, p: number, xs: number, y: Matrix, q: number, ys: number) => {
    const { diagonal, left, right, pivot } = M;
    const k = (diagonal ?? left ?? right)!.shape[0]!;
    const c = at(pivot, 0);
    const entry = (i: number): number => x.data[p + i * xs]!;
    // A sum of k terms is k − 1 additions; with factors each term is one.
    const joined = (o: number | null, i: number): number => {
      if (right !== null) return fma(at(right, i), entry(i), o ?? 0);
      return o === null ? entry(i) : fma(1, entry(i), o);
    };
    let o: number | null = null;
    for (let i = 0; i < k; i++) if (i !== c) o = joined(o, i);
    const s = joined(o, c);
    const subtracted = (i: number, sum: number, from: number): number =>
      left === null ? fma(-1, sum, from) : fma(-at(left, i), sum, from);
    for (let i = 0; i < k; i++) {
      if (i === c) continue;
      const scaled = diagonal === null ? entry(i) : fma(at(diagonal, i), entry(i), 0);
      y.data[q + i * ys] = subtracted(i, s, scaled);
    }
    // Where l_c is one, the difference is the multiply-add itself.
    y.data[q + c * ys] =
      left === null
        ? fma(at(pivot, 1), entry(c), -(o ?? 0))
        : subtracted(c, o ?? 0, fma(at(pivot, 1), entry(c), 0));
    return s;
  };
  return {
    id: "counting",
    get fma() {
      return count;
    },
    matvec: (A, x, y) => each(y, (i) => put(y, i, dotRow(A, i, x, 0))),
    affine: (A, x, b, y) => each(y, (i) => put(y, i, dotRow(A, i, x, at(b, i)))),
    vecmat: (u, A, y) =>
      each(y, (j) => {
        let s = 0;
        for (let i = 0; i < A.shape[0]!; i++) s = fma(at(u, i), at2(A, i, j), s);
        put(y, j, s);
      }),
    matmul: (A, B, C) =>
      each2(C, (i, j) => {
        let s = 0;
        for (let t = 0; t < A.shape[1]!; t++) s = fma(at2(A, i, t), at2(B, t, j), s);
        put2(C, i, j, s);
      }),
    addOuter: (sign, u, x, A) =>
      each2(A, (i, j) => put2(A, i, j, fma(sign * at(u, i), at(x, j), at2(A, i, j)))),
    dot: (x, y) => {
      let s = 0;
      each(x, (i) => {
        s = fma(at(x, i), at(y, i), s);
      });
      return s;
    },
    axpy: (alpha, x, y) => each(x, (i) => put(y, i, fma(alpha, at(x, i), at(y, i)))),
    add: (X, Y) => {
      if (X.dimension === 1) each(X, (i) => put(Y, i, fma(1, at(X, i), at(Y, i))));
      else each2(X, (i, j) => put2(Y, i, j, fma(1, at2(X, i, j), at2(Y, i, j))));
    },
    addAt: (value, X, i, j) => {
      if (X.dimension === 1) put(X, i, fma(1, value, at(X, i)));
      else put2(X, i, j, fma(1, value, at2(X, i, j)));
    },
    multiply: (x, d, y) => each(x, (i) => put(y, i, fma(at(x, i), at(d, i), 0))),
    scale: (alpha, x, y) => each(x, (i) => put(y, i, fma(alpha, at(x, i), 0))),
    scaleRows: (d, X, Y) => each2(X, (i, j) => put2(Y, i, j, fma(at(d, i), at2(X, i, j), 0))),
    scaleColumns: (X, d, Y) => each2(X, (i, j) => put2(Y, i, j, fma(at2(X, i, j), at(d, j), 0))),
    rankOneProduct: (M, X, axis, s, Y) => {
      if (s === null) {
        rankOne(M, X, X.offset, X.stride[0]!, Y, Y.offset, Y.stride[0]!);
        return;
      }
      const across = 1 - axis;
      each(s, (j) => {
        const [p, q] = [X.offset + j * X.stride[across]!, Y.offset + j * Y.stride[across]!];
        put(s, j, rankOne(M, X, p, X.stride[axis]!, Y, q, Y.stride[axis]!));
      });
    },
    quotient: (a, b, alpha, y) => each(a, (i) => put(y, i, fma(fma(-1, at(b, i), at(a, i)), alpha, 0))),
    map: (f, x, y) => each(x, (i) => put(y, i, fma(1, f(at(x, i)), 0))),
    map2: (f, a, b, y) => each(a, (i) => put(y, i, fma(1, f(at(a, i), at(b, i)), 0))),
    sum: (x) => {
      let s = 0;
      each(x, (i) => {
        s = fma(1, at(x, i), s);
      });
      return s;
    },
    sumOf: (f, a, b) => {
      let s = 0;
      each(a, (i) => {
        s = fma(1, fma(1, f(at(a, i), at(b, i)), 0), s);
      });
      return s;
    },
  };
}
