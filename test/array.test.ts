/** @file Vectors, matrices, the allocator and the random numbers. */

import { describe, expect, it } from "vitest";
import {
  basis,
  copyInto,
  entries,
  fill,
  matrix,
  maxAbs,
  maxAbsDifference,
  toRows,
  vector,
  zeros,
} from "../src/array.ts";
import { createAllocator } from "../src/memory.ts";
import { createRandom, deriveSeed } from "../src/random.ts";

describe("arrays", () => {
  it("are read row by row, whatever their strides", () => {
    const A = matrix([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(entries(A.transpose(1, 0))).toEqual([1, 4, 2, 5, 3, 6]);
    expect(toRows(A.transpose(1, 0))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
  });

  it("are copied and filled through views only where the view is", () => {
    const target = zeros(3, 4);
    copyInto(
      matrix([
        [1, 2],
        [3, 4],
      ]),
      target.lo(1, 1).hi(2, 2),
    );
    fill(target.pick(0, null), 9);
    expect(toRows(target)).toEqual([
      [9, 9, 9, 9],
      [0, 1, 2, 0],
      [0, 3, 4, 0],
    ]);
  });

  it("are compared by their largest difference, and NaN is never lost", () => {
    expect(maxAbsDifference(vector([1, 5]), vector([1, 2]))).toBe(3);
    expect(maxAbs(matrix([[1, -7]]))).toBe(7);
    expect(maxAbs(vector([1, Number.NaN, 2]))).toBeNaN();
  });

  it("are refused when ragged, empty or out of range", () => {
    expect(() => matrix([[1, 2], [3]])).toThrow("row 1 has 1 entries; expected 2");
    expect(() => matrix([])).toThrow("no entries");
    expect(() => basis(3, 3)).toThrow("index is 3; expected an integer from 0 to 2");
  });
});

describe("the allocator", () => {
  it("counts what is held, and the peak", () => {
    const allocator = createAllocator();
    const a = allocator.allocate(10);
    allocator.release(a);
    allocator.allocate(2, 3);
    expect([allocator.bytes, allocator.peakBytes]).toEqual([48, 80]);
  });
});

describe("random numbers", () => {
  it("are uniform in [0, 1) and the same for the same rngSeed", () => {
    const draw = (rngSeed: number) => {
      const random = createRandom(rngSeed);
      return Array.from({ length: 10_000 }, () => random.uniform());
    };
    const values = draw(3);
    expect(draw(3)).toEqual(values);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1);
  });

  it("shuffle all items into an order that depends on the seed", () => {
    const items = Array.from({ length: 20 }, (_, i) => i);
    const [a, b] = [createRandom(1).shuffle(items), createRandom(2).shuffle(items)];
    expect([...a].sort((x, y) => x - y)).toEqual(items);
    expect(a).not.toEqual(b);
  });

  it("derive unrelated sub-streams", () => {
    const seeds = [
      deriveSeed(1, "a"),
      deriveSeed(1, "b"),
      deriveSeed(2, "a"),
      deriveSeed(1, "a", 0),
      deriveSeed(1, "a0"),
    ];
    expect(new Set(seeds).size).toBe(seeds.length);
  });
});
