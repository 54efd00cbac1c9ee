/** @file The strategy `forward-blocked`: JVPs of b unit tangents at once, so that matrix-vector becomes matrix-matrix. */

import { predictForward, prepareForward } from "./forward-sweep.ts";
import type { Strategy } from "./types.ts";

/**
 * n JVPs in ⌈n/b⌉ blocks (vector mode; what JAX does by vmap and ForwardDiff.jl by chunks). The same FMA as `forward`.
 * With `linearisation: "recomputed"` and `blockSize: "all"` it carries all tangents beside one primal and keeps no tape.
 */
export const forwardBlocked: Strategy = {
  id: "forward-blocked",
  mode: "forward",
  description: "JVPs of b unit tangents at once",
  withRespectTo: "input",
  accepts: ["blockSize", "threads", "linearisation", "unitSeeds"],
  relativeTolerance: 1e-10,
  prepare: prepareForward,
  predict: predictForward,
};
