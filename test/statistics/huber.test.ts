/** @file Huber's regression: equal to least squares without outliers, hardly moved by them, honest in its spread. */

import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/random.ts";
import { crossedRegression } from "../../src/statistics/crossed-regression.ts";
import { huberFit, huberRoots } from "../../src/statistics/huber.ts";
import { leastSquares } from "../../src/statistics/least-squares.ts";
import { robustCrossedRegression } from "../../src/statistics/robust-crossed-regression.ts";
import { nearDependency } from "../../src/statistics/separability.ts";
import { normal } from "../support/synthetic-results.ts";

const X = Array.from({ length: 60 }, (_, i) => [1, i / 10]);

function line(noise: (i: number) => number): number[] {
  return X.map(([, x], i) => 2 + 3 * x! + noise(i));
}

describe("huberFit", () => {
  it("is exact on a line, whatever a few points do", () => {
    const { coefficients, outlierShare } = huberFit(
      X,
      line((i) => (i % 10 === 3 ? 50 : 0)),
    );
    expect(coefficients[0]).toBeCloseTo(2, 1);
    expect(coefficients[1]).toBeCloseTo(3, 1);
    expect([0, 0.1]).toContain(outlierShare);
  });

  it("is 95 % as efficient as least squares where noise is normal (Huber 1964)", () => {
    const random = createRandom(1);
    const errors = Array.from({ length: 800 }, () => {
      const y = line(() => normal(random));
      return [huberFit(X, y).coefficients[1]! - 3, leastSquares(X, y).coefficients[1]! - 3] as const;
    });
    const square = (which: 0 | 1): number => errors.reduce((sum, error) => sum + error[which] ** 2, 0);
    expect(square(1) / square(0)).toBeGreaterThan(0.92);
    expect(square(1) / square(0)).toBeLessThan(0.98);
  });

  it("has outliers pull the slope at least ten times less than least squares", () => {
    const random = createRandom(6);
    const y = line((i) => 0.1 * normal(random) + (i > 50 && i % 2 === 0 ? 30 : 0));
    const [robust, ordinary] = [huberFit(X, y), leastSquares(X, y)];
    expect(Math.abs(robust.coefficients[1]! - 3)).toBeLessThan(Math.abs(ordinary.coefficients[1]! - 3) / 10);
    expect(robust.outlierShare).toBeGreaterThan(0.05);
  });

  it("gives pseudo-values whose least squares are the estimate", () => {
    const random = createRandom(7);
    const { coefficients, pseudoValues } = huberFit(
      X,
      line((i) => normal(random) * (i % 7 === 0 ? 20 : 1)),
    );
    const again = leastSquares(X, pseudoValues).coefficients;
    for (const [j, value] of again.entries()) expect(value).toBeCloseTo(coefficients[j]!, 6);
  });

  it("weighs rows within 1.345 standard deviations by 1, the rest by less", () => {
    const roots = huberRoots([-1, 1, 1, -1, 1, 1, 10]);
    expect(roots.slice(0, 6)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(roots[6]! ** 2).toBeCloseTo((1.345 * 1.4826) / 10, 10);
    expect(huberRoots([0, 0, 5])).toEqual([1, 1, 1]);
  });
});

describe("robustCrossedRegression", () => {
  const cells = (outliers: boolean) => {
    const random = createRandom(8);
    return Array.from({ length: 20 }, (_, c) =>
      Array.from({ length: 5 }, (_, p) => ({
        case: String(c),
        process: String(p),
        x: [1, c / 5],
        y: 1 + (2 * c) / 5 + 0.05 * normal(random) + (outliers && (c * 5 + p) % 17 === 0 ? 2 : 0),
      })),
    ).flat();
  };

  it("has an interval like that of least squares without outliers, and a far shorter one with them", () => {
    const width = ({ interval95 }: { interval95: readonly [number, number] | null }) =>
      interval95![1] - interval95![0];
    const clean = [crossedRegression(cells(false)), robustCrossedRegression(cells(false))];
    expect(width(clean[1]!.coefficient(1)) / width(clean[0]!.coefficient(1))).toBeCloseTo(1, 0);
    const dirty = [crossedRegression(cells(true)), robustCrossedRegression(cells(true))];
    expect(width(dirty[1]!.coefficient(1))).toBeLessThan(width(dirty[0]!.coefficient(1)) / 3);
    const [low, high] = dirty[1]!.coefficient(1).interval95!;
    expect(low < 2 && 2 < high).toBe(true);
  });

  it("has wider intervals at higher confidence, and tells the residuals of the given values", () => {
    const fit = robustCrossedRegression(cells(true));
    const [at95, at999] = [fit.intervalAt(1, 0.95)!, fit.intervalAt(1, 0.999)!];
    expect(at95).toEqual(fit.coefficient(1).interval95);
    expect(at999[0] < at95[0] && at95[1] < at999[1]).toBe(true);
    expect(fit.residualRms).toBeGreaterThan(0.1);
    expect(fit.outlierShare).toBeCloseTo(6 / 100, 10);
  });
});

describe("nearDependency", () => {
  it("names the columns that move together, and no other", () => {
    const random = createRandom(9);
    const rows = Array.from({ length: 30 }, () => {
      const [a, b, c] = [random.uniform(), random.uniform(), random.uniform()];
      return [a, b, 2 * a + 1e-4 * random.uniform(), c];
    });
    expect(nearDependency(rows)).toEqual([0, 2]);
    expect(nearDependency(rows.map(([a, b, , c]) => [a!, b!, c!]))).toEqual([]);
    expect(nearDependency(rows.map(([a]) => [a!]))).toEqual([]);
    expect(nearDependency(rows.map(([a, b]) => [a!, 3 * a!, b!]))).toEqual([0, 1]);
  });
});
