/** @file The allocator through which strategies and kernels take all their arrays, so that bytes are counted and not guessed. */

import ndarray from "ndarray";
import { FLOAT64_BYTES, type Matrix, zeros } from "./array.ts";

/** Where arrays lie: ordinary memory, or that of a kernel. */
export type ArraySource = {
  /** A zeroed array; its place is free again when it is given back or collected (`subarray` does not keep it). */
  take(length: number): Float64Array<ArrayBufferLike>;
  /** Gives back an array of `take`; it must not be used any more. */
  give(data: Float64Array): void;
};

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
  /** Where its arrays lie, for a kernel to recognise its own memory; null for ordinary memory. */
  readonly source: ArraySource | null;
};

/**
 * Starts an allocator at zero bytes.
 *
 * @param source - where arrays lie; ordinary memory by default
 * @returns an allocator whose `bytes` and `peakBytes` count float64 entries, not the ndarray headers
 */
export function createAllocator(source: ArraySource | null = null): Allocator {
  let bytes = 0;
  let peakBytes = 0;
  return {
    source,
    allocate: (...shape) => {
      const array = source === null ? zeros(...shape) : ndarray(source.take(sizeOf(shape)), shape);
      bytes += array.size * FLOAT64_BYTES;
      peakBytes = Math.max(peakBytes, bytes);
      return array;
    },
    release: (array) => {
      bytes -= array.size * FLOAT64_BYTES;
      source?.give(array.data);
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
    source: null,
    allocate: (...shape) => {
      const size = sizeOf(shape);
      const start = memory.offset + used;
      used += size;
      if (used > memory.size) throw new Error(`memory of ${memory.size} entries: ${used} are asked for`);
      // A part with its own beginning: callers may take `data` alone, as of a fresh array.
      const part = memory.data.subarray(start, start + size);
      wholes.set(part, memory.data);
      return ndarray(part, shape);
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

/** Parts keep the array from which they were cut alive: a kernel's memory is free again when that is collected. */
const wholes = new WeakMap<Float64Array, Float64Array>();

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
