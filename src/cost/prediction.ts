/** @file Predicted cost: putting operations and memory together. */

import { FLOAT64_BYTES } from "../array.ts";
import type { Operation } from "./operation.ts";

/** Predicted cost of one preparation and one run, exact. */
export type Prediction = {
  readonly operations: readonly Operation[];
  /** Derivative arithmetic, in FMA. */
  readonly fma: number;
  /** Primal evaluations of the whole chain, of preparation and run together. */
  readonly primalEvaluations: number;
  /** FMA of all of them. */
  readonly primalFma: number;
  /** FMA of those that a run does: inside the clock, like the derivative's. */
  readonly timedPrimalFma: number;
  /** Peak bytes through the allocator. */
  readonly bytes: number;
};

/**
 * Adds up operations.
 *
 * @param operations - planned ones; those without repetitions are dropped
 * @param plan - `primalEvaluations`: how often the whole primal is evaluated; `primalInRun`: by the run (true) or by the
 *   preparation before it (false); `entries`: float64 entries that are allocated
 */
export function predict(
  operations: readonly Operation[],
  plan: { readonly primalEvaluations: number; readonly primalInRun: boolean; readonly entries: number },
): Prediction {
  const done = operations.filter((operation) => operation.times > 0);
  const primalFma = totalFma(done, true);
  return {
    operations: done,
    fma: totalFma(done, false),
    primalEvaluations: plan.primalEvaluations,
    primalFma,
    timedPrimalFma: plan.primalInRun ? primalFma : 0,
    bytes: plan.entries * FLOAT64_BYTES,
  };
}

/**
 * Joins equal operations into one record each, as a counter does, in the order in which each first occurs.
 *
 * @param operations - in the order of their execution
 */
export function mergeOperations(operations: readonly Operation[]): Operation[] {
  const merged = new Map<string, Operation>();
  for (const { kind, first, last, vectors, fma, times } of operations) {
    const key = [kind, first, last, vectors, fma].join(" ");
    merged.set(key, { kind, first, last, vectors, fma, times: times + (merged.get(key)?.times ?? 0) });
  }
  return [...merged.values()];
}

/**
 * FMA of a list of operations.
 *
 * @param operations - the list
 * @param primal - true for primal evaluations, false for derivative arithmetic
 */
export function totalFma(operations: readonly Operation[], primal: boolean): number {
  return operations
    .filter((operation) => (operation.kind === "evaluate") === primal)
    .reduce((sum, operation) => sum + operation.times * operation.fma, 0);
}
