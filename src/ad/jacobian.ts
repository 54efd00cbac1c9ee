/** @file The full Jacobian of a chain by any strategy: prepared, counted, predicted, and the reference that others are held against. */

import { expectVector, type Matrix, type Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import type { ChainShape } from "../chain/shape.ts";
import { createCounter } from "../cost/counter.ts";
import { type Operation, SILENT } from "../cost/operation.ts";
import { type Prediction, totalFma } from "../cost/prediction.ts";
import { createCountingKernel } from "../kernels/counting.ts";
import { expectThreads, KERNELS, kernelById } from "../kernels/index.ts";
import { adopted, createWorkspace } from "../kernels/types.ts";
import { createAllocator } from "../memory.ts";
import { resolveOptions, strategyById } from "../strategies/index.ts";
import type { PreparedJacobian, StrategyOptions } from "../strategies/types.ts";

/** A strategy by name, with its options. */
export type StrategyChoice = StrategyOptions & { readonly strategy: string };

/** A Jacobian made ready, with its memory. */
export type JacobianPreparation = PreparedJacobian & {
  /** Bytes that the preparation holds; a run takes no more. */
  readonly bytes: number;
  readonly peakBytes: number;
  /** Bytes that the kernel holds besides: its copies of weights and x, where it has memory of its own. Not predicted. */
  readonly kernelBytes: number;
  /** What the strategy was predicted to cost. */
  readonly prediction: Prediction;
};

/**
 * Makes a strategy ready: allocates everything and linearises at x. `run()` then does only the products.
 *
 * @param chain - f: R^n → R^m
 * @param x - point of evaluation, shape [n]; read again by each `linearise()`, as weights are, not modified
 * @param choice - strategy, its options, and the kernel (default `typed`)
 * @returns `run()` gives J [m, n] (or [m, parameters]), overwritten by the next run
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME`, `ERR_UNSUPPORTED`, `ERR_RANGE` for the choice; `ERR_SHAPE`,
 *   `ERR_NON_FINITE` for x
 *
 * @example
 * const J = prepareJacobian(chain, x, { strategy: "reverse" }).run(); // [m, n], exactly m VJPs
 */
export function prepareJacobian(
  chain: Chain,
  x: Vector,
  choice: StrategyChoice & { readonly kernel?: string | undefined },
): JacobianPreparation {
  const strategy = strategyById(choice.strategy);
  const options = resolveOptions(strategy, choice);
  const factory = kernelById(choice.kernel ?? KERNELS[0]!.id);
  expectThreads(factory, options.threads);
  expectVector("prepareJacobian", "x", x, chain.n, `n = ${chain.n} (chain.widths[0])`);
  const { kernel, allocator } = createWorkspace(factory);
  const context = { kernel, allocator, observer: SILENT };
  const prepared = strategy.prepare(chain, adopted(kernel, x), options, context);
  return {
    ...prepared,
    linearise: () => {
      kernel.refresh?.();
      prepared.linearise();
    },
    get bytes() {
      return allocator.bytes;
    },
    get peakBytes() {
      return allocator.peakBytes;
    },
    get kernelBytes() {
      return kernel.ownBytes ?? 0;
    },
    prediction: strategy.predict(chain.shape, options),
  };
}

/** What was counted in one preparation and one run. */
export type CountedCost = Prediction & { readonly jacobian: Matrix };

/**
 * Executes a strategy with the counting kernel, which adds one for each multiply-add.
 *
 * @param chain - f
 * @param x - shape [n]
 * @param choice - strategy and options
 * @returns operations, FMA, evaluations and bytes as they really were, in the form of a prediction; and J
 * @throws {JacobenchError} as {@link prepareJacobian}
 */
export function countCost(chain: Chain, x: Vector, choice: StrategyChoice): CountedCost {
  const strategy = strategyById(choice.strategy);
  const options = resolveOptions(strategy, choice);
  expectVector("countCost", "x", x, chain.n, `n = ${chain.n} (chain.widths[0])`);
  const allocator = createAllocator();
  const kernel = createCountingKernel();
  const counter = createCounter(kernel);
  const prepared = strategy.prepare(chain, x, options, { kernel, allocator, observer: counter });
  const preparedPrimalFma = totalFma(counter.operations(), true);
  const jacobian = prepared.run();
  const operations = counter.operations();
  const fma = totalFma(operations, false);
  const primalFma = totalFma(operations, true);
  // Arithmetic that no operation announces would be lost from the record: the totals must agree.
  if (fma + primalFma !== kernel.fma) {
    throw new Error(`strategy ${strategy.id}: ${kernel.fma} FMA done, ${fma + primalFma} announced`);
  }
  return {
    operations,
    fma,
    primalEvaluations: countEvaluations(operations, chain.layers.length),
    primalFma,
    timedPrimalFma: primalFma - preparedPrimalFma,
    bytes: allocator.peakBytes,
    jacobian,
  };
}

/**
 * Predicts what a strategy costs, from the chain's shape alone.
 *
 * @param shape - of the chain
 * @param choice - strategy and options
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME`, `ERR_UNSUPPORTED`, `ERR_RANGE`
 */
export function predictCost(shape: ChainShape, choice: StrategyChoice): Prediction {
  const strategy = strategyById(choice.strategy);
  return strategy.predict(shape, resolveOptions(strategy, choice));
}

/**
 * The Jacobian that others are compared with: the cheaper of forward and reverse mode, by the reference kernel.
 *
 * @param chain - f
 * @param x - shape [n]
 * @param withRespectTo - the input (default), or all weights and biases
 * @returns a fresh J [m, n], or [m, parameters]
 */
export function referenceJacobian(
  chain: Chain,
  x: Vector,
  withRespectTo: "input" | "parameters" = "input",
): Matrix {
  const strategy =
    withRespectTo === "parameters" ? "reverse-parameters" : chain.n <= chain.m ? "forward" : "reverse";
  return prepareJacobian(chain, x, { strategy, kernel: "reference" }).run();
}

/** Whole primal evaluations: each evaluates every layer once, in one piece or layer by layer. */
function countEvaluations(operations: readonly Operation[], layers: number): number {
  const visits = operations
    .filter((operation) => operation.kind === "evaluate")
    .reduce((sum, { first, last, times }) => sum + times * (last - first + 1), 0);
  return visits / layers;
}
