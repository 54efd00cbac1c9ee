/** @file One primal sweep with its tape, and vector-Jacobian products from it, checked at the border. */

import { expectVector, type Vector, zeros } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import { prepareLinearisationThrough } from "../chain/through.ts";
import { KERNELS } from "../kernels/index.ts";
import { preparePullThrough } from "../linear-map/compose.ts";
import { createAllocator } from "../memory.ts";

/** u [m] ↦ Jᵀ·u, a fresh vector of shape [n]. */
export type Pullback = (u: Vector) => Vector;

/**
 * Evaluates y = f(x), keeps the tape, and returns the pullback u ↦ Jᵀ·u (the row vector uᵀ·J, written as a vector).
 *
 * Cost of a pullback: Σ d_i·d_{i−1} FMA through dense layers, plus one an entry for each activation.
 * Memory: the partial derivatives of each layer (the tape) until the pullback is dropped.
 *
 * @param chain - f: R^n → R^m
 * @param x - point of evaluation, shape [n]; not modified
 * @returns `[y, pullback]`, y of shape [m]
 * @throws {JacobenchError} `ERR_SHAPE` if x has not length n, or (from the pullback) a cotangent not length m;
 *   `ERR_NON_FINITE`
 *
 * @example
 * const [y, pullback] = vjp(chain, x);
 * const row = pullback(basis(chain.m, 0)); // the first row of J
 *
 * Source: A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed. (SIAM, 2008), ch. 3, reverse mode.
 */
export function vjp(chain: Chain, x: Vector): [y: Vector, pullback: Pullback] {
  expectVector("vjp", "x", x, chain.n, `n = ${chain.n} (chain.widths[0])`);
  const allocator = createAllocator();
  const workspace = { kernel: KERNELS[0]!.create(allocator), allocator };
  const { maps, evaluate } = prepareLinearisationThrough(chain.layers, workspace, (length) =>
    allocator.allocate(length),
  );
  const y = zeros(chain.m);
  evaluate(x, y);
  const pull = preparePullThrough(maps, workspace, null);
  return [
    y,
    (u) => {
      expectVector(
        "pullback",
        "cotangent",
        u,
        chain.m,
        `m = ${chain.m} (chain.widths[${chain.widths.length - 1}])`,
      );
      const result = zeros(chain.n);
      pull(u, result);
      return result;
    },
  ];
}
