/** @file Non-negative least squares against known answers, and against every choice of free columns. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dotProduct, leastSquares } from "../../src/statistics/least-squares.ts";
import { nonnegativeLeastSquares } from "../../src/statistics/nonnegative-least-squares.ts";

function squares(X: readonly (readonly number[])[], y: readonly number[], beta: readonly number[]): number {
  return y.reduce((sum, value, i) => sum + (value - dotProduct(X[i]!, beta)) ** 2, 0);
}

/** The smallest sum of squares over all sets of free columns whose solution is feasible. */
function bruteForce(X: readonly (readonly number[])[], y: readonly number[]): number {
  const columns = X[0]!.length;
  let best = squares(X, y, new Array<number>(columns).fill(0));
  for (let mask = 1; mask < 2 ** columns; mask++) {
    const free = Array.from({ length: columns }, (_, j) => j).filter((j) => (mask >> j) & 1);
    const { coefficients } = leastSquares(
      X.map((row) => free.map((j) => row[j]!)),
      y,
    );
    if (coefficients.some((value) => value < 0)) continue;
    const beta = X[0]!.map((_, j) => (free.includes(j) ? coefficients[free.indexOf(j)]! : 0));
    best = Math.min(best, squares(X, y, beta));
  }
  return best;
}

describe("nonnegativeLeastSquares", () => {
  it("is least squares where that is not negative", () => {
    const X = [1, 2, 3, 4].map((x) => [1, x]);
    const beta = nonnegativeLeastSquares(
      X,
      X.map(([, x]) => 2 + 3 * x!),
    );
    expect(beta[0]).toBeCloseTo(2, 10);
    expect(beta[1]).toBeCloseTo(3, 10);
  });

  it("holds a coefficient at zero, exactly, and fits the others again", () => {
    // The line through these falls below zero at 0: without the bound the constant is −1.
    const X = [1, 2, 3].map((x) => [1, x]);
    const beta = nonnegativeLeastSquares(X, [1, 3, 5]);
    expect(beta[0]).toBe(0);
    expect(beta[1]).toBeCloseTo((1 * 1 + 2 * 3 + 3 * 5) / 14, 10);
    expect(nonnegativeLeastSquares(X, [-1, -2, -3])).toEqual([0, 0]);
  });

  it("does not care for units: columns of 1e-9 and 1e9", () => {
    const X = [1, 2, 3, 5].map((x) => [1e-9, x * 1e9]);
    const beta = nonnegativeLeastSquares(
      X,
      [1, 2, 3, 5].map((x) => 4 + 7 * x),
    );
    expect(beta[0]! / 4e9).toBeCloseTo(1, 8);
    expect(beta[1]! / 7e-9).toBeCloseTo(1, 8);
  });

  it("finds the best of all feasible solutions", () => {
    const value = fc.double({ min: -3, max: 3, noNaN: true });
    const problem = fc.integer({ min: 1, max: 4 }).chain((columns) =>
      fc.tuple(
        fc.array(fc.array(value, { minLength: columns, maxLength: columns }), {
          minLength: 8,
          maxLength: 8,
        }),
        fc.array(value, { minLength: 8, maxLength: 8 }),
      ),
    );
    fc.assert(
      fc.property(problem, ([noise, y]) => {
        // A diagonal keeps the columns apart.
        const X = noise.map((row, i) => row.map((entry, j) => entry + (i % row.length === j ? 8 : 0)));
        const beta = nonnegativeLeastSquares(X, y);
        expect(beta.every((one) => one >= 0)).toBe(true);
        expect(squares(X, y, beta)).toBeLessThanOrEqual(bruteForce(X, y) * (1 + 1e-9) + 1e-12);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("refuses what it cannot solve", () => {
    expect(() => nonnegativeLeastSquares([[1, 0]], [1])).toThrow(/1 rows of 2 and 1 values/);
    expect(() =>
      nonnegativeLeastSquares(
        [
          [1, 0],
          [2, 0],
        ],
        [1, 2],
      ),
    ).toThrow(/no column of zeros/);
  });
});
