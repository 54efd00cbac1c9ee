/** @file The strategy `reverse-parameters`: m VJPs to all weights and biases. */

import { predictParameters, prepareReverseParameters } from "./parameter-sweep.ts";
import type { Strategy } from "./types.ts";

/** m VJPs with respect to the parameters: for a loss, backpropagation. */
export const reverseParameters: Strategy = {
  id: "reverse-parameters",
  mode: "reverse",
  description: "m VJPs to all weights and biases",
  withRespectTo: "parameters",
  accepts: [],
  relativeTolerance: 1e-10,
  prepare: (chain, x, _options, context) => prepareReverseParameters(chain, x, context),
  predict: (shape) => predictParameters(shape, "reverse"),
};
