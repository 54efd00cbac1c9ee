/** @file Least squares on published and exact data. */

import { describe, expect, it } from "vitest";
import { condition, leastSquares } from "../../src/statistics/least-squares.ts";

describe("leastSquares", () => {
  it("gives Anscombe's line (The American Statistician 27 (1973) 17–21)", () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const fit = leastSquares(
      x.map((value) => [1, value]),
      y,
    );
    expect(fit.coefficients[0]).toBeCloseTo(3.0000909, 6);
    expect(fit.coefficients[1]).toBeCloseTo(0.5000909, 6);
    expect(fit.rSquared).toBeCloseTo(0.6665425, 6);
    // Standard error of the slope: 0.1179.
    const squares = fit.residuals.reduce((sum, value) => sum + value * value, 0);
    expect(Math.sqrt((squares / 9) * fit.inverseGram[1]![1]!)).toBeCloseTo(0.1179, 4);
  });

  it("recovers an exact power law", () => {
    const k = [1, 2, 5, 9, 31];
    const fit = leastSquares(
      k.map((value) => [1, Math.log(value)]),
      k.map((value) => Math.log(3 * value ** 2)),
    );
    expect(Math.exp(fit.coefficients[0]!)).toBeCloseTo(3, 12);
    expect(fit.coefficients[1]).toBeCloseTo(2, 12);
    expect(fit.rSquared).toBeCloseTo(1, 12);
  });

  it("refuses too few rows and columns that depend on each other", () => {
    expect(() => leastSquares([[1, 2]], [1])).toThrow(/1 rows of 2 and 1 values/);
    const X = [
      [1, 2, 3],
      [1, 3, 4],
      [1, 5, 6],
      [1, 7, 8],
    ];
    expect(() => leastSquares(X, [1, 2, 3, 4])).toThrow(/columns depend on each other/);
  });
});

describe("condition", () => {
  it("is 1 for orthogonal columns of any length, and infinite for a column of zeros", () => {
    const X = [
      [1, 100],
      [1, -100],
    ];
    expect(condition(X)).toBeCloseTo(1, 12);
    expect(condition(X.map(([one]) => [one!, 0]))).toBe(Number.POSITIVE_INFINITY);
  });
});
