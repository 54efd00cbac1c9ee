/** @file The table of kernels. A new kernel is one file and one line here. */

import { JacobenchError } from "../errors.ts";
import { byId } from "../names.ts";
import { openblasKernel } from "./openblas.ts";
import { referenceKernel } from "./reference.ts";
import { typedKernel } from "./typed.ts";
import type { KernelFactory } from "./types.ts";
import { wasmKernel } from "./wasm/kernel.ts";

/** All kernels, the default first. */
export const KERNELS: readonly KernelFactory[] = [typedKernel, referenceKernel, wasmKernel, openblasKernel];

/**
 * Takes a kernel from the table.
 *
 * @param id - its name
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME`
 */
export function kernelById(id: string): KernelFactory {
  return byId("kernel", KERNELS, id);
}

/** The kernels that can be had here, the default first: without those whose library is not installed. */
export function usableKernels(): readonly KernelFactory[] {
  return KERNELS.filter((factory) => (factory.unavailable?.() ?? null) === null);
}

/**
 * Refuses kernels that cannot be had here, before anything is measured with them.
 *
 * @param ids - their names
 * @param where - who asks, for the message; none for a command's own option
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME`; `ERR_ABSENT` with what to install
 */
export function expectUsable(ids: readonly string[], where?: string): void {
  for (const id of ids) {
    const reason = kernelById(id).unavailable?.() ?? null;
    if (reason === null) continue;
    throw new JacobenchError("ERR_ABSENT", where === undefined ? reason : `${where}: ${reason}`);
  }
}

/**
 * Refuses several threads for a kernel that computes in one.
 *
 * @param factory - of the kernel
 * @param threads - that a strategy is to use
 * @throws {JacobenchError} `ERR_UNSUPPORTED`
 */
export function expectThreads(factory: KernelFactory, threads: number): void {
  if (threads === 1 || factory.threads === true) return;
  const able = KERNELS.filter((other) => other.threads === true).map(({ id }) => `"${id}"`);
  throw new JacobenchError(
    "ERR_UNSUPPORTED",
    `kernel "${factory.id}": computes in one thread, but threads is ${threads}; expected the kernel ${able.join(" or ")}, or threads 1`,
  );
}
