/** @file What a kernel is: the only place where derivative (and primal) arithmetic is done. */

import type { Matrix, Vector } from "../array.ts";
import type { Allocator } from "../memory.ts";

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
};

/** Makes a kernel; scratch memory that it needs is taken from the allocator. */
export type KernelFactory = {
  readonly id: string;
  /** One line for `--help` and tables. */
  readonly description: string;
  create(allocator: Allocator): Kernel;
};
