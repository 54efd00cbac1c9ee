/** @file The strategy `product-right-to-left`: explicit Jacobians multiplied from the input's end. */

import { predictProducts, prepareProducts } from "./product-sweep.ts";
import type { Strategy } from "./types.ts";

/** J_K·(…·(J_2·J_1)). On dense layers the same work as `forward` with read unit seeds, all tangents in one block. */
export const productRightToLeft: Strategy = {
  id: "product-right-to-left",
  mode: "forward",
  description: "explicit Jacobians multiplied from the input's end",
  withRespectTo: "input",
  convention: "given",
  accepts: [],
  relativeTolerance: 1e-10,
  prepare: (chain, x, _options, context) => prepareProducts(chain, x, "right-to-left", context),
  predict: (shape) => predictProducts(shape, "right-to-left"),
};
