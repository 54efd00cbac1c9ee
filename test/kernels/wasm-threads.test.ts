/** @file Threads of the `wasm` kernel: lanes are done by others on the same memory, many times, and end with the process. */

import { expect, test } from "vitest";
import { entries, type Matrix } from "../../src/array.ts";
import { createWorkspace } from "../../src/kernels/types.ts";
import { createArena } from "../../src/kernels/wasm/arena.ts";
import { wasmKernel } from "../../src/kernels/wasm/kernel.ts";
import { prepareLanes } from "../../src/kernels/wasm/threads.ts";
import { createAllocator } from "../../src/memory.ts";
import { runProcess } from "../support/run-command.ts";

test("each lane is done, again and again, with what the memory holds at that time", () => {
  const { kernel, allocator } = createWorkspace(wasmKernel);
  const [n, lanes] = [5, 3];
  const W = allocator.allocate(n, n);
  const J = allocator.allocate(n, n * lanes);
  const blocks = Array.from({ length: lanes }, (_, lane) => {
    const seeds = allocator.allocate(n, 2);
    return [0, 2].map((first) => {
      const output = J.lo(0, lane * n + first).hi(n, 2);
      return {
        seeds,
        first,
        output,
        write: (to: { matmul(A: Matrix, B: Matrix, C: Matrix): void }) => to.matmul(W, seeds, output),
      };
    });
  });
  const run = kernel.parallel!(
    blocks.map((lane) => lane.map(({ seeds, ...rest }) => ({ ...rest, input: seeds, axis: 1 as const }))),
  );
  expect(run).not.toBeNull();
  for (let round = 1; round <= 500; round++) {
    for (let i = 0; i < W.size; i++) W.data[i] = round + i;
    run!();
    // The last column of each lane is no seed's.
    const expected = Array.from({ length: lanes * n * n }, (_, k) => {
      const [i, column] = [Math.floor(k / (n * lanes)), k % n];
      return column === n - 1 ? 0 : round + i * n + column;
    });
    expect(entries(J)).toEqual(expected);
  }
});

test("plain memory has no threads, and says so", () => {
  const arena = createArena({ plain: true });
  const kernel = wasmKernel.create(createAllocator(arena));
  expect(() => kernel.parallel!([[], []])).toThrow(
    'kernel "wasm": threads need shared memory, which this engine has not; expected threads 1 here',
  );
  expect(prepareLanes(createArena(), [])).not.toBeNull();
});

test("a process with threads ends by itself", async () => {
  const program = `
    const { buildChain, prepareJacobian, randomPoint } = await import("./src/index.ts");
    const chain = buildChain({ widths: [9, 8, 7], rngSeed: 1 });
    const choice = { strategy: "forward-blocked", blockSize: 2, threads: 3, kernel: "wasm" };
    console.log(prepareJacobian(chain, randomPoint(9, 1), choice).run().shape.join());`;
  const { code, stdout, stderr } = await runProcess(process.execPath, ["--input-type=module", "-e", program]);
  expect([code, stdout, stderr]).toEqual([0, "7,9\n", ""]);
}, 30_000);
