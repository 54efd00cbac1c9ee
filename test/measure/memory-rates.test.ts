/** @file The rates of memory by the real clock: a number for each level that is known; no time is asserted. */

import { expect, test } from "vitest";
import { usableKernels } from "../../src/kernels/index.ts";
import { measureMemoryRates, memoryLevels } from "../../src/measure/memory-rates.ts";
import { parseCalibration } from "../../src/planner/calibration-schema.ts";
import { calibrationFile } from "../support/random-calibration.ts";

const MIB = 2 ** 20;

test("what is read lies in half of each cache, and far beyond the last one", () => {
  const levels = memoryLevels({ l1: 32 * 1024, l2: MIB, l3: 32 * MIB });
  expect(levels.map(({ level }) => level)).toEqual(["L1", "L2", "L3", "memory"]);
  expect(levels.map(({ bytes }) => bytes)).toEqual([16 * 1024, MIB / 2, 16 * MIB, 128 * MIB]);
  expect(memoryLevels({ l1: null, l2: null, l3: null })).toEqual([{ level: "memory", bytes: 64 * MIB }]);
  // A cache as large as what stands for memory could not be told from it.
  const huge = memoryLevels({ l1: 32 * 1024, l2: MIB, l3: 384 * MIB });
  expect(huge.map(({ level }) => level)).toEqual(["L1", "L2", "memory"]);
  expect(huge.at(-1)!.bytes).toBe(512 * MIB);
});

test("every level has a rate by a kernel of this machine, as a calibration stores it", () => {
  const shares: number[] = [];
  const memory = measureMemoryRates({ l1: 32 * 1024, l2: null, l3: null }, (done) => shares.push(done));
  expect(memory.map(({ level }) => level)).toEqual(["L1", "memory"]);
  const kernels = usableKernels().map(({ id }) => id);
  for (const { kernel, bytesPerSecond } of memory) {
    expect(kernels).toContain(kernel);
    // Between a tape drive and light: a unit that is wrong by a thousand is seen.
    expect(bytesPerSecond).toBeGreaterThan(1e8);
    expect(bytesPerSecond).toBeLessThan(1e13);
  }
  expect(shares.at(-1)).toBe(1);
  const stored = { ...calibrationFile("here"), memory };
  expect(parseCalibration(JSON.parse(JSON.stringify(stored)), "memory")).toEqual(stored);
});

test("a calibration without rates of memory, as earlier versions wrote them, can still be read", () => {
  const older = calibrationFile("here");
  expect(older.memory).toBeUndefined();
  expect(parseCalibration(JSON.parse(JSON.stringify(older)), "older")).toEqual(older);
  const wrong = { ...older, memory: [{ level: "L9", bytes: 1, bytesPerSecond: 1, kernel: "typed" }] };
  expect(() => parseCalibration(wrong, "wrong")).toThrow(/memory\.0\.level/);
});
