/** @file Layers at points over the whole range of float64, with what their values and Jacobians are in truth. */

import { matrix, type Vector, vector } from "../../src/array.ts";
import { type ActivationKind, activation } from "../../src/chain/activation.ts";
import { dense } from "../../src/chain/dense.ts";
import type { Layer } from "../../src/chain/layer.ts";
import { linear } from "../../src/chain/linear.ts";
import { negativeLogLikelihood, softmaxCrossEntropy } from "../../src/chain/loss.ts";
import { residual } from "../../src/chain/residual.ts";
import type { LayerKind } from "../../src/chain/shape.ts";
import { logSoftmax, softmax } from "../../src/chain/softmax.ts";
import type { Random } from "../../src/random.ts";
import { type BigNumber, exactly, exp, log1p, sumOf, tanh, whole } from "./arbitrary-precision.ts";

/** A value in truth, and what its error is relative to: itself, unless it is a sum of terms that may cancel. */
export type Truth = { readonly value: BigNumber; readonly size: BigNumber };

/** A layer at a point, with the truth. */
export type DigitsCase = {
  readonly name: string;
  readonly layer: Layer;
  readonly x: Vector;
  readonly y: readonly Truth[];
  /** Rows. */
  readonly jacobian: readonly (readonly Truth[])[];
  /** Errors allowed: relative to the size, and as a number of the smallest float64 beside that. */
  readonly relative: number;
  readonly smallest: number;
};

/** As good as a few roundings and a function of the engine allow, which is right to about one unit in the last place. */
const WITH_EXPONENTIALS = 1e-14;
const SUMS_ALONE = 1e-15;

const [ZERO, ONE] = [whole(0), whole(1)];

const itself = (value: BigNumber): Truth => ({ value, size: value.abs() });
const sum = (terms: readonly BigNumber[]): Truth => ({
  value: sumOf(terms),
  size: sumOf(terms.map((term) => term.abs())),
});
const delta = (i: number, j: number): BigNumber => (i === j ? ONE : ZERO);
const square = (width: number, entry: (i: number, j: number) => Truth): Truth[][] =>
  Array.from({ length: width }, (_, i) => Array.from({ length: width }, (_, j) => entry(i, j)));

/** The places that lose digits: zeros of both signs, subnormal numbers, the ends of the range. */
const EDGES = [0, -0, 5e-324, -5e-324, 2 ** -1022, -(2 ** -1022), Number.MAX_VALUE, -Number.MAX_VALUE];

/** A number of any size: over all exponents, where exponentials saturate, of ordinary size, or an edge. */
function anyNumber(random: Random): number {
  const sign = random.uniform() < 0.5 ? -1 : 1;
  const choice = random.uniform();
  if (choice < 0.1) return EDGES[random.integer(0, EDGES.length - 1)]!;
  if (choice < 0.3) return sign * (1 + random.uniform()) * 2 ** random.integer(-1074, 1022);
  if (choice < 0.65) return sign * 800 * random.uniform();
  return sign * 10 ** (4 * random.uniform() - 2);
}

/** Logits below the largest by any gap, equal to it, or of any size. */
function anyLogits(width: number, random: Random): number[] {
  if (random.uniform() < 0.2) return Array.from({ length: width }, () => anyNumber(random));
  const largest = random.uniform() < 0.2 ? 1e6 * random.uniform() : anyNumber(random) % 1000;
  const spread = random.uniform() < 0.5 ? 800 : 10 ** (3 * random.uniform());
  const logits = Array.from({ length: width }, () => {
    const choice = random.uniform();
    if (choice < 0.1) return largest;
    // Around 744 the exponential is the smallest float64.
    return largest - (choice < 0.3 ? 700 + 50 * random.uniform() : spread * random.uniform());
  });
  logits[random.integer(0, width - 1)] = largest;
  return logits;
}

/** p_j = e^{z_j}/Σ e^z, as the book has it. */
export function probabilities(z: readonly BigNumber[]): BigNumber[] {
  const largest = z.reduce((a, b) => (b.greaterThan(a) ? b : a));
  const powers = z.map((value) => exp(value.minus(largest)));
  const total = sumOf(powers);
  return powers.map((power) => power.div(total));
}

/** Terms z_i − max and −log Σ e^{z − max} of a log-probability: both at most 0. */
function logProbability(z: readonly BigNumber[], i: number): BigNumber {
  const largest = z.reduce((a, b) => (b.greaterThan(a) ? b : a));
  const total = sumOf(z.map((value) => exp(value.minus(largest))));
  return z[i]!.minus(largest).minus(log1p(total.minus(1)));
}

/** Values and derivatives of the activations. */
const SCALARS: Readonly<Record<ActivationKind, (z: BigNumber) => readonly [BigNumber, BigNumber]>> = {
  identity: (z) => [z, ONE],
  relu: (z) => (z.greaterThan(0) ? [z, ONE] : [ZERO, ZERO]),
  tanh: (z) => {
    const value = tanh(z);
    return [value, ONE.minus(value.times(value))];
  },
  sigmoid: (z) => {
    const value = logistic(z);
    return [value, value.times(ONE.minus(value))];
  },
  softplus: (z) => [(z.greaterThan(0) ? z : ZERO).plus(log1p(exp(z.abs().negated()))), logistic(z)],
};

function logistic(z: BigNumber): BigNumber {
  const e = exp(z.abs().negated());
  return (z.isNegative() ? e : ONE).div(e.plus(1));
}

function activationCase(kind: ActivationKind, random: Random): DigitsCase {
  const x = Array.from({ length: 4 }, () => anyNumber(random));
  const truths = x.map((z) => SCALARS[kind](exactly(z)).map(itself));
  return {
    name: kind,
    layer: activation(kind, x.length),
    x: vector(x),
    y: truths.map(([value]) => value!),
    jacobian: square(x.length, (i, j) => (i === j ? truths[i]![1]! : itself(ZERO))),
    relative: kind === "identity" || kind === "relu" ? 0 : WITH_EXPONENTIALS,
    smallest: kind === "identity" || kind === "relu" ? 0 : 1,
  };
}

/** softmax, log-softmax and the losses: all of the one p. */
function classesCase(kind: "softmax" | "logSoftmax" | "softmaxCrossEntropy", random: Random): DigitsCase {
  const width = random.integer(1, 6);
  const x = anyLogits(width, random);
  const label = random.integer(0, width - 1);
  const z = x.map(exactly);
  const p = probabilities(z);
  const scalar = kind === "softmaxCrossEntropy";
  return {
    name: kind,
    layer: scalar ? softmaxCrossEntropy(width, label) : { softmax, logSoftmax }[kind](width),
    x: vector(x),
    y: scalar
      ? [itself(logProbability(z, label).negated())]
      : p.map((value, i) => itself(kind === "softmax" ? value : logProbability(z, i))),
    jacobian: scalar
      ? [p.map((value, j) => itself(value.minus(delta(label, j))))]
      : square(width, (i, j) =>
          itself(kind === "softmax" ? p[i]!.times(delta(i, j).minus(p[j]!)) : delta(i, j).minus(p[j]!)),
        ),
    relative: WITH_EXPONENTIALS,
    smallest: 1,
  };
}

/** Entries whose products and sums stay within float64, of widely different size. */
function affineCase(kind: "dense" | "linear", random: Random): DigitsCase {
  const [rows, columns] = [random.integer(1, 4), random.integer(1, 5)];
  const around = random.integer(-600, 400);
  const entry = (): number => (2 * random.uniform() - 1) * 2 ** (around + random.integer(-60, 60));
  const point = (): number => (2 * random.uniform() - 1) * 2 ** random.integer(-500, 500);
  const W = Array.from({ length: rows }, () => Array.from({ length: columns }, entry));
  const b = Array.from({ length: rows }, () => (random.uniform() < 0.3 ? 0 : entry()));
  const x = Array.from({ length: columns }, point);
  return {
    name: kind,
    layer: kind === "dense" ? dense(matrix(W), vector(b)) : linear(matrix(W)),
    x: vector(x),
    y: W.map((row, i) =>
      sum([
        ...row.map((w, j) => exactly(w).times(exactly(x[j]!))),
        ...(kind === "dense" ? [exactly(b[i]!)] : []),
      ]),
    ),
    jacobian: W.map((row) => row.map((w) => itself(exactly(w)))),
    relative: SUMS_ALONE,
    // Each product below the normal range is rounded by itself.
    smallest: columns,
  };
}

function negativeLogLikelihoodCase(random: Random): DigitsCase {
  const width = random.integer(1, 5);
  const label = random.integer(0, width - 1);
  const x = Array.from({ length: width }, () => anyNumber(random));
  return {
    name: "negativeLogLikelihood",
    layer: negativeLogLikelihood(width, label),
    x: vector(x),
    y: [itself(exactly(x[label]!).negated())],
    jacobian: [x.map((_, j) => itself(delta(label, j).negated()))],
    relative: 0,
    smallest: 0,
  };
}

/** y = g(x) + x, relative to |g(x)| + |x|, and likewise its Jacobian. */
function residualCase(random: Random): DigitsCase {
  const inner =
    random.uniform() < 0.5
      ? activationCase((["tanh", "sigmoid", "softplus"] as const)[random.integer(0, 2)]!, random)
      : classesCase(random.uniform() < 0.5 ? "softmax" : "logSoftmax", random);
  const x = Array.from({ length: inner.y.length }, (_, i) => exactly(inner.x.get(i)!));
  return {
    ...inner,
    name: `residual of ${inner.name}`,
    layer: residual([inner.layer]),
    y: inner.y.map(({ value }, i) => sum([value, x[i]!])),
    jacobian: square(x.length, (i, j) => sum([inner.jacobian[i]![j]!.value, delta(i, j)])),
  };
}

/** How a case of each kind of layer is drawn. */
const DRAWERS = {
  relu: (random: Random) => activationCase("relu", random),
  tanh: (random: Random) => activationCase("tanh", random),
  sigmoid: (random: Random) => activationCase("sigmoid", random),
  softplus: (random: Random) => activationCase("softplus", random),
  identity: (random: Random) => activationCase("identity", random),
  softmax: (random: Random) => classesCase("softmax", random),
  logSoftmax: (random: Random) => classesCase("logSoftmax", random),
  softmaxCrossEntropy: (random: Random) => classesCase("softmaxCrossEntropy", random),
  negativeLogLikelihood: negativeLogLikelihoodCase,
  dense: (random: Random) => affineCase("dense", random),
  linear: (random: Random) => affineCase("linear", random),
  residual: residualCase,
} satisfies Readonly<Record<LayerKind, (random: Random) => DigitsCase>>;

/** All kinds of layers. */
export const LAYER_KINDS = Object.keys(DRAWERS) as readonly LayerKind[];

/**
 * Draws a layer of a kind and a point, with the truth.
 *
 * @param kind - of the layer
 * @param random - draws
 */
export function drawDigitsCase(kind: LayerKind, random: Random): DigitsCase {
  return DRAWERS[kind](random);
}
