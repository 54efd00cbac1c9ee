/** @file Products that can be written down, and binding them to arrays: one call of the kernel for a whole JVP or VJP. */

import { copyInto, type Matrix } from "../array.ts";
import type { Kernel } from "../kernels/types.ts";
import type { Product, RecordProduct } from "./types.ts";

/**
 * A product that also knows how to write its operations down.
 *
 * @param run - does it
 * @param record - writes the same operations
 */
export function recordable(
  run: (input: Matrix, output: Matrix) => void,
  record: RecordProduct | undefined,
): Product {
  return Object.assign(run, { record });
}

/** Copies its input: the product with an identity. */
export const copyProduct: Product = recordable(
  (input, output) => copyInto(input, output),
  (to, input, output) => to.copy(input, output),
);

/**
 * Fixes the arrays of a product where the kernel gains by that: it then does all operations in one call, without looking
 * at arrays again.
 *
 * @param kernel - which computes
 * @param product - of maps that were prepared with this kernel
 * @param input - the array that is read, always this one
 * @param output - an output; others must be views of the same memory, of the same shape and strides
 * @returns the product as a function of its output; it allocates nothing
 */
export function bindProduct(
  kernel: Kernel,
  product: Product,
  input: Matrix,
  output: Matrix,
): (output: Matrix) => void {
  const { record } = product;
  const bound =
    record === undefined ? null : (kernel.record?.((to) => record(to, input, output), input, output) ?? null);
  return bound ?? ((target) => product(input, target));
}
