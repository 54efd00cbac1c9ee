/** @file Self-checks of notebook 03: what is right is computed here, so that a student's notebook does not show it. */

import {
  buildChain,
  buildShape,
  predictCost,
  randomPoint,
  referenceJacobian,
  type Vector,
} from "../../../src/index.ts";
import { checkAnswer } from "../check-answer.ts";

const MODES = [
  { right: "reverse", hint: "What is m?" },
  { right: "forward", hint: "What is n?" },
  { right: "both", hint: "J first, and then Jᵀ." },
  { right: "forward", hint: "One direction: one column." },
  { right: "reverse", hint: "Fewer seeds: compare n with m." },
] as const;

/**
 * The five situations.
 *
 * @param modes - forward, reverse or both, one a situation
 * @returns rows of a table
 */
export function checkModes(
  modes: readonly string[],
): { question: number; answer: string; verdict: string }[] {
  return MODES.map(({ right, hint }, i) => {
    const answer = (modes[i] ?? "").trim().toLowerCase();
    return { question: i + 1, answer, verdict: answer === right ? "right" : `not yet: ${hint}` };
  });
}

/**
 * The most states that fit 10 KiB, for 32 layers of 64 units with tanh and a loss.
 *
 * @param given - states
 */
export function checkStates(given: number | null): string {
  const shape = buildShape({
    widths: Array<number>(33).fill(64),
    activation: "tanh",
    loss: "softmaxCrossEntropy",
  });
  const fits = (snapshots: number): boolean =>
    predictCost(shape, { strategy: "reverse-checkpointed", snapshots }).bytes <= 10_240;
  let most = 1;
  while (fits(most + 1)) most += 1;
  return checkAnswer("States", given, most, {
    slips: [
      { value: 20, hint: "10,240 / (64 · 8) = 20 states, but the sweep itself needs memory too." },
      { value: most + 1, hint: "Nearly: that needs a few bytes more than 10,240." },
    ],
  });
}

/**
 * The damped product of the Levenberg-Marquardt method.
 *
 * @param damped - (λ, v) ↦ (JᵀJ + λI)·v
 * @param widths - and
 * @param rngSeed - of the chain with tanh, whose point has the same rngSeed
 */
export function checkDamped(
  damped: (lambda: number, v: Vector) => readonly number[],
  widths: readonly number[],
  rngSeed: number,
): string {
  const chain = buildChain({ widths, activation: "tanh", rngSeed });
  const J = referenceJacobian(chain, randomPoint(chain.n, rngSeed));
  const v = randomPoint(chain.n, 31);
  const [rows, columns] = [chain.m, chain.n].map((count) => Array.from({ length: count }, (_, i) => i));
  const Jv = rows!.map((i) => columns!.reduce((sum, j) => sum + J.get(i, j) * v.get(j), 0));
  const mine = damped(0.5, v);
  const isRight = (lambda: number): boolean =>
    mine.length === chain.n &&
    columns!.every((j) => {
      const right = rows!.reduce((sum, i) => sum + J.get(i, j) * Jv[i]!, 0) + lambda * v.get(j);
      return Math.abs(mine[j]! - right) < 1e-12;
    });
  if (isRight(0.5)) return "damped: right.";
  if (isRight(0)) return "damped: not yet. The damping is missing.";
  if (isRight(1)) return "damped: not yet. λ is missing: v is added as it is.";
  return "damped: not yet. λI acts on v: what is entry j of λ·v?";
}

/**
 * From how many rows on 20 products JᵀJv are cheaper than J by VJPs.
 *
 * @param given - rows
 */
export function checkRows(given: number | null): string {
  const products = 20 * 2;
  return checkAnswer("Rows", given, products + 1, {
    slips: [
      { value: products, hint: "At that m the two cost the same." },
      { value: 21, hint: "Each step takes a JVP and a VJP." },
    ],
  });
}
