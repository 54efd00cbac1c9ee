/** @file Every kernel against the reference kernel, by operation and size. */

import { type Matrix, zeros } from "../../src/array.ts";
import { kernelById, usableKernels } from "../../src/kernels/index.ts";
import type { Kernel } from "../../src/kernels/types.ts";
import { createAllocator } from "../../src/memory.ts";
import { createRandom } from "../../src/random.ts";
import { type RatioTable, timeRatio } from "./ratio.ts";

const random = createRandom(1);

function filled(...shape: [number] | [number, number]): Matrix {
  const array = zeros(...shape);
  for (let i = 0; i < array.size; i++) array.data[i] = random.uniform() - 0.5;
  return array;
}

/** One operation of a kernel on square operands of a size. */
const OPERATIONS: Record<string, (kernel: Kernel, size: number) => () => unknown> = {
  matvec: (kernel, size) => {
    const [A, x, y] = [filled(size, size), filled(size), zeros(size)];
    return () => {
      kernel.matvec(A, x, y);
      return y;
    };
  },
  vecmat: (kernel, size) => {
    const [A, u, y] = [filled(size, size), filled(size), zeros(size)];
    return () => {
      kernel.vecmat(u, A, y);
      return y;
    };
  },
  matmul: (kernel, size) => {
    const [A, B, C] = [filled(size, size), filled(size, size), zeros(size, size)];
    return () => {
      kernel.matmul(A, B, C);
      return C;
    };
  },
};

/** Seconds of each kernel over seconds of the reference: below 1 is faster. */
export async function kernels(): Promise<RatioTable> {
  const rows = [];
  for (const { id } of usableKernels().filter((factory) => factory.id !== "reference")) {
    for (const [name, prepare] of Object.entries(OPERATIONS)) {
      for (const size of [8, 64]) {
        const [kernel, reference] = [id, "reference"].map((each) =>
          kernelById(each).create(createAllocator()),
        );
        const label = `${id}, ${name}, ${size} × ${size}`;
        rows.push(await timeRatio(label, prepare(kernel!, size), prepare(reference!, size)));
      }
    }
  }
  return { title: "seconds, over those of the reference kernel", rows };
}
