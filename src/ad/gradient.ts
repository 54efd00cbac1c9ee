/** @file The gradient of a scalar chain with respect to its input or its parameters, for one point or a batch. */

import { copyInto, type Matrix, type Vector, zeros } from "../array.ts";
import { type Chain, createChain } from "../chain/chain.ts";
import type { DenseParameters } from "../chain/layer.ts";
import { negativeLogLikelihood, softmaxCrossEntropy } from "../chain/loss.ts";
import { parameterViews, prepareParameterNodes, prepareParameterPull } from "../chain/parameters.ts";
import { prepareLinearisationThrough } from "../chain/through.ts";
import { JacobenchError } from "../errors.ts";
import { KERNELS, kernelById } from "../kernels/index.ts";
import { createWorkspace } from "../kernels/types.ts";
import { preparePullThrough } from "../linear-map/compose.ts";
import { checkRows } from "./parameters.ts";

/** What {@link gradient} is asked for. */
export type GradientOptions = {
  /** The input (default), or all weights and biases. */
  readonly withRespectTo?: "input" | "parameters";
  /** Labels of a batch, one a row of x; they replace the label of the chain's loss. */
  readonly labels?: readonly number[];
  /** Whether the loss of a batch is the mean (default) or the sum over its rows. */
  readonly reduction?: "mean" | "sum";
  /** Default `typed`. */
  readonly kernel?: string;
};

/** A gradient; each part has the shape of its variable. */
export type Gradient = {
  /** The loss itself: its mean or sum over a batch. */
  readonly loss: number;
  /** ∇_x L, of the shape of x ([n] or [batch, n]); null with respect to parameters. */
  readonly input: Matrix | null;
  /** ∇_W L and ∇_b L of each dense layer in depth-first order; null with respect to the input. */
  readonly parameters: readonly DenseParameters[] | null;
};

/**
 * The gradient of a scalar chain (m = 1) by one VJP a row of x: backpropagation.
 *
 * Cost: with respect to the parameters, one FMA a parameter and Σ − n·d_1 through dense layers, a row.
 *
 * @param chain - L: R^n → R, e.g. ending in softmaxCrossEntropy
 * @param x - one point [n], or a batch [batch, n]
 * @param options - variable, labels, reduction, kernel
 * @throws {JacobenchError} `ERR_SHAPE` if m is not 1, x does not fit n, or labels do not fit the batch; `ERR_RANGE` for
 *   a label that is no class; `ERR_UNSUPPORTED` for labels without a loss, or parameters where there are none
 *
 * @example
 * const { parameters } = gradient(chain, x, { withRespectTo: "parameters" });
 * parameters[0].weights; // ∇_W L of the first dense layer, same shape as W
 */
export function gradient(chain: Chain, x: Matrix, options: GradientOptions = {}): Gradient {
  const { withRespectTo = "input", reduction = "mean", labels } = options;
  if (chain.m !== 1) {
    throw new JacobenchError(
      "ERR_SHAPE",
      `gradient: the chain has m = ${chain.m} outputs; expected a scalar, m = 1: end it with a loss, or use prepareJacobian`,
    );
  }
  const rows = checkRows("gradient", chain, x);
  checkLabels(rows, labels);
  const toInput = withRespectTo === "input";
  const parameters = chain.layers.reduce((sum, layer) => sum + layer.parameters, 0);
  if (!toInput && parameters === 0) {
    throw new JacobenchError("ERR_UNSUPPORTED", "gradient: the chain has no parameters; add a dense layer");
  }
  const input = toInput ? (x.dimension === 1 ? zeros(chain.n) : zeros(rows.length, chain.n)) : null;
  const flat = zeros(Math.max(1, parameters));
  const views = parameterViews(chain.layers, flat);
  const weight = reduction === "mean" ? 1 / rows.length : 1;
  let loss = 0;
  const pulls = new Map<number | null, ReturnType<typeof preparePull>>();
  for (const [i, row] of rows.entries()) {
    const label = labels?.[i] ?? null;
    let pull = pulls.get(label);
    if (pull === undefined) {
      pull = preparePull(label === null ? chain : relabelled(chain, label), toInput, options.kernel);
      pulls.set(label, pull);
    }
    const into = input === null ? null : input.dimension === 1 ? input : input.pick(i, null);
    loss += weight * pull(row, weight, views, into);
  }
  return { loss, input, parameters: toInput ? null : views };
}

/** Prepares L(x), with the weighted gradient put into `into` (input) or added to `gradient` (parameters). */
function preparePull(
  chain: Chain,
  toInput: boolean,
  kernelId = KERNELS[0]!.id,
): (x: Vector, weight: number, gradient: readonly DenseParameters[], into: Vector | null) => number {
  const workspace = createWorkspace(kernelById(kernelId));
  const { allocator } = workspace;
  const [y, seed] = [zeros(1), zeros(1)];
  if (toInput) {
    const storage = (length: number): Vector => allocator.allocate(length);
    const { maps, evaluate } = prepareLinearisationThrough(chain.layers, workspace, storage);
    const pull = preparePullThrough(maps, workspace, null);
    return (x, weight, _gradient, into) => {
      evaluate(x, y);
      seed.set(0, weight);
      pull(seed, into!);
      return y.get(0)!;
    };
  }
  const point = zeros(chain.n);
  const { nodes, evaluate } = prepareParameterNodes(chain.layers, point, y, workspace);
  const pull = prepareParameterPull(nodes, workspace, false);
  return (x, weight, gradient) => {
    copyInto(x, point);
    evaluate();
    seed.set(0, weight);
    pull(seed, gradient, null);
    return y.get(0)!;
  };
}

/** The same chain with another label in its loss. */
function relabelled(chain: Chain, label: number): Chain {
  const last = chain.layers.at(-1)!;
  const make = { softmaxCrossEntropy, negativeLogLikelihood }[last.kind as "softmaxCrossEntropy"];
  if (make === undefined) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      `gradient: labels given, but the chain ends in "${last.kind}"; expected softmaxCrossEntropy or negativeLogLikelihood`,
    );
  }
  return createChain([...chain.layers.slice(0, -1), make(last.inputWidth, label, "gradient: labels")]);
}

function checkLabels(rows: readonly Vector[], labels: readonly number[] | undefined): void {
  if (labels !== undefined && labels.length !== rows.length) {
    throw new JacobenchError(
      "ERR_SHAPE",
      `gradient: ${labels.length} labels for ${rows.length} rows of x; expected one a row`,
    );
  }
}
