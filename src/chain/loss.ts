/** @file Scalar losses: negative log-likelihood of log-probabilities, and softmax cross entropy of logits. */

import ndarray from "ndarray";
import { type Vector, zeros } from "../array.ts";
import { denseMap } from "../linear-map/dense.ts";
import { checkLabel } from "./check.ts";
import { complexSoftmax, stableSoftmax } from "./exponentials.ts";
import type { Layer } from "./layer.ts";
import type { LayerShape } from "./shape.ts";

/** Names of the scalar losses. */
export type LossKind = "negativeLogLikelihood" | "softmaxCrossEntropy";

/**
 * The shape of a loss: a scalar, so its Jacobian is one dense row. The constant number of scalar operations of its
 * value (one logarithm, one subtraction) is not counted.
 *
 * @param kind - which
 * @param width - number of classes
 */
export function lossShape(kind: LossKind, width: number): LayerShape {
  const fused = kind === "softmaxCrossEntropy";
  return {
    kind,
    inputWidth: width,
    outputWidth: 1,
    structure: { kind: "dense", rows: 1, columns: width },
    parameters: 0,
    heldEntries: fused ? 0 : width,
    keptEntries: fused ? width : 0,
    valueFma: fused ? 2 * width : 0,
    lineariseFma: fused ? 3 * width + 1 : 0,
    complexValueFma: fused ? 4 * width : 0,
  };
}

/**
 * L = −z_y for log-probabilities z, with Jacobian −e_yᵀ.
 *
 * @param width - number of classes
 * @param label - the class y, from 0
 * @param where - name of the layer for messages
 * @throws {JacobenchError} `ERR_RANGE` if the label is no class
 */
export function negativeLogLikelihood(width: number, label: number, where = "negativeLogLikelihood"): Layer {
  checkLabel(label, width, where);
  const J = zeros(1, width);
  J.set(0, label, -1);
  const map = denseMap(J);
  const value: (x: ndarray.NdArray<Float64Array>, y: ndarray.NdArray<Float64Array>) => void = (x, y) => {
    y.set(0, -x.get(label)!);
  };
  return {
    ...lossShape("negativeLogLikelihood", width),
    prepareValue: () => value,
    prepareLinearisation: () => ({ map, evaluate: value }),
    prepareComplexValue: () => (x, y) => {
      value(x.re, y.re);
      value(x.im, y.im);
    },
  };
}

/**
 * L = −log softmax(z)_y = log Σ_j e^{z_j} − z_y, fused and stable, with Jacobian (p − e_y)ᵀ. A loss near 0, and its
 * derivative, keep all their digits.
 *
 * @param width - number of classes
 * @param label - the class y, from 0
 * @param where - name of the layer for messages
 * @throws {JacobenchError} `ERR_RANGE` if the label is no class
 */
export function softmaxCrossEntropy(width: number, label: number, where = "softmaxCrossEntropy"): Layer {
  checkLabel(label, width, where);
  const state = stableSoftmax();
  // Subtract the label's logit from the shift first: both may be huge, their difference is not rounded. No term is below 0.
  const lossAt = (x: Vector): number => state.shift - x.get(label)! + state.logSum;
  return {
    ...lossShape("softmaxCrossEntropy", width),
    prepareValue:
      ({ kernel }) =>
      (x, y) => {
        state.sum(kernel, x);
        y.set(0, lossAt(x));
      },
    prepareLinearisation: ({ kernel }, storage) => {
      const row = storage(width);
      return {
        map: denseMap(ndarray(row.data, [1, width], [width, 1], row.offset)),
        evaluate: (x, y) => {
          state.exponentials(kernel, x, row);
          state.normalise(kernel, row);
          y.set(0, lossAt(x));
          // p_y − 1; where y has the largest logit, as the sum of the other p, with its sign.
          const isPivot = label === state.pivot;
          if (isPivot) row.set(label, 0);
          kernel.addAt(isPivot ? -state.complement : -1, row, label, 0);
        },
      };
    },
    prepareComplexValue: ({ kernel }) => {
      const complex = complexSoftmax();
      return (x, y) => {
        complex.sum(kernel, x);
        y.re.set(0, complex.shift - x.re.get(label)! + complex.logSumRe);
        y.im.set(0, label === complex.pivot ? -complex.pivotAngle : complex.logSumIm - x.im.get(label)!);
      };
    },
  };
}
