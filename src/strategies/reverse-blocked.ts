/** @file The strategy `reverse-blocked`: VJPs of b unit cotangents at once. */

import { predictReverse, prepareReverse } from "./reverse-sweep.ts";
import type { Strategy } from "./types.ts";

/** m VJPs in ⌈m/b⌉ blocks. The same FMA as `reverse`, by matrix-matrix products. */
export const reverseBlocked: Strategy = {
  id: "reverse-blocked",
  mode: "reverse",
  description: "VJPs of b unit cotangents at once",
  withRespectTo: "input",
  accepts: ["blockSize", "threads", "unitSeeds"],
  relativeTolerance: 1e-10,
  prepare: prepareReverse,
  predict: predictReverse,
};
