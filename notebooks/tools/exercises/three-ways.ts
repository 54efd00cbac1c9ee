/** @file Self-checks of notebook 01: what is right is computed here, so that a student's notebook does not show it. */

import { buildChain, buildShape, type Chain, predictCost } from "../../../src/index.ts";
import { checkAnswer } from "../check-answer.ts";

const LARGE = predictCost(buildShape({ widths: [1000, 50, 10] }), { strategy: "finite-differences-central" });

/** One evaluation of that network, in FMA. */
const SIGMA = LARGE.primalFma / LARGE.primalEvaluations;

/**
 * Central differences on 1000-50-10.
 *
 * @param given - evaluations of the function
 */
export function checkEvaluations(given: number | null): string {
  return checkAnswer("Evaluations", given, LARGE.primalEvaluations, {
    slips: [
      { value: 1001, hint: "That is what forward quotients need." },
      { value: 20, hint: "A quotient shifts an input, not an output." },
      { value: 2001, hint: "Central quotients do not use the value at the point itself." },
      { value: 1000, hint: "That is one a column; a central quotient takes two values." },
    ],
  });
}

/**
 * The same in FMA.
 *
 * @param given - FMA of all evaluations
 */
export function checkEvaluationFma(given: number | null): string {
  return checkAnswer("FMA", given, LARGE.primalFma, {
    slips: [
      { value: 1001 * SIGMA, hint: "That is what forward quotients need." },
      { value: SIGMA, hint: "That is Σ, one evaluation." },
      { value: 1000 * SIGMA, hint: "That is one evaluation a column; a central quotient takes two." },
      { value: 20 * SIGMA, hint: "A quotient shifts an input, not an output." },
    ],
  });
}

/**
 * The tree of a network's formula at depth 20; right within a factor of two.
 *
 * @param given - nodes
 */
export function checkTree(given: number | null): string {
  return checkAnswer("Nodes", given, treeNodesOf(treeNetwork(20)), { factor: 2 });
}

/**
 * The network of the exercise: two units in each hidden layer, as the notebook has it at first.
 *
 * @param depth - its dense layers
 */
export function treeNetwork(depth: number): Chain {
  const widths = [1, ...Array<number>(depth - 1).fill(2), 1];
  return buildChain({ widths, activation: "tanh", rngSeed: 3 });
}

/**
 * Nodes of the formula of a chain of dense layers and tanh with one output, without writing it: a neuron has its bias,
 * and for each input a plus, a times, a weight and the input's own tree; a minus sign is a node too, and tanh is two: the
 * call and its name, as mathjs has it.
 *
 * @param chain - with one input and one output
 */
export function treeNodesOf(chain: Chain): number {
  const sign = (value: number): number => (value < 0 ? 1 : 0);
  let counts = Array<number>(chain.n).fill(1);
  for (const layer of chain.layers) {
    const before = counts;
    if (layer.ownParameters === undefined) {
      counts = before.map((count) => count + 2);
      continue;
    }
    const { weights, bias } = layer.ownParameters;
    counts = Array.from({ length: layer.outputWidth }, (_, i) =>
      before.reduce((sum, count, j) => sum + count + 3 + sign(weights.get(i, j)), 1 + sign(bias.get(i))),
    );
  }
  return counts[0]!;
}

/** A rule of dual numbers. */
type Rule = (a: { readonly value: number; readonly tangent: number }) => {
  readonly value: number;
  readonly tangent: number;
};

/**
 * The rule for exp.
 *
 * @param exp - on dual numbers
 */
export function checkExp(exp: Rule): string {
  return checkAnswer("Tangent of exp", exp({ value: 0.7, tangent: 3 }).tangent, 3 * Math.exp(0.7), {
    tolerance: 1e-12,
    slips: [
      { value: 0, hint: "The tangent of a is lost: multiply it with the derivative." },
      { value: Math.exp(0.7), hint: "The chain rule is missing: multiply with a.tangent." },
      { value: 3 * 0.7, hint: "The derivative of exp is exp." },
      { value: Math.exp(3), hint: "The tangent goes in linearly: a factor, not inside of exp." },
    ],
  });
}
