/** @file The strategy `complex-step`: n evaluations of f at complex points, exact to rounding where f is analytic. */

import { copyInto, type Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import type { ChainShape } from "../chain/shape.ts";
import { evaluationEntries, prepareComplexValueThrough } from "../chain/through.ts";
import { type Prediction, predict } from "../cost/prediction.ts";
import type { PreparedJacobian, Strategy, StrategyContext } from "./types.ts";

/** The imaginary step. So small that its square vanishes against 1, so large that products of it do not underflow. */
export const COMPLEX_STEP = 1e-20;

function prepareComplexStep(chain: Chain, x: Vector, context: StrategyContext): PreparedJacobian {
  const { kernel, allocator, observer } = context;
  const { n, m } = chain;
  const value = prepareComplexValueThrough(chain.layers, context);
  const point = { re: allocator.allocate(n), im: allocator.allocate(n) };
  const y = { re: allocator.allocate(m), im: allocator.allocate(m) };
  const J = allocator.allocate(m, n);
  const columns = Array.from({ length: n }, (_, j) => J.pick(null, j));
  const evaluating = { kind: "evaluate", first: 1, last: chain.layers.length, vectors: 1 } as const;
  const dividing = { kind: "quotient", first: 1, last: chain.layers.length, vectors: 1 } as const;
  return {
    linearise: () => {},
    run: () => {
      copyInto(x, point.re);
      for (let j = 0; j < n; j++) {
        point.im.set(j, COMPLEX_STEP);
        observer.begin(evaluating);
        value(point, y);
        observer.end();
        point.im.set(j, 0);
        observer.begin(dividing);
        kernel.scale(1 / COMPLEX_STEP, y.im, columns[j]!);
        observer.end();
      }
      return J;
    },
  };
}

function predictComplexStep(shape: ChainShape): Prediction {
  const { n, m, layers } = shape;
  const range = { first: 1, last: layers.length, vectors: 1 } as const;
  const fma = layers.reduce((sum, layer) => sum + layer.complexValueFma, 0);
  return predict(
    [
      { kind: "evaluate", ...range, times: n, fma },
      { kind: "quotient", ...range, times: n, fma: m },
    ],
    {
      primalEvaluations: n,
      primalInRun: true,
      entries: 2 * evaluationEntries(layers) + 2 * n + 2 * m + m * n,
    },
  );
}

/**
 * Im f(x + i·h·e_j)/h: no cancellation, so h may be tiny and the result is exact to rounding (W. Squire and G. Trapp, SIAM
 * Review 40 (1998) 110–112). All layer kinds allow it: each has a complex value. ReLU is analytic on either side of its
 * kink, where the real part chooses the branch. A complex product of real weights costs twice a real one.
 */
export const complexStep: Strategy = {
  id: "complex-step",
  mode: null,
  description: "complex step, n complex evaluations",
  withRespectTo: "input",
  accepts: [],
  relativeTolerance: 1e-10,
  prepare: (chain, x, _options, context) => prepareComplexStep(chain, x, context),
  predict: predictComplexStep,
};
