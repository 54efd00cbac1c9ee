/**
 * @file The `wasm` kernel: SIMD products on arrays in WebAssembly memory; src/kernels/assembly is its source.
 *
 * Arrays that lie elsewhere are computed on by the loops of `typed`: right, but slow. So whoever prepares work takes its
 * memory by {@link createWorkspace}, and lets the kernel adopt what is given from outside. Functions of a closure (map,
 * map2, sumOf) are loops in any case: calling out of WebAssembly for each entry would cost more.
 */

import ndarray from "ndarray";
import { copyInto, FLOAT64_BYTES, type Matrix, type Vector } from "../../array.ts";
import type { Allocator } from "../../memory.ts";
import { typed } from "../typed.ts";
import type { Kernel, KernelFactory } from "../types.ts";
import { type Arena, currentArena } from "./arena.ts";
import { isRelaxed, wasmUnavailable } from "./exports.ts";
import { recordProgram } from "./program.ts";
import { prepareLanes } from "./threads.ts";

/** The memory of an allocator, where it is this kernel's. */
function arenaOf({ source }: Allocator): Arena {
  return source !== null && "exports" in source ? (source as Arena) : currentArena();
}

function createWasmKernel(allocator: Allocator): Kernel {
  const arena = arenaOf(allocator);
  const { exports, owns } = arena;
  const copies = new Map<Matrix, Matrix>();
  let ownBytes = 0;
  const at = (array: Matrix): number => array.data.byteOffset + FLOAT64_BYTES * array.offset;
  const step = (x: Vector): number => FLOAT64_BYTES * x.stride[0]!;
  const step2 = (X: Matrix): number => FLOAT64_BYTES * X.stride[1]!;

  // Asking a typed array for its buffer costs as much as a product of width 8; most calls have the operands of the last.
  let [first, second, third]: (Float64Array | null)[] = [null, null, null];
  const ownsAll = (A: Matrix, x: Vector, y: Vector): boolean => {
    if (A.data === first && x.data === second && y.data === third) return true;
    if (!(owns(A.data) && owns(x.data) && owns(y.data))) return false;
    [first, second, third] = [A.data, x.data, y.data];
    return true;
  };
  /** y = A·x + b, or the same with the transpose of A (axis 1 for rows). */
  const product = (A: Matrix, axis: 0 | 1, x: Vector, b: Vector | null, y: Vector): void => {
    exports.matvec(
      A.shape[axis]!,
      A.shape[1 - axis]!,
      at(A),
      FLOAT64_BYTES * A.stride[axis]!,
      FLOAT64_BYTES * A.stride[1 - axis]!,
      at(x),
      step(x),
      b === null ? 0 : at(b),
      b === null ? 0 : step(b),
      at(y),
      step(y),
    );
  };
  return {
    id: "wasm",
    matvec: (A, x, y) => {
      if (ownsAll(A, x, y)) product(A, 0, x, null, y);
      else typed.matvec(A, x, y);
    },
    affine: (A, x, b, y) => {
      if (ownsAll(A, x, y) && owns(b.data)) product(A, 0, x, b, y);
      else typed.affine(A, x, b, y);
    },
    vecmat: (u, A, y) => {
      if (ownsAll(A, u, y)) product(A, 1, u, null, y);
      else typed.vecmat(u, A, y);
    },
    matmul: (A, B, C) => {
      if (!(owns(A.data) && owns(B.data) && owns(C.data))) return typed.matmul(A, B, C);
      const [m, n, k] = [C.shape[0]!, C.shape[1]!, A.shape[1]!];
      exports.matmul(m, n, k, at(A), step(A), step2(A), at(B), step(B), step2(B), at(C), step(C), step2(C));
    },
    addOuter: (sign, u, x, A) => {
      if (!(owns(u.data) && owns(x.data) && owns(A.data))) return typed.addOuter(sign, u, x, A);
      const [m, n] = [A.shape[0]!, A.shape[1]!];
      exports.addOuter(sign, m, n, at(u), step(u), at(x), step(x), at(A), step(A), step2(A));
    },
    dot: (x, y) =>
      owns(x.data) && owns(y.data)
        ? exports.dot(x.shape[0]!, at(x), step(x), at(y), step(y))
        : typed.dot(x, y),
    axpy: (alpha, x, y) => {
      if (owns(x.data) && owns(y.data)) exports.axpy(x.shape[0]!, alpha, at(x), step(x), at(y), step(y));
      else typed.axpy(alpha, x, y);
    },
    add: (X, Y) => {
      if (!(owns(X.data) && owns(Y.data))) typed.add(X, Y);
      else if (X.dimension === 1) exports.add(1, X.shape[0]!, at(X), 0, step(X), at(Y), 0, step(Y));
      else exports.add(X.shape[0]!, X.shape[1]!, at(X), step(X), step2(X), at(Y), step(Y), step2(Y));
    },
    addAt: typed.addAt,
    multiply: (x, d, y) => {
      if (!(owns(x.data) && owns(d.data) && owns(y.data))) return typed.multiply(x, d, y);
      exports.multiply(x.shape[0]!, at(x), step(x), at(d), step(d), at(y), step(y));
    },
    scale: (alpha, x, y) => {
      if (owns(x.data) && owns(y.data)) exports.scale(x.shape[0]!, alpha, at(x), step(x), at(y), step(y));
      else typed.scale(alpha, x, y);
    },
    scaleRows: (d, X, Y) => {
      if (!(owns(d.data) && owns(X.data) && owns(Y.data))) return typed.scaleRows(d, X, Y);
      const [m, n] = [X.shape[0]!, X.shape[1]!];
      exports.scaleRows(m, n, at(d), step(d), at(X), step(X), step2(X), at(Y), step(Y), step2(Y));
    },
    scaleColumns: (X, d, Y) => {
      if (!(owns(d.data) && owns(X.data) && owns(Y.data))) return typed.scaleColumns(X, d, Y);
      const [m, n] = [X.shape[1]!, X.shape[0]!];
      exports.scaleRows(m, n, at(d), step(d), at(X), step2(X), step(X), at(Y), step2(Y), step(Y));
    },
    rankOneProduct: (M, X, axis, s, Y) => {
      const { diagonal: d, left: l, right: r, pivot } = M;
      const suits = (x: Vector | null): boolean => x === null || (owns(x.data) && x.stride[0] === 1);
      if (!(suits(d) && suits(l) && suits(r) && suits(pivot) && suits(s) && owns(X.data) && owns(Y.data))) {
        return typed.rankOneProduct(M, X, axis, s, Y);
      }
      const of = (x: Vector | null): number => (x === null ? 0 : at(x));
      const along = (A: Matrix): number => FLOAT64_BYTES * A.stride[axis]!;
      const across = (A: Matrix): number => (s === null ? 0 : FLOAT64_BYTES * A.stride[1 - axis]!);
      const [k, b] = [X.shape[axis]!, s === null ? 1 : s.shape[0]!];
      const factors = [of(d), of(l), of(r), at(pivot), of(s)] as const;
      exports.rankOneProduct(k, b, ...factors, at(X), along(X), across(X), at(Y), along(Y), across(Y));
    },
    quotient: (a, b, alpha, y) => {
      if (!(owns(a.data) && owns(b.data) && owns(y.data))) return typed.quotient(a, b, alpha, y);
      exports.quotient(a.shape[0]!, at(a), step(a), at(b), step(b), alpha, at(y), step(y));
    },
    map: typed.map,
    map2: typed.map2,
    sum: (x) => (owns(x.data) ? exports.sum(x.shape[0]!, at(x), step(x)) : typed.sum(x)),
    sumOf: typed.sumOf,

    adopt: (array) => {
      if (owns(array.data)) return array;
      let copy = copies.get(array);
      if (copy === undefined) {
        copy = ndarray(arena.take(array.size), array.shape);
        ownBytes += array.size * FLOAT64_BYTES;
        copyInto(array, copy);
        copies.set(array, copy);
      }
      return copy;
    },
    refresh: () => {
      for (const [array, copy] of copies) copyInto(array, copy);
    },
    get ownBytes() {
      return ownBytes;
    },
    parallel: (lanes) => {
      const prepared = prepareLanes(arena, lanes);
      ownBytes += prepared?.bytes ?? 0;
      return prepared?.run ?? null;
    },
    record: (write, input, output) => {
      const program = recordProgram(arena, write, input, output);
      if (program === null) return null;
      const { run } = exports;
      const inputAt = at(input);
      const base = output.data.byteOffset;
      ownBytes += program.bytes;
      // `program` is held by this closure, and with it the memory of its records and operands.
      return ({ offset }) => run(program.start, program.end, inputAt, base + FLOAT64_BYTES * offset);
    },
  };
}

/** SIMD in WebAssembly: two float64 at once, with fused multiply-adds where the engine has them. */
export const wasmKernel: KernelFactory = {
  id: "wasm",
  description: "WebAssembly with 128-bit SIMD, two float64 at once",
  unavailable: wasmUnavailable,
  // Products are about twice as fast, and rounded once, with the first: records must tell them apart.
  library: () => (wasmUnavailable() !== null ? null : isRelaxed() ? "relaxed SIMD" : "SIMD"),
  threads: true,
  source: currentArena,
  create: createWasmKernel,
};
