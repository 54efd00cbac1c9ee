/** @file How much memory there is: of the machine, or of the container where its limit is lower. (N) */

import { totalmem } from "node:os";

/** Memory of the machine, or of the container where its limit is lower, in bytes. */
export function usableMemoryBytes(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(totalmem(), limit) : totalmem();
}
