/** @file Scalar losses: negative log-likelihood of log-probabilities, and softmax cross entropy of logits. */

import ndarray from "ndarray";
import { zeros } from "../array.ts";
import { denseMap } from "../linear-map/dense.ts";
import { checkLabel } from "./check.ts";
import { complexLogSum, shiftedExponential } from "./exponentials.ts";
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
 * L = −log softmax(z)_y = log Σ_j e^{z_j} − z_y, fused and stable, with Jacobian (p − e_y)ᵀ.
 *
 * @param width - number of classes
 * @param label - the class y, from 0
 * @param where - name of the layer for messages
 * @throws {JacobenchError} `ERR_RANGE` if the label is no class
 */
export function softmaxCrossEntropy(width: number, label: number, where = "softmaxCrossEntropy"): Layer {
  checkLabel(label, width, where);
  const exponential = shiftedExponential();
  return {
    ...lossShape("softmaxCrossEntropy", width),
    prepareValue:
      ({ kernel }) =>
      (x, y) => {
        const shift = exponential.shiftBy(x);
        // Subtract the label's logit from the shift first: both may be huge, their difference is not rounded.
        y.set(0, shift - x.get(label)! + Math.log(kernel.sumOf(exponential.real, x, x)));
      },
    prepareLinearisation: ({ kernel }, storage) => {
      const row = storage(width);
      return {
        map: denseMap(ndarray(row.data, [1, width], [width, 1], row.offset)),
        evaluate: (x, y) => {
          const shift = exponential.shiftBy(x);
          kernel.map(exponential.real, x, row);
          const sum = kernel.sum(row);
          y.set(0, shift - x.get(label)! + Math.log(sum));
          kernel.scale(1 / sum, row, row);
          kernel.addAt(-1, row, label, 0);
        },
      };
    },
    prepareComplexValue:
      ({ kernel }) =>
      (x, y) => {
        const sum = complexLogSum(kernel, exponential, x);
        y.re.set(0, sum.shift - x.re.get(label)! + sum.re);
        y.im.set(0, sum.im - x.im.get(label)!);
      },
  };
}
