/** @file JVP and VJP with respect to the weights and biases of a chain, for one point or a batch. */

import { expectVector, type Matrix, type Vector, vector, zeros } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import type { DenseParameters } from "../chain/layer.ts";
import {
  parameterViews,
  prepareParameterNodes,
  prepareParameterPull,
  prepareParameterPush,
} from "../chain/parameters.ts";
import { JacobenchError } from "../errors.ts";
import { KERNELS } from "../kernels/index.ts";
import { createAllocator } from "../memory.ts";

/**
 * Zeroed weights and biases of the shapes of a chain's own, in depth-first order of its dense layers: a tangent to fill.
 *
 * @param chain - f
 * @returns one entry a dense layer, weights [d_i, d_{i−1}] and bias [d_i], all views of one piece of memory
 */
export function zeroParameters(chain: Chain): DenseParameters[] {
  const size = chain.layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return parameterViews(chain.layers, vector(new Float64Array(size)));
}

/**
 * Pushes one tangent of all parameters: dy = (∂f/∂θ)·dθ at x, without forming the Jacobian.
 *
 * Cost for each row of x: one FMA a weight, and one JVP through all layers after the first that has parameters.
 *
 * @param chain - f: R^n → R^m
 * @param x - one point [n], or a batch [batch, n]; not modified
 * @param tangent - dθ, as {@link zeroParameters} lays it out; the same for every row
 * @returns `[y, dy]`, both [m], or [batch, m]
 * @throws {JacobenchError} `ERR_SHAPE`, `ERR_NON_FINITE` for x; `ERR_SHAPE` for a tangent that is not laid out so
 */
export function parameterJvp(
  chain: Chain,
  x: Matrix,
  tangent: readonly DenseParameters[],
): [y: Matrix, dy: Matrix] {
  checkTangent(chain, tangent);
  const rows = checkRows("parameterJvp", chain, x);
  const [y, dy] = [resultOf(chain, x), resultOf(chain, x)];
  for (const [i, row] of rows.entries()) {
    const workspace = freshWorkspace();
    const { nodes, evaluate } = prepareParameterNodes(chain.layers, row, rowOf(y, i), workspace);
    evaluate();
    prepareParameterPush(nodes, workspace, false)(tangent, null, rowOf(dy, i));
  }
  return [y, dy];
}

/**
 * Evaluates y = f(x), keeps the tape, and returns the pullback to the parameters, summed over a batch.
 *
 * Cost of a pullback, for each row of x: one FMA a parameter, and one VJP through all layers after the first that has some.
 *
 * @param chain - f: R^n → R^m
 * @param x - one point [n], or a batch [batch, n]; not modified until the pullback is dropped
 * @returns `[y, pullback]`; y [m] or [batch, m], and the pullback takes cotangents of that shape
 * @throws {JacobenchError} `ERR_SHAPE`, `ERR_NON_FINITE` for x or a cotangent
 */
export function parameterVjp(
  chain: Chain,
  x: Matrix,
): [y: Matrix, pullback: (u: Matrix) => DenseParameters[]] {
  const rows = checkRows("parameterVjp", chain, x);
  const y = resultOf(chain, x);
  const pulls = rows.map((row, i) => {
    const workspace = freshWorkspace();
    const { nodes, evaluate } = prepareParameterNodes(chain.layers, row, rowOf(y, i), workspace);
    evaluate();
    return prepareParameterPull(nodes, workspace, false);
  });
  const pullback = (u: Matrix): DenseParameters[] => {
    if (u.dimension !== y.dimension || u.shape[0] !== y.shape[0]) {
      throw new JacobenchError(
        "ERR_SHAPE",
        `pullback: cotangent has shape [${u.shape.join(", ")}]; expected [${y.shape.join(", ")}], the shape of y`,
      );
    }
    const result = zeroParameters(chain);
    for (const [i, pull] of pulls.entries()) {
      expectVector("pullback", "cotangent", rowOf(u, i), chain.m, `m = ${chain.m}`);
      pull(rowOf(u, i), result, null);
    }
    return result;
  };
  return [y, pullback];
}

/**
 * The rows of a point or batch, checked.
 *
 * @param where - the function that checks, for the message
 * @param chain - whose input they are
 * @param x - [n], or [batch, n]
 * @throws {JacobenchError} `ERR_SHAPE`, `ERR_NON_FINITE`
 */
export function checkRows(where: string, chain: Chain, x: Matrix): Vector[] {
  const rows = x.dimension === 1 ? [x] : Array.from({ length: x.shape[0]! }, (_, i) => x.pick(i, null));
  for (const [i, row] of rows.entries()) {
    const what = x.dimension === 1 ? "x" : `row ${i} of x`;
    expectVector(where, what, row, chain.n, `n = ${chain.n} (chain.widths[0])`);
  }
  return rows;
}

function freshWorkspace() {
  const allocator = createAllocator();
  return { kernel: KERNELS[0]!.create(allocator), allocator };
}

function resultOf(chain: Chain, x: Matrix): Matrix {
  return x.dimension === 1 ? zeros(chain.m) : zeros(x.shape[0]!, chain.m);
}

function rowOf(array: Matrix, i: number): Vector {
  return array.dimension === 1 ? array : array.pick(i, null);
}

function checkTangent(chain: Chain, tangent: readonly DenseParameters[]): void {
  const expected = zeroParameters(chain);
  const shapeOf = (parameters: DenseParameters | undefined): string =>
    parameters === undefined
      ? "nothing"
      : `weights [${parameters.weights.shape.join(", ")}], bias [${parameters.bias.shape.join(", ")}]`;
  for (let i = 0; i < Math.max(expected.length, tangent.length); i++) {
    if (shapeOf(tangent[i]) !== shapeOf(expected[i])) {
      throw new JacobenchError(
        "ERR_SHAPE",
        `parameterJvp: tangent of dense layer ${i + 1} has ${shapeOf(tangent[i])}; expected ${shapeOf(expected[i])}`,
      );
    }
  }
}
