/**
 * @file Plain arithmetic on nested arrays, as a student would write it, to work out what the usual slips give. The right
 * answers never come from here, but from the toolkit's derivatives.
 */

import { entries, type Matrix } from "../array.ts";
import type { ArrayValue } from "./types.ts";

/** A vector as a plain array. */
export type Plain = readonly number[];

/** A matrix as rows. */
export type PlainRows = readonly (readonly number[])[];

/** A·v, for A [r, c] and v [c]. */
export function times(A: PlainRows, v: Plain): number[] {
  return A.map((row) => row.reduce((sum, a, j) => sum + a * v[j]!, 0));
}

/** Aᵀ, [c, r]. */
export function transpose(A: PlainRows): number[][] {
  return A[0]!.map((_, j) => A.map((row) => row[j]!));
}

/** u·vᵀ, [u.length, v.length]. */
export function outer(u: Plain, v: Plain): number[][] {
  return u.map((a) => v.map((b) => a * b));
}

/** a + b, entry by entry. */
export function plus(a: Plain, b: Plain): number[] {
  return a.map((value, i) => value + b[i]!);
}

/** a ⊙ b, entry by entry. */
export function hadamard(a: Plain, b: Plain): number[] {
  return a.map((value, i) => value * b[i]!);
}

/** c·a. */
export function scaled(c: number, a: Plain): number[] {
  return a.map((value) => c * value);
}

/** 1[a > 0], entry by entry. */
export function positive(a: Plain): number[] {
  return a.map((value) => (value > 0 ? 1 : 0));
}

/** Softmax, shifted by the largest logit. */
export function probabilities(z: Plain): number[] {
  const largest = Math.max(...z);
  const powers = z.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}

/** e_i of a length. */
export function unit(length: number, i: number): number[] {
  return Array.from({ length }, (_, j) => (j === i ? 1 : 0));
}

/** Mean of matrices of one shape. */
export function meanRows(list: readonly PlainRows[]): number[][] {
  return list[0]!.map((row, i) =>
    row.map((_, j) => list.reduce((sum, A) => sum + A[i]![j]!, 0) / list.length),
  );
}

/** A number, a plain vector or plain rows as numbers with a shape. */
export function arrayValue(array: number | Plain | PlainRows): ArrayValue {
  if (typeof array === "number") return { shape: [], entries: [array] };
  const first = array[0];
  if (typeof first !== "object") return { shape: [array.length], entries: array as Plain };
  return { shape: [array.length, first.length], entries: (array as PlainRows).flat() };
}

/** An ndarray as numbers with a shape. */
export function ndarrayValue(array: Matrix): ArrayValue {
  return { shape: [...array.shape], entries: entries(array) };
}
