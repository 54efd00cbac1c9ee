/** @file Which variants are each other's counterparts in the other mode, and their ratios within the same round. */

import { deriveSeed } from "../../src/random.ts";
import type { VariantRecord } from "../../src/results/types.ts";
import type { Estimate, Interval } from "../../src/statistics/interval.ts";
import { median } from "../../src/statistics/quantile.ts";
import { type AnyResults, rngSeedOf } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type MeasurementRow, usableRows } from "../table.ts";
import { clusteredInterval } from "./case-interval.ts";

/** A forward and a reverse variant that differ in nothing but the mode. */
export type VariantPair = {
  readonly forward: VariantRecord;
  readonly reverse: VariantRecord;
  /** For people, e.g. `forward / reverse (typed)`. */
  readonly name: string;
};

/** The two variants' times in the same repetition, process and round, on the same case. */
export type PairedRow = {
  readonly case: string;
  readonly process: string;
  readonly round: number;
  readonly forward: MeasurementRow;
  readonly reverse: MeasurementRow;
};

/**
 * Finds the forward variants that have a counterpart: the strategy of the same name in the other mode, with the same
 * kernel and options.
 *
 * @returns in the order of the forward variants
 */
export function variantPairs(results: AnyResults): VariantPair[] {
  const signature = (variant: VariantRecord): string =>
    [
      variant.strategy.replace(variant.mode!, "*"),
      variant.kernel,
      variant.blockSize,
      variant.threads,
      variant.linearisation,
      variant.unitSeeds,
      variant.withRespectTo,
      variant.minimize,
    ].join("\u0000");
  const reverse = new Map(
    results.variants.filter(({ mode }) => mode === "reverse").map((variant) => [signature(variant), variant]),
  );
  return results.variants
    .filter(({ mode }) => mode === "forward")
    .flatMap((forward) => {
      const other =
        reverse.get(signature(forward)) ?? reverse.get(signature({ ...forward, linearisation: "shared" }));
      return other === undefined ? [] : [{ forward, reverse: other, name: pairName(forward, other) }];
    });
}

/**
 * Pairs the usable measurements of two variants by repetition, process, round and case.
 *
 * @param forward - label of the one
 * @param reverse - label of the other
 * @returns one row for each round in which both were measured
 */
export function pairedRows(results: AnyResults, forward: string, reverse: string): PairedRow[] {
  const key = (row: MeasurementRow): string => [row.processKey, row.round, row.case].join("\u0000");
  const others = new Map(
    usableRows(results)
      .filter((row) => row.variant === reverse)
      .map((row) => [key(row), row]),
  );
  return usableRows(results)
    .filter((row) => row.variant === forward)
    .flatMap((row) => {
      const other = others.get(key(row));
      return other === undefined
        ? []
        : [{ case: row.case, process: row.processKey, round: row.round, forward: row, reverse: other }];
    });
}

/**
 * The ratio forward/reverse of each case: geometric mean over processes of the median over rounds.
 *
 * @param rows - paired
 * @param time - which time of a row
 * @returns case id → ratio, above 1 where reverse is faster
 */
export function caseRatios(
  rows: readonly PairedRow[],
  time: (row: MeasurementRow) => number,
): Map<string, number> {
  const ratios = new Map<string, number>();
  for (const [id, own] of groupBy(rows, (row) => row.case)) {
    const logs = [...groupBy(own, (row) => row.process).values()].map((group) =>
      median(group.map((row) => Math.log(time(row.forward) / time(row.reverse)))),
    );
    ratios.set(id, Math.exp(logs.reduce((sum, value) => sum + value, 0) / logs.length));
  }
  return ratios;
}

/**
 * {@link caseRatios} with their intervals, clustered by process as all intervals are.
 *
 * @param results - that the rows are of
 * @returns case id → ratio with its interval; null where there is too little data for one
 */
export function caseRatioEstimates(
  results: AnyResults,
  rows: readonly PairedRow[],
  time: (row: MeasurementRow) => number,
): Map<string, Estimate> {
  return new Map(
    [...groupBy(rows, (row) => row.case)].map(([id, own]) => {
      const inOrder = [...own].sort((a, b) => a.round - b.round);
      const processes = [...groupBy(inOrder, (row) => row.process).values()].map((group) =>
        group.map((row) => time(row.forward) / time(row.reverse)),
      );
      const rngSeed = deriveSeed(rngSeedOf(results), "ratio", id, own[0]!.forward.variant);
      const { estimate, interval95 } = clusteredInterval(processes, { quick: results.quick, rngSeed });
      return [id, { estimate, interval95 }];
    }),
  );
}

/**
 * The interval that holds those of all cases: it lies on a side of 1 where each of them does.
 *
 * @returns null where one of them has none, or there are no cases
 */
export function hullOf(ratios: readonly Estimate[]): Interval | null {
  const intervals = ratios.flatMap(({ interval95 }) => (interval95 === null ? [] : [interval95]));
  return intervals.length === 0 || intervals.length < ratios.length
    ? null
    : [Math.min(...intervals.map(([low]) => low)), Math.max(...intervals.map(([, high]) => high))];
}

/** The products alone. */
export function withoutPreparation(row: MeasurementRow): number {
  return row.secondsProducts;
}

/** The products, and the preparation before them. */
export function withPreparation(row: MeasurementRow): number {
  return row.secondsProducts + row.secondsPrepare;
}

function pairName(forward: VariantRecord, reverse: VariantRecord): string {
  const sides = `${forward.label} / ${reverse.label}`;
  return forward.label.includes(forward.kernel) ? sides : `${sides} (${forward.kernel})`;
}
