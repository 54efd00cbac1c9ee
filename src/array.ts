/** @file Vectors and matrices: ndarrays over Float64Array, and the few things that are done to them without arithmetic. */

import ndarray from "ndarray";
import { JacobenchError } from "./errors.ts";

/** A dense vector of shape [length], possibly strided. */
export type Vector = ndarray.NdArray<Float64Array>;

/** A dense matrix of shape [rows, columns], possibly strided (a transposed or picked view is as good as any). */
export type Matrix = ndarray.NdArray<Float64Array>;

/** Size of one float64 in bytes. */
export const FLOAT64_BYTES = 8;

/**
 * Makes a vector from numbers.
 *
 * @param values - its entries; copied
 * @returns shape [values.length]
 */
export function vector(values: Iterable<number> | ArrayLike<number>): Vector {
  return ndarray(Float64Array.from(values as Iterable<number>));
}

/**
 * Makes a matrix from rows.
 *
 * @param rows - equally long, non-empty; copied
 * @returns shape [rows.length, rows[0].length]
 * @throws {JacobenchError} `ERR_SHAPE` if there is no row, no column, or rows of different length
 */
export function matrix(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  if (columns === 0)
    throw new JacobenchError("ERR_SHAPE", "matrix: no entries; expected at least one row and one column");
  const result = zeros(rows.length, columns);
  for (const [i, row] of rows.entries()) {
    if (row.length !== columns) {
      throw new JacobenchError(
        "ERR_SHAPE",
        `matrix: row ${i} has ${row.length} entries; expected ${columns}, as in row 0`,
      );
    }
    (result.data as Float64Array).set(row, i * columns);
  }
  return result;
}

/**
 * Makes a vector or a matrix of zeros.
 *
 * @param shape - [length] or [rows, columns]
 */
export function zeros(...shape: [number] | [number, number]): Matrix {
  return ndarray(new Float64Array(shape.reduce((size, length) => size * length, 1)), shape);
}

/**
 * Makes the basis vector e_j.
 *
 * @param length - its length
 * @param j - where the one stands, from 0
 * @returns shape [length]
 * @throws {JacobenchError} `ERR_RANGE` if j is not in [0, length)
 */
export function basis(length: number, j: number): Vector {
  if (!Number.isInteger(j) || j < 0 || j >= length) {
    throw new JacobenchError(
      "ERR_RANGE",
      `basis: index is ${j}; expected an integer from 0 to ${length - 1}`,
    );
  }
  const result = zeros(length);
  result.set(j, 1);
  return result;
}

/**
 * Copies entries, whatever the strides. No arithmetic, no allocation.
 *
 * @param source - vector or matrix
 * @param target - same shape as source; overwritten
 */
export function copyInto(source: Matrix, target: Matrix): void {
  const from = source.data;
  const to = target.data;
  if (source.dimension === 1) {
    const length = source.shape[0]!;
    const step = source.stride[0]!;
    const targetStep = target.stride[0]!;
    let p = source.offset;
    let q = target.offset;
    for (let i = 0; i < length; i++, p += step, q += targetStep) to[q] = from[p]!;
    return;
  }
  const rows = source.shape[0]!;
  const columns = source.shape[1]!;
  const step = source.stride[1]!;
  const targetStep = target.stride[1]!;
  for (let i = 0; i < rows; i++) {
    let p = source.offset + i * source.stride[0]!;
    let q = target.offset + i * target.stride[0]!;
    for (let j = 0; j < columns; j++, p += step, q += targetStep) to[q] = from[p]!;
  }
}

/**
 * Sets every entry to one number, whatever the strides. No allocation.
 *
 * @param target - vector or matrix
 * @param value - the number
 */
export function fill(target: Matrix, value: number): void {
  const data = target.data;
  const rows = target.dimension === 1 ? 1 : target.shape[0]!;
  const columns = target.dimension === 1 ? target.shape[0]! : target.shape[1]!;
  const rowStep = target.dimension === 1 ? 0 : target.stride[0]!;
  const step = target.dimension === 1 ? target.stride[0]! : target.stride[1]!;
  for (let i = 0; i < rows; i++) {
    let q = target.offset + i * rowStep;
    for (let j = 0; j < columns; j++, q += step) data[q] = value;
  }
}

/**
 * Reads a vector or the rows of a matrix one after another.
 *
 * @returns a fresh plain array of all entries, row by row
 */
export function entries(array: Matrix): number[] {
  const rows = array.dimension === 1 ? 1 : array.shape[0]!;
  const columns = array.dimension === 1 ? array.shape[0]! : array.shape[1]!;
  const result: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result.push(array.dimension === 1 ? array.get(j)! : array.get(i, j)!);
  }
  return result;
}

/**
 * Turns a matrix into nested rows, for JSON.
 *
 * @returns rows of numbers
 */
export function toRows(array: Matrix): number[][] {
  return Array.from({ length: array.shape[0]! }, (_, i) =>
    Array.from({ length: array.shape[1]! }, (_, j) => array.get(i, j)!),
  );
}

/**
 * Checks that an array is a vector of a given length with finite entries.
 *
 * @param where - the function that checks, for the message
 * @param what - the name of the argument
 * @param array - what was given
 * @param length - the length that it must have
 * @param because - where that length comes from, e.g. `n = 3 (chain.widths[0])`
 * @throws {JacobenchError} `ERR_SHAPE` or `ERR_NON_FINITE`
 */
export function expectVector(
  where: string,
  what: string,
  array: Vector,
  length: number,
  because: string,
): void {
  if (array.dimension !== 1 || array.shape[0] !== length) {
    const given = array.dimension === 1 ? `length ${array.shape[0]}` : `shape [${array.shape.join(", ")}]`;
    throw new JacobenchError("ERR_SHAPE", `${where}: ${what} has ${given}; expected ${because}`);
  }
  for (let i = 0; i < length; i++) {
    const value = array.get(i)!;
    if (!Number.isFinite(value)) {
      throw new JacobenchError(
        "ERR_NON_FINITE",
        `${where}: ${what}[${i}] is ${value}; expected a finite number`,
      );
    }
  }
}

/**
 * The largest absolute difference of two arrays of the same shape; NaN if any entry is NaN.
 *
 * @param a - vector or matrix
 * @param b - same shape
 */
export function maxAbsDifference(a: Matrix, b: Matrix): number {
  return extreme(a, (value, i, j) => Math.abs(value - (a.dimension === 1 ? b.get(j)! : b.get(i, j)!)));
}

/** The largest absolute entry of an array; NaN if any entry is NaN. */
export function maxAbs(a: Matrix): number {
  return extreme(a, (value) => Math.abs(value));
}

function extreme(a: Matrix, measure: (value: number, i: number, j: number) => number): number {
  const rows = a.dimension === 1 ? 1 : a.shape[0]!;
  const columns = a.dimension === 1 ? a.shape[0]! : a.shape[1]!;
  let result = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const size = measure(a.dimension === 1 ? a.get(j)! : a.get(i, j)!, i, j);
      if (Number.isNaN(size)) return Number.NaN;
      if (size > result) result = size;
    }
  }
  return result;
}
