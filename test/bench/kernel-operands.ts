/** @file Kernels with operands where they like them, for benchmarks of bare products; or what a kernel that is absent needs. */

import type { Matrix } from "../../src/array.ts";
import { JacobenchError } from "../../src/errors.ts";
import { expectUsable, kernelById } from "../../src/kernels/index.ts";
import { createWorkspace, type Kernel } from "../../src/kernels/types.ts";
import { createRandom } from "../../src/random.ts";
import { type Contender, work } from "./rounds.ts";

/** A kernel, and arrays of random numbers in ±0.5 from the allocator that it works with. */
export type Ready = {
  readonly kernel: Kernel;
  filled(...shape: [number] | [number, number]): Matrix;
  /** Gives back all that was filled. */
  release(): void;
};

/**
 * Makes a kernel ready.
 *
 * @param id - its name
 * @returns a sentence where it cannot be had
 */
export function readyKernel(id: string): Ready | string {
  try {
    expectUsable([id]);
  } catch (error) {
    if (error instanceof JacobenchError) return error.message;
    throw error;
  }
  const { kernel, allocator } = createWorkspace(kernelById(id));
  const random = createRandom(1);
  const taken: Matrix[] = [];
  const filled = (...shape: [number] | [number, number]): Matrix => {
    const array = allocator.allocate(...shape);
    for (let i = 0; i < array.size; i++) array.data[array.offset + i] = random.uniform() - 0.5;
    taken.push(array);
    return array;
  };
  const release = (): void => {
    for (const array of taken.splice(0)) allocator.release(array);
  };
  return { kernel, filled, release };
}

/** The bare products: each gives work on square operands of a width. */
export const PRODUCTS = {
  matvec: ({ kernel, filled }: Ready, width: number) => {
    const [A, x, y] = [filled(width, width), filled(width), filled(width)];
    return () => {
      kernel.matvec(A, x, y);
      return y;
    };
  },
  vecmat: ({ kernel, filled }: Ready, width: number) => {
    const [A, u, y] = [filled(width, width), filled(width), filled(width)];
    return () => {
      kernel.vecmat(u, A, y);
      return y;
    };
  },
  matmul: ({ kernel, filled }: Ready, width: number) => {
    const [A, B, C] = [filled(width, width), filled(width, width), filled(width, width)];
    return () => {
      kernel.matmul(A, B, C);
      return C;
    };
  },
} as const;

/** Names of the bare products. */
export type ProductName = keyof typeof PRODUCTS;

/**
 * A bare product as a contender, on fresh operands in each round: where arrays happen to lie (on how many bytes their
 * addresses end) changes BLAS by a tenth and more, and a single place would be luck for all rounds.
 *
 * @param ready - the kernel
 */
export function freshProduct(ready: Ready, product: ProductName, width: number): Contender {
  return async () => {
    const seconds = await work(PRODUCTS[product](ready, width))();
    ready.release();
    return seconds;
  };
}
