/** @file Shifted exponentials: what softmax, log-softmax and cross entropy share to stay finite for logits of any size. */

import type { Vector } from "../array.ts";
import type { Kernel } from "../kernels/types.ts";
import type { ComplexVector } from "./layer.ts";

/** Functions e^{z − shift} whose shift is set before each use, so that no closure is made while running. */
export type ShiftedExponential = {
  /** Sets the shift to the largest entry of z, so that the largest exponential is 1. */
  shiftBy(z: Vector): number;
  /** e^{a − shift}. */
  readonly real: (a: number) => number;
  /** Real part of e^{a − shift + ib}. */
  readonly re: (a: number, b: number) => number;
  /** Imaginary part of e^{a − shift + ib}. */
  readonly im: (a: number, b: number) => number;
};

/** Makes the shifted exponentials of one layer. */
export function shiftedExponential(): ShiftedExponential {
  let shift = 0;
  return {
    shiftBy: (z) => {
      shift = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < z.shape[0]!; i++) shift = Math.max(shift, z.get(i)!);
      return shift;
    },
    real: (a) => Math.exp(a - shift),
    re: (a, b) => Math.exp(a - shift) * Math.cos(b),
    im: (a, b) => Math.exp(a - shift) * Math.sin(b),
  };
}

/**
 * log Σ e^{z_i} for complex z, by the log-sum-exp shift. (4·k FMA)
 *
 * @param kernel - does the sums
 * @param exponential - of this layer
 * @param z - complex logits, shape [k]
 * @returns the shift (largest real part), and real and imaginary part of the logarithm of the shifted sum
 */
export function complexLogSum(
  kernel: Kernel,
  exponential: ShiftedExponential,
  z: ComplexVector,
): { shift: number; re: number; im: number } {
  const shift = exponential.shiftBy(z.re);
  const sumRe = kernel.sumOf(exponential.re, z.re, z.im);
  const sumIm = kernel.sumOf(exponential.im, z.re, z.im);
  return { shift, re: Math.log(Math.hypot(sumRe, sumIm)), im: Math.atan2(sumIm, sumRe) };
}
