/** @file A chain f = f_K ∘ … ∘ f_1 of layers whose widths fit. */

import { type Vector, zeros } from "../array.ts";
import { JacobenchError } from "../errors.ts";
import type { Kernel } from "../kernels/types.ts";
import { createAllocator } from "../memory.ts";
import type { Layer } from "./layer.ts";
import type { ChainShape, LayerShape } from "./shape.ts";
import { prepareValueThrough } from "./through.ts";

/** A chain with its weights. f maps R^n to R^m. */
export type Chain = {
  readonly shape: ChainShape;
  readonly layers: readonly Layer[];
  /** d_0. */
  readonly n: number;
  /** d_K. */
  readonly m: number;
  /** d_0 … d_K, the width before the first and after each layer (activations included). */
  readonly widths: readonly number[];
};

/**
 * Joins layers to a chain.
 *
 * @param layers - f_1 … f_K, first applied first, at least one
 * @param where - name of the chain for messages, e.g. a file
 * @throws {JacobenchError} `ERR_SHAPE` if there is no layer, or the output of one does not fit the next
 */
export function createChain(layers: readonly Layer[], where = "chain"): Chain {
  checkFit(layers, where);
  const shape = createShape(layers);
  return { shape, layers, n: shape.n, m: shape.m, widths: shape.widths };
}

/**
 * Joins shapes of layers to the shape of a chain.
 *
 * @param layers - shapes of f_1 … f_K; a list that fits
 */
export function createShape(layers: readonly LayerShape[]): ChainShape {
  const widths = [layers[0]!.inputWidth, ...layers.map((layer) => layer.outputWidth)];
  return { layers, widths, n: widths[0]!, m: widths.at(-1)! };
}

/**
 * Refuses a list of layers that do not fit each other.
 *
 * @param layers - f_1 … f_K
 * @param where - name of the list for messages
 * @throws {JacobenchError} `ERR_SHAPE`
 */
export function checkFit(layers: readonly LayerShape[], where: string): void {
  if (layers.length === 0) {
    throw new JacobenchError("ERR_SHAPE", `${where}: has no layers; expected at least one`);
  }
  for (let i = 1; i < layers.length; i++) {
    const [before, layer] = [layers[i - 1]!, layers[i]!];
    if (before.outputWidth !== layer.inputWidth) {
      throw new JacobenchError(
        "ERR_SHAPE",
        `${where}: layer ${i + 1} (${layer.kind}) takes width ${layer.inputWidth}, but layer ${i} (${before.kind}) ` +
          `gives width ${before.outputWidth}; make the two equal`,
      );
    }
  }
}

/**
 * Evaluates y = f(x).
 *
 * @param chain - f
 * @param x - shape [n]
 * @param kernel - does the arithmetic
 * @returns a fresh vector of shape [m]
 */
export function evaluate(chain: Chain, x: Vector, kernel: Kernel): Vector {
  const y = zeros(chain.m);
  prepareValueThrough(chain.layers, { kernel, allocator: createAllocator() })(x, y);
  return y;
}
