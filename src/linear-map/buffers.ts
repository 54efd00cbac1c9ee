/** @file Buffers between the steps of a sweep, and running prepared steps one after another through them. */

import ndarray from "ndarray";
import type { Matrix } from "../array.ts";
import type { Allocator } from "../memory.ts";
import { copyProduct, recordable } from "./record.ts";
import type { Count, Product } from "./types.ts";

/** Which way vectors of a block lie: tangents are columns [width, b], cotangents rows [b, width]. */
export type Orientation = "columns" | "rows";

/**
 * Takes buffers for the boundaries between steps. Only two are alive at once, so two pieces of memory serve all of them
 * in turn, each as large as the widest boundary that it serves.
 *
 * Memory: `8·(max of the odd widths + max of the even widths)·b` bytes.
 *
 * @param allocator - where memory comes from
 * @param widths - widths of the interior boundaries, in order
 * @param count - vectors at once
 * @param orientation - which way they lie
 * @returns one view a boundary
 */
export function alternatingBuffers(
  allocator: Allocator,
  widths: readonly number[],
  count: Count = null,
  orientation: Orientation = "columns",
): Matrix[] {
  const slots = [0, 1].map((parity) => {
    const size = Math.max(0, ...widths.filter((_, i) => i % 2 === parity)) * (count ?? 1);
    return size === 0 ? null : allocator.allocate(size).data;
  });
  return widths.map((width, i) => viewOf(slots[i % 2]!, width, count, orientation));
}

/**
 * Float64 entries that {@link alternatingBuffers} takes.
 *
 * @param widths - widths of the interior boundaries, in order
 * @param count - vectors at once
 */
export function alternatingEntries(widths: readonly number[], count: Count = null): number {
  const largest = (parity: number) => Math.max(0, ...widths.filter((_, i) => i % 2 === parity));
  return (largest(0) + largest(1)) * (count ?? 1);
}

/**
 * Takes the beginning of a piece of memory as a vector or block.
 *
 * @param data - the memory
 * @param width - length of each vector
 * @param count - vectors at once
 * @param orientation - which way they lie
 */
export function viewOf(data: Float64Array, width: number, count: Count, orientation: Orientation): Matrix {
  if (count === null) return ndarray(data, [width], [1], 0);
  return ndarray(data, orientation === "columns" ? [width, count] : [count, width]);
}

/**
 * Joins steps into one: each reads the boundary before it and overwrites the one after it.
 *
 * @param steps - in the order in which they run
 * @param boundaries - what stands between them, one less than steps
 * @param copy - what to do when there is no step at all
 * @returns the joint step; it allocates nothing
 */
export function joinSteps<Value>(
  steps: readonly ((input: Value, output: Value) => void)[],
  boundaries: readonly Value[],
  copy: (input: Value, output: Value) => void,
): (input: Value, output: Value) => void {
  const last = steps.length - 1;
  if (last < 0) return copy;
  if (last === 0) return steps[0]!;
  return (input, output) => {
    steps[0]!(input, boundaries[0]!);
    for (let i = 1; i < last; i++) steps[i]!(boundaries[i - 1]!, boundaries[i]!);
    steps[last]!(boundaries[last - 1]!, output);
  };
}

/**
 * Joins products as {@link joinSteps} does; the joint product can be written down where all of them can.
 *
 * @param steps - in the order in which they run
 * @param boundaries - what stands between them, one less than steps
 */
export function joinProducts(steps: readonly Product[], boundaries: readonly Matrix[]): Product {
  if (steps.length <= 1) return steps[0] ?? copyProduct;
  const run = joinSteps<Matrix>(steps, boundaries, copyProduct);
  if (steps.some(({ record }) => record === undefined)) return run;
  return recordable(run, (to, input, output) => {
    for (const [i, { record }] of steps.entries()) {
      record!(to, i === 0 ? input : boundaries[i - 1]!, i === steps.length - 1 ? output : boundaries[i]!);
    }
  });
}
