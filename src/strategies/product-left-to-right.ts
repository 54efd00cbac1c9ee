/** @file The strategy `product-left-to-right`: explicit Jacobians multiplied from the output's end. */

import { predictProducts, prepareProducts } from "./product-sweep.ts";
import type { Strategy } from "./types.ts";

/** ((J_K·J_{K−1})·…)·J_1. On dense layers the same work as `reverse` with read unit seeds, all cotangents in one block. */
export const productLeftToRight: Strategy = {
  id: "product-left-to-right",
  mode: "reverse",
  description: "explicit Jacobians multiplied from the output's end",
  withRespectTo: "input",
  convention: "given",
  accepts: [],
  relativeTolerance: 1e-10,
  prepare: (chain, x, _options, context) => prepareProducts(chain, x, "left-to-right", context),
  predict: (shape) => predictProducts(shape, "left-to-right"),
};
