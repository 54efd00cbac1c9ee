/** @file What a strategy is: a way to build the full Jacobian, as data, a preparation, and a prediction of its cost. */

import type { Matrix, Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import type { ChainShape } from "../chain/shape.ts";
import type { Observer } from "../cost/operation.ts";
import type { Prediction } from "../cost/prediction.ts";
import type { Kernel } from "../kernels/types.ts";
import type { Allocator } from "../memory.ts";
import type { KernelCalibration } from "../planner/calibration.ts";

/** Threads that a strategy may ask for: more than that is a slip of the hand. */
export const MAX_THREADS = 64;

/** Options that a strategy may take; those that it does not name in `accepts` are refused at the border. */
export type StrategyOptions = {
  /** Seeds at once, for blocked strategies; `all` is n (forward) or m (reverse). Default 16. */
  readonly blockSize?: number | "all";
  /**
   * Threads among which the blocks of a blocked strategy are split (default 1). More than one needs a kernel with
   * threads, dense unit seeds and a shared linearisation; block size `all` then is each thread's share of all seeds.
   */
  readonly threads?: number;
  /** `shared`: one linearisation serves all products (default). `recomputed`: the primal is run again with each JVP. */
  readonly linearisation?: "shared" | "recomputed";
  /** `dense`: unit seeds go through a full first product (default). `read`: the first layer's column or row is read. */
  readonly unitSeeds?: "dense" | "read";
  /**
   * Memory for checkpoints: that of so many states of the widest kind, the chain's input one of them; `all` (default)
   * keeps every state.
   */
  readonly snapshots?: number | "all";
  /** What a plan minimizes: FMA (default), or seconds by a calibration of this machine. */
  readonly minimize?: "fma" | "time";
  /** Seconds of the kernel's operations on this machine; needed to minimize time. */
  readonly calibration?: KernelCalibration | null;
};

/** The kernel to compute with, where to take memory from, and whom to tell of each operation. */
export type StrategyContext = {
  readonly kernel: Kernel;
  readonly allocator: Allocator;
  readonly observer: Observer;
};

/** A strategy made ready for one chain and point. */
export type PreparedJacobian = {
  /**
   * Evaluates the primal at x and stores what the products need; done once by `prepare`, and again here for timing.
   * Does nothing for strategies that keep nothing.
   */
  linearise(): void;
  /** Does only the products; returns the prepared J [m, n], valid until the next run. */
  run(): Matrix;
};

/** A way to build the full Jacobian. */
export type Strategy = {
  /** Name in the registry, in configs and in records. */
  readonly id: string;
  /** forward or reverse; null for strategies that are neither. */
  readonly mode: "forward" | "reverse" | null;
  /** One line for `--help` and tables. */
  readonly description: string;
  /** Of what the Jacobian is taken: the chain's input, or all its weights and biases (J is then [m, parameters]). */
  readonly withRespectTo: "input" | "parameters";
  /**
   * Set where the strategy uses the matrices and diagonals of layers: it multiplies no unit seeds then, and takes no option
   * for them. Left out where the unit seeds decide. See `conventionOf`.
   */
  readonly convention?: "given";
  /** The options that change anything. */
  readonly accepts: readonly (keyof StrategyOptions)[];
  /** How far its Jacobian may be from the exact one, relative to max |J|: rounding, or the method's own error. */
  readonly relativeTolerance: number;
  /** Allocates everything and linearises at x [n]. */
  prepare(
    chain: Chain,
    x: Vector,
    options: Required<StrategyOptions>,
    context: StrategyContext,
  ): PreparedJacobian;
  /** Predicts its cost from the chain's shape alone. */
  predict(shape: ChainShape, options: Required<StrategyOptions>): Prediction;
};
