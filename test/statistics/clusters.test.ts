/** @file Cluster means, crossed regression and the bootstrap: exact cases, and agreement with theory. */

import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/random.ts";
import {
  bootstrapStandardError,
  pigeonholeStandardErrors,
  resampleCounts,
} from "../../src/statistics/bootstrap.ts";
import { blockLength, blockStandardError, clusterMean } from "../../src/statistics/cluster-mean.ts";
import { type Cell, crossedRegression } from "../../src/statistics/crossed-regression.ts";
import { covers, whyNoInterval } from "../../src/statistics/interval.ts";
import { mean, variance } from "../../src/statistics/mean.ts";
import { studentTQuantile } from "../../src/statistics/student-t.ts";
import { normal } from "../support/synthetic-results.ts";

describe("clusterMean", () => {
  it("is the t interval of the summaries", () => {
    const { estimate, interval95, degreesOfFreedom } = clusterMean([1, 2, 3, 4, 5]);
    const half = (2.7764451 * Math.sqrt(2.5)) / Math.sqrt(5);
    expect([estimate, degreesOfFreedom]).toEqual([3, 4]);
    expect(interval95[0]).toBeCloseTo(3 - half, 6);
    expect(interval95[1]).toBeCloseTo(3 + half, 6);
  });

  it("is never narrower than the bound it is given", () => {
    expect(clusterMean([2, 2, 2], 0.5).standardError).toBe(0.5);
    expect(clusterMean([1, 2, 3], 0.1).standardError).toBeCloseTo(1 / Math.sqrt(3), 12);
  });
});

describe("blocks", () => {
  it("count (1 + r)/(1 − r) correlated values as one", () => {
    expect([blockLength(0), blockLength(0.5), blockLength(-0.3)]).toEqual([1, 3, 1]);
    const groups = [
      [1, 3],
      [11, 13],
    ];
    // Variance within groups 2, four values.
    expect(blockStandardError(groups, 0)).toBeCloseTo(Math.sqrt(2 / 4), 12);
    expect(blockStandardError(groups, 0.5)).toBeCloseTo(Math.sqrt((2 / 4) * 3), 12);
    expect(blockStandardError([[1], [2]], 0)).toBe(0);
  });
});

describe("whyNoInterval", () => {
  it("names what is missing, and nothing otherwise", () => {
    expect(whyNoInterval({ quick: true, rounds: 99, processes: 9 })).toBe("a quick run");
    expect(whyNoInterval({ quick: false, rounds: 14, processes: 5 })).toMatch(/14 rounds .* 15/);
    expect(whyNoInterval({ quick: false, rounds: 15, processes: 4 })).toMatch(/4 processes .* 5/);
    expect(whyNoInterval({ quick: false, rounds: 15, processes: 5 })).toBeNull();
  });
});

describe("crossedRegression", () => {
  const cells = (noise: (caseIndex: number, process: number) => number): Cell[] =>
    Array.from({ length: 12 }, (_, c) =>
      Array.from({ length: 5 }, (_, p) => ({
        case: `c${c}`,
        process: `p${p}`,
        x: [1, c],
        y: 2 + 3 * c + noise(c, p),
      })),
    ).flat();

  it("recovers an exact line with intervals of no width", () => {
    const fit = crossedRegression(cells(() => 0));
    expect(fit.coefficient(1).estimate).toBeCloseTo(3, 12);
    const [low, high] = fit.coefficient(1).interval95!;
    expect(high - low).toBeLessThan(1e-9);
    expect([fit.cases, fit.processes]).toEqual([12, 5]);
  });

  it("widens the constant, not the slope, by what whole processes differ", () => {
    const fit = crossedRegression(cells((_, p) => p));
    const [low, high] = fit.coefficient(0).interval95!;
    // Process means 0 … 4: standard error √(2.5/5), Student's t with 4 degrees of freedom.
    expect((high - low) / 2).toBeCloseTo(studentTQuantile(0.975, 4) * Math.sqrt(0.5), 6);
    expect(fit.coefficient(1).interval95![1] - fit.coefficient(1).interval95![0]).toBeLessThan(1e-9);
  });

  it("sees processes that differ in slope, however many cases there are", () => {
    const fit = crossedRegression(cells((c, p) => (p - 2) * c));
    const [low, high] = fit.coefficient(1).interval95!;
    expect((high - low) / 2).toBeCloseTo(studentTQuantile(0.975, 4) * Math.sqrt(0.5), 6);
  });

  it("equals the standard error of independent noise within a third", () => {
    const random = createRandom(4);
    const widths: number[] = [];
    for (let i = 0; i < 100; i++) {
      const effects = Array.from({ length: 12 }, () => normal(random));
      const [low, high] = crossedRegression(cells((c) => effects[c]!)).coefficient(1).interval95!;
      widths.push((high - low) / 2 / studentTQuantile(0.975, 10));
    }
    const exact = 1 / Math.sqrt(143); // Σ (c − 5.5)² = 143
    expect(mean(widths) / exact).toBeGreaterThan(0.9);
    expect(mean(widths) / exact).toBeLessThan(1.35);
  });

  it("gives no interval from as many cases as coefficients", () => {
    const fit = crossedRegression(cells(() => 0).filter((cell) => ["c0", "c1"].includes(cell.case)));
    expect(fit.coefficient(1).estimate).toBeCloseTo(3, 12);
    expect(fit.coefficient(1).interval95).toBeNull();
    expect(() => fit.coefficient(2)).toThrow(/coefficient 2; expected 0 to 1/);
  });

  it("combines coefficients", () => {
    const fit = crossedRegression(cells((c, p) => Math.sin(7 * c + p)));
    expect(fit.combine([1, 2]).estimate).toBeCloseTo(fit.coefficients[0]! + 2 * fit.coefficients[1]!, 12);
    expect(covers(fit.combine([1, 2]).interval95!, 8)).toBe(true);
  });
});

describe("bootstrap", () => {
  it("draws as many as there are", () => {
    const counts = resampleCounts(7, createRandom(1));
    expect(counts).toHaveLength(7);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(7);
  });

  it("gives the standard error of a mean within a tenth, and repeats itself", () => {
    const random = createRandom(8);
    const values = Array.from({ length: 40 }, () => normal(random));
    const exact = Math.sqrt((variance(values) * 39) / 40 / 40);
    const run = (): number => bootstrapStandardError(values, mean, createRandom(3), 2000);
    expect(run() / exact).toBeGreaterThan(0.9);
    expect(run() / exact).toBeLessThan(1.1);
    expect(run()).toBe(run());
  });

  it("adds both sources in the pigeonhole bootstrap", () => {
    const rows = [0, 1, 2, 3, 4, 5];
    const columns = [0, 10, 20, 30, 40];
    const statistic = (r: readonly number[], c: readonly number[]): number[] => [
      rows.reduce((sum, value, i) => sum + value * r[i]!, 0) / 6 +
        columns.reduce((sum, v, i) => sum + v * c[i]!, 0) / 5,
    ];
    const [error] = pigeonholeStandardErrors({ rows: 6, columns: 5 }, statistic, createRandom(2), 4000);
    const exact = Math.sqrt(35 / 12 / 6 + 200 / 5);
    expect(error! / exact).toBeGreaterThan(0.93);
    expect(error! / exact).toBeLessThan(1.07);
  });
});
