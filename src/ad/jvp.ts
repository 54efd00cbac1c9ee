/** @file One Jacobian-vector product, checked at the border. */

import { expectVector, type Vector, zeros } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import { prepareLinearisationThrough } from "../chain/through.ts";
import { KERNELS } from "../kernels/index.ts";
import { preparePushThrough } from "../linear-map/compose.ts";
import { createAllocator } from "../memory.ts";

/**
 * Pushes one tangent through the chain: dy = J(x)·v, without forming J.
 *
 * Cost: Σ d_i·d_{i−1} FMA through dense layers, plus one an entry for each activation; the primal is evaluated beside it.
 * Memory: the partial derivatives of each layer, and two vectors of the largest width.
 *
 * @param chain - f: R^n → R^m
 * @param x - point of evaluation, shape [n]; not modified
 * @param v - tangent, shape [n]; not modified
 * @returns `[y, dy]`, fresh vectors of shape [m]; `y = f(x)`, `dy = J·v`
 * @throws {JacobenchError} `ERR_SHAPE` if x or v has not length n; `ERR_NON_FINITE` if it holds NaN or an infinity
 *
 * @example
 * const [y, dy] = jvp(chain, x, basis(chain.n, 0)); // dy is the first column of J
 *
 * Source: A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed. (SIAM, 2008), ch. 3, forward mode.
 */
export function jvp(chain: Chain, x: Vector, v: Vector): [y: Vector, dy: Vector] {
  const because = `n = ${chain.n} (chain.widths[0])`;
  expectVector("jvp", "x", x, chain.n, because);
  expectVector("jvp", "tangent", v, chain.n, because);
  const allocator = createAllocator();
  const workspace = { kernel: KERNELS[0]!.create(allocator), allocator };
  const { maps, evaluate } = prepareLinearisationThrough(chain.layers, workspace, (length) =>
    allocator.allocate(length),
  );
  const [y, dy] = [zeros(chain.m), zeros(chain.m)];
  evaluate(x, y);
  preparePushThrough(maps, workspace, null)(v, dy);
  return [y, dy];
}
