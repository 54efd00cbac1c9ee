/** @file Student's t against printed tables, closed forms and its own inverse. */

import { describe, expect, it } from "vitest";
import { incompleteBeta, studentTProbability, studentTQuantile } from "../../src/statistics/student-t.ts";

describe("studentTQuantile", () => {
  // Printed tables (e.g. NIST/SEMATECH e-Handbook 1.3.6.7.2), upper 2.5 % points.
  it.each([
    [1, 12.706],
    [2, 4.303],
    [4, 2.776],
    [5, 2.571],
    [10, 2.228],
    [26, 2.056],
    [30, 2.042],
    [100, 1.984],
  ])("agrees with the table for %d degrees of freedom", (degrees, value) => {
    expect(studentTQuantile(0.975, degrees)).toBeCloseTo(value, 3);
  });

  it("has the closed forms of 1 and 2 degrees of freedom", () => {
    for (const p of [0.55, 0.8, 0.975, 0.999]) {
      expect(studentTQuantile(p, 1)).toBeCloseTo(Math.tan(Math.PI * (p - 0.5)), 8);
      const q = 4 * p * (1 - p);
      expect(studentTQuantile(p, 2)).toBeCloseTo(2 * (p - 0.5) * Math.sqrt(2 / q), 9);
    }
  });

  it("is symmetric, nears the normal distribution, and takes fractions of degrees", () => {
    expect(studentTQuantile(0.025, 7)).toBe(-studentTQuantile(0.975, 7));
    expect(studentTQuantile(0.5, 3)).toBe(0);
    expect(studentTQuantile(0.975, 1e6)).toBeCloseTo(1.959964, 4);
    expect(studentTQuantile(0.975, 4.5)).toBeLessThan(studentTQuantile(0.975, 4));
    expect(studentTQuantile(0.975, 4.5)).toBeGreaterThan(studentTQuantile(0.975, 5));
  });

  it("inverts the probability", () => {
    for (const degrees of [1, 3.7, 12, 200]) {
      expect(studentTProbability(studentTQuantile(0.9, degrees), degrees)).toBeCloseTo(0.9, 11);
    }
  });

  it("refuses impossible arguments", () => {
    expect(() => studentTQuantile(1, 4)).toThrow(/p is 1; expected a number between 0 and 1/);
    expect(() => studentTQuantile(0.9, 0)).toThrow(/degrees of freedom is 0; expected at least 1/);
  });
});

describe("incompleteBeta", () => {
  it("has its closed forms", () => {
    expect(incompleteBeta(0.3, 1, 1)).toBeCloseTo(0.3, 13);
    expect(incompleteBeta(0.4, 2, 1)).toBeCloseTo(0.16, 13);
    expect(incompleteBeta(0.25, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(0.5), 13);
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  });
});
