/**
 * @file Shifted exponentials: what softmax, log-softmax and cross entropy share to stay finite for logits of any size, and
 * to keep the digits of what is small.
 *
 * c is the class of the largest logit, the pivot. 1 − p_c and log Σ e^{z − z_c} may be as small as the other classes are,
 * so they come from the sum over the others and never from a difference: 1 − p_c = o/(1 + o), log1p(o), with
 * o = Σ_{j≠c} e^{z_j − z_c}.
 */

import type { Vector } from "../array.ts";
import type { Kernel } from "../kernels/types.ts";
import type { ComplexVector } from "./layer.ts";

/** √U. */
const ROOT_OF_UNIT = 2 ** 400;

/**
 * U: the exponentials are kept as U·e^{z − z_c}, so that sums and quotients of those below the normal range of float64 are
 * rounded once, at their end.
 */
const UNIT = ROOT_OF_UNIT * ROOT_OF_UNIT;

/**
 * U·e^{a − shift}, to a few units in the last place however far a lies below the shift: what rounding takes from the
 * difference is added again.
 */
function scaledExponential(a: number, shift: number): number {
  const difference = a - shift;
  if (difference < -1500) return 0;
  // The rounding error of the difference (D. E. Knuth, TAOCP 2, § 4.2.2, theorem B).
  const part = difference - a;
  const error = a - (difference - part) - (shift + part);
  const root = ROOT_OF_UNIT * Math.exp(difference / 2);
  return root * (root + root * error);
}

/** Softmax of a layer; its sums stand in fields that are set anew at each use, so that nothing is made while running. */
export type StableSoftmax = {
  /** c, of the last use. */
  readonly pivot: number;
  /** z_c. */
  readonly shift: number;
  /** log Σ_j e^{z_j − z_c}, from 0 on. */
  readonly logSum: number;
  /** 1 − p_c, after `normalise`. */
  readonly complement: number;
  /** Finds the pivot and sums, without memory for the terms. (2·k FMA) */
  sum(kernel: Kernel, z: Vector): void;
  /** The same, and keeps the terms in p [k], which is not z. (2·k FMA) */
  exponentials(kernel: Kernel, z: Vector, p: Vector): void;
  /** Makes the terms of `exponentials` probabilities, p = softmax(z). (k FMA) */
  normalise(kernel: Kernel, p: Vector): void;
};

/** Makes the softmax of one layer. */
export function stableSoftmax(): StableSoftmax {
  let [pivot, shift, complement, logSum] = [0, 0, 0, 0];
  /** The terms of the pivot and of all others. */
  let [own, others] = [UNIT, 0];
  let skipped = false;
  const exponential = (a: number): number => scaledExponential(a, shift);
  /** All but the pivot, or but one of those that are equal to it. */
  const other = (a: number): number => {
    if (skipped || a !== shift) return scaledExponential(a, shift);
    skipped = true;
    return 0;
  };
  const find = (z: Vector): void => {
    pivot = pivotOf(z);
    shift = z.get(pivot)!;
    skipped = false;
  };
  return {
    get pivot() {
      return pivot;
    },
    get shift() {
      return shift;
    },
    get complement() {
      return complement;
    },
    get logSum() {
      return logSum;
    },
    sum: (kernel, z) => {
      find(z);
      own = exponential(shift);
      others = kernel.sumOf(other, z, z);
      logSum = Math.log1p(others / own);
    },
    exponentials: (kernel, z, p) => {
      find(z);
      kernel.map(exponential, z, p);
      own = p.get(pivot)!;
      p.set(pivot, 0);
      others = kernel.sum(p);
      logSum = Math.log1p(others / own);
    },
    normalise: (kernel, p) => {
      const factor = 1 / (own + others);
      kernel.scale(factor, p, p);
      p.set(pivot, own * factor);
      complement = others * factor;
    },
  };
}

/** The first index of the largest entry; of a NaN, if there is one, so that it goes on. */
function pivotOf(z: Vector): number {
  let pivot = 0;
  for (let i = 1; i < z.shape[0]!; i++) {
    if (z.get(i)! > z.get(pivot)! || Number.isNaN(z.get(i)!)) pivot = i;
  }
  return pivot;
}

/**
 * Softmax at complex logits near the real axis, as the complex step needs it. With E_j = e^{z_j − Re z_c} and O the sum over
 * the others, p_c and its logarithm come from E_c·conj(E_c + O) = 1 + E_c·conj(O), whose imaginary part is that of the small
 * term.
 */
export type ComplexSoftmax = {
  readonly pivot: number;
  /** Re z_c. */
  readonly shift: number;
  /** log Σ_j E_j. */
  readonly logSumRe: number;
  readonly logSumIm: number;
  /** The angle of p_c: Im log p_c. */
  readonly pivotAngle: number;
  /** p_c. */
  readonly pivotRe: number;
  readonly pivotIm: number;
  /** Finds the pivot and sums. (4·k FMA) */
  sum(kernel: Kernel, z: ComplexVector): void;
  /** p_j for j ≠ c from z_j, after `sum`. */
  readonly probabilityRe: (a: number, b: number) => number;
  readonly probabilityIm: (a: number, b: number) => number;
};

/** Makes the complex softmax of one layer. */
export function complexSoftmax(): ComplexSoftmax {
  let [pivot, shift, ownIm] = [0, 0, 0];
  let skipped = false;
  /** E_c = cos + i·sin, and U·O. */
  let [cos, sin, othersRe, othersIm] = [1, 0, 0, 0];
  /** Σ E_j, and the square of its modulus. */
  let [sumRe, sumIm, square] = [1, 0, 1];
  /** E_c·conj(O). */
  let [smallRe, smallIm] = [0, 0];
  const isPivot = (a: number, b: number): boolean => {
    if (skipped || a !== shift || b !== ownIm) return false;
    skipped = true;
    return true;
  };
  const otherRe = (a: number, b: number): number =>
    isPivot(a, b) ? 0 : scaledExponential(a, shift) * Math.cos(b);
  const otherIm = (a: number, b: number): number =>
    isPivot(a, b) ? 0 : scaledExponential(a, shift) * Math.sin(b);
  return {
    get pivot() {
      return pivot;
    },
    get shift() {
      return shift;
    },
    get logSumRe() {
      return 0.5 * Math.log1p(2 * smallRe + (othersRe / UNIT) ** 2 + (othersIm / UNIT) ** 2);
    },
    get logSumIm() {
      return Math.atan2(sumIm, sumRe);
    },
    get pivotAngle() {
      return Math.atan2(smallIm, 1 + smallRe);
    },
    get pivotRe() {
      return (1 + smallRe) / square;
    },
    get pivotIm() {
      return smallIm / square;
    },
    sum: (kernel, z) => {
      pivot = pivotOf(z.re);
      [shift, ownIm] = [z.re.get(pivot)!, z.im.get(pivot)!];
      // 1, but NaN where the shift is not finite, so that no entry looks right.
      const modulus = scaledExponential(shift, shift) / UNIT;
      [cos, sin] = [modulus * Math.cos(ownIm), modulus * Math.sin(ownIm)];
      skipped = false;
      othersRe = kernel.sumOf(otherRe, z.re, z.im);
      skipped = false;
      othersIm = kernel.sumOf(otherIm, z.re, z.im);
      smallRe = (cos * othersRe + sin * othersIm) / UNIT;
      smallIm = (sin * othersRe - cos * othersIm) / UNIT;
      [sumRe, sumIm] = [cos + othersRe / UNIT, sin + othersIm / UNIT];
      square = sumRe * sumRe + sumIm * sumIm;
    },
    probabilityRe: (a, b) =>
      (scaledExponential(a, shift) * (Math.cos(b) * sumRe + Math.sin(b) * sumIm)) / square / UNIT,
    probabilityIm: (a, b) =>
      (scaledExponential(a, shift) * (Math.sin(b) * sumRe - Math.cos(b) * sumIm)) / square / UNIT,
  };
}
