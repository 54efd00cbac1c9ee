/** @file The `reference` kernel: every operation as one or two lines of ndarray-ops, to be read and trusted, not to be fast. */

import ops from "ndarray-ops";
import type { Vector } from "../array.ts";
import type { Allocator } from "../memory.ts";
import type { Kernel, KernelFactory, PivotedRankOne } from "./types.ts";

function createReferenceKernel(allocator: Allocator): Kernel {
  // One scratch vector for each length that occurs, kept for the next call: the timed loop allocates no arrays.
  const scratch = new Map<number, Vector>();
  const scratchOf = (length: number): Vector => {
    let result = scratch.get(length);
    if (result === undefined) {
      result = allocator.allocate(length);
      scratch.set(length, result);
    }
    return result;
  };
  const dot = (x: Vector, y: Vector): number => {
    const terms = scratchOf(x.shape[0]!);
    ops.mul(terms, x, y);
    return ops.sum(terms);
  };
  /** One vector; returns rᵀ·x. */
  const rankOne = ({ diagonal, left, right, pivot }: PivotedRankOne, x: Vector, y: Vector): number => {
    const [c, entry] = [pivot.get(0)!, pivot.get(1)!];
    const times = (factors: Vector | null, of: Vector): void => {
      if (factors === null) ops.assign(y, of);
      else ops.mul(y, factors, of);
    };
    times(right, x);
    const last = y.get(c)!;
    y.set(c, 0);
    const others = ops.sum(y);
    const s = others + last;
    const terms = scratchOf(x.shape[0]!);
    if (left === null) ops.assigns(terms, s);
    else ops.muls(terms, left, s);
    times(diagonal, x);
    ops.subeq(y, terms);
    y.set(c, entry * x.get(c)! - (left === null ? 1 : left.get(c)!) * others);
    return s;
  };
  const kernel: Kernel = {
    id: "reference",
    matvec: (A, x, y) => {
      for (let i = 0; i < y.shape[0]!; i++) y.set(i, dot(A.pick(i, null), x));
    },
    affine: (A, x, b, y) => {
      kernel.matvec(A, x, y);
      ops.addeq(y, b);
    },
    vecmat: (u, A, y) => {
      for (let j = 0; j < y.shape[0]!; j++) y.set(j, dot(A.pick(null, j), u));
    },
    matmul: (A, B, C) => {
      for (let j = 0; j < C.shape[1]!; j++) kernel.matvec(A, B.pick(null, j), C.pick(null, j));
    },
    addOuter: (sign, u, x, A) => {
      for (let i = 0; i < A.shape[0]!; i++) kernel.axpy(sign * u.get(i)!, x, A.pick(i, null));
    },
    dot,
    axpy: (alpha, x, y) => {
      const terms = scratchOf(x.shape[0]!);
      ops.muls(terms, x, alpha);
      ops.addeq(y, terms);
    },
    add: (X, Y) => ops.addeq(Y, X),
    addAt: (value, X, i, j) => {
      if (X.dimension === 1) X.set(i, X.get(i)! + value);
      else X.set(i, j, X.get(i, j)! + value);
    },
    multiply: (x, d, y) => ops.mul(y, x, d),
    scale: (alpha, x, y) => ops.muls(y, x, alpha),
    scaleRows: (d, X, Y) => {
      for (let i = 0; i < d.shape[0]!; i++) ops.muls(Y.pick(i, null), X.pick(i, null), d.get(i)!);
    },
    scaleColumns: (X, d, Y) => {
      for (let j = 0; j < d.shape[0]!; j++) ops.muls(Y.pick(null, j), X.pick(null, j), d.get(j)!);
    },
    rankOneProduct: (M, X, axis, s, Y) => {
      if (s === null) rankOne(M, X, Y);
      else
        for (let j = 0; j < s.shape[0]!; j++) {
          if (axis === 0) s.set(j, rankOne(M, X.pick(null, j), Y.pick(null, j)));
          else s.set(j, rankOne(M, X.pick(j, null), Y.pick(j, null)));
        }
    },
    quotient: (a, b, alpha, y) => {
      ops.sub(y, a, b);
      ops.mulseq(y, alpha);
    },
    map: (f, x, y) => {
      for (let i = 0; i < x.shape[0]!; i++) y.set(i, f(x.get(i)!));
    },
    map2: (f, a, b, y) => {
      for (let i = 0; i < a.shape[0]!; i++) y.set(i, f(a.get(i)!, b.get(i)!));
    },
    sum: (x) => ops.sum(x),
    sumOf: (f, a, b) => {
      const terms = scratchOf(a.shape[0]!);
      kernel.map2(f, a, b, terms);
      return ops.sum(terms);
    },
  };
  return kernel;
}

/** Readable, by ndarray-ops; the oracle of the others. */
export const referenceKernel: KernelFactory = {
  id: "reference",
  description: "ndarray-ops, one readable line an operation",
  create: createReferenceKernel,
};
