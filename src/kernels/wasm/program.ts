/**
 * @file Recorded products of the `wasm` kernel: records in its memory that one call runs.
 *
 * A record is 16 words of 32 bits: operation, m, n, k; then A, B and C, each an address and two strides in bytes; then the
 * address of the pivot of a rank-one product, whose k is the address of s and whose A those of d, l and r (0 for ones). The address 1 means the input of the run, 2 its output. Any instance of the module on the same memory
 * can run them, also one in another thread: `run(program, end, input, output)`.
 */

import type { Matrix, Vector } from "../../array.ts";
import type { Recorder } from "../types.ts";
import type { Arena } from "./arena.ts";

/** The operations, as src/kernels/assembly/program.ts numbers them. */
const OPERATION = {
  matvec: 0,
  matmul: 1,
  scaleRows: 2,
  add: 3,
  copy: 4,
  rankOneProduct: 5,
  addOuter: 6,
} as const;

/** Recorded products: from where to where their records are, and the arrays that they use. */
export type Program = {
  readonly start: number;
  readonly end: number;
  /** Held so that their memory is not given to others. */
  readonly operands: readonly Matrix[];
  readonly bytes: number;
};

type Operand = readonly [address: number, stride: number, secondStride: number];

const NONE: Operand = [0, 0, 0];

/**
 * Writes products down.
 *
 * @param arena - where operands and records lie
 * @param write - writes the operations in order
 * @param input - stands for the input of a run
 * @param output - stands for the output of a run; other outputs have its shape and strides
 * @returns null where an operand lies elsewhere, or is strided where it must not be
 */
export function recordProgram(
  arena: Arena,
  write: (to: Recorder) => void,
  input: Matrix,
  output: Matrix,
): Program | null {
  const words: number[] = [];
  const operands: Matrix[] = [];
  let elsewhere = false;
  const at = (array: Matrix): number => {
    operands.push(array);
    if (!arena.owns(array.data)) elsewhere = true;
    if (array === input) return 1;
    return array === output ? 2 : array.data.byteOffset + 8 * array.offset;
  };
  const vectorOf = (x: Vector): Operand => [at(x), 8 * x.stride[0]!, 0];
  const matrixOf = (X: Matrix): Operand => [at(X), 8 * X.stride[0]!, 8 * X.stride[1]!];
  const transposed = (X: Matrix): Operand => [at(X), 8 * X.stride[1]!, 8 * X.stride[0]!];
  /** The address of a vector whose entries lie together; 0 for null. */
  const denseOf = (x: Vector | null): number => {
    if (x === null) return 0;
    if (x.stride[0] !== 1) elsewhere = true;
    return at(x);
  };
  /** A vector as a matrix of one row. */
  const rowsOf = (X: Matrix): Operand => (X.dimension === 1 ? [at(X), 0, 8 * X.stride[0]!] : matrixOf(X));
  const put = (
    operation: number,
    [m, n, k]: readonly [number, number, number],
    operandsOf: readonly [Operand, Operand, Operand],
    pivot = 0,
  ): void => {
    words.push(operation, m, n, k, ...operandsOf.flat(), pivot, 0, 0);
  };
  const [rows, columns] = [
    (X: Matrix): number => (X.dimension === 1 ? 1 : X.shape[0]!),
    (X: Matrix): number => (X.dimension === 1 ? X.shape[0]! : X.shape[1]!),
  ];
  write({
    matvec: (A, x, y) =>
      put(OPERATION.matvec, [A.shape[0]!, A.shape[1]!, 0], [matrixOf(A), vectorOf(x), vectorOf(y)]),
    vecmat: (u, A, y) =>
      put(OPERATION.matvec, [A.shape[1]!, A.shape[0]!, 0], [transposed(A), vectorOf(u), vectorOf(y)]),
    matmul: (A, B, C) =>
      put(OPERATION.matmul, [C.shape[0]!, C.shape[1]!, A.shape[1]!], [matrixOf(A), matrixOf(B), matrixOf(C)]),
    addOuter: (sign, u, x, A) =>
      put(OPERATION.addOuter, [A.shape[0]!, A.shape[1]!, sign], [vectorOf(u), vectorOf(x), matrixOf(A)]),
    add: (X, Y) => put(OPERATION.add, [rows(X), columns(X), 0], [NONE, rowsOf(X), rowsOf(Y)]),
    copy: (X, Y) => put(OPERATION.copy, [rows(X), columns(X), 0], [NONE, rowsOf(X), rowsOf(Y)]),
    multiply: (x, d, y) =>
      put(OPERATION.scaleRows, [d.shape[0]!, 1, 0], [vectorOf(d), vectorOf(x), vectorOf(y)]),
    scaleRows: (d, X, Y) =>
      put(OPERATION.scaleRows, [X.shape[0]!, X.shape[1]!, 0], [vectorOf(d), matrixOf(X), matrixOf(Y)]),
    scaleColumns: (X, d, Y) =>
      put(OPERATION.scaleRows, [X.shape[1]!, X.shape[0]!, 0], [vectorOf(d), transposed(X), transposed(Y)]),
    rankOneProduct: ({ diagonal, left, right, pivot }, X, axis, s, Y) => {
      const along = axis === 0 ? matrixOf : transposed;
      const [x, y] = s === null ? [vectorOf(X), vectorOf(Y)] : [along(X), along(Y)];
      const sizes = [X.shape[axis]!, s === null ? 1 : s.shape[0]!, denseOf(s)] as const;
      put(
        OPERATION.rankOneProduct,
        sizes,
        [[denseOf(diagonal), denseOf(left), denseOf(right)], x, y],
        denseOf(pivot),
      );
    },
  });
  if (elsewhere) return null;
  const bytes = 4 * words.length;
  const start = arena.reserve(bytes, operands);
  new Int32Array(arena.memory.buffer, start, words.length).set(words);
  return { start, end: start + bytes, operands, bytes };
}
