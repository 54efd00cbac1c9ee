/** @file The table of kernels. A new kernel is one file and one line here. */

import { byId } from "../names.ts";
import { referenceKernel } from "./reference.ts";
import { typedKernel } from "./typed.ts";
import type { KernelFactory } from "./types.ts";

/** All kernels, the default first. */
export const KERNELS: readonly KernelFactory[] = [typedKernel, referenceKernel];

/**
 * Takes a kernel from the table.
 *
 * @param id - its name
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME`
 */
export function kernelById(id: string): KernelFactory {
  return byId("kernel", KERNELS, id);
}
