/** @file Problem 3: the gradient of the softmax classifier's loss with respect to W and b (and to the logits, and of a batch). */

import { gradient } from "../ad/gradient.ts";
import { vjp } from "../ad/vjp.ts";
import { matrix, vector } from "../array.ts";
import { createChain } from "../chain/chain.ts";
import { dense } from "../chain/dense.ts";
import { softmaxCrossEntropy } from "../chain/loss.ts";
import type { Random } from "../random.ts";
import { arrayValue, meanRows, ndarrayValue, outer, type Plain, plus, scaled, times } from "./arithmetic.ts";
import { drawInstance, drawRows, drawVector } from "./draw.ts";
import { type Classifier, classifierSlips, logitSlips, plainCotangent } from "./logit-slips.ts";
import type { Problem, Slip, Values } from "./types.ts";

/** What problem 3 gives. */
export type Problem3Instance = {
  /** Point, [4]. */
  readonly x: number[];
  /** y, from 0. */
  readonly label: number;
  /** Weights, [3, 4]. */
  readonly W: number[][];
  /** Bias, [3]. */
  readonly b: number[];
  /** A batch of points, [5, 4], for the mean loss. */
  readonly X: number[][];
  /** Their labels, [5]. */
  readonly labels: number[];
  /** Logits of about ±1000, [3]. */
  readonly largeZ: number[];
  readonly largeLabel: number;
};

const [CLASSES, INPUTS, BATCH] = [3, 4, 5];

/** The problem with its checks. */
export const problem3: Problem<Problem3Instance> = {
  id: "problem3",
  title: "Problem 3: gradient with respect to the parameters of a linear layer",
  statement:
    "L = −log p_y, p = softmax(z), z = W·x + b. x is [4], W is [3, 4], b is [3], the label y counts from 0. " +
    "A gradient has the shape of its variable.",
  parts: [
    { name: "W", symbol: "∇_W L", asks: "gradient with respect to W, [3, 4]", aliases: ["weights", "gradW"] },
    { name: "b", symbol: "∇_b L", asks: "gradient with respect to b, [3]", aliases: ["bias", "gradb"] },
    { name: "z", symbol: "∇_z L", asks: "gradient with respect to the logits z, [3]", aliases: ["logits"] },
    {
      name: "batchW",
      symbol: "∇_W of the batch's mean loss",
      asks: "gradient with respect to W of the mean loss over the rows of X with their labels, [3, 4]",
    },
    {
      name: "batchb",
      symbol: "∇_b of the batch's mean loss",
      asks: "gradient with respect to b of the same mean, [3]",
    },
    {
      name: "largeZ",
      symbol: "∇_z L at the large logits",
      asks: "gradient with respect to the logits at z = largeZ with label largeLabel, [3]",
    },
  ],
  exact: false,
  nonFiniteHint:
    "Has softmax overflowed? exp(z) is infinite from z = 710 on. Subtract the largest logit before exp: p stays the same.",
  instance: (options) => drawInstance({ id: "problem3", exact: false, draw, truth, slips }, options),
  truth,
  slips,
};

function draw(random: Random): Problem3Instance {
  const top = random.integer(100_000, 100_500);
  const large = random.shuffle([top, top - random.integer(30, 150), -top]).map((value) => value / 100);
  const second = [...large].sort((a, b) => b - a)[1]!;
  return {
    x: drawVector(random, INPUTS, 2),
    label: random.integer(0, CLASSES - 1),
    W: drawRows(random, CLASSES, INPUTS, 1),
    b: drawVector(random, CLASSES, 1),
    X: drawRows(random, BATCH, INPUTS, 2),
    labels: Array.from({ length: BATCH }, () => random.integer(0, CLASSES - 1)),
    largeZ: large,
    largeLabel: large.indexOf(second),
  };
}

function truth({ x, label, W, b, X, labels, largeZ, largeLabel }: Problem3Instance): Values {
  const layer = dense(matrix(W), vector(b), "problem3: layer 1 (dense)");
  const loss = softmaxCrossEntropy(CLASSES, label);
  const chain = createChain([layer, loss], "problem3");
  const single = gradient(chain, vector(x), { withRespectTo: "parameters" }).parameters![0]!;
  const [z] = vjp(createChain([layer]), vector(x));
  const batch = gradient(chain, matrix(X), { withRespectTo: "parameters", labels, reduction: "mean" });
  const mean = batch.parameters![0]!;
  const large = createChain([softmaxCrossEntropy(CLASSES, largeLabel)]);
  return {
    W: ndarrayValue(single.weights),
    b: ndarrayValue(single.bias),
    z: ndarrayValue(gradient(createChain([loss]), z).input!),
    batchW: ndarrayValue(mean.weights),
    batchb: ndarrayValue(mean.bias),
    largeZ: ndarrayValue(gradient(large, vector(largeZ)).input!),
  };
}

function slips(instance: Problem3Instance): Slip[] {
  return [...pointSlips(instance), ...batchSlips(instance), ...largeSlips(instance)];
}

function pointSlips({ W, b, x, label }: Problem3Instance): Slip[] {
  return classifierSlips({ W, b, x, label }).map(({ id, hint, cotangent }) => ({
    id,
    hint,
    values: { W: arrayValue(outer(cotangent, x)), b: arrayValue(cotangent), z: arrayValue(cotangent) },
  }));
}

function batchSlips({ W, b, X, labels }: Problem3Instance): Slip[] {
  const rows: Classifier[] = X.map((x, i) => ({ W, b, x, label: labels[i]! }));
  const right = rows.map(({ x, label }) => plainCotangent(plus(times(W, x), b), label));
  const mean = (list: readonly Plain[]): number[] => meanRows(list.map((row) => [row]))[0]!;
  const of = (cotangents: readonly Plain[], weight = 1): Values => ({
    batchW: arrayValue(meanRows(cotangents.map((u, i) => outer(u, X[i]!))).map((row) => scaled(weight, row))),
    batchb: arrayValue(scaled(weight, mean(cotangents))),
  });
  const wrongRows = rows.map(classifierSlips);
  return [
    {
      id: "sum-for-mean",
      hint: `This is the sum over the batch. The loss is the mean of ${BATCH} rows: divide by ${BATCH}.`,
      values: of(right, BATCH),
    },
    {
      id: "mean-twice",
      hint: `This is divided by the batch size twice (${BATCH}² in all). Divide once, by ${BATCH}.`,
      values: of(right, 1 / BATCH),
    },
    {
      id: "mean-over-entries",
      hint: `This is divided by the number of logits of the batch, ${BATCH}·${CLASSES}. Divide by the ${BATCH} rows only.`,
      values: of(right, 1 / CLASSES),
    },
    {
      id: "product-of-means",
      hint: "This is the mean cotangent times the mean input. Take the outer product row by row, and the mean of these.",
      values: { batchW: arrayValue(outer(mean(right), mean(X))) },
    },
    ...right.map((cotangent, i) => ({
      id: "one-row",
      hint: `This is the gradient of one row of the batch alone (row ${i}). Take the mean over all ${BATCH} rows.`,
      values: { batchW: arrayValue(outer(cotangent, X[i]!)), batchb: arrayValue(cotangent) },
    })),
    ...wrongRows[0]!.map(({ id, hint }, s) => ({
      id,
      hint,
      values: of(wrongRows.map((list) => list[s]!.cotangent)),
    })),
  ];
}

function largeSlips({ largeZ, largeLabel }: Problem3Instance): Slip[] {
  const clipped = largeZ.map((value) => Math.min(Math.max(value, -500), 500));
  const wanted = ["label-missing", "softmax-missing", "label-shifted"];
  return [
    ...logitSlips(largeZ, largeLabel)
      .filter(({ id }) => wanted.includes(id))
      .map(({ id, hint, cotangent }) => ({ id, hint, values: { largeZ: arrayValue(cotangent) } })),
    {
      id: "clipped",
      hint: "Clipping the logits changes p: the two large ones become equal. Subtract the largest logit instead.",
      values: { largeZ: arrayValue(plainCotangent(clipped, largeLabel)) },
    },
  ];
}
