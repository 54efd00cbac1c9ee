/** @file The numbers by which a chain is known in records: widths, n, m, depth, Σ, parameters, bytes of weights. */

import { FLOAT64_BYTES } from "../array.ts";
import type { ChainShape, LayerShape } from "./shape.ts";

/** What {@link describeShape} tells. */
export type ChainDescription = {
  /** d_0 … d_K, counting only layers that are not elementwise: activations and softmax keep the width and are left out. */
  readonly widths: readonly number[];
  readonly n: number;
  readonly m: number;
  /** K, widths.length − 1. */
  readonly depth: number;
  /** Σ d_i·d_{i−1} over dense layers, those inside of residual layers included: FMA of one JVP through them. */
  readonly sigma: number;
  /** Entries of all weights and biases. */
  readonly parameters: number;
  /** Bytes that the layers hold whatever the point. */
  readonly weightBytes: number;
};

/**
 * Describes a chain by its shape.
 *
 * @param shape - of the chain
 */
export function describeShape(shape: ChainShape): ChainDescription {
  const widths = [
    shape.n,
    ...shape.layers.filter((layer) => !isElementwise(layer)).map((layer) => layer.outputWidth),
  ];
  return {
    widths,
    n: shape.n,
    m: shape.m,
    depth: widths.length - 1,
    sigma: sigmaOf(shape.layers),
    parameters: shape.layers.reduce((sum, layer) => sum + layer.parameters, 0),
    weightBytes: shape.layers.reduce((sum, layer) => sum + layer.heldEntries, 0) * FLOAT64_BYTES,
  };
}

/**
 * Whether a chain is a linear map up to its biases, so that its Jacobian is the same at every point: dense layers with no
 * activation, softmax or loss behind them.
 *
 * @param layers - shapes of f_1 … f_K
 */
export function isLinear(layers: readonly LayerShape[]): boolean {
  return layers.every(
    ({ kind, structure }) =>
      LINEAR.has(kind) || (structure.kind === "identity-plus" && isLinear(structure.inner)),
  );
}

const LINEAR: ReadonlySet<LayerShape["kind"]> = new Set([
  "dense",
  "linear",
  "identity",
  "negativeLogLikelihood",
]);

/** Σ of the dense layers of a list, those inside of residual layers included. */
export function sigmaOf(layers: readonly LayerShape[]): number {
  return layers.reduce((sum, { structure }) => {
    if (structure.kind === "dense") return sum + structure.rows * structure.columns;
    return sum + (structure.kind === "identity-plus" ? sigmaOf(structure.inner) : 0);
  }, 0);
}

function isElementwise(layer: LayerShape): boolean {
  const { kind } = layer.structure;
  return kind === "diagonal" || kind === "identity" || kind === "diagonal-plus-rank-one";
}
