/** @file Which variants are each other's counterparts in the other mode, and their ratios within the same round. */

import type { VariantRecord } from "../../src/results/types.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type MeasurementRow, usableRows } from "../table.ts";

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
