/** @file Measures what the operations of a kernel cost by shape: a few seconds a kernel, by the clock alone. */

import type { Matrix } from "../array.ts";
import { kernelById } from "../kernels/index.ts";
import type { Kernel } from "../kernels/types.ts";
import { createAllocator } from "../memory.ts";
import type { KernelCalibration, SecondsGrid } from "../planner/calibration.ts";
import { createRandom, type Random } from "../random.ts";
import { median, quantile } from "../statistics/quantile.ts";
import { timePrepare } from "./prepare-time.ts";

/** Sizes of the grids: a factor of about three apart. */
const SIZES = [1, 4, 12, 32, 96, 288] as const;

/** Each point is measured so often, in random order, so that drift is spread over all of them; the first round warms up. */
const ROUNDS = 4;

/** Points that a kernel needs longer for in the first round are extrapolated from the next smaller ones. */
const LONGEST_SECONDS = 0.05;

type Work = {
  readonly grid: "matmul" | "matvec" | "vecmat" | "scaleRows";
  readonly at: readonly number[];
  readonly run: () => void;
};

/**
 * Calibrates one kernel: seconds of matrix-matrix, matrix-vector, transposed and diagonal products by shape.
 *
 * @param id - of the kernel
 * @param rngSeed - of the matrices and of the order
 * @param onProgress - is told the share that is done, from 0 to 1
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME`
 */
export function calibrateKernel(
  id: string,
  rngSeed = 1,
  onProgress: (done: number) => void = () => {},
): KernelCalibration {
  const allocator = createAllocator();
  const kernel = kernelById(id).create(allocator);
  const random = createRandom(rngSeed);
  const all = workOf(kernel, random);
  const seconds = new Map<Work, number[]>(all.map((work) => [work, []]));
  const tooLong: Work[] = [];
  let done = 0;
  for (let round = 0; round < ROUNDS; round++) {
    // Small before large in the first round: what takes too long is then found before it is waited for often.
    for (const work of round === 0 ? all : random.shuffle(all)) {
      onProgress(++done / (ROUNDS * all.length));
      if (tooLong.some((long) => isWithin(long, work))) continue;
      const measured = timePrepare(work.run);
      if (round === 0 && measured > LONGEST_SECONDS) tooLong.push(work);
      if (round > 0) seconds.get(work)!.push(measured);
    }
  }
  const grid = (name: Work["grid"]): SecondsGrid =>
    gridOf(
      all.filter((work) => work.grid === name),
      seconds,
    );
  const deviations = [...seconds.values()]
    .filter((values) => values.length > 1)
    .flatMap((values) => values.map((value) => Math.abs(Math.log(value / median(values)))));
  return {
    kernel: id,
    matmul: grid("matmul"),
    matvec: grid("matvec"),
    vecmat: grid("vecmat"),
    scaleRows: grid("scaleRows"),
    spread: quantile(deviations, 0.95),
  };
}

function workOf(kernel: Kernel, random: Random): Work[] {
  const make = (...shape: [number] | [number, number]): Matrix => {
    const array = createAllocator().allocate(...shape);
    for (let i = 0; i < array.data.length; i++) array.data[i] = 2 * random.uniform() - 1;
    return array;
  };
  const work: Work[] = [];
  for (const rows of SIZES) {
    for (const columns of SIZES) {
      const [A, x, u] = [make(rows, columns), make(columns), make(rows)];
      const [y, z, B] = [make(rows), make(columns), make(rows, columns)];
      work.push({ grid: "matvec", at: [rows, columns], run: () => kernel.matvec(A, x, y) });
      work.push({ grid: "vecmat", at: [rows, columns], run: () => kernel.vecmat(u, A, z) });
      work.push({ grid: "scaleRows", at: [rows, columns], run: () => kernel.scaleRows(u, A, B) });
      for (const count of SIZES) {
        const [V, Y] = [make(columns, count), make(rows, count)];
        work.push({ grid: "matmul", at: [rows, columns, count], run: () => kernel.matmul(A, V, Y) });
      }
    }
  }
  return work;
}

/** Medians in the order of the axes; points that were too long take the rate of the nearest smaller one. */
function gridOf(work: readonly Work[], measured: ReadonlyMap<Work, readonly number[]>): SecondsGrid {
  const size = (one: Work): number => one.at.reduce((product, length) => product * length, 1);
  const known = work.filter((one) => measured.get(one)!.length > 0);
  const secondsOf = (one: Work): number => {
    const own = measured.get(one)!;
    if (own.length > 0) return Math.max(median(own), Number.MIN_VALUE);
    const smaller = known.filter((other) => isWithin(other, one));
    const nearest = smaller.reduce((best, other) => (size(other) > size(best) ? other : best));
    return (median(measured.get(nearest)!) * size(one)) / size(nearest);
  };
  return { sizes: [...SIZES], seconds: work.map(secondsOf) };
}

/** Whether one piece of work is of the same kind as another, and no larger along any axis. */
function isWithin(one: Work, other: Work): boolean {
  return one.grid === other.grid && one.at.every((size, axis) => size <= other.at[axis]!);
}
