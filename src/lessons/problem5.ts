/** @file Problem 5: the gradient through a skip connection, y = W2·σ(W1·x) + x with σ = ReLU. */

import { parameterVjp } from "../ad/parameters.ts";
import { vjp } from "../ad/vjp.ts";
import { matrix, vector, zeros } from "../array.ts";
import { activation } from "../chain/activation.ts";
import { createChain } from "../chain/chain.ts";
import { dense } from "../chain/dense.ts";
import { residual } from "../chain/residual.ts";
import type { Random } from "../random.ts";
import {
  arrayValue,
  hadamard,
  ndarrayValue,
  outer,
  type Plain,
  plus,
  positive,
  times,
  transpose,
} from "./arithmetic.ts";
import { drawInstance, drawRows, drawVector } from "./draw.ts";
import type { Problem, Slip, Values } from "./types.ts";

/** What problem 5 gives. */
export type Problem5Instance = {
  /** Input, [4]. */
  readonly x: number[];
  /** Weights before ReLU, [6, 4]. */
  readonly W1: number[][];
  /** Weights after ReLU, [4, 6]. */
  readonly W2: number[][];
  /** δ_y, the gradient of the loss with respect to y, [4]. */
  readonly deltaY: number[];
};

const [WIDTH, HIDDEN] = [4, 6];

/** The problem with its checks. */
export const problem5: Problem<Problem5Instance> = {
  id: "problem5",
  title: "Problem 5: gradient through a skip connection",
  statement:
    "y = W2·σ(W1·x) + x, σ = ReLU; x and y are [4], W1 is [6, 4], W2 is [4, 6]. deltaY is the gradient of the loss " +
    "with respect to y, [4].",
  parts: [
    {
      name: "x",
      symbol: "δ_x",
      asks: "gradient of the loss with respect to x, [4]: the problem itself",
      aliases: ["deltaX"],
    },
    { name: "W1", symbol: "∇_W1 L", asks: "gradient of the loss with respect to W1, [6, 4]" },
    { name: "W2", symbol: "∇_W2 L", asks: "gradient of the loss with respect to W2, [4, 6]" },
  ],
  exact: false,
  nonFiniteHint:
    "All numbers of this instance are small: look for an index out of range (is a transpose missing?) or a division by zero.",
  instance: (options) =>
    drawInstance({ id: "problem5", exact: false, draw, truth, slips, isUsable }, options),
  truth,
  slips,
};

function draw(random: Random): Problem5Instance {
  return {
    x: drawVector(random, WIDTH, 1.5),
    W1: drawRows(random, HIDDEN, WIDTH, 1),
    W2: drawRows(random, WIDTH, HIDDEN, 1),
    deltaY: drawVector(random, WIDTH, 1),
  };
}

/** Far from the kink, some units on and some off. */
function isUsable({ x, W1 }: Problem5Instance): boolean {
  const before = times(W1, x);
  const on = positive(before).filter((value) => value === 1).length;
  return on >= 2 && on <= HIDDEN - 2 && before.every((value) => Math.abs(value) > 0.05);
}

function truth({ x, W1, W2, deltaY }: Problem5Instance): Values {
  const layers = [
    dense(matrix(W1), zeros(HIDDEN)),
    activation("relu", HIDDEN),
    dense(matrix(W2), zeros(WIDTH)),
  ];
  const chain = createChain([residual(layers, "problem5")], "problem5");
  const [first, second] = parameterVjp(chain, vector(x))[1](vector(deltaY));
  return {
    x: ndarrayValue(vjp(chain, vector(x))[1](vector(deltaY))),
    W1: ndarrayValue(first!.weights),
    W2: ndarrayValue(second!.weights),
  };
}

function slips({ x, W1, W2, deltaY }: Problem5Instance): Slip[] {
  const [W1T, W2T] = [transpose(W1), transpose(W2)];
  const before = times(W1, x);
  const hidden = before.map((value) => Math.max(value, 0));
  const y = plus(times(W2, hidden), x);
  const mask = positive(before);
  const pulled = times(W2T, deltaY);
  const through = (cotangent: Plain): number[] => times(W1T, cotangent);
  const masked = hadamard(mask, pulled);
  /** What a wrong cotangent before ReLU gives for x (the skip in place) and for W1. */
  const from = (cotangent: Plain): Values => ({
    x: arrayValue(plus(through(cotangent), deltaY)),
    W1: arrayValue(outer(cotangent, x)),
  });
  const wrongLayer =
    "The mask belongs to another layer. It is 1[W1·x > 0], [6], and stands between W2ᵀ and W1ᵀ.";
  return [
    {
      id: "skip-forgotten",
      hint: "The skip is forgotten: y = … + x hands δ_y on to x unchanged. Add δ_y.",
      values: { x: arrayValue(through(masked)) },
    },
    {
      id: "mask-forgotten",
      hint: "ReLU's mask is forgotten: multiply W2ᵀ·δ_y entry by entry by 1[W1·x > 0] before W1ᵀ.",
      values: from(pulled),
    },
    {
      id: "skip-and-mask-forgotten",
      hint: "Both the skip and ReLU's mask are forgotten: put 1[W1·x > 0] ⊙ before W1ᵀ is applied, and add δ_y at the end.",
      values: { x: arrayValue(through(pulled)) },
    },
    {
      id: "skip-alone",
      hint: "This is δ_y, what comes through the skip. Add what comes through W2, ReLU and W1.",
      values: { x: arrayValue(deltaY) },
    },
    {
      id: "skip-adds-x",
      hint: "This adds x. The skip's derivative is the identity: it hands on the cotangent. Add δ_y.",
      values: { x: arrayValue(plus(through(masked), x)) },
    },
    {
      id: "skip-adds-one",
      hint: "This adds 1 to each entry. The skip's Jacobian is the identity matrix, so it adds I·δ_y = δ_y.",
      values: { x: arrayValue(through(masked).map((value) => value + 1)) },
    },
    {
      id: "mask-of-cotangent",
      hint: "This is ReLU applied to the cotangent. The mask comes from the forward pass: 1[W1·x > 0].",
      values: from(hadamard(positive(pulled), pulled)),
    },
    {
      id: "mask-of-wrong-layer",
      hint: wrongLayer,
      values: { x: arrayValue(plus(hadamard(positive(x), through(pulled)), deltaY)) },
    },
    {
      id: "mask-of-wrong-layer",
      hint: wrongLayer,
      values: from(times(W2T, hadamard(positive(y), deltaY))),
    },
    {
      id: "mask-inverted",
      hint: "The mask is inverted: the derivative of ReLU is 1 where W1·x > 0 and 0 elsewhere.",
      values: from(
        hadamard(
          mask.map((value) => 1 - value),
          pulled,
        ),
      ),
    },
    {
      id: "activation-for-derivative",
      hint: "This multiplies by σ(W1·x) itself. Multiply by its derivative, the mask 1[W1·x > 0].",
      values: from(hadamard(hidden, pulled)),
    },
    {
      id: "transposes-forgotten",
      hint: "This pushes δ_y forward: it is J·δ_y. A cotangent goes back by the transposes: W2ᵀ first, W1ᵀ last.",
      values: { x: arrayValue(plus(times(W2, hadamard(mask, times(W1, deltaY))), deltaY)) },
    },
    {
      id: "transposes-and-skip-forgotten",
      hint: "This pushes δ_y forward, and without the skip. Go back by the transposes, W2ᵀ first, W1ᵀ last, and add δ_y.",
      values: { x: arrayValue(times(W2, hadamard(mask, times(W1, deltaY)))) },
    },
    {
      id: "value-for-gradient",
      hint: "This is y, the value of the block. Asked for is what comes back: δ_x, from δ_y.",
      values: { x: arrayValue(y) },
    },
    {
      id: "activation-forgotten",
      hint: "This outer product takes W1·x. W2 acts on σ(W1·x): take that.",
      values: { W2: arrayValue(outer(deltaY, before)) },
    },
    {
      id: "mask-for-activation",
      hint: "This outer product takes the mask. W2 acts on the values σ(W1·x): take these.",
      values: { W2: arrayValue(outer(deltaY, mask)) },
    },
    {
      id: "input-of-another-layer",
      hint: "This outer product takes x. ∇_W2 L takes the input of its own layer, σ(W1·x), and is [4, 6].",
      values: { W2: arrayValue(outer(deltaY, x)) },
    },
  ];
}
