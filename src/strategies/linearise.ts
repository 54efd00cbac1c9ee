/** @file One linearisation at the point, shared by all products of a run. */

import type { Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import type { ChainShape } from "../chain/shape.ts";
import { evaluationEntries, keptEntries, prepareLinearisationThrough } from "../chain/through.ts";
import type { Operation } from "../cost/operation.ts";
import type { LinearMap } from "../linear-map/types.ts";
import type { StrategyContext } from "./types.ts";

/**
 * Evaluates the primal at x and keeps every layer's partial derivatives.
 *
 * @param chain - f
 * @param x - shape [n]
 * @param context - kernel, allocator, observer
 * @returns the Jacobians J_1 … J_K at x, and the evaluation for doing it again
 */
export function lineariseOnce(
  chain: Chain,
  x: Vector,
  context: StrategyContext,
): { maps: LinearMap[]; linearise: () => void } {
  const { allocator, observer } = context;
  const { maps, evaluate } = prepareLinearisationThrough(chain.layers, context, (length) =>
    allocator.allocate(length),
  );
  const y = allocator.allocate(chain.m);
  const label = { kind: "evaluate", first: 1, last: chain.layers.length, vectors: 1 } as const;
  const linearise = (): void => {
    observer.begin(label);
    evaluate(x, y);
    observer.end();
  };
  linearise();
  return { maps, linearise };
}

/** Float64 entries that {@link lineariseOnce} takes: the tape, the buffers of the evaluation, and y. */
export function lineariseOnceEntries(shape: ChainShape): number {
  return keptEntries(shape.layers) + evaluationEntries(shape.layers) + shape.m;
}

/** When a shared linearisation evaluates the primal: once, before the run. */
export const ONE_BEFORE_RUN = { primalEvaluations: 1, primalInRun: false } as const;

/** The predicted operation of {@link lineariseOnce}. */
export function lineariseOnceOperation(shape: ChainShape): Operation {
  const fma = shape.layers.reduce((sum, layer) => sum + layer.lineariseFma, 0);
  return { kind: "evaluate", first: 1, last: shape.layers.length, vectors: 1, times: 1, fma };
}
