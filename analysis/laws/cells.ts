/** @file Case × process cells of one variant: the grain on which laws are fitted. */

import { JacobenchError } from "../../src/errors.ts";
import type { VariantRecord } from "../../src/results/types.ts";
import { whyNoInterval } from "../../src/statistics/interval.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { groupBy, pairKey } from "../grouping.ts";
import { type MeasurementRow, usableRows } from "../table.ts";

/** The rounds of one case in one process, under one variant. */
export type TimeCell = {
  readonly case: string;
  readonly process: string;
  readonly inputs: number;
  readonly m: number;
  readonly products: number | null;
  readonly sigma: number;
  readonly depth: number;
  readonly widths: readonly number[];
  /** How often the chain is walked through: a product, or a block of them; null for strategies of neither mode. */
  readonly calls: number | null;
  readonly footprintBytes: number;
  /** Median over the rounds. */
  readonly seconds: number;
};

/** The cells of a variant and what stands in the way of intervals. */
export type VariantCells = {
  readonly cells: readonly TimeCell[];
  /** Fewest rounds of any case. */
  readonly rounds: number;
  readonly processes: number;
  readonly noInterval: string | null;
};

/**
 * Collects the usable measurements of a variant into cells.
 *
 * @param results - of one experiment
 * @param label - of the variant
 * @returns one cell for each case and process
 */
export function timeCells(results: AnyResults, label: string): VariantCells {
  const rows = usableRows(results).filter((row) => row.variant === label);
  const groups = groupBy(rows, (row) => pairKey(row.case, row.processKey));
  const cells = [...groups.values()].map((group): TimeCell => {
    const first = group[0]!;
    return {
      case: first.case,
      process: first.processKey,
      inputs: first.inputs,
      m: first.m,
      products: first.products,
      sigma: first.sigma,
      depth: first.depth,
      widths: first.widths,
      calls: callsOf(first),
      footprintBytes: first.footprintBytes,
      seconds: median(group.map((row) => row.seconds)),
    };
  });
  return { cells, ...intervalBasis(results, rows) };
}

/** How often a run walks through the chain: once a product, or once a block of them; null without products. */
export function callsOf({
  products,
  blockSize,
}: Pick<MeasurementRow, "products" | "blockSize">): number | null {
  if (products === null || blockSize === null) return products;
  return blockSize === "all" ? 1 : Math.ceil(products / blockSize);
}

/**
 * Counts the rounds and processes behind an estimate over several cases.
 *
 * @param rows - the measurements that enter it
 * @returns fewest rounds of any case, all processes, and why there may be no interval
 */
export function intervalBasis(
  results: AnyResults,
  rows: readonly MeasurementRow[],
): { readonly rounds: number; readonly processes: number; readonly noInterval: string | null } {
  const perCase = [...groupBy(rows, (row) => row.case).values()].map((group) => ({
    rounds: new Set(group.map((row) => `${row.processKey}/${row.round}`)).size,
    processes: new Set(group.map((row) => row.processKey)).size,
  }));
  const rounds = perCase.reduce((least, { rounds }) => Math.min(least, rounds), Number.POSITIVE_INFINITY);
  const processes = perCase.reduce(
    (least, { processes }) => Math.min(least, processes),
    Number.POSITIVE_INFINITY,
  );
  const counts = { rounds: perCase.length ? rounds : 0, processes: perCase.length ? processes : 0 };
  return { ...counts, noInterval: whyNoInterval({ quick: results.quick, ...counts }) };
}

/** How a caller names a variant: by its label, or by strategy and kernel. */
export type VariantSelector =
  | { readonly variant: string }
  | { readonly strategy: string; readonly kernel?: string | undefined };

/**
 * Finds one variant of the results.
 *
 * @param selector - a label, or a strategy with an optional kernel
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if none or more than one fits
 */
export function selectVariant(results: AnyResults, selector: VariantSelector): VariantRecord {
  const fitting = results.variants.filter((variant) =>
    "variant" in selector
      ? variant.label === selector.variant
      : variant.strategy === selector.strategy &&
        (selector.kernel === undefined || variant.kernel === selector.kernel),
  );
  if (fitting.length === 1) return fitting[0]!;
  const labels = results.variants.map((variant) => `"${variant.label}"`).join(", ");
  throw new JacobenchError(
    "ERR_UNKNOWN_NAME",
    `results of "${results.experiment}": ${JSON.stringify(selector)} fits ${fitting.length} variants; ` +
      `expected exactly one of ${labels}; name it as { variant: … }`,
  );
}
