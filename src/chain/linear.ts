/** @file The linear layer y = J·x: a bare Jacobian, for chains of given Jacobians. */

import type { Matrix } from "../array.ts";
import { adopted, type Kernel } from "../kernels/types.ts";
import { denseMap } from "../linear-map/dense.ts";
import type { Product } from "../linear-map/types.ts";
import { checkFinite } from "./check.ts";
import { denseCost } from "./dense.ts";
import type { Layer } from "./layer.ts";

/**
 * Makes a layer whose Jacobian is given. It has no parameters.
 *
 * @param jacobian - J, shape [outputWidth, inputWidth]
 * @param where - name of the layer for messages
 * @throws {JacobenchError} `ERR_NON_FINITE`
 */
export function linear(jacobian: Matrix, where = "linear"): Layer {
  checkFinite(jacobian, `${where}: jacobian`);
  const [rows, columns] = [jacobian.shape[0]!, jacobian.shape[1]!];
  const map = denseMap(jacobian);
  const valueBy = (kernel: Kernel): Product => {
    const J = adopted(kernel, jacobian);
    return (x, y) => kernel.matvec(J, x, y);
  };
  return {
    kind: "linear",
    inputWidth: columns,
    outputWidth: rows,
    ...denseCost(rows, columns, false),
    prepareValue: ({ kernel }) => valueBy(kernel),
    prepareLinearisation: ({ kernel }) => ({ map, evaluate: valueBy(kernel) }),
    prepareComplexValue: ({ kernel }) => {
      const J = adopted(kernel, jacobian);
      return (x, y) => {
        kernel.matvec(J, x.re, y.re);
        kernel.matvec(J, x.im, y.im);
      };
    },
  };
}
