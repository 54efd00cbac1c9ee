/** @file The softmax and log-softmax layers. Logits of any size stay finite: the largest is subtracted first. */

import ndarray from "ndarray";
import { diagonalPlusRankOneMap } from "../linear-map/diagonal-plus-rank-one.ts";
import { complexLogSum, shiftedExponential } from "./exponentials.ts";
import type { Layer } from "./layer.ts";
import type { LayerShape } from "./shape.ts";

/**
 * The shape of a softmax or log-softmax layer. Its Jacobian acts in O(width): diag(p) − p·pᵀ costs 3·width FMA a
 * product, I − 1·pᵀ (log-softmax) 2·width. It keeps p.
 *
 * @param kind - which
 * @param width - number of classes
 */
export function softmaxShape(kind: "softmax" | "logSoftmax", width: number): LayerShape {
  const logarithmic = kind === "logSoftmax";
  return {
    kind,
    inputWidth: width,
    outputWidth: width,
    structure: { kind: "diagonal-plus-rank-one", width, unitDiagonal: logarithmic },
    parameters: 0,
    heldEntries: width,
    keptEntries: width,
    valueFma: 3 * width,
    lineariseFma: logarithmic ? 4 * width : 3 * width,
    complexValueFma: 6 * width,
  };
}

/**
 * p_i = e^{z_i} / Σ_j e^{z_j}, with Jacobian ∂p_i/∂z_j = p_i·(δ_ij − p_j).
 *
 * @param width - number of classes
 */
export function softmax(width: number): Layer {
  const exponential = shiftedExponential();
  const ones = onesOf(width);
  return {
    ...softmaxShape("softmax", width),
    prepareValue:
      ({ kernel }) =>
      (x, y) => {
        exponential.shiftBy(x);
        kernel.map(exponential.real, x, y);
        kernel.scale(1 / kernel.sum(y), y, y);
      },
    prepareLinearisation: ({ kernel }, storage) => {
      const p = storage(width);
      return {
        map: diagonalPlusRankOneMap({ scaled: { diagonal: p, left: p }, right: p }, ones),
        evaluate: (x, y) => {
          exponential.shiftBy(x);
          kernel.map(exponential.real, x, y);
          kernel.scale(1 / kernel.sum(y), y, y);
          for (let i = 0; i < width; i++) p.set(i, y.get(i)!);
        },
      };
    },
    prepareComplexValue: ({ kernel }) => {
      // (a + ib)/(c + id), with c and d set before each use.
      let [c, d] = [1, 0];
      const quotientRe = (a: number, b: number): number => (a * c + b * d) / (c * c + d * d);
      const quotientIm = (a: number, b: number): number => (b * c - a * d) / (c * c + d * d);
      return (x, y) => {
        exponential.shiftBy(x.re);
        c = kernel.sumOf(exponential.re, x.re, x.im);
        d = kernel.sumOf(exponential.im, x.re, x.im);
        kernel.map2((a, b) => quotientRe(exponential.re(a, b), exponential.im(a, b)), x.re, x.im, y.re);
        kernel.map2((a, b) => quotientIm(exponential.re(a, b), exponential.im(a, b)), x.re, x.im, y.im);
      };
    },
  };
}

/**
 * y_i = z_i − log Σ_j e^{z_j}, with Jacobian ∂y_i/∂z_j = δ_ij − p_j.
 *
 * @param width - number of classes
 */
export function logSoftmax(width: number): Layer {
  const exponential = shiftedExponential();
  const ones = onesOf(width);
  let [shift, logSum] = [0, 0];
  const centred = (z: number): number => z - shift - logSum;
  return {
    ...softmaxShape("logSoftmax", width),
    prepareValue:
      ({ kernel }) =>
      (x, y) => {
        shift = exponential.shiftBy(x);
        logSum = Math.log(kernel.sumOf(exponential.real, x, x));
        kernel.map(centred, x, y);
      },
    prepareLinearisation: ({ kernel }, storage) => {
      const p = storage(width);
      return {
        map: diagonalPlusRankOneMap({ scaled: null, right: p }, ones),
        evaluate: (x, y) => {
          shift = exponential.shiftBy(x);
          logSum = Math.log(kernel.sumOf(exponential.real, x, x));
          kernel.map(centred, x, y);
          kernel.map(Math.exp, y, p);
        },
      };
    },
    prepareComplexValue:
      ({ kernel }) =>
      (x, y) => {
        const sum = complexLogSum(kernel, exponential, x);
        kernel.map((a) => a - sum.shift - sum.re, x.re, y.re);
        kernel.map((b) => b - sum.im, x.im, y.im);
      },
  };
}

function onesOf(width: number) {
  return ndarray(new Float64Array(width).fill(1));
}
