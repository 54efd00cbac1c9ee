/** @file Random chains of all layer kinds for property tests, drawn by fast-check so that failures shrink. */

import fc from "fast-check";
import { matrix, type Vector, vector, zeros } from "../../src/array.ts";
import { type ActivationKind, activation } from "../../src/chain/activation.ts";
import { type Chain, createChain } from "../../src/chain/chain.ts";
import { dense } from "../../src/chain/dense.ts";
import type { Layer } from "../../src/chain/layer.ts";
import { linear } from "../../src/chain/linear.ts";
import { negativeLogLikelihood, softmaxCrossEntropy } from "../../src/chain/loss.ts";
import { residual } from "../../src/chain/residual.ts";
import { logSoftmax, softmax } from "../../src/chain/softmax.ts";
import { createRandom, type Random } from "../../src/random.ts";

/** A chain and a point at which to linearise it. */
export type ChainAtPoint = { readonly chain: Chain; readonly x: Vector };

const ELEMENTWISE = ["relu", "tanh", "sigmoid", "softplus", "identity", "softmax", "logSoftmax"] as const;

function uniformMatrix(rows: number, columns: number, random: Random) {
  const result = zeros(rows, columns);
  const bound = Math.sqrt(6 / (rows + columns));
  for (let i = 0; i < result.data.length; i++) result.data[i] = bound * (2 * random.uniform() - 1);
  return result;
}

/** A vector of n numbers, uniform in ±1. */
export function uniformVector(n: number, random: Random): Vector {
  return vector(Array.from({ length: n }, () => 2 * random.uniform() - 1));
}

function elementwise(kind: (typeof ELEMENTWISE)[number], width: number): Layer {
  if (kind === "softmax") return softmax(width);
  if (kind === "logSoftmax") return logSoftmax(width);
  return activation(kind as ActivationKind, width);
}

/** Draws one layer that starts at the given width; residual layers nest at most once. */
function drawLayer(width: number, random: Random, largest: number, nested: boolean): Layer {
  const choice = random.uniform();
  if (choice < 0.35) {
    const rows = random.integer(1, largest);
    return dense(uniformMatrix(rows, width, random), uniformVector(rows, random));
  }
  if (choice < 0.5) return linear(uniformMatrix(random.integer(1, largest), width, random));
  if (choice < 0.68 && !nested) {
    const inner: Layer[] = [];
    const depth = random.integer(0, 2);
    for (let i = 0; i < depth; i++)
      inner.push(drawLayer(inner.at(-1)?.outputWidth ?? width, random, largest, true));
    const last = inner.at(-1)?.outputWidth ?? width;
    inner.push(dense(uniformMatrix(width, last, random), uniformVector(width, random)));
    return residual(inner);
  }
  return elementwise(ELEMENTWISE[random.integer(0, ELEMENTWISE.length - 1)]!, width);
}

/**
 * Draws a chain of 1 to `deepest` layers and widths 1 to `largest`, and a point.
 *
 * @param options - limits; `loss` allows a scalar loss at the end
 */
export function chainArbitrary(
  options: { deepest?: number; largest?: number } = {},
): fc.Arbitrary<ChainAtPoint> {
  const { deepest = 8, largest = 40 } = options;
  return fc
    .record({
      rngSeed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
      n: fc.integer({ min: 1, max: largest }),
      depth: fc.integer({ min: 1, max: deepest }),
      widest: fc.integer({ min: 1, max: largest }),
    })
    .map(({ rngSeed, n, depth, widest }) => drawChain(rngSeed, n, depth, widest));
}

/** The chain that the numbers stand for. */
export function drawChain(rngSeed: number, n: number, depth: number, widest: number): ChainAtPoint {
  const random = createRandom(rngSeed);
  const layers: Layer[] = [];
  for (let i = 0; i < depth; i++)
    layers.push(drawLayer(layers.at(-1)?.outputWidth ?? n, random, widest, false));
  const last = layers.at(-1)!.outputWidth;
  const ending = random.uniform();
  if (ending < 0.1) layers.push(softmaxCrossEntropy(last, random.integer(0, last - 1)));
  else if (ending < 0.2)
    layers.push(logSoftmax(last), negativeLogLikelihood(last, random.integer(0, last - 1)));
  return { chain: createChain(layers), x: uniformVector(n, random) };
}

/** One layer of every kind, with a width that is not square where there is a choice. */
export function everyLayer(random: Random): readonly { readonly name: string; readonly layer: Layer }[] {
  return [
    { name: "dense", layer: dense(uniformMatrix(5, 3, random), uniformVector(5, random)) },
    {
      name: "linear",
      layer: linear(
        matrix([
          [1, -2, 0.5],
          [0, 3, 0.25],
        ]),
      ),
    },
    ...ELEMENTWISE.map((kind) => ({ name: kind, layer: elementwise(kind, 6) })),
    { name: "negativeLogLikelihood", layer: negativeLogLikelihood(4, 2) },
    { name: "softmaxCrossEntropy", layer: softmaxCrossEntropy(4, 1) },
    {
      name: "residual",
      layer: residual([
        dense(uniformMatrix(7, 4, random), uniformVector(7, random)),
        activation("tanh", 7),
        softmax(7),
        dense(uniformMatrix(4, 7, random), uniformVector(4, random)),
      ]),
    },
    { name: "residual of softmax", layer: residual([softmax(5), logSoftmax(5)]) },
    {
      name: "residual of residual",
      layer: residual([residual([activation("sigmoid", 3)]), activation("softplus", 3)]),
    },
  ];
}
