/** @file Which pieces of a memory are in use and by which object, so that they are free again when it is collected. */

import { createFreeList } from "./free-list.ts";

/** Pieces of one memory. It knows addresses only: what it keeps for later must not keep the memory itself alive. */
export type Pieces = {
  /** Takes a piece that was in use before; null when none is large enough. */
  take(bytes: number): number | null;
  /** Counts a piece that was never in use. */
  add(bytes: number): void;
  /** Frees a piece when `owner` is collected. */
  freeWith(owner: object, start: number, bytes: number): void;
  /** Frees a piece now, if it is still its owner's. */
  free(owner: object, start: number, bytes: number): void;
  readonly usedBytes: number;
};

type Piece = { readonly start: number; readonly bytes: number };

/** From this size on a piece is announced to the garbage collector. */
const ANNOUNCED_BYTES = 65536;

/** Starts with nothing. */
export function createPieces(): Pieces {
  const list = createFreeList();
  let usedBytes = 0;
  const giveBack = ({ start, bytes }: Piece): void => {
    usedBytes -= bytes;
    list.give(start, bytes);
  };
  const registry = new FinalizationRegistry(giveBack);
  // A collector knows nothing of pieces of a shared memory, and would let them pile up. An ordinary buffer beside each,
  // as large and never touched (so that the system gives it no memory), makes it as eager as for ordinary arrays.
  const announcements = new WeakMap<object, ArrayBuffer>();
  return {
    take: (bytes) => {
      const start = list.take(bytes);
      if (start !== null) usedBytes += bytes;
      return start;
    },
    add: (bytes) => {
      usedBytes += bytes;
    },
    freeWith: (owner, start, bytes) => {
      registry.register(owner, { start, bytes }, owner);
      if (bytes < ANNOUNCED_BYTES) return;
      try {
        announcements.set(owner, new ArrayBuffer(bytes));
      } catch {
        // No addresses left for it: the collector has reasons enough to be eager.
      }
    },
    free: (owner, start, bytes) => {
      if (!registry.unregister(owner)) return;
      announcements.delete(owner);
      giveBack({ start, bytes });
    },
    get usedBytes() {
      return usedBytes;
    },
  };
}
