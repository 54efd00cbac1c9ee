/** @file Whether a peer's Jacobian is ours: right ones pass, and every fault is named for what it is. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Matrix, zeros } from "../../src/array.ts";
import { compareJacobian } from "../../src/peers/agree.ts";
import { encodeNumbers } from "../../src/peers/protocol.ts";
import { createRandom } from "../../src/random.ts";

function randomMatrix(m: number, n: number, rngSeed: number): Matrix {
  const random = createRandom(rngSeed);
  const J = zeros(m, n);
  for (let i = 0; i < J.data.length; i++) J.data[i] = 2 * random.uniform() - 1;
  return J;
}

function given(values: ArrayLike<number>, shape: readonly number[], dtype = "float64") {
  return { dtype, shape, jacobian: encodeNumbers(Float64Array.from(values)) };
}

function transposed(J: Matrix): number[] {
  const [m, n] = J.shape as [number, number];
  return Array.from({ length: m * n }, (_, i) => J.get(i % m, Math.floor(i / m)));
}

const size = fc.integer({ min: 1, max: 9 });

test("our own Jacobian agrees, whatever its shape", () => {
  fc.assert(
    fc.property(size, size, fc.integer(), (m, n, rngSeed) => {
      const J = randomMatrix(m, n, rngSeed);
      expect(compareJacobian(given(J.data, [m, n]), J)).toMatchObject({ reason: null, maxAbsError: 0 });
    }),
  );
});

test("its transpose is called so, for every shape but 1 × 1", () => {
  fc.assert(
    fc.property(size, size, fc.integer(), (m, n, rngSeed) => {
      fc.pre(m * n > 1);
      const J = randomMatrix(m, n, rngSeed);
      const { reason } = compareJacobian(given(transposed(J), [n, m]), J);
      expect(reason).toMatch(/^it gives the transpose/);
    }),
  );
});

describe("a Jacobian of 2 × 3", () => {
  const J = randomMatrix(2, 3, 1);
  const reasonOf = (...args: Parameters<typeof given>): string | null =>
    compareJacobian(given(...args), J).reason;

  test("that is not exact enough tells by how much, and how much is allowed", () => {
    const off = J.data.map((value) => value * (1 + 1e-6));
    expect(reasonOf(off, [2, 3])).toMatch(
      /differs from ours by 1\.0e-6 of the largest entry; expected at most 1e-8/,
    );
    expect(reasonOf(off, [2, 3], "float32")).toBeNull();
    expect(
      reasonOf(
        J.data.map((value) => value * (1 + 1e-9)),
        [2, 3],
      ),
    ).toBeNull();
  });

  test("of another shape or dtype says which", () => {
    expect(reasonOf(J.data, [6])).toBe("its Jacobian is 6; expected 2 × 3");
    expect(reasonOf(J.data, [3, 2])).toBe("its Jacobian is 3 × 2; expected 2 × 3");
    expect(reasonOf([1, 2], [1, 2])).toBe("its Jacobian is 1 × 2; expected 2 × 3");
    expect(reasonOf(J.data, [2, 3], "int32")).toMatch(/of dtype int32; expected float64 or float32/);
  });

  test("with a hole in it differs", () => {
    expect(reasonOf([Number.NaN, ...J.data.slice(1)], [2, 3])).toMatch(/differs from ours by NaN/);
  });

  test("is the transpose even where it is not exact", () => {
    const { reason } = compareJacobian(
      given(
        transposed(J).map((value) => value * (1 + 3e-8)),
        [3, 2],
      ),
      J,
    );
    expect(reason).toBe("it gives the transpose: its Jacobian is 3 × 2, expected 2 × 3");
  });
});

test("a square transpose keeps its shape in the message", () => {
  const J = randomMatrix(4, 4, 2);
  const { reason, maxAbsError } = compareJacobian(given(transposed(J), [4, 4]), J);
  expect(reason).toBe("it gives the transpose of our 4 × 4 Jacobian");
  expect(maxAbsError).toBeGreaterThan(0.1);
});
