/** @file A record of one operation of an accumulation: predicted plans and counted executions are lists of the same records. */

/**
 * - `tangent`: tangents pushed through a range of layers (JVPs).
 * - `adjoint`: cotangents pulled back through a range of layers (VJPs).
 * - `accumulate`: the explicit Jacobian of one layer formed.
 * - `product`: an explicit Jacobian multiplied onto an accumulated block.
 * - `evaluate`: primal evaluations of a range (with what the linearisation needs).
 * - `quotient`: difference quotients formed from values.
 */
export type OperationKind = "tangent" | "adjoint" | "accumulate" | "product" | "evaluate" | "quotient";

/** What an operation does, without its cost. Layers are numbered from 1, as in J = J_K … J_1. */
export type OperationLabel = {
  readonly kind: OperationKind;
  /** First layer of the range. */
  readonly first: number;
  /** Last layer of the range. */
  readonly last: number;
  /** Columns (tangents) or rows (cotangents) that go through at once. */
  readonly vectors: number;
};

/** An operation with its cost; equal consecutive operations are one record with `times` > 1. */
export type Operation = OperationLabel & {
  readonly times: number;
  /** Fused multiply-adds of one of them; primal ones if kind is `evaluate`, derivative ones otherwise. */
  readonly fma: number;
};

/** Is told of each operation as it begins and ends. In timed runs nobody listens. */
export type Observer = {
  begin(label: OperationLabel): void;
  end(): void;
};

/** The observer of timed runs. */
export const SILENT: Observer = { begin: () => {}, end: () => {} };
