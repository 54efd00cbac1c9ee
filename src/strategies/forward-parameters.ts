/** @file The strategy `forward-parameters`: one JVP for each weight and bias. */

import { predictParameters, prepareForwardParameters } from "./parameter-sweep.ts";
import type { Strategy } from "./types.ts";

/** One JVP for each parameter: what nobody does in training, and why. */
export const forwardParameters: Strategy = {
  id: "forward-parameters",
  mode: "forward",
  description: "one JVP for each weight and bias",
  withRespectTo: "parameters",
  accepts: [],
  relativeTolerance: 1e-10,
  prepare: (chain, x, _options, context) => prepareForwardParameters(chain, x, context),
  predict: (shape) => predictParameters(shape, "forward"),
};
