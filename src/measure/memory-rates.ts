/** @file Measures how fast one core reads from each level of memory: the slopes of a roofline. */

import type { Matrix } from "../array.ts";
import { usableKernels } from "../kernels/index.ts";
import { createWorkspace } from "../kernels/types.ts";
import type { MemoryRate } from "../planner/calibration.ts";
import type { Environment } from "../results/types.ts";
import { knownClockResolutionSeconds, nowSeconds } from "./clock.ts";
import { consume } from "./sink.ts";

/** Memory is read through so many bytes, or four times the last cache, but no more than the second. */
const LEAST_MEMORY_BYTES = 64 * 2 ** 20;
const MOST_MEMORY_BYTES = 512 * 2 ** 20;

/** A batch lasts at least this long; the fastest of so many counts, since interruptions only add. */
const BATCH_SECONDS = 0.004;
const BATCHES = 7;

/** Bytes of a float64. */
const ENTRY = 8;

/** The sets of bytes that are read: half of each known cache, and more than all of them hold. */
export function memoryLevels(caches: Environment["cacheBytes"]): Pick<MemoryRate, "level" | "bytes">[] {
  const last = Math.max(0, caches.l1 ?? 0, caches.l2 ?? 0, caches.l3 ?? 0);
  const memory = Math.min(MOST_MEMORY_BYTES, Math.max(LEAST_MEMORY_BYTES, 4 * last));
  return [
    ...(["l1", "l2", "l3"] as const).flatMap((name) => {
      const bytes = caches[name];
      // A cache that is not much smaller than what stands for memory could not be told from it.
      if (bytes === null || 2 * bytes > memory) return [];
      return [{ level: name.toUpperCase() as "L1" | "L2" | "L3", bytes: bytes / 2 }];
    }),
    { level: "memory", bytes: memory },
  ];
}

/**
 * Reads two vectors for their dot product, over and over, by every kernel that can be had here (the reference kernel left
 * out): nothing is written, and the fastest kernel counts, since the rate belongs to the machine. The pair is as large as
 * half of a cache, or as `memoryLevels` says. Below the true rate where no kernel here can ask for entries fast enough.
 *
 * @param caches - their sizes; null where unknown
 * @param onProgress - is told the share that is done, from 0 to 1
 * @returns one for each level that is known, the last of them memory
 */
export function measureMemoryRates(
  caches: Environment["cacheBytes"],
  onProgress: (done: number) => void = () => {},
): MemoryRate[] {
  const levels = memoryLevels(caches);
  const length = Math.max(...levels.map(({ bytes }) => bytes)) / (2 * ENTRY);
  const best = new Map<MemoryRate["level"], MemoryRate>();
  const factories = usableKernels().filter(({ id }) => id !== "reference");
  for (const [i, factory] of factories.entries()) {
    const { kernel, allocator } = createWorkspace(factory);
    const [x, y] = [allocator.allocate(length), allocator.allocate(length)];
    // Every page is written once: untouched ones would all be read from one page of zeros.
    for (const array of [x, y]) array.data.fill(0.5, array.offset, array.offset + length);
    for (const { level, bytes } of levels) {
      const [a, b] = [x, y].map((array) => array.hi(Math.floor(bytes / (2 * ENTRY)))) as [Matrix, Matrix];
      const seconds = fastest(() => kernel.dot(a, b));
      const rate = { level, bytes, bytesPerSecond: bytes / seconds, kernel: factory.id };
      if (rate.bytesPerSecond > (best.get(level)?.bytesPerSecond ?? 0)) best.set(level, rate);
    }
    allocator.release(x);
    allocator.release(y);
    onProgress((i + 1) / factories.length);
  }
  return levels.map(({ level }) => best.get(level)!);
}

/** Seconds of one run in the fastest batch. */
function fastest(run: () => number): number {
  let count = 1;
  const batch = (): number => {
    const start = nowSeconds();
    for (let i = 0; i < count; i++) consume(run());
    return Math.max(nowSeconds() - start, knownClockResolutionSeconds() / 2);
  };
  batch();
  while (batch() < BATCH_SECONDS && count < 2 ** 24) count *= 2;
  return Math.min(...Array.from({ length: BATCHES }, batch)) / count;
}
