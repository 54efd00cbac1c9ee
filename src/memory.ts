/** @file The allocator through which strategies and kernels take all their arrays, so that bytes are counted and not guessed. */

import ndarray from "ndarray";
import { FLOAT64_BYTES, type Matrix, zeros } from "./array.ts";

/** Hands out zeroed arrays and keeps count of the bytes. */
export type Allocator = {
  /** A zeroed vector of shape [length] or matrix of shape [rows, columns]. */
  allocate(...shape: [number] | [number, number]): Matrix;
  /** Gives back an array that `allocate` returned; it must not be used any more. */
  release(array: Matrix): void;
  /** Bytes handed out and not given back. */
  readonly bytes: number;
  /** The largest value that `bytes` has had. */
  readonly peakBytes: number;
};

/**
 * Starts an allocator at zero bytes.
 *
 * @returns an allocator whose `bytes` and `peakBytes` count float64 entries, not the ndarray headers
 */
export function createAllocator(): Allocator {
  let bytes = 0;
  let peakBytes = 0;
  return {
    allocate: (...shape) => {
      const array = zeros(...shape);
      bytes += array.size * FLOAT64_BYTES;
      peakBytes = Math.max(peakBytes, bytes);
      return array;
    },
    release: (array) => {
      bytes -= array.size * FLOAT64_BYTES;
    },
    get bytes() {
      return bytes;
    },
    get peakBytes() {
      return peakBytes;
    },
  };
}

/**
 * An allocator that cuts one piece of memory into arrays, one after another. Several of them over the same memory serve
 * work that is never done at the same time; so their arrays are not zeroed between uses.
 *
 * @param memory - shape [length], from an allocator that counts it
 * @throws {Error} from `allocate` where the memory is used up: whoever took it has computed its length wrongly
 */
export function allocateWithin(memory: Matrix): Allocator {
  let used = 0;
  return {
    allocate: (...shape) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const start = memory.offset + used;
      used += size;
      if (used > memory.size) throw new Error(`memory of ${memory.size} entries: ${used} are asked for`);
      // A part with its own beginning: callers may take `data` alone, as of a fresh array.
      return ndarray(memory.data.subarray(start, start + size), shape);
    },
    release: () => {},
    get bytes() {
      return used * FLOAT64_BYTES;
    },
    get peakBytes() {
      return used * FLOAT64_BYTES;
    },
  };
}
