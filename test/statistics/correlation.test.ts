/** @file Correlation, and correlation of successive rounds. */

import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/random.ts";
import { correlation, serialCorrelation } from "../../src/statistics/correlation.ts";
import { normal } from "../support/synthetic-results.ts";

describe("correlation", () => {
  it("is ±1 on lines, 0 where nothing varies, and Anscombe's 0.81642 on his first set", () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 14);
    expect(correlation([1, 2, 3], [6, 4, 2])).toBeCloseTo(-1, 14);
    expect(correlation([1, 2, 3], [5, 5, 5])).toBe(0);
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    expect(correlation(x, y)).toBeCloseTo(0.81642, 5);
  });

  it("refuses lists that do not match", () => {
    expect(() => correlation([1, 2], [1])).toThrow(/lengths are 2 and 1/);
    expect(() => correlation([1], [1])).toThrow(/expected at least two/);
  });
});

describe("serialCorrelation", () => {
  const groups = (lag1: number, length: number, rngSeed: number): number[][] => {
    const random = createRandom(rngSeed);
    return Array.from({ length: 5 }, () => {
      let state = normal(random);
      return Array.from({ length }, () => {
        const value = state;
        state = lag1 * state + Math.sqrt(1 - lag1 ** 2) * normal(random);
        return value;
      });
    });
  };

  it("is unbiased for independent rounds, even with three a process", () => {
    const found = Array.from({ length: 200 }, (_, i) => serialCorrelation(groups(0, 3, i), i));
    const centre = found.reduce((sum, { lag1 }) => sum + lag1, 0) / found.length;
    expect(Math.abs(centre)).toBeLessThan(0.05);
    // One in a hundred by chance; three standard errors above that.
    expect(found.filter(({ p }) => p <= 0.01).length).toBeLessThanOrEqual(
      2 + 3 * Math.sqrt(200 * 0.01 * 0.99),
    );
  });

  it("finds strong correlation where there are rounds enough to see it", () => {
    const found = serialCorrelation(groups(0.8, 12, 3), 1);
    expect(found.p).toBeLessThanOrEqual(0.01);
    expect(found.lag1).toBeGreaterThan(0.3);
  });

  it("is not made by one outlier, nor by differences between processes", () => {
    const quiet = groups(0, 3, 11).map((group, i) => group.map((value) => value + 100 * i));
    quiet[2]![1]! += 1e6;
    expect(serialCorrelation(quiet, 1).p).toBeGreaterThan(0.01);
  });

  it("says nothing of groups of two, or of constants, and repeats itself", () => {
    expect(serialCorrelation([[1, 2]], 1)).toEqual({ lag1: 0, p: 1 });
    expect(serialCorrelation([[1, 1, 1]], 1)).toEqual({ lag1: 0, p: 1 });
    expect(serialCorrelation(groups(0.5, 6, 2), 9)).toEqual(serialCorrelation(groups(0.5, 6, 2), 9));
  });
});
