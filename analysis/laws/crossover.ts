/** @file The crossover: the n/m at which forward takes as long as reverse, from paired ratios. */

import type { Estimate } from "../../src/statistics/interval.ts";
import { condition } from "../../src/statistics/least-squares.ts";
import { median } from "../../src/statistics/quantile.ts";
import { robustCrossedRegression } from "../../src/statistics/robust-crossed-regression.ts";
import type { AnyResults } from "../config.ts";
import { groupBy, pairKey } from "../grouping.ts";
import type { MeasurementRow } from "../table.ts";
import { formatEstimate } from "../text.ts";
import { intervalBasis } from "./cells.ts";
import {
  caseRatios,
  type PairedRow,
  pairedRows,
  type VariantPair,
  withoutPreparation,
  withPreparation,
} from "./pairs.ts";
import { LEAST_FACTOR } from "./power-law.ts";

/** Where forward and reverse take equally long, or why there is no such place in the grid. */
export type Crossover =
  | {
      readonly kind: "found";
      /** n/m; above it reverse is faster when `reverseAbove`. */
      readonly ratio: Estimate;
      readonly reverseAbove: boolean;
      /** Slope of log(forward/reverse) on log(n/m); 1 if both modes cost alike a product. */
      readonly slope: Estimate;
      readonly range: readonly [number, number];
      readonly noInterval: string | null;
    }
  | {
      readonly kind: "none";
      /** The mode that is faster everywhere in the range; null where neither is, or nothing was paired. */
      readonly faster: "forward" | "reverse" | null;
      readonly range: readonly [number, number] | null;
      /** The finding as a sentence without a full stop. */
      readonly reason: string;
    };

/** The crossovers of one pair of variants. */
export type PairCrossover = {
  readonly pair: VariantPair;
  /** Of the products alone. */
  readonly products: Crossover;
  /** With the preparation (primal evaluation and what must be kept) in both times. */
  readonly withPreparation: Crossover;
};

/**
 * Finds the crossover of a pair, with and without preparation.
 *
 * The logarithm of the paired ratio forward/reverse is fitted by a + b·log(n/m); the crossover is exp(−a/b), its
 * interval by the delta method on the logarithm (Casella and Berger, Statistical Inference, 2nd ed., 5.5.4) with the
 * clustered covariance of {@link robustCrossedRegression}. All cases take part, n = m included. A crossover is stated only
 * where cases on both sides of it were measured: never extrapolated.
 *
 * @param results - of one experiment
 * @param pair - see {@link variantPairs}
 */
export function crossover(results: AnyResults, pair: VariantPair): PairCrossover {
  const rows = pairedRows(results, pair.forward.label, pair.reverse.label);
  return {
    pair,
    products: findCrossover(results, rows, withoutPreparation),
    withPreparation: findCrossover(results, rows, withPreparation),
  };
}

/** A crossover as a half sentence, e.g. `n/m = 0.97 [0.93, 1.01]`. */
export function crossoverText(found: Crossover): string {
  if (found.kind === "none") return found.reason;
  return `n/m = ${formatEstimate(found.ratio)}`;
}

function findCrossover(
  results: AnyResults,
  rows: readonly PairedRow[],
  time: (row: MeasurementRow) => number,
): Crossover {
  if (rows.length === 0) {
    return { kind: "none", faster: null, range: null, reason: "no round in which both were measured" };
  }
  const ratios = caseRatios(rows, time);
  const places = new Map(rows.map((row) => [row.case, row.forward.inputs / row.forward.m]));
  const range = [Math.min(...places.values()), Math.max(...places.values())] as const;
  const none = (faster: "forward" | "reverse" | null, rest: string): Crossover => ({
    kind: "none",
    faster,
    range,
    reason: `none within n/m ∈ [${shortNumber(range[0])}, ${shortNumber(range[1])}]; ${rest}`,
  });
  const values = [...ratios.values()];
  if (values.every((ratio) => ratio > 1)) return none("reverse", "reverse always faster");
  if (values.every((ratio) => ratio < 1)) return none("forward", "forward always faster");
  const cells = [...groupBy(rows, (row) => pairKey(row.case, row.process)).values()].map((group) => ({
    case: group[0]!.case,
    process: group[0]!.process,
    x: [1, Math.log(places.get(group[0]!.case)!)],
    y: median(group.map((row) => Math.log(time(row.forward) / time(row.reverse)))),
  }));
  if (range[1] / range[0] < LEAST_FACTOR || ratios.size < 3 || condition(cells.map(({ x }) => x)) > 1e6) {
    return none(null, "too few different n/m to find one");
  }
  const fit = robustCrossedRegression(cells);
  const [a, b] = fit.coefficients as [number, number];
  const place = -a / b;
  if (!(place >= Math.log(range[0]) && place <= Math.log(range[1]))) {
    return none(null, "neither is always faster, but the fitted ratio does not reach 1 in it");
  }
  const { noInterval } = intervalBasis(
    results,
    rows.map((row) => row.forward),
  );
  // log(n/m)* = −a/b moves by −(δa + place·δb)/b.
  const moved = fit.combine([-1 / b, -place / b]).interval95;
  const half = moved === null ? null : (moved[1] - moved[0]) / 2;
  return {
    kind: "found",
    ratio: {
      estimate: Math.exp(place),
      interval95:
        noInterval !== null || half === null ? null : [Math.exp(place - half), Math.exp(place + half)],
    },
    reverseAbove: b > 0,
    slope: noInterval === null ? fit.coefficient(1) : { estimate: b, interval95: null },
    range,
    noInterval,
  };
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}
