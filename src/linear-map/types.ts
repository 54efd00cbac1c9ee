/** @file A Jacobian that acts by its structure: products with tangents and cotangents, columns, rows and its explicit form. */

import type { Matrix, Vector } from "../array.ts";
import type { Kernel, Recorder } from "../kernels/types.ts";
import type { Allocator } from "../memory.ts";

/** What prepared work computes with and takes memory from. */
export type Workspace = { readonly kernel: Kernel; readonly allocator: Allocator };

/** A prepared product: reads `input`, overwrites `output`, allocates nothing. */
export type Product = {
  (input: Matrix, output: Matrix): void;
  /** Writes the same operations to a recorder, for kernels that do many in one call; absent where that is not possible. */
  readonly record?: RecordProduct | undefined;
};

/** Writes the operations of a product on given arrays. */
export type RecordProduct = (to: Recorder, input: Matrix, output: Matrix) => void;

/** A prepared reader of columns or rows: overwrites `output` with those that start at `first`. */
export type Reader = (first: number, output: Matrix) => void;

/**
 * Vectors at once: null for one vector (an ndarray of dimension 1); a number b for a block, which is [rows, b] for
 * tangents and [b, rows] for cotangents.
 */
export type Count = number | null;

/**
 * A Jacobian J [rows, columns] as a linear map. The prepare methods take memory from the workspace once; the products
 * they return do only arithmetic.
 */
export type LinearMap = {
  readonly rows: number;
  readonly columns: number;
  /** V ↦ J·V. */
  preparePush(workspace: Workspace, count: Count): Product;
  /** U ↦ U·J (for one cotangent, uᵀ·J). */
  preparePull(workspace: Workspace, count: Count): Product;
  /** Columns of J from `first` on, as many as the output holds, read rather than multiplied out where the structure allows. */
  prepareReadColumns(workspace: Workspace, count: Count): Reader;
  /** Rows of J from `first` on, likewise. */
  prepareReadRows(workspace: Workspace, count: Count): Reader;
  /** The explicit Jacobian where it is at hand without any work; null where it must be formed. */
  readonly given: Matrix | null;
  /** Whether all entries off the diagonal are zero, by structure. */
  readonly isDiagonal: boolean;
  /** The diagonal of a diagonal Jacobian [rows]; null for all others (the identity has none to hold). */
  readonly diagonal: Vector | null;
  /** The maps of the inner chain of a Jacobian I + J_inner, first applied first; null for all others. */
  readonly inner: readonly LinearMap[] | null;
};
