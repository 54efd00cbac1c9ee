/** @file Median, quantiles and means on known answers. */

import { describe, expect, it } from "vitest";
import { geometricMean, logarithms, mean, variance } from "../../src/statistics/mean.ts";
import { median, quantile } from "../../src/statistics/quantile.ts";

describe("median and quantile", () => {
  it("takes the middle value, or the mean of the two middle ones, whatever the order", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  it("interpolates as R's type 7 does", () => {
    // R: quantile(c(1, 2, 4, 8, 16), c(.1, .25, .5, .9)) → 1.4 2 4 12.8
    expect([0.1, 0.25, 0.5, 0.9].map((p) => quantile([16, 1, 8, 2, 4], p))).toEqual([1.4, 2, 4, 12.8]);
    expect(quantile([3, 1, 2], 0)).toBe(1);
    expect(quantile([3, 1, 2], 1)).toBe(3);
  });

  it("does not modify its input", () => {
    const values = [3, 1, 2];
    median(values);
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  it("refuses NaN, infinity, nothing, and p outside of [0, 1]", () => {
    expect(() => median([1, Number.NaN])).toThrow(/value 1 is NaN; expected a finite number/);
    expect(() => median([])).toThrow(/no values; expected at least one/);
    expect(() => quantile([1, Number.POSITIVE_INFINITY], 0.5)).toThrow(/Infinity/);
    expect(() => quantile([1], 1.5)).toThrow(/p is 1.5; expected a number from 0 to 1/);
  });
});

describe("means", () => {
  it("sums without losing the small ones", () => {
    expect(mean([1e16, 1, -1e16, 1])).toBe(0.5);
  });

  it("gives the unbiased variance", () => {
    expect(variance([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(32 / 7, 12);
    expect(() => variance([1])).toThrow(/expected at least two/);
  });

  it("gives the geometric mean of ratios: a ratio and its inverse cancel", () => {
    expect(geometricMean([4, 0.25])).toBeCloseTo(1, 14);
    expect(geometricMean([1, 10, 100])).toBeCloseTo(10, 12);
    expect(() => logarithms([1, 0])).toThrow(/value 1 is 0; expected a positive number/);
    expect(() => logarithms([Number.NaN])).toThrow(/NaN/);
  });
});
