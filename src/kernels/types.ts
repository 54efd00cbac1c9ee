/** @file What a kernel is: the only place where derivative (and primal) arithmetic is done. */

import type { Matrix, Vector } from "../array.ts";
import { type Allocator, type ArraySource, createAllocator } from "../memory.ts";

/**
 * The arithmetic of the project behind one interface. Arrays may have any strides. Outputs of products never overlap
 * inputs; outputs of elementwise functions may be the input itself. Shapes are those of the docstrings and are not
 * checked again here: layers and strategies get them right by construction, users' input is checked at the border.
 *
 * The number in brackets is what one call costs, in fused multiply-adds (FMA); a lone multiplication or addition is one.
 */
export type Kernel = {
  /** Name in the registry and in records. */
  readonly id: string;

  /** y = A·x for A [m, n], x [n], y [m]. (m·n) */
  matvec(A: Matrix, x: Vector, y: Vector): void;
  /** y = A·x + b for A [m, n], x [n], b [m], y [m]; the bias is where accumulation starts. (m·n) */
  affine(A: Matrix, x: Vector, b: Vector, y: Vector): void;
  /** y = uᵀ·A for u [m], A [m, n], y [n]: the transposed product, without a transposed copy. (m·n) */
  vecmat(u: Vector, A: Matrix, y: Vector): void;
  /** C = A·B for A [m, k], B [k, n], C [m, n]. (m·k·n) */
  matmul(A: Matrix, B: Matrix, C: Matrix): void;

  /** A ± u·xᵀ into A, for u [m], x [n], A [m, n]; the sign is 1 or −1. (m·n) */
  addOuter(sign: 1 | -1, u: Vector, x: Vector, A: Matrix): void;
  /** Sum of x_i·y_i over [k]. (k) */
  dot(x: Vector, y: Vector): number;
  /** y += α·x over [k]. (k) */
  axpy(alpha: number, x: Vector, y: Vector): void;
  /** Y += X, vectors or matrices of one shape. (one an entry) */
  add(X: Matrix, Y: Matrix): void;
  /** Adds a number to one entry: of a vector (index j is ignored) or of a matrix. (1) */
  addAt(value: number, X: Matrix, i: number, j: number): void;
  /** y = x ⊙ d over [k]. (k) */
  multiply(x: Vector, d: Vector, y: Vector): void;
  /** y = α·x over [k]. (k) */
  scale(alpha: number, x: Vector, y: Vector): void;
  /** Y = diag(d)·X for d [k], X and Y [k, b]. (k·b) */
  scaleRows(d: Vector, X: Matrix, Y: Matrix): void;
  /** Y = X·diag(d) for d [k], X and Y [b, k]. (k·b) */
  scaleColumns(X: Matrix, d: Vector, Y: Matrix): void;
  /**
   * y = M·x for every vector x of X: a vector [k], columns of [k, b] (axis 0) or rows of [b, k] (axis 1); Y has the shape of
   * X. `s` [b] is overwritten by the products rᵀ·x; null for a vector. (3·k a vector, 2·k where d and one of l and r are
   * ones)
   */
  rankOneProduct(M: PivotedRankOne, X: Matrix, axis: 0 | 1, s: Vector | null, Y: Matrix): void;

  /** y = (a − b)·α over [k]: a difference quotient. (2·k) */
  quotient(a: Vector, b: Vector, alpha: number, y: Vector): void;
  /** y_i = f(x_i) over [k]: a function of one number, counted as one whatever f does. (k) */
  map(f: (value: number) => number, x: Vector, y: Vector): void;
  /** y_i = f(a_i, b_i) over [k], likewise. (k) */
  map2(f: (a: number, b: number) => number, a: Vector, b: Vector, y: Vector): void;
  /** Sum of the entries of x over [k]. (k) */
  sum(x: Vector): number;
  /** Sum of f(a_i, b_i) over [k], without storing the terms. (2·k) */
  sumOf(f: (a: number, b: number) => number, a: Vector, b: Vector): number;

  /**
   * The array itself where the kernel computes on it as it is; else the kernel's own copy, made at preparation (once an
   * array) so that no product copies. Absent where every array is as good as any. Ask through {@link adopted}.
   */
  adopt?(array: Matrix): Matrix;
  /** Copies all adopted arrays anew: their entries may have changed. */
  refresh?(): void;
  /** Bytes of adopted copies and of recorded products; they are no part of what a strategy takes from its allocator. */
  readonly ownBytes?: number;

  /**
   * Records a product, to do it later in one call. `input` is always that array; `output` stands for every array of its
   * strides and its memory (say, another column of J).
   *
   * @param write - writes the operations of the product, in order
   * @returns the product with its output; null where an operand lies where the kernel does not compute on it
   */
  record?(write: (to: Recorder) => void, input: Matrix, output: Matrix): ((output: Matrix) => void) | null;

  /**
   * Prepares lanes of products, each lane done by a thread of its own, one product after another. Lanes share no seeds
   * and no buffers. Absent where a kernel computes in one thread.
   *
   * @returns what does all of them, and returns when all are done; null where an operand lies where it does not compute
   * @throws {JacobenchError} `ERR_UNSUPPORTED` where there are no threads
   */
  parallel?(lanes: readonly (readonly SeededProduct[])[]): (() => void) | null;
};

/**
 * The matrix M = diag(d) − l·rᵀ [k, k], one of whose diagonal entries is given: the pivot, where d_c − l_c·r_c would be the
 * difference of two that are nearly equal. A product leaves the pivot out of the sum over r and adds it last:
 *
 *     o = Σ_{j≠c} r_j·x_j,   s = o + r_c·x_c,   y_i = d_i·x_i − l_i·s for i ≠ c,   y_c = M_cc·x_c − l_c·o.
 *
 * So no entry of M is formed with fewer digits than d, l, r and the pivot have, as long as l_i·r_i ≤ d_i/2 beside the pivot.
 */
export type PivotedRankOne = {
  /** d [k]; null for ones. */
  readonly diagonal: Vector | null;
  /** l [k]; null for ones. */
  readonly left: Vector | null;
  /** r [k]; null for ones. */
  readonly right: Vector | null;
  /** The index c and the entry M_cc, [2]: an array, since both change with the point, also for products written down. */
  readonly pivot: Vector;
};

/** A product of unit seeds, for a thread. */
export type SeededProduct = {
  /** Writes its operations; the same for all products of one input, whose outputs have the same strides. */
  readonly write: (to: Recorder) => void;
  /** The seeds: tangents [n, b] (axis 1) or cotangents [b, m] (axis 0), zero before and after. */
  readonly input: Matrix;
  readonly output: Matrix;
  readonly axis: 0 | 1;
  /** The first seed is the basis vector of this index. */
  readonly first: number;
};

/** Writes down operations on arrays that stay where they are. The same arithmetic, and the same cost, as {@link Kernel}. */
export type Recorder = Pick<
  Kernel,
  | "matvec"
  | "vecmat"
  | "matmul"
  | "addOuter"
  | "add"
  | "multiply"
  | "scaleRows"
  | "scaleColumns"
  | "rankOneProduct"
> & {
  /** Y = X for vectors or matrices of one shape. (0) */
  copy(X: Matrix, Y: Matrix): void;
};

/**
 * An array as a kernel computes on it: see {@link Kernel.adopt}.
 *
 * @param kernel - the kernel
 * @param array - vector or matrix given from outside, say weights
 */
export function adopted(kernel: Kernel, array: Matrix): Matrix {
  return kernel.adopt?.(array) ?? array;
}

/** Makes a kernel; scratch memory that it needs is taken from the allocator. */
export type KernelFactory = {
  readonly id: string;
  /** One line for `--help` and tables. */
  readonly description: string;
  /** Why it cannot be had on this machine, and what to install; null, or left out, where it can. `create` throws then. */
  unavailable?(): string | null;
  /** Version of the native library that it runs on, for records; null, or left out, where there is none. */
  library?(): string | null;
  /** Makes a kernel, with scratch memory from the allocator. */
  create(allocator: Allocator): Kernel;
  /** Whether its kernels do lanes of products in several threads ({@link Kernel.parallel}). */
  readonly threads?: boolean;
  /** Where arrays must lie to be computed on without copies, for {@link createWorkspace}; left out where anywhere will do. */
  source?(): ArraySource;
};

/**
 * Makes a kernel and an allocator that fit together: what a preparation computes with and takes memory from.
 *
 * @param factory - of the kernel
 */
export function createWorkspace(factory: KernelFactory): {
  readonly kernel: Kernel;
  readonly allocator: Allocator;
} {
  const allocator = createAllocator(factory.source?.());
  return { kernel: factory.create(allocator), allocator };
}
