/** @file Self-checks of notebook 02: what is right is computed here, so that a student's notebook does not show it. */

import {
  buildChain,
  type Chain,
  countCost,
  createChain,
  randomPoint,
  referenceJacobian,
  softmax,
  type Vector,
  vector,
  vjp,
} from "../../../src/index.ts";
import { checkAnswer } from "../check-answer.ts";

/** What {@link checkJacobian} found on one chain; a row of a table. */
export type JacobianFinding = {
  readonly widths: string;
  readonly "your shape": string;
  readonly "right shape": string;
  readonly entries: string;
};

/**
 * A function that forms Jacobians, on a tall, a wide and a single-layer chain.
 *
 * @param jacobian - (chain, x) ↦ rows of J
 */
export function checkJacobian(
  jacobian: (chain: Chain, x: Vector) => readonly (readonly number[])[],
): JacobianFinding[] {
  return [
    [2, 5, 7],
    [7, 5, 2],
    [4, 1],
  ].map((widths) => {
    const chain = buildChain({ widths, activation: "sigmoid", rngSeed: 5 });
    const x = randomPoint(chain.n, 5);
    const [mine, right] = [jacobian(chain, x), referenceJacobian(chain, x)];
    const fits = mine.length === chain.m && mine.every((row) => row.length === chain.n);
    const isRight =
      fits && mine.every((row, i) => row.every((entry, j) => Math.abs(entry - right.get(i, j)) < 1e-12));
    return {
      widths: widths.join("-"),
      "your shape": `${mine.length} × ${mine[0]?.length ?? 0}`,
      "right shape": `${chain.m} × ${chain.n}`,
      entries: isRight ? "right" : "not yet",
    };
  });
}

/**
 * A pullback through softmax.
 *
 * @param pull - (p, u) ↦ Jᵀu, with p the probabilities
 */
export function checkPullSoftmax(
  pull: (p: readonly number[], u: readonly number[]) => readonly number[],
): string {
  const [p, pullback] = vjp(createChain([softmax(4)]), vector([0.5, -1, 2, 0]));
  const u = [1, 2, -1, 0.5];
  const right = listOf(pullback(vector(u)));
  const mine = pull(listOf(p), u);
  const isRight = mine.length === 4 && right.every((entry, i) => Math.abs(entry - mine[i]!) < 1e-12);
  if (isRight) return "pullSoftmax: right.";
  return "pullSoftmax: not yet. What does −p pᵀ do to u? It needs the number pᵀu, once.";
}

/**
 * FMA of ((J4 J3) J2) J1 for the widths 3-4-5-6-2.
 *
 * @param given - FMA
 */
export function checkFromTheLeft(given: number | null): string {
  const chain = buildChain({ widths: [3, 4, 5, 6, 2] });
  const fma = (strategy: string): number => countCost(chain, randomPoint(3, 1), { strategy }).fma;
  return checkAnswer("From the left", given, fma("product-left-to-right"), {
    slips: [
      { value: fma("product-right-to-left"), hint: "That is from the right, J4 (J3 (J2 J1))." },
      { value: fma("forward") / chain.n, hint: "That is Σ, one product with a vector." },
      {
        value: fma("reverse"),
        hint: "That is m VJPs with full products. The first product here, of J4 and J3, takes the rows of J4 as they are.",
      },
    ],
  });
}

/**
 * n/m at which the modes take equally long, if a VJP takes 1.5 times as long as a JVP.
 *
 * @param given - the ratio
 */
export function checkSlowerVjp(given: number | null): string {
  return checkAnswer("Crossover", given, 1.5, {
    tolerance: 0.01,
    slips: [
      {
        value: 1 / 1.5,
        hint: "Upside down: a VJP has become more expensive, so forward wins up to a larger n.",
      },
      { value: 1, hint: "That would be equal cost a product." },
    ],
  });
}

function listOf(array: Vector): number[] {
  return Array.from({ length: array.shape[0]! }, (_, i) => array.get(i));
}
