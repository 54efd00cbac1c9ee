/** @file Memory of the `wasm` kernel: it grows without harm to what lies in it, is used again, and does not pile up. */

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type JacobianPreparation, prepareJacobian } from "../../src/ad/jacobian.ts";
import { entries, maxAbsDifference } from "../../src/array.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import { createArena, currentArena } from "../../src/kernels/wasm/arena.ts";
import { createFreeList } from "../../src/kernels/wasm/free-list.ts";
import { wasmKernel } from "../../src/kernels/wasm/kernel.ts";
import { createAllocator } from "../../src/memory.ts";
import { runProcess } from "../support/run-command.ts";

const MIB = 2 ** 20;

/** Lets finalizers run, which wait for the end of a task. */
const nextTask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a free list gives pieces that never overlap, and joins neighbours again", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }), (sizes) => {
      const list = createFreeList();
      list.give(1000, 1200);
      const taken: { start: number; bytes: number }[] = [];
      for (const [i, bytes] of sizes.entries()) {
        const start = list.take(bytes);
        if (start !== null) {
          expect(start >= 1000 && start + bytes <= 2200).toBe(true);
          for (const other of taken) {
            expect(start + bytes <= other.start || other.start + other.bytes <= start).toBe(true);
          }
          taken.push({ start, bytes });
        }
        if (i % 3 === 2 && taken.length > 0) {
          const [freed] = taken.splice((i * 7) % taken.length, 1);
          list.give(freed!.start, freed!.bytes);
        }
      }
      for (const { start, bytes } of taken) list.give(start, bytes);
      expect(list.take(1201)).toBeNull();
      expect(list.take(1200)).toBe(1000);
    }),
    { seed: 1 },
  );
});

describe("an arena", () => {
  it("grows beyond its first size; arrays from before stay what they are, in place", () => {
    const arena = createArena();
    const kernel = wasmKernel.create(createAllocator(arena));
    const allocator = createAllocator(arena);
    const small = allocator.allocate(3);
    small.set(1, 5);
    const first = arena.memory.buffer.byteLength;
    const [A, y] = [allocator.allocate(3500, 3500), allocator.allocate(3500)];
    expect(arena.memory.buffer.byteLength).toBeGreaterThan(Math.max(first, 3500 ** 2 * 8));
    expect(arena.owns(small.data)).toBe(true);
    expect(entries(small)).toEqual([0, 5, 0]);
    A.set(3499, 1, 2);
    const x = allocator.allocate(3500);
    kernel.axpy(1, small, x.hi(3));
    kernel.matvec(A, x, y);
    expect(y.get(3499)).toBe(10);
  });

  it("gives zeroed memory again that was given back, and counts it", () => {
    const arena = createArena();
    const allocator = createAllocator(arena);
    const before = arena.usedBytes;
    const first = allocator.allocate(100);
    first.set(7, 1);
    const place = first.data.byteOffset;
    allocator.release(first);
    expect(arena.usedBytes).toBe(before);
    const second = allocator.allocate(100);
    expect(second.data.byteOffset).toBe(place);
    expect(entries(second).every((value) => value === 0)).toBe(true);
  });

  it("says what to do where plain memory is full", () => {
    const arena = createArena({ plain: true });
    expect(() => createAllocator(arena).allocate(300 * MIB)).toThrow(
      /^kernel "wasm": no room for 2516582400 bytes more .* take the kernel "typed"$/,
    );
  });
});

describe("preparing many Jacobians, gigabytes in all", () => {
  const chain = buildChain({ widths: [600, 600, 600], rngSeed: 1 });
  const x = randomPoint(600, 1);
  const choice = { strategy: "forward-blocked", kernel: "wasm", blockSize: "all" } as const;
  const count = 100;
  const bytesOf = ({ bytes, kernelBytes }: JacobianPreparation): number => bytes + kernelBytes;

  it.each(["a task of its own for each", "one task for all"])(
    "takes a bounded memory, with %s",
    async (how) => {
      const before = process.memoryUsage.rss();
      let [total, largest, resident] = [0, 0, 0];
      for (let i = 0; i < 2 * count; i++) {
        total += bytesOf(prepareJacobian(chain, x, choice));
        largest = Math.max(largest, currentArena().memory.buffer.byteLength);
        resident = Math.max(resident, process.memoryUsage.rss() - before);
        // In one task no finalizer runs: whole memories are left behind, for the collector.
        if (how !== "one task for all") await nextTask();
      }
      expect(total).toBeGreaterThan(2600 * MIB);
      expect(largest).toBeLessThan(600 * MIB);
      // When the collector runs is its own affair; that it runs is not.
      expect(resident).toBeLessThan(total / 2);
    },
  );

  it("has the place of everything again that was collected", async () => {
    // In a process of its own: the runner's was seen to run no finalizer at all when the machine is busy (whole memories
    // are left to the collector then, as with one task for all).
    const program = `
      const { createArena } = await import("./src/kernels/wasm/arena.ts");
      const { createAllocator } = await import("./src/memory.ts");
      const arena = createArena();
      for (let i = 0; i < 5; i++) createAllocator(arena).allocate(1000, 1000);
      const full = arena.usedBytes;
      for (let i = 0; i < 300 && arena.usedBytes > 0; i++) {
        globalThis.gc();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      console.log(full, arena.usedBytes);`;
    const args = ["--expose-gc", "--input-type=module", "-e", program];
    const { stdout, stderr } = await runProcess(process.execPath, args);
    expect([stdout, stderr]).toEqual(["40000000 0\n", ""]);
  }, 30_000);

  it("does not take memory from a Jacobian that is still held, nor from a view of it", async () => {
    const held = prepareJacobian(chain, x, choice).run();
    const column = prepareJacobian(chain, x, choice).run().pick(null, 3);
    const expected = [held.get(599, 3)!, ...entries(column)];
    for (let i = 0; i < count; i++) {
      prepareJacobian(chain, x, choice);
      if (i % 2 === 0) await nextTask();
    }
    expect([held.get(599, 3)!, ...entries(column)]).toEqual(expected);
  });

  it("keeps what a prepared Jacobian works on, after everything else of it is gone", async () => {
    const small = buildChain({ widths: [5, 7, 6, 3], activation: "tanh", rngSeed: 2 });
    const point = randomPoint(5, 2);
    const run = prepareJacobian(small, point, { strategy: "forward", kernel: "wasm" }).run;
    const expected = prepareJacobian(small, point, { strategy: "forward", kernel: "reference" }).run();
    for (let i = 0; i < count; i++) {
      prepareJacobian(chain, x, choice);
      prepareJacobian(small, point, { strategy: "reverse-checkpointed", kernel: "wasm" }).run();
      if (i % 2 === 0) await nextTask();
    }
    expect(maxAbsDifference(run(), expected)).toBeLessThan(1e-12);
  });
});
