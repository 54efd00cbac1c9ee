/** @file The small dual numbers and tape of the lessons, held against the toolkit's own derivatives. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Arithmetic, dualOver, real, tapeOver } from "../../notebooks/tools/tiny-autodiff.ts";
import { buildChain, type Chain, gradient, randomPoint, referenceJacobian, vector } from "../../src/index.ts";

const dual = dualOver(real);

/** The network of a chain of dense layers and tanh, as the notebooks write it. */
function evaluateOn<Num>(on: Arithmetic<Num>, chain: Chain, x: readonly Num[]): readonly Num[] {
  return chain.layers.reduce((values, layer) => {
    if (layer.kind === "tanh") return values.map((value) => on.tanh(value));
    const { weights, bias } = layer.ownParameters!;
    return Array.from({ length: layer.outputWidth }, (_, i) =>
      values.reduce(
        (sum, value, j) => on.plus(sum, on.times(on.constant(weights.get(i, j)), value)),
        on.constant(bias.get(i)),
      ),
    );
  }, x);
}

const pointOf = (chain: Chain, rngSeed: number): number[] => {
  const x = randomPoint(chain.n, rngSeed);
  return Array.from({ length: chain.n }, (_, j) => x.get(j));
};

const chains = fc
  .record({
    widths: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 5 }),
    rngSeed: fc.nat(999),
  })
  .map(({ widths, rngSeed }) => ({ chain: buildChain({ widths, activation: "tanh", rngSeed }), rngSeed }));

test("duals give the columns and tapes the rows of the toolkit's Jacobian", () => {
  fc.assert(
    fc.property(chains, ({ chain, rngSeed }) => {
      const x = pointOf(chain, rngSeed);
      const J = referenceJacobian(chain, vector(x));
      for (let j = 0; j < chain.n; j++) {
        const seeded = x.map((value, k) => ({ value, tangent: k === j ? 1 : 0 }));
        const column = evaluateOn(dual, chain, seeded);
        for (let i = 0; i < chain.m; i++) expect(column[i]!.tangent).toBeCloseTo(J.get(i, j), 12);
      }
      const tape = tapeOver(real);
      const leaves = x.map((value) => tape.variable(value));
      const outputs = evaluateOn(tape.arithmetic, chain, leaves);
      for (const [i, output] of outputs.entries()) {
        tape.sweepBack(output);
        for (const [j, leaf] of leaves.entries()) expect(leaf.adjoint).toBeCloseTo(J.get(i, j), 12);
      }
    }),
    { numRuns: 40 },
  );
});

test("a tape over dual numbers gives Hessian-vector products: symmetric, and the difference of gradients", () => {
  const chain = buildChain({ widths: [4, 6, 3, 1], activation: "tanh", rngSeed: 3 });
  const x = pointOf(chain, 3);
  const hessianTimes = (v: readonly number[]): number[] => {
    const tape = tapeOver(dual);
    const leaves = x.map((value, j) => tape.variable({ value, tangent: v[j]! }));
    tape.sweepBack(evaluateOn(tape.arithmetic, chain, leaves)[0]!);
    return leaves.map(({ adjoint }) => adjoint.tangent);
  };
  const [u, v] = [pointOf(chain, 7), pointOf(chain, 8)];
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, one, i) => sum + one * b[i]!, 0);
  const Hv = hessianTimes(v);
  expect(dot(u, Hv)).toBeCloseTo(dot(v, hessianTimes(u)), 13);
  expect(Math.abs(dot(v, Hv))).toBeGreaterThan(1e-3);
  const h = 1e-5;
  const at = (sign: number) => gradient(chain, vector(x.map((one, j) => one + sign * h * v[j]!))).input!;
  const [above, below] = [at(1), at(-1)];
  for (const [j, entry] of Hv.entries()) {
    expect(entry).toBeCloseTo((above.get(j) - below.get(j)) / (2 * h), 8);
  }
});

test("every rule is right to second order, the quotient's and the difference's too", () => {
  // f = a/b − tanh(a·b), with its derivatives by hand.
  const [a, b] = [0.7, -1.3];
  const f = <Num>(on: Arithmetic<Num>, p: Num, q: Num): Num =>
    on.minus(on.over(p, q), on.tanh(on.times(p, q)));
  const t = Math.tanh(a * b);
  const expected = [1 / b - (1 - t * t) * b, -a / b ** 2 - (1 - t * t) * a];
  const tape = tapeOver(dual);
  const [p, q] = [tape.variable({ value: a, tangent: 1 }), tape.variable({ value: b, tangent: 0 })];
  const result = f(tape.arithmetic, p, q);
  tape.sweepBack(result);
  expect(result.value.value).toBeCloseTo(f(real, a, b), 14);
  expect(result.value.tangent).toBeCloseTo(expected[0]!, 13);
  expect(p.adjoint.value).toBeCloseTo(expected[0]!, 13);
  expect(q.adjoint.value).toBeCloseTo(expected[1]!, 13);
  expect(p.adjoint.tangent).toBeCloseTo(2 * t * (1 - t * t) * b * b, 13);
  expect(tape.arithmetic.valueOf(p)).toBe(a);
});
