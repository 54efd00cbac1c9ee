/** @file What operations cost in seconds on one machine, as plain data, and the time that it predicts for any shape. */

import type { Structure } from "../chain/shape.ts";
import { JacobenchError } from "../errors.ts";

/** Version of the form of a stored calibration. */
export const CALIBRATION_VERSION = 2;

/** Measured seconds of one operation on a grid of sizes: values[i][j][k] at sizes[i], sizes[j], sizes[k]. */
export type SecondsGrid = {
  /** Increasing; the same along each axis. */
  readonly sizes: readonly number[];
  /** Seconds of one call, row by row: the last axis runs fastest. */
  readonly seconds: readonly number[];
};

/** What one kernel costs. */
export type KernelCalibration = {
  readonly kernel: string;
  /** C = A·B over (rows of A, columns of A, columns of B). */
  readonly matmul: SecondsGrid;
  /** y = A·x over (rows, columns). */
  readonly matvec: SecondsGrid;
  /** y = uᵀ·A over (rows, columns). */
  readonly vecmat: SecondsGrid;
  /** Y = diag(d)·X over (rows, columns). */
  readonly scaleRows: SecondsGrid;
  /**
   * Standard deviation of log(measured / looked up) of single operations whose shapes are no points of a grid: noise of
   * the points and bends between them, for each shape another.
   */
  readonly spread: number;
  /**
   * Standard deviation of the logarithm of what all operations have in common: slow and fast minutes of the machine, and
   * what all shapes between the points are off by.
   */
  readonly drift: number;
};

/** How fast one core reads from a level of memory, by the kernel that was fastest at it. */
export type MemoryRate = {
  readonly level: "L1" | "L2" | "L3" | "memory";
  /** Size of what was read again and again: half of a cache, or far more than all caches hold. */
  readonly bytes: number;
  readonly bytesPerSecond: number;
  readonly kernel: string;
};

/** Calibration of a machine: takes no clock, only what a clock has said. */
export type Calibration = {
  readonly version: typeof CALIBRATION_VERSION;
  /** Fingerprint of the machine, Node and packages on which it was measured; stale where it differs. */
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly measuredAt: string;
  readonly kernels: readonly KernelCalibration[];
  /** From the nearest level to memory; left out in calibrations of earlier versions. */
  readonly memory?: readonly MemoryRate[] | undefined;
};

/**
 * Takes the calibration of a kernel.
 *
 * @param calibration - of this machine
 * @param kernel - its id
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if that kernel was not calibrated
 */
export function calibrationOf(calibration: Calibration, kernel: string): KernelCalibration {
  const found = calibration.kernels.find((one) => one.kernel === kernel);
  if (found !== undefined) return found;
  throw new JacobenchError(
    "ERR_UNKNOWN_NAME",
    `calibration: kernel "${kernel}" is not in it; run jacobench calibrate --kernel ${kernel}`,
  );
}

/**
 * Seconds at any size: linear in the logarithms between the points of the grid (a power law in each cell); outside of the
 * grid the nearest point's seconds, in proportion to the number of FMA.
 *
 * @param grid - measured points
 * @param at - one positive size an axis
 */
export function secondsAt(grid: SecondsGrid, at: readonly number[]): number {
  const { sizes, seconds } = grid;
  const last = sizes.length - 1;
  let beyond = 1;
  const places = at.map((size) => {
    const inside = Math.min(Math.max(size, sizes[0]!), sizes[last]!);
    beyond *= size / inside;
    let cell = 0;
    while (cell < last - 1 && sizes[cell + 1]! <= inside) cell++;
    const [low, high] = [sizes[cell]!, sizes[cell + 1]!];
    return { cell, share: Math.log(inside / low) / Math.log(high / low) };
  });
  let logarithm = 0;
  for (let corner = 0; corner < 2 ** at.length; corner++) {
    let weight = 1;
    let index = 0;
    for (const [axis, { cell, share }] of places.entries()) {
      const upper = (corner >> axis) & 1;
      weight *= upper === 1 ? share : 1 - share;
      index = index * sizes.length + cell + upper;
    }
    if (weight > 0) logarithm += weight * Math.log(seconds[index]!);
  }
  return Math.exp(logarithm) * beyond;
}

/** One bare product of a calibration: its FMA, the bytes of its operands, and its rate. */
export type ProductRate = {
  readonly product: "matvec" | "matmul";
  readonly width: number;
  /** FMA for each byte of operands, all of them read or written once. */
  readonly intensity: number;
  readonly fmaPerSecond: number;
};

/**
 * Rates of the square products of a kernel: matrix-vector, w² FMA on 8·(w² + 2·w) bytes, and matrix-matrix, w³ FMA on
 * 8·3·w² bytes.
 *
 * @param kernel - its calibration
 * @returns one a size of the grids, matrix-vector first
 */
export function productRates(kernel: KernelCalibration): ProductRate[] {
  const rate = (
    product: ProductRate["product"],
    grid: SecondsGrid,
    axes: number,
    bytes: (w: number) => number,
  ) =>
    grid.sizes.map((width) => {
      const fma = width ** axes;
      const seconds = secondsAt(grid, Array<number>(axes).fill(width));
      return { product, width, intensity: fma / bytes(width), fmaPerSecond: fma / seconds };
    });
  return [
    ...rate("matvec", kernel.matvec, 2, (w) => 8 * (w * w + 2 * w)),
    ...rate("matmul", kernel.matmul, 3, (w) => 8 * 3 * w * w),
  ];
}

/**
 * The most FMA a second that a kernel has reached in a matrix-vector or matrix-matrix product of any shape.
 *
 * @param kernel - its calibration
 */
export function peakFmaPerSecond(kernel: KernelCalibration): number {
  const best = ({ sizes, seconds }: SecondsGrid, axes: number): number =>
    Math.max(
      ...seconds.map((value, index) => {
        let fma = 1;
        for (let axis = 0, rest = index; axis < axes; axis++, rest = Math.floor(rest / sizes.length))
          fma *= sizes[rest % sizes.length]!;
        return fma / value;
      }),
    );
  return Math.max(best(kernel.matvec, 2), best(kernel.vecmat, 2), best(kernel.matmul, 3));
}

/** Gives the interval's width: 95 % of a normal distribution lie within so many standard deviations. */
const NORMAL_95 = 1.96;

/**
 * Where the sum of some operations' seconds should lie, 95 times of 100. Errors of single shapes are independent of each
 * other, so they partly cancel in a sum; what the whole machine does is common to all. An error of a logarithm is a
 * relative one, and that of a sum is the root of Σ (share · spread)² + drift².
 *
 * @param kernel - its calibration
 * @param seconds - of the operations; those of one shape are one entry, since they err together
 */
export function sumInterval(
  kernel: KernelCalibration,
  seconds: readonly number[],
): readonly [number, number] {
  const sum = seconds.reduce((total, one) => total + one, 0);
  if (sum === 0) return [0, 0];
  const squares = seconds.reduce((total, one) => total + (one / sum) ** 2, 0);
  const factor = Math.exp(NORMAL_95 * Math.sqrt(kernel.spread ** 2 * squares + kernel.drift ** 2));
  return [sum / factor, sum * factor];
}

/**
 * Seconds of b tangents through one layer.
 *
 * @param kernel - its calibration
 * @param structure - of the layer's Jacobian
 * @param count - tangents at once; null for a single one by matrix-vector products
 */
export function pushSeconds(kernel: KernelCalibration, structure: Structure, count: number | null): number {
  if (structure.kind !== "dense") {
    const pass = (width: number): number => secondsAt(kernel.scaleRows, [width, count ?? 1]);
    return structuredSeconds(structure, pass, (inner) => pushSeconds(kernel, inner, count));
  }
  const { rows, columns } = structure;
  if (count === null) return secondsAt(kernel.matvec, [rows, columns]);
  return secondsAt(kernel.matmul, [rows, columns, count]);
}

/**
 * Seconds of b cotangents through one layer.
 *
 * @param kernel - its calibration
 * @param structure - of the layer's Jacobian
 * @param count - cotangents at once; null for a single one
 */
export function pullSeconds(kernel: KernelCalibration, structure: Structure, count: number | null): number {
  if (structure.kind !== "dense") {
    const pass = (width: number): number => secondsAt(kernel.scaleRows, [count ?? 1, width]);
    return structuredSeconds(structure, pass, (inner) => pullSeconds(kernel, inner, count));
  }
  const { rows, columns } = structure;
  if (count === null) return secondsAt(kernel.vecmat, [rows, columns]);
  return secondsAt(kernel.matmul, [count, rows, columns]);
}

/** Structured products are a few elementwise passes: one for a diagonal, three for a rank-one update, one for a sum. */
function structuredSeconds(
  structure: Exclude<Structure, { kind: "dense" }>,
  pass: (width: number) => number,
  through: (inner: Structure) => number,
): number {
  const once = pass(structure.width);
  switch (structure.kind) {
    case "identity":
    case "diagonal":
      return once;
    case "diagonal-plus-rank-one":
      return 3 * once;
    case "identity-plus":
      return structure.inner.reduce((sum, layer) => sum + through(layer.structure), once);
  }
}
