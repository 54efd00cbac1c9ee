/** @file The softmax and log-softmax layers. Logits of any size stay finite: the largest is subtracted first. */

import { copyInto, type Vector } from "../array.ts";
import { diagonalPlusRankOneMap } from "../linear-map/diagonal-plus-rank-one.ts";
import { complexSoftmax, stableSoftmax } from "./exponentials.ts";
import type { Layer, Storage } from "./layer.ts";
import type { LayerShape } from "./shape.ts";

/**
 * The shape of a softmax or log-softmax layer. Its Jacobian acts in O(width): diag(p) − p·pᵀ costs 3·width FMA a
 * product, I − 1·pᵀ (log-softmax) 2·width. It keeps p, the class of the largest logit, and the diagonal entry there.
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
    heldEntries: 0,
    keptEntries: width + 2,
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
  const state = stableSoftmax();
  return {
    ...softmaxShape("softmax", width),
    prepareValue:
      ({ kernel }) =>
      (x, y) => {
        state.exponentials(kernel, x, y);
        state.normalise(kernel, y);
      },
    prepareLinearisation: ({ kernel }, storage) => {
      const { p, pivot } = keptOf(width, storage);
      return {
        map: diagonalPlusRankOneMap({ diagonal: p, left: p, right: p, pivot }, width),
        evaluate: (x, y) => {
          state.exponentials(kernel, x, y);
          state.normalise(kernel, y);
          copyInto(y, p);
          pivot.set(0, state.pivot);
          pivot.set(1, y.get(state.pivot)! * state.complement);
        },
      };
    },
    prepareComplexValue: ({ kernel }) => {
      const complex = complexSoftmax();
      return (x, y) => {
        complex.sum(kernel, x);
        kernel.map2(complex.probabilityRe, x.re, x.im, y.re);
        kernel.map2(complex.probabilityIm, x.re, x.im, y.im);
        y.re.set(complex.pivot, complex.pivotRe);
        y.im.set(complex.pivot, complex.pivotIm);
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
  const state = stableSoftmax();
  const centred = (z: number): number => z - state.shift - state.logSum;
  return {
    ...softmaxShape("logSoftmax", width),
    prepareValue:
      ({ kernel }) =>
      (x, y) => {
        // As beside the linearisation, so that both give the same bits.
        state.exponentials(kernel, x, y);
        kernel.map(centred, x, y);
      },
    prepareLinearisation: ({ kernel }, storage) => {
      const { p, pivot } = keptOf(width, storage);
      return {
        map: diagonalPlusRankOneMap({ diagonal: null, left: null, right: p, pivot }, width),
        evaluate: (x, y) => {
          state.exponentials(kernel, x, p);
          kernel.map(centred, x, y);
          state.normalise(kernel, p);
          pivot.set(0, state.pivot);
          pivot.set(1, state.complement);
        },
      };
    },
    prepareComplexValue: ({ kernel }) => {
      const complex = complexSoftmax();
      const re = (a: number): number => a - complex.shift - complex.logSumRe;
      const im = (b: number): number => b - complex.logSumIm;
      return (x, y) => {
        complex.sum(kernel, x);
        kernel.map(re, x.re, y.re);
        kernel.map(im, x.im, y.im);
        y.im.set(complex.pivot, complex.pivotAngle);
      };
    },
  };
}

/** What a linearisation keeps, in one piece: p, and the pivot's index and diagonal entry. */
function keptOf(width: number, storage: Storage): { readonly p: Vector; readonly pivot: Vector } {
  const kept = storage(width + 2);
  return { p: kept.hi(width), pivot: kept.lo(width) };
}
