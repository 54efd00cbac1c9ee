/** @file Comparison of two runs: silent where nothing changed, as often as it promises, and not where something did. */

import { describe, expect, test } from "vitest";
import { compareRuns, FAMILY_ERROR, holm, regressions } from "../../analysis/laws/compare.ts";
import type { CaseRecord, VariantRecord } from "../../src/results/types.ts";
import { gridWidths, type SyntheticOptions, syntheticResults } from "../support/synthetic-results.ts";

const widths = gridWidths([4, 16], [4, 16], [16, 48, 144]);
const run = (rngSeed: number, more: SyntheticOptions = {}) =>
  syntheticResults({ widths, rngSeed, noise: { case: 0, process: 0.02, round: 0.03 }, ...more });

/** Forward on one case takes 20 % longer. */
const slower = (record: CaseRecord, variant: VariantRecord): number =>
  (variant.mode === "reverse" ? record.m : record.n) *
  record.sigma *
  1e-9 *
  (record.id === "4-16-16-16-4" && variant.mode === "forward" ? 1.2 : 1);

test("holm: by hand", () => {
  // 3·0.01, 2·0.02, then never less than the one before.
  expect(holm([0.03, 0.01, 0.02])).toEqual([0.04, 0.03, 0.04]);
  expect(holm([0.9, 0.5])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

describe("A/A: the same machine twice", () => {
  const repetitions = 250;
  const comparisons = Array.from({ length: repetitions }, (_, i) =>
    compareRuns([{ a: run(2 * i + 1), b: run(2 * i + 2) }]),
  );

  test("any false alarm at all in at most 5 % of the comparisons, within three standard errors", () => {
    const alarms = comparisons.filter(({ changed }) => changed.length > 0).length / repetitions;
    const error = Math.sqrt((FAMILY_ERROR * (1 - FAMILY_ERROR)) / repetitions);
    expect(alarms).toBeLessThanOrEqual(FAMILY_ERROR + 3 * error);
  });

  test("a row's own interval covers no change in 95 %, within three standard errors of the comparisons", () => {
    const shares = comparisons.map(
      ({ rows }) =>
        rows.filter(({ interval95 }) => interval95![0] <= 1 && 1 <= interval95![1]).length / rows.length,
    );
    const share = shares.reduce((sum, value) => sum + value, 0) / repetitions;
    const spread = Math.sqrt(
      shares.reduce((sum, value) => sum + (value - share) ** 2, 0) / (repetitions - 1) / repetitions,
    );
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(3 * spread + 0.005);
  });
});

test("one case that is 20 % slower is found, and nothing else", () => {
  const comparison = compareRuns([{ a: run(1), b: run(2, { law: slower }) }]);
  expect(comparison.rows).toHaveLength(24);
  expect(comparison.changed.map((row) => `${row.case} ${row.variant}`)).toEqual(["4-16-16-16-4 forward"]);
  const [row] = comparison.changed;
  expect(row!.ratio).toBeCloseTo(1.2, 1);
  expect(row!.interval95![0]).toBeGreaterThan(1);
  expect(row!.adjustedP).toBeLessThanOrEqual(FAMILY_ERROR);
  expect(regressions(comparison, 5)).toEqual([row]);
  expect(regressions(comparison, 50)).toEqual([]);
  // The other way round it became faster: no regression.
  const back = compareRuns([{ a: run(2, { law: slower }), b: run(1) }]);
  expect(back.changed).toHaveLength(1);
  expect(regressions(back, 0)).toEqual([]);
});

test("a change common to all shows in the overall ratio", () => {
  const { overallRatio } = compareRuns([{ a: run(1), b: run(2, { secondsPerFma: 1.5e-9 }) }]);
  expect(overallRatio).toBeCloseTo(1.5, 1);
});

test("without intervals nothing is said to have changed, nor not to have", () => {
  for (const more of [{ quick: true }, { rounds: 10 }, { processes: 3 }]) {
    const comparison = compareRuns([{ a: run(1), b: run(2, { law: slower, ...more }) }]);
    expect(comparison.noInterval).not.toBeNull();
    expect(comparison.changed).toEqual([]);
    for (const row of comparison.rows) {
      expect(row).toMatchObject({ interval95: null, adjustedP: null, changed: null });
      expect(row.ratio).toBeGreaterThan(0);
    }
  }
});

test("what only one run holds is named", () => {
  const comparison = compareRuns([{ a: run(1), b: run(2, { widths: widths.slice(1) }) }]);
  expect(comparison.rows).toHaveLength(22);
  expect(comparison.onlyInA).toEqual([
    "synthetic: 4-16-16-16-4, forward",
    "synthetic: 4-16-16-16-4, reverse",
  ]);
  expect(comparison.onlyInB).toEqual([]);
});

test("times of different parts are refused", () => {
  const b = run(2, { config: { report: { time: "with-preparation" } } });
  expect(() => compareRuns([{ a: run(1), b }])).toThrow('are "products" in A and "with-preparation" in B');
});
