/** @file The strategies `finite-differences-forward` and `finite-differences-central`: n + 1 or 2n evaluations of f. */

import { copyInto, type Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import type { ChainShape } from "../chain/shape.ts";
import { evaluationEntries, prepareValueThrough } from "../chain/through.ts";
import { type Prediction, predict } from "../cost/prediction.ts";
import type { PreparedJacobian, Strategy, StrategyContext } from "./types.ts";

/**
 * Step of a difference quotient in direction j, h = s·max(1, |x_j|): s = √ε for forward differences (truncation O(h)
 * against cancellation O(ε/h)), s = ∛ε for central ones (O(h²) against O(ε/h)); ε = 2^−52. (W. H. Press et al.,
 * Numerical Recipes, 3rd ed., § 5.7.)
 *
 * @param central - which of the two
 * @param x - the coordinate x_j
 * @returns h, rounded so that x + h − x is h exactly
 */
export function differenceStep(central: boolean, x: number): number {
  const scale = central ? Math.cbrt(Number.EPSILON) : Math.sqrt(Number.EPSILON);
  const shifted = x + scale * Math.max(1, Math.abs(x));
  return shifted - x;
}

function prepareDifferences(
  chain: Chain,
  x: Vector,
  central: boolean,
  context: StrategyContext,
): PreparedJacobian {
  const { kernel, allocator, observer } = context;
  const { n, m } = chain;
  const value = prepareValueThrough(chain.layers, context);
  const point = allocator.allocate(n);
  const above = allocator.allocate(m);
  const below = allocator.allocate(m);
  const J = allocator.allocate(m, n);
  const columns = Array.from({ length: n }, (_, j) => J.pick(null, j));
  const evaluating = { kind: "evaluate", first: 1, last: chain.layers.length, vectors: 1 } as const;
  const dividing = { kind: "quotient", first: 1, last: chain.layers.length, vectors: 1 } as const;
  const evaluateAt = (j: number, coordinate: number, y: Vector): void => {
    point.set(j, coordinate);
    observer.begin(evaluating);
    value(point, y);
    observer.end();
  };
  return {
    linearise: () => {},
    run: () => {
      copyInto(x, point);
      if (!central) evaluateAt(0, x.get(0)!, below);
      for (let j = 0; j < n; j++) {
        const xj = x.get(j)!;
        const h = differenceStep(central, xj);
        evaluateAt(j, xj + h, above);
        // Below and above need not be equally far: the quotient divides by what really lies between the two points.
        const lower = central ? xj - h : xj;
        if (central) evaluateAt(j, lower, below);
        point.set(j, xj);
        observer.begin(dividing);
        kernel.quotient(above, below, 1 / (xj + h - lower), columns[j]!);
        observer.end();
      }
      return J;
    },
  };
}

function predictDifferences(shape: ChainShape, central: boolean): Prediction {
  const { n, m, layers } = shape;
  const range = { first: 1, last: layers.length, vectors: 1 } as const;
  const evaluations = central ? 2 * n : n + 1;
  const fma = layers.reduce((sum, layer) => sum + layer.valueFma, 0);
  return predict(
    [
      { kind: "evaluate", ...range, times: evaluations, fma },
      { kind: "quotient", ...range, times: n, fma: 2 * m },
    ],
    {
      primalEvaluations: evaluations,
      primalInRun: true,
      entries: evaluationEntries(layers) + n + 2 * m + m * n,
    },
  );
}

function finiteDifferences(central: boolean): Strategy {
  return {
    id: central ? "finite-differences-central" : "finite-differences-forward",
    mode: null,
    description: central
      ? "central differences, 2n evaluations, step 6.1e-6·max(1, |x_j|)"
      : "forward differences, n + 1 evaluations, step 1.5e-8·max(1, |x_j|)",
    withRespectTo: "input",
    accepts: [],
    relativeTolerance: central ? 1e-5 : 1e-3,
    prepare: (chain, x, _options, context) => prepareDifferences(chain, x, central, context),
    predict: (shape) => predictDifferences(shape, central),
  };
}

/** (f(x + h·e_j) − f(x))/h, h = √ε·max(1, |x_j|): an error of about √ε·(curvature), n + 1 evaluations. */
export const finiteDifferencesForward: Strategy = finiteDifferences(false);

/** (f(x + h·e_j) − f(x − h·e_j))/2h, h = ∛ε·max(1, |x_j|): an error of about ε^(2/3), 2n evaluations. */
export const finiteDifferencesCentral: Strategy = finiteDifferences(true);
