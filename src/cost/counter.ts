/** @file An observer that reads the counting kernel between operations, and so turns an execution into a list of records. */

import type { CountingKernel } from "../kernels/counting.ts";
import type { Observer, Operation, OperationLabel } from "./operation.ts";

/** An observer with the record of what it saw. */
export type Counter = Observer & {
  /** Operations in the order in which each first occurred; equal ones are one record with `times`. */
  operations(): Operation[];
};

/**
 * Makes the observer of one counted execution.
 *
 * @param kernel - the kernel that the execution computes with
 */
export function createCounter(kernel: CountingKernel): Counter {
  const records = new Map<string, Operation>();
  let current: OperationLabel | null = null;
  let before = 0;
  return {
    begin: (label) => {
      current = label;
      before = kernel.fma;
    },
    end: () => {
      const { kind, first, last, vectors } = current!;
      const fma = kernel.fma - before;
      const key = [kind, first, last, vectors, fma].join(" ");
      const seen = records.get(key);
      records.set(key, { kind, first, last, vectors, fma, times: (seen?.times ?? 0) + 1 });
    },
    operations: () => [...records.values()],
  };
}
