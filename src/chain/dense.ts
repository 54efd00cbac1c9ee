/** @file The dense layer y = W·x + b. */

import type { Matrix, Vector } from "../array.ts";
import { adopted, type Kernel } from "../kernels/types.ts";
import { denseMap } from "../linear-map/dense.ts";
import type { Product } from "../linear-map/types.ts";
import { checkFinite } from "./check.ts";
import type { Layer } from "./layer.ts";

/**
 * Makes a dense layer. Its Jacobian is W itself: given, nothing is kept for products with respect to the input.
 *
 * @param weights - W, shape [outputWidth, inputWidth]
 * @param bias - b, shape [outputWidth]
 * @param where - name of the layer for messages
 * @throws {JacobenchError} `ERR_NON_FINITE` if a weight or bias is NaN or infinite
 */
export function dense(weights: Matrix, bias: Vector, where = "dense"): Layer {
  checkFinite(weights, `${where}: weights`);
  checkFinite(bias, `${where}: bias`);
  const [rows, columns] = [weights.shape[0]!, weights.shape[1]!];
  const map = denseMap(weights);
  const valueBy = (kernel: Kernel): Product => {
    const [W, b] = [adopted(kernel, weights), adopted(kernel, bias)];
    return (x, y) => kernel.affine(W, x, b, y);
  };
  return {
    kind: "dense",
    inputWidth: columns,
    outputWidth: rows,
    ...denseCost(rows, columns, true),
    ownParameters: { weights, bias },
    prepareValue: ({ kernel }) => valueBy(kernel),
    prepareLinearisation: ({ kernel }) => ({ map, evaluate: valueBy(kernel) }),
    prepareComplexValue: ({ kernel }) => {
      const [W, b] = [adopted(kernel, weights), adopted(kernel, bias)];
      return (x, y) => {
        kernel.affine(W, x.re, b, y.re);
        kernel.matvec(W, x.im, y.im);
      };
    },
  };
}

/**
 * Closed forms of a dense or linear layer: every product and every value is rows·columns FMA.
 *
 * @param rows - outputWidth
 * @param columns - inputWidth
 * @param trainable - whether its entries are parameters (with a bias), or a given Jacobian
 */
export function denseCost(
  rows: number,
  columns: number,
  trainable: boolean,
): Pick<
  Layer,
  "structure" | "parameters" | "heldEntries" | "keptEntries" | "valueFma" | "lineariseFma" | "complexValueFma"
> {
  const product = rows * columns;
  return {
    structure: { kind: "dense", rows, columns },
    parameters: trainable ? product + rows : 0,
    heldEntries: trainable ? product + rows : product,
    keptEntries: 0,
    valueFma: product,
    lineariseFma: product,
    complexValueFma: 2 * product,
  };
}
