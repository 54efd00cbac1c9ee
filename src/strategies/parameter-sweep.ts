/** @file The Jacobian with respect to all weights and biases, by tangents or by cotangents; what the two strategies share. */

import { fill, type Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import {
  parameterNodeEntries,
  parameterViews,
  prepareParameterNodes,
  prepareParameterPull,
  prepareParameterPush,
} from "../chain/parameters.ts";
import type { ChainShape } from "../chain/shape.ts";
import { keptEntries } from "../chain/through.ts";
import { parameterPullCost, parameterPushCost } from "../cost/parameter-cost.ts";
import { type Prediction, predict } from "../cost/prediction.ts";
import { JacobenchError } from "../errors.ts";
import { lineariseOnceOperation, ONE_BEFORE_RUN } from "./linearise.ts";
import type { PreparedJacobian, StrategyContext } from "./types.ts";

/** Number of parameters of a chain. */
function parametersOf(shape: ChainShape): number {
  const parameters = shape.layers.reduce((sum, layer) => sum + layer.parameters, 0);
  if (parameters === 0) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      "derivative with respect to parameters: the chain has no layer with weights; add a dense layer",
    );
  }
  return parameters;
}

function lineariseForParameters(chain: Chain, x: Vector, context: StrategyContext) {
  const { allocator, observer } = context;
  const y = allocator.allocate(chain.m);
  const { nodes, evaluate } = prepareParameterNodes(chain.layers, x, y, context);
  const label = { kind: "evaluate", first: 1, last: chain.layers.length, vectors: 1 } as const;
  const linearise = (): void => {
    observer.begin(label);
    evaluate();
    observer.end();
  };
  linearise();
  return { nodes, linearise };
}

/**
 * Prepares m VJPs with respect to the parameters; for a scalar loss, one gives the whole gradient.
 *
 * @param chain - f
 * @param x - shape [n]
 * @param context - kernel, allocator, observer
 * @returns a preparation whose J is [m, parameters]
 */
export function prepareReverseParameters(
  chain: Chain,
  x: Vector,
  context: StrategyContext,
): PreparedJacobian {
  const { allocator, observer } = context;
  const parameters = parametersOf(chain.shape);
  const { nodes, linearise } = lineariseForParameters(chain, x, context);
  const J = allocator.allocate(chain.m, parameters);
  const rows = Array.from({ length: chain.m }, (_, i) => {
    const row = J.pick(i, null);
    return { row, views: parameterViews(chain.layers, row) };
  });
  const seed = allocator.allocate(chain.m);
  const pull = prepareParameterPull(nodes, context, false);
  const label = { kind: "adjoint", first: 1, last: chain.layers.length, vectors: 1 } as const;
  return {
    linearise,
    run: () => {
      for (let i = 0; i < rows.length; i++) {
        const { row, views } = rows[i]!;
        fill(row, 0);
        seed.set(i, 1);
        observer.begin(label);
        pull(seed, views, null);
        observer.end();
        seed.set(i, 0);
      }
      return J;
    },
  };
}

/**
 * Prepares one JVP for each parameter.
 *
 * @param chain - f
 * @param x - shape [n]
 * @param context - kernel, allocator, observer
 * @returns a preparation whose J is [m, parameters]
 */
export function prepareForwardParameters(
  chain: Chain,
  x: Vector,
  context: StrategyContext,
): PreparedJacobian {
  const { allocator, observer } = context;
  const parameters = parametersOf(chain.shape);
  const { nodes, linearise } = lineariseForParameters(chain, x, context);
  const J = allocator.allocate(chain.m, parameters);
  const columns = Array.from({ length: parameters }, (_, p) => J.pick(null, p));
  const seed = allocator.allocate(parameters);
  const views = parameterViews(chain.layers, seed);
  const push = prepareParameterPush(nodes, context, false);
  const label = { kind: "tangent", first: 1, last: chain.layers.length, vectors: 1 } as const;
  return {
    linearise,
    run: () => {
      for (let p = 0; p < parameters; p++) {
        seed.set(p, 1);
        observer.begin(label);
        push(views, null, columns[p]!);
        observer.end();
        seed.set(p, 0);
      }
      return J;
    },
  };
}

/**
 * Predicts either: with one dense layer after another, Σ − n·d_1 FMA through the layers and one for each weight, for
 * each of the m cotangents or P tangents.
 *
 * @param shape - of the chain
 * @param mode - tangents or cotangents
 */
export function predictParameters(shape: ChainShape, mode: "forward" | "reverse"): Prediction {
  const parameters = parametersOf(shape);
  const forward = mode === "forward";
  const { fma, entries } = forward
    ? parameterPushCost(shape.layers, false)
    : parameterPullCost(shape.layers, false);
  const linearised = shape.m + parameterNodeEntries(shape.layers) + keptEntries(shape.layers);
  const seed = forward ? parameters : shape.m;
  const operation = {
    kind: forward ? ("tangent" as const) : ("adjoint" as const),
    first: 1,
    last: shape.layers.length,
    vectors: 1,
    times: forward ? parameters : shape.m,
    fma,
  };
  return predict([lineariseOnceOperation(shape), operation], {
    ...ONE_BEFORE_RUN,
    entries: linearised + shape.m * parameters + seed + entries,
  });
}
