/** @file Two runs of the same cases: what changed, beyond what noise and the number of comparisons explain. Pure. */

import { JacobenchError } from "../../src/errors.ts";
import { type Interval, whyNoInterval } from "../../src/statistics/interval.ts";
import { logarithms, mean, variance } from "../../src/statistics/mean.ts";
import { median } from "../../src/statistics/quantile.ts";
import { studentTProbability, studentTQuantile } from "../../src/statistics/student-t.ts";
import { type AnyResults, timedPartOf } from "../config.ts";
import { groupBy, pairKey } from "../grouping.ts";
import { type MeasurementRow, usableRows } from "../table.ts";

/** Chance that any change at all is reported between two runs of the same thing. */
export const FAMILY_ERROR = 0.05;

/** One case under one variant in both runs. */
export type ComparedRow = {
  readonly experiment: string;
  readonly case: string;
  readonly variant: string;
  readonly secondsA: number;
  readonly secondsB: number;
  /** B/A; above 1 where B is slower. */
  readonly ratio: number;
  /** Of this ratio alone. */
  readonly interval95: Interval | null;
  /** Adjusted for all comparisons by Holm's method; null where there is no interval. */
  readonly adjustedP: number | null;
  /** Whether it changed, at {@link FAMILY_ERROR} over all rows together; null where that cannot be told. */
  readonly changed: boolean | null;
};

/** All comparisons of two runs. */
export type Comparison = {
  readonly rows: readonly ComparedRow[];
  /** Of the rows: those that changed. */
  readonly changed: readonly ComparedRow[];
  /** Geometric mean of all ratios: a change that all have in common. Null without rows. */
  readonly overallRatio: number | null;
  /** Why rows have no intervals; null where all have. */
  readonly noInterval: string | null;
  /** `experiment: case, variant` of what only one run holds. */
  readonly onlyInA: readonly string[];
  readonly onlyInB: readonly string[];
};

/** One experiment in both runs. */
export type ComparedPair = { readonly a: AnyResults; readonly b: AnyResults };

/**
 * Compares runs, paired by case and variant.
 *
 * The logarithms of times are summarised by the median of each process, as everywhere; the change of a pair is the
 * difference of the two runs' means over processes, with Welch's t over processes (Welch, Biometrika 34 (1947) 28–35,
 * with Satterthwaite's degrees of freedom). Of many pairs some would seem to change by chance: their p-values are
 * adjusted by Holm's method (Scandinavian Journal of Statistics 6 (1979) 65–70), which keeps the chance of any false
 * alarm at 5 % however the pairs depend on each other, as those that share processes do.
 *
 * What differs between two whole sessions on one machine (temperature, neighbours, a new kernel) is no noise within
 * either and counts as a change; `overallRatio` shows what all pairs have in common.
 *
 * @param pairs - one entry an experiment
 * @throws {JacobenchError} `ERR_MISMATCH` if two runs' times are not of the same part (`report.time`)
 */
export function compareRuns(pairs: readonly ComparedPair[]): Comparison {
  const found = pairs.map(comparePair);
  const rows = adjusted(found.flatMap(({ rows }) => rows));
  return {
    rows,
    changed: rows.filter(({ changed }) => changed === true),
    overallRatio: rows.length === 0 ? null : Math.exp(mean(rows.map(({ ratio }) => Math.log(ratio)))),
    noInterval: found.map(({ noInterval }) => noInterval).find((reason) => reason !== null) ?? null,
    onlyInA: found.flatMap(({ onlyInA }) => onlyInA),
    onlyInB: found.flatMap(({ onlyInB }) => onlyInB),
  };
}

/**
 * The rows in which B is slower than A by more than some percentage, and that changed beyond their noise.
 *
 * @param percent - not negative
 */
export function regressions(comparison: Comparison, percent: number): ComparedRow[] {
  return comparison.changed.filter(({ ratio }) => ratio > 1 + percent / 100);
}

/**
 * p-values adjusted by Holm's step-down method.
 *
 * @param pValues - in any order
 * @returns in the same order; one is at most α exactly where the method rejects at family-wise level α
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[i]! - pValues[j]!);
  const result = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, i] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[i]!));
    result[i] = largest;
  }
  return result;
}

/** A row whose p-value is not yet adjusted. */
type RawRow = Omit<ComparedRow, "adjustedP" | "changed"> & { readonly p: number | null };

function adjusted(rows: readonly RawRow[]): ComparedRow[] {
  const tested = rows.filter(({ p }) => p !== null);
  const adjustedPs = new Map(holm(tested.map(({ p }) => p!)).map((value, i) => [tested[i]!, value]));
  return rows.map((row) => {
    const { p: _, ...rest } = row;
    const adjustedP = adjustedPs.get(row) ?? null;
    return { ...rest, adjustedP, changed: adjustedP === null ? null : adjustedP <= FAMILY_ERROR };
  });
}

function comparePair({ a, b }: ComparedPair) {
  if (timedPartOf(a) !== timedPartOf(b)) {
    throw new JacobenchError(
      "ERR_MISMATCH",
      `compare: the times of "${a.experiment}" are "${timedPartOf(a)}" in A and "${timedPartOf(b)}" in B; expected the ` +
        "same report.time in both configs",
    );
  }
  const [ofA, ofB] = [inOrder(a), inOrder(b)];
  const names = (from: Map<string, MeasurementRow[]>, other: Map<string, MeasurementRow[]>): string[] =>
    [...from].flatMap(([key, [row]]) =>
      other.has(key) ? [] : [`${row!.experiment}: ${row!.case}, ${row!.variant}`],
    );
  let noInterval: string | null = null;
  const rows = [...ofA].flatMap(([key, rowsA]): RawRow[] => {
    const rowsB = ofB.get(key);
    if (rowsB === undefined) return [];
    const reason = whyNot(a, rowsA) ?? whyNot(b, rowsB);
    noInterval ??= reason;
    const [first] = rowsA;
    return [
      {
        experiment: first!.experiment,
        case: first!.case,
        variant: first!.variant,
        ...welch(processMedians(rowsA), processMedians(rowsB), reason === null),
      },
    ];
  });
  return { rows, noInterval, onlyInA: names(ofA, ofB), onlyInB: names(ofB, ofA) };
}

/** Usable rows by case and variant, in the order of the results. */
function inOrder(results: AnyResults): Map<string, MeasurementRow[]> {
  const groups = groupBy(usableRows(results), (row) => pairKey(row.case, row.variant));
  const keys = results.cases.flatMap((record) =>
    results.variants.map((variant) => pairKey(record.id, variant.label)),
  );
  return new Map(keys.flatMap((key) => (groups.has(key) ? [[key, groups.get(key)!]] : [])));
}

/** Why a run has no interval for a case; null if it has. */
function whyNot(results: AnyResults, rows: readonly MeasurementRow[]): string | null {
  const processes = new Set(rows.map((row) => row.processKey)).size;
  return whyNoInterval({ quick: results.quick, rounds: rows.length, processes });
}

function processMedians(rows: readonly MeasurementRow[]): number[] {
  return [...groupBy(rows, (row) => row.processKey).values()].map((group) =>
    median(logarithms(group.map((row) => row.seconds))),
  );
}

function welch(a: readonly number[], b: readonly number[], mayHaveInterval: boolean) {
  const [meanA, meanB] = [mean(a), mean(b)];
  const change = meanB - meanA;
  const base = { secondsA: Math.exp(meanA), secondsB: Math.exp(meanB), ratio: Math.exp(change) };
  if (!mayHaveInterval) return { ...base, interval95: null, p: null };
  const [errorA, errorB] = [variance(a) / a.length, variance(b) / b.length];
  const standardError = Math.sqrt(errorA + errorB);
  // A clock so coarse that all processes agree exactly: any difference is one.
  if (standardError === 0) {
    const interval95: Interval = [base.ratio, base.ratio];
    return { ...base, interval95, p: change === 0 ? 1 : 0 };
  }
  const degrees = (errorA + errorB) ** 2 / (errorA ** 2 / (a.length - 1) + errorB ** 2 / (b.length - 1));
  const half = studentTQuantile(0.975, Math.max(1, degrees)) * standardError;
  const interval95: Interval = [Math.exp(change - half), Math.exp(change + half)];
  const p = 2 * (1 - studentTProbability(Math.abs(change) / standardError, Math.max(1, degrees)));
  return { ...base, interval95, p };
}
