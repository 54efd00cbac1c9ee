/** @file The strategy `reverse`: m VJPs, one unit cotangent at a time. */

import { predictReverse, prepareReverse } from "./reverse-sweep.ts";
import type { Strategy } from "./types.ts";

/** m VJPs: m·Σ FMA through dense layers. */
export const reverse: Strategy = {
  id: "reverse",
  mode: "reverse",
  description: "m VJPs, one unit cotangent at a time",
  withRespectTo: "input",
  accepts: ["unitSeeds"],
  relativeTolerance: 1e-10,
  prepare: (chain, x, options, context) => prepareReverse(chain, x, { ...options, blockSize: null }, context),
  predict: (shape, options) => predictReverse(shape, { ...options, blockSize: null }),
};
