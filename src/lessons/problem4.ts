/** @file Problem 4: the gradient of the classifier's loss with respect to its input, and on through an earlier layer. */

import { gradient } from "../ad/gradient.ts";
import { vjp } from "../ad/vjp.ts";
import { matrix, vector } from "../array.ts";
import { activation } from "../chain/activation.ts";
import { createChain } from "../chain/chain.ts";
import { dense } from "../chain/dense.ts";
import { softmaxCrossEntropy } from "../chain/loss.ts";
import type { Random } from "../random.ts";
import {
  arrayValue,
  hadamard,
  ndarrayValue,
  outer,
  type Plain,
  plus,
  times,
  transpose,
} from "./arithmetic.ts";
import { drawInstance, drawRows, drawVector } from "./draw.ts";
import { classifierSlips, plainCotangent } from "./logit-slips.ts";
import type { Problem, Slip, Values } from "./types.ts";

/** What problem 4 gives: a classifier whose input x comes from an earlier layer, x = tanh(V·u + c). */
export type Problem4Instance = {
  /** Input of the last layer, [4]; it equals tanh(V·u + c). */
  readonly x: number[];
  /** y, from 0. */
  readonly label: number;
  /** Weights of the last layer, [3, 4]. */
  readonly W: number[][];
  /** Its bias, [3]. */
  readonly b: number[];
  /** Input of the earlier layer, [2]. */
  readonly u: number[];
  /** Weights of the earlier layer, [4, 2]. */
  readonly V: number[][];
  /** Its bias, [4]. */
  readonly c: number[];
};

const [CLASSES, HIDDEN, INPUTS] = [3, 4, 2];

/** The problem with its checks. */
export const problem4: Problem<Problem4Instance> = {
  id: "problem4",
  title: "Problem 4: gradient with respect to the input, passed on backwards",
  statement:
    "L = −log p_y, p = softmax(W·x + b); x is [4], W is [3, 4], b is [3], the label y counts from 0. " +
    "The earlier layer is x = tanh(V·u + c); u is [2], V is [4, 2], c is [4].",
  parts: [
    { name: "x", symbol: "∇_x L", asks: "gradient with respect to x, [4]: the problem itself" },
    { name: "c", symbol: "∇_c L", asks: "gradient with respect to the earlier layer's bias, [4]" },
    { name: "V", symbol: "∇_V L", asks: "gradient with respect to the earlier layer's weights, [4, 2]" },
    { name: "u", symbol: "∇_u L", asks: "gradient with respect to the earlier layer's input, [2]" },
  ],
  exact: false,
  nonFiniteHint:
    "All numbers of this instance are small: look for an index out of range (is a transpose missing?) or a division by zero.",
  instance: (options) => drawInstance({ id: "problem4", exact: false, draw, truth, slips }, options),
  truth,
  slips,
};

function draw(random: Random): Problem4Instance {
  const [u, V, c] = [
    drawVector(random, INPUTS, 1.5),
    drawRows(random, HIDDEN, INPUTS, 1),
    drawVector(random, HIDDEN, 0.5),
  ];
  return {
    x: plus(times(V, u), c).map(Math.tanh),
    label: random.integer(0, CLASSES - 1),
    W: drawRows(random, CLASSES, HIDDEN, 2),
    b: drawVector(random, CLASSES, 1),
    u,
    V,
    c,
  };
}

function truth({ W, b, x, label, u, V, c }: Problem4Instance): Values {
  const last = [dense(matrix(W), vector(b)), softmaxCrossEntropy(CLASSES, label)];
  const whole = createChain([dense(matrix(V), vector(c)), activation("tanh", HIDDEN), ...last], "problem4");
  const earlier = gradient(whole, vector(u), { withRespectTo: "parameters" }).parameters![0]!;
  return {
    x: ndarrayValue(gradient(createChain(last, "problem4"), vector(x)).input!),
    c: ndarrayValue(earlier.bias),
    V: ndarrayValue(earlier.weights),
    u: ndarrayValue(vjp(whole, vector(u))[1](vector([1]))),
  };
}

function slips(instance: Problem4Instance): Slip[] {
  const { W, b, x, label, u, V, c } = instance;
  const right = plainCotangent(plus(times(W, x), b), label);
  const slope = x.map((value) => 1 - value * value);
  /** All parts from a cotangent of x and what it is multiplied by on the way through tanh. */
  const earlier = (cotangent: Plain, factor: Plain): Values => {
    const before = hadamard(factor, cotangent);
    return {
      c: arrayValue(before),
      V: arrayValue(outer(before, u)),
      u: arrayValue(times(transpose(V), before)),
    };
  };
  const ofInput = times(transpose(W), right);
  const before = plus(times(V, u), c);
  return [
    ...classifierSlips(instance).map(({ id, hint, cotangent }) => {
      const wrong = times(transpose(W), cotangent);
      return { id, hint, values: { x: arrayValue(wrong), ...earlier(wrong, slope) } };
    }),
    {
      id: "weights-gradient",
      hint: "This is ∇_W L = (p − e_y)·xᵀ, of problem 3. The gradient with respect to x is Wᵀ·(p − e_y), [4].",
      values: { x: arrayValue(outer(right, x)) },
    },
    {
      id: "logits-gradient",
      hint: "This is ∇_z L = p − e_y, [3]. Pull it back through the layer: ∇_x L = Wᵀ·(p − e_y), [4].",
      values: { x: arrayValue(right) },
    },
    {
      id: "activation-derivative-missing",
      hint: "The derivative of tanh is missing: multiply ∇_x L entry by entry by 1 − x² before you go on.",
      values: earlier(
        ofInput,
        slope.map(() => 1),
      ),
    },
    {
      id: "activation-for-derivative",
      hint: "This multiplies by tanh(V·u + c) itself. Multiply by its derivative, 1 − tanh² = 1 − x².",
      values: earlier(ofInput, x),
    },
    {
      id: "activation-derivative-misplaced",
      hint: "The derivative of tanh is taken at the wrong place: at V·u + c it is 1 − tanh²(V·u + c) = 1 − x².",
      values: earlier(
        ofInput,
        x.map((value) => 1 - Math.tanh(value) ** 2),
      ),
    },
    {
      id: "activation-derivative-misplaced",
      hint: "1 − (V·u + c)² is not the derivative of tanh. It is 1 − tanh²(V·u + c) = 1 − x².",
      values: earlier(
        ofInput,
        before.map((value) => 1 - value * value),
      ),
    },
    {
      id: "activation-of-another-kind",
      hint: "x·(1 − x) is the derivative of the logistic function. That of tanh is 1 − x².",
      values: earlier(
        ofInput,
        x.map((value) => value * (1 - value)),
      ),
    },
    {
      id: "input-of-another-layer",
      hint: "This outer product takes x. ∇_V L takes the input of its own layer, u: [4, 2].",
      values: { V: arrayValue(outer(hadamard(slope, ofInput), x)) },
    },
  ];
}
