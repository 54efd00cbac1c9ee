/** @file The strategy `forward`: n JVPs, one unit tangent at a time. */

import { predictForward, prepareForward } from "./forward-sweep.ts";
import type { Strategy } from "./types.ts";

/** n JVPs: n·Σ FMA through dense layers. */
export const forward: Strategy = {
  id: "forward",
  mode: "forward",
  description: "n JVPs, one unit tangent at a time",
  withRespectTo: "input",
  accepts: ["linearisation", "unitSeeds"],
  relativeTolerance: 1e-10,
  prepare: (chain, x, options, context) => prepareForward(chain, x, { ...options, blockSize: null }, context),
  predict: (shape, options) => predictForward(shape, { ...options, blockSize: null }),
};
