/** @file Measures what the operations of a kernel cost by shape: a few seconds a kernel, by the clock alone. */

import ndarray from "ndarray";
import type { Matrix } from "../array.ts";
import { kernelById } from "../kernels/index.ts";
import type { Kernel } from "../kernels/types.ts";
import { createWorkspace } from "../kernels/types.ts";
import type { Allocator } from "../memory.ts";
import { type KernelCalibration, type SecondsGrid, secondsAt } from "../planner/calibration.ts";
import { createRandom, type Random } from "../random.ts";
import { median, quantile } from "../statistics/quantile.ts";
import { knownClockResolutionSeconds, nowSeconds } from "./clock.ts";

/**
 * Sizes of the grids, even and odd, since kernels work on several rows at a time; closer together where widths are
 * small and a remainder of one or two rows is much of the work.
 */
const SIZES = [1, 2, 4, 7, 12, 30, 90, 270, 810] as const;

/** Shapes that are no points of a grid, by which the grids are judged. */
const CHECKS = 60;

/** Every point is visited so often after the first, in random order, so that drift is spread over all of them. */
const ROUNDS = 7;

/** A visit is the fastest of so many batches: an interruption hits one of them. */
const BATCHES = 2;

/** A batch lasts at least this long, and at least so many steps of the clock. */
const BATCH_SECONDS = 0.00012;
const BATCH_CLOCK_STEPS = 500;

/** Points that take longer are visited in every third round only, and once each time. */
const LONG_SECONDS = 0.004;

/** Points that take longer still are not visited again, but extrapolated from the next smaller ones. */
const LONGEST_SECONDS = 0.06;

/** Points whose visits differ by more than this (quartiles, relative) are visited again, in so many more rounds. */
const SCATTERED = 0.2;
const EXTRA_ROUNDS = 4;

/** A point's seconds are this quantile of its visits: below the median, since interruptions only add. */
const QUANTILE = 0.25;

type GridName = "matmul" | "matvec" | "vecmat" | "scaleRows";

/** One operation of one shape. */
type Work = {
  readonly grid: GridName;
  readonly at: readonly number[];
  readonly run: () => void;
  /** Whether it is a point of its grid, or there to judge it. */
  readonly isPoint: boolean;
};

/** What is known about a piece of work. */
type Visits = { count: number; seconds: Map<number, number>; readonly long: () => boolean };

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
  const { kernel, allocator } = createWorkspace(kernelById(id));
  const random = createRandom(rngSeed);
  const all = workOf(kernel, allocator, random);
  const visits = warmUp(all, (done) => onProgress(done / 4));
  const known = [...visits.keys()];
  const visit = (work: Work, round: number): void => {
    const own = visits.get(work)!;
    if (own.long() && round % 3 !== 0) return;
    own.seconds.set(round, visitSeconds(work.run, own.count, own.long() ? 1 : BATCHES));
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const work of random.shuffle(known)) visit(work, round);
    onProgress(0.25 + (0.65 * (round + 1)) / ROUNDS);
  }
  for (let round = ROUNDS; round < ROUNDS + EXTRA_ROUNDS; round++) {
    for (const work of random.shuffle(known)) if (isScattered(visits.get(work)!)) visit(work, round);
  }
  onProgress(1);
  return summarise(id, all, visits);
}

/**
 * Runs everything until its code is compiled, and finds how many runs make a batch. Small before large: what takes too
 * long is then found before it is waited for often, and left out.
 */
function warmUp(all: readonly Work[], onProgress: (done: number) => void): Map<Work, Visits> {
  const enough = Math.max(BATCH_SECONDS, BATCH_CLOCK_STEPS * knownClockResolutionSeconds());
  const visits = new Map<Work, Visits>();
  const tooLong: Work[] = [];
  const sorted = [...all].sort((a, b) => sizeOf(a) - sizeOf(b));
  for (const [i, work] of sorted.entries()) {
    onProgress((i + 1) / sorted.length);
    if (tooLong.some((other) => isWithin(other, work))) continue;
    let count = 1;
    let elapsed = visitSeconds(work.run, 1, 1);
    while (elapsed * count < enough && count < 2 ** 20) {
      count *= 2;
      elapsed = visitSeconds(work.run, count, 1);
    }
    if (elapsed > LONGEST_SECONDS) tooLong.push(work);
    else visits.set(work, { count, seconds: new Map(), long: () => elapsed > LONG_SECONDS });
  }
  return visits;
}

/** Seconds of one run in the fastest of some batches; above zero. */
function visitSeconds(run: () => void, count: number, batches: number): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < batches; batch++) {
    const start = nowSeconds();
    for (let i = 0; i < count; i++) run();
    fastest = Math.min(fastest, nowSeconds() - start);
  }
  return Math.max(fastest, knownClockResolutionSeconds() / 2) / count;
}

function isScattered({ seconds }: Visits): boolean {
  const values = [...seconds.values()];
  return quantile(values, 0.75) > (1 + SCATTERED) * quantile(values, 0.25);
}

/** Operations at all points of the grids, and at shapes between them. */
function workOf(kernel: Kernel, allocator: Allocator, random: Random): Work[] {
  const largest = SIZES.at(-1)! ** 2;
  // One pool for each operand: all points of all grids would take too much memory.
  const pools = [0, 1, 2].map(() => {
    const { data } = allocator.allocate(largest);
    for (let i = 0; i < largest; i++) data[i] = 2 * random.uniform() - 1;
    return data;
  });
  const array = (pool: number, ...shape: number[]): Matrix => ndarray(pools[pool]!, shape);
  const runOf: Readonly<Record<GridName, (...at: number[]) => () => void>> = {
    matmul: (m, k, n) => {
      const [A, B, C] = [array(0, m!, k!), array(1, k!, n!), array(2, m!, n!)];
      return () => kernel.matmul(A, B, C);
    },
    matvec: (m, n) => {
      const [A, x, y] = [array(0, m!, n!), array(1, n!), array(2, m!)];
      return () => kernel.matvec(A, x, y);
    },
    vecmat: (m, n) => {
      const [A, u, y] = [array(0, m!, n!), array(1, m!), array(2, n!)];
      return () => kernel.vecmat(u, A, y);
    },
    scaleRows: (m, n) => {
      const [d, X, Y] = [array(0, m!), array(1, m!, n!), array(2, m!, n!)];
      return () => kernel.scaleRows(d, X, Y);
    },
  };
  const make = (grid: GridName, at: readonly number[], isPoint: boolean): Work => {
    return { grid, at, isPoint, run: runOf[grid](...at) };
  };
  const pairs = SIZES.flatMap((m) => SIZES.map((n) => [m, n]));
  const triples = pairs.flatMap((pair) => SIZES.map((n) => [...pair, n]));
  // Chains have widths from some to some hundred, all alike by their logarithms.
  const between = (): number => Math.round(Math.exp(random.uniform() * Math.log(200)));
  return [
    ...(["matvec", "vecmat", "scaleRows"] as const).flatMap((grid) =>
      pairs.map((at) => make(grid, at, true)),
    ),
    ...triples.map((at) => make("matmul", at, true)),
    ...Array.from({ length: CHECKS }, () => make("matmul", [between(), between(), between()], false)),
  ];
}

function summarise(id: string, all: readonly Work[], visits: ReadonlyMap<Work, Visits>): KernelCalibration {
  const estimates = new Map(
    [...visits].map(([work, { seconds }]) => [work, quantile([...seconds.values()], QUANTILE)]),
  );
  const grid = (name: GridName): SecondsGrid =>
    gridOf(
      all.filter((work) => work.grid === name && work.isPoint),
      estimates,
    );
  const matmul = grid("matmul");
  const errors = [...estimates]
    .filter(([work]) => !work.isPoint)
    .map(([{ at }, seconds]) => Math.log(seconds / secondsAt(matmul, at)));
  const common = median(errors);
  return {
    kernel: id,
    matmul,
    matvec: grid("matvec"),
    vecmat: grid("vecmat"),
    scaleRows: grid("scaleRows"),
    spread: rootMeanSquare(errors.map((error) => error - common)),
    drift: Math.hypot(common, driftOf(visits, estimates)),
  };
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
}

/** How far a whole round is from the estimates: the root mean square over rounds of the median over points. */
function driftOf(visits: ReadonlyMap<Work, Visits>, estimates: ReadonlyMap<Work, number>): number {
  const rounds = Array.from({ length: ROUNDS }, (_, round) =>
    median(
      [...visits].flatMap(([work, { seconds }]) => {
        const own = seconds.get(round);
        return own === undefined ? [] : [Math.log(own / estimates.get(work)!)];
      }),
    ),
  );
  return rootMeanSquare(rounds);
}

/** Seconds in the order of the axes; points that were too long take the rate of the nearest smaller one. */
function gridOf(points: readonly Work[], estimates: ReadonlyMap<Work, number>): SecondsGrid {
  const known = points.filter((one) => estimates.has(one));
  const secondsOf = (one: Work): number => {
    const own = estimates.get(one);
    if (own !== undefined) return own;
    const smaller = known.filter((other) => isWithin(other, one));
    const nearest = smaller.reduce((best, other) => (sizeOf(other) > sizeOf(best) ? other : best));
    return (estimates.get(nearest)! * sizeOf(one)) / sizeOf(nearest);
  };
  return { sizes: [...SIZES], seconds: points.map(secondsOf) };
}

/** Entries that an operation works on: its FMA. */
function sizeOf({ at }: Work): number {
  return at.reduce((product, length) => product * length, 1);
}

/** Whether one piece of work is of the same kind as another, and no larger along any axis. */
function isWithin(one: Work, other: Work): boolean {
  return one.grid === other.grid && one.at.every((size, axis) => size <= other.at[axis]!);
}
