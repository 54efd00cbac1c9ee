/** @file The allocators: bytes are counted, and several can share one piece of memory. */

import { expect, test } from "vitest";
import { allocateWithin, createAllocator } from "../src/memory.ts";

test("counts bytes and their peak", () => {
  const allocator = createAllocator();
  const first = allocator.allocate(3, 5);
  allocator.allocate(4);
  expect(allocator.bytes).toBe(8 * 19);
  allocator.release(first);
  expect([allocator.bytes, allocator.peakBytes]).toEqual([8 * 4, 8 * 19]);
});

test("cuts arrays out of one piece of memory, each with its own beginning", () => {
  const memory = createAllocator().allocate(10);
  const allocator = allocateWithin(memory);
  const [vector, matrix] = [allocator.allocate(3), allocator.allocate(2, 3)];
  vector.set(2, 7);
  matrix.set(0, 0, 8);
  matrix.set(1, 2, 9);
  expect([...memory.data]).toEqual([0, 0, 7, 8, 0, 0, 0, 0, 9, 0]);
  expect(matrix.data[0]).toBe(8);
  expect([allocator.bytes, allocator.peakBytes]).toEqual([72, 72]);
});

test("two over the same memory overlap, and neither takes more than there is", () => {
  const memory = createAllocator().allocate(4);
  const first = allocateWithin(memory).allocate(4);
  const second = allocateWithin(memory);
  second.allocate(2).set(0, 5);
  expect(first.get(0)).toBe(5);
  expect(() => second.allocate(3)).toThrow("memory of 4 entries: 5 are asked for");
});
