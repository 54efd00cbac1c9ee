/** @file The allocator through which strategies and kernels take all their arrays, so that bytes are counted and not guessed. */

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
