/** @file Random chains from widths: the same bit for bit on every machine and engine. */

import { type Vector, vector, zeros } from "../array.ts";
import { JacobenchError } from "../errors.ts";
import { createRandom, deriveSeed, type Random } from "../random.ts";
import { type ActivationKind, activation, activationShape } from "./activation.ts";
import { type Chain, createChain, createShape } from "./chain.ts";
import { dense, denseCost } from "./dense.ts";
import type { Layer } from "./layer.ts";
import { type LossKind, lossShape, negativeLogLikelihood, softmaxCrossEntropy } from "./loss.ts";
import type { ChainShape, LayerShape } from "./shape.ts";
import { logSoftmax, softmax, softmaxShape } from "./softmax.ts";

/** How a chain is built from widths. */
export type ChainSpec = {
  /** d_0 = n, …, d_K = m: K dense layers. At least two, all positive integers. */
  readonly widths: readonly number[];
  /** Stands after every dense layer except the last. Absent: dense layers only, so costs are exactly n·Σ and m·Σ. */
  readonly activation?: ActivationKind | undefined;
  /** Appended as last layer; makes m = 1 for a loss. */
  readonly loss?: LossKind | "softmax" | "logSoftmax" | undefined;
  /** Label of the loss; default 0. */
  readonly label?: number | undefined;
  /** Number that starts the generator of the weights; default 1. */
  readonly rngSeed?: number | undefined;
};

/** The largest width that is accepted. */
export const LARGEST_WIDTH = 1_000_000;

/**
 * Builds a chain of dense layers with random weights.
 *
 * Weights are uniform in ±bound, biases uniform in ±0.1. The bound is He's √(6/d_{i−1}) for ReLU and Glorot's
 * √(6/(d_{i−1} + d_i)) otherwise, so that values neither vanish nor blow up at any depth (X. Glorot, Y. Bengio, AISTATS
 * 2010, eq. 16; K. He et al., ICCV 2015, eq. 10, in uniform form: a variance s² is a bound of s·√3). Only square roots
 * and integer arithmetic are involved, both exactly defined.
 *
 * @param spec - widths, activation, loss, rngSeed
 * @throws {JacobenchError} `ERR_RANGE` for widths that are no positive integers, or fewer than two
 */
export function buildChain(spec: ChainSpec): Chain {
  checkWidths(spec.widths, "buildChain");
  const { widths, rngSeed = 1 } = spec;
  const layers: Layer[] = [];
  for (let i = 1; i < widths.length; i++) {
    const [columns, rows] = [widths[i - 1]!, widths[i]!];
    const random = createRandom(deriveSeed(rngSeed, "layer", i));
    const bound = spec.activation === "relu" ? Math.sqrt(6 / columns) : Math.sqrt(6 / (columns + rows));
    const weights = zeros(rows, columns);
    fillUniform(weights.data, bound, random);
    const bias = zeros(rows);
    fillUniform(bias.data, 0.1, random);
    layers.push(dense(weights, bias, `layer ${layers.length + 1} (dense)`));
    if (spec.activation !== undefined && i < widths.length - 1)
      layers.push(activation(spec.activation, rows));
  }
  const last = widths.at(-1)!;
  const label = spec.label ?? 0;
  if (spec.loss === "softmaxCrossEntropy") layers.push(softmaxCrossEntropy(last, label));
  if (spec.loss === "negativeLogLikelihood") layers.push(negativeLogLikelihood(last, label));
  if (spec.loss === "softmax") layers.push(softmax(last));
  if (spec.loss === "logSoftmax") layers.push(logSoftmax(last));
  return createChain(layers, "buildChain");
}

/**
 * The shape of the chain that {@link buildChain} would build, without its weights.
 *
 * @param spec - the same
 * @throws {JacobenchError} `ERR_RANGE`
 */
export function buildShape(spec: ChainSpec): ChainShape {
  checkWidths(spec.widths, "buildShape");
  const { widths, loss } = spec;
  const layers: LayerShape[] = [];
  for (let i = 1; i < widths.length; i++) {
    const [columns, rows] = [widths[i - 1]!, widths[i]!];
    layers.push({ kind: "dense", inputWidth: columns, outputWidth: rows, ...denseCost(rows, columns, true) });
    if (spec.activation !== undefined && i < widths.length - 1)
      layers.push(activationShape(spec.activation, rows));
  }
  const last = widths.at(-1)!;
  if (loss === "softmax" || loss === "logSoftmax") layers.push(softmaxShape(loss, last));
  else if (loss !== undefined) layers.push(lossShape(loss, last));
  return createShape(layers);
}

/**
 * A random point, uniform in ±1.
 *
 * @param n - its length
 * @param rngSeed - number that starts the generator
 * @returns shape [n]
 */
export function randomPoint(n: number, rngSeed: number): Vector {
  const point = vector(new Float64Array(n));
  fillUniform(point.data, 1, createRandom(deriveSeed(rngSeed, "point")));
  return point;
}

/**
 * Refuses widths from which no chain can be built.
 *
 * @param widths - d_0 … d_K
 * @param where - for the message
 * @throws {JacobenchError} `ERR_RANGE` naming the index and the value
 */
export function checkWidths(widths: readonly number[], where: string): void {
  if (widths.length < 2) {
    throw new JacobenchError(
      "ERR_RANGE",
      `${where}: ${widths.length} width${widths.length === 1 ? "" : "s"} given; expected at least two (n and m)`,
    );
  }
  for (const [i, width] of widths.entries()) {
    if (!Number.isInteger(width) || width < 1 || width > LARGEST_WIDTH) {
      throw new JacobenchError(
        "ERR_RANGE",
        `${where}: widths[${i}] is ${width}; expected an integer from 1 to ${LARGEST_WIDTH}`,
      );
    }
  }
}

function fillUniform(data: Float64Array, bound: number, random: Random): void {
  for (let i = 0; i < data.length; i++) data[i] = bound * (2 * random.uniform() - 1);
}
