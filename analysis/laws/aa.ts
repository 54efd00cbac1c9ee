/** @file The A/A check: one strategy under two labels must come out equal as often as the interval promises. */

import type { VariantRecord } from "../../src/results/types.ts";
import { clusterMean } from "../../src/statistics/cluster-mean.ts";
import type { Interval } from "../../src/statistics/interval.ts";
import { covers, MINIMUM_PROCESSES, MINIMUM_ROUNDS } from "../../src/statistics/interval.ts";
import { mean } from "../../src/statistics/mean.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type PairedRow, pairedRows } from "./pairs.ts";

/** The paired ratio of the two labels in one repetition. */
export type AaRepetition = {
  readonly repetition: number;
  /** First label over second. */
  readonly ratio: number;
  readonly interval95: Interval | null;
  readonly coversOne: boolean | null;
};

/** All repetitions of an A/A experiment. */
export type AaCheck = {
  readonly first: VariantRecord;
  readonly second: VariantRecord;
  readonly repetitions: readonly AaRepetition[];
  /** Repetitions whose interval covers 1. */
  readonly covering: number;
  /** Repetitions that have an interval. */
  readonly withInterval: number;
  /** Mean of |ratio − 1| over all repetitions. */
  readonly meanAbsDeviation: number;
  /** Median width of the intervals; null without any. */
  readonly medianWidth: number | null;
  /** What one value of an interval is: a process's median, or a round where a repetition has fewer than 5 processes. */
  readonly clusteredBy: "process" | "round";
};

/**
 * Evaluates an experiment that runs one strategy under two labels in many repetitions.
 *
 * In each repetition the ratio of the two labels is taken within each round (geometric mean over cases), and the
 * interval is Student's t over processes; a repetition of fewer than five processes is clustered by rounds, and the
 * result says so: what differs between processes then shows as spread between repetitions.
 *
 * @param results - of an A/A experiment
 * @returns null where no two variants differ in their label alone, or nothing was paired
 */
export function aaCheck(results: AnyResults): AaCheck | null {
  const pair = twins(results.variants);
  if (pair === null) return null;
  const [first, second] = pair;
  const rows = pairedRows(results, first.label, second.label);
  if (rows.length === 0) return null;
  const groups = groupBy(rows, (row) => `${row.forward.machine}/${row.forward.repetition}`);
  const byProcess = [...groups.values()].every(
    (group) => new Set(group.map((row) => row.process)).size >= MINIMUM_PROCESSES,
  );
  const repetitions = [...groups.values()].map((group) => evaluate(results, group, byProcess));
  const intervals = repetitions.flatMap(({ interval95 }) => (interval95 === null ? [] : [interval95]));
  return {
    first,
    second,
    repetitions,
    covering: repetitions.filter(({ coversOne }) => coversOne === true).length,
    withInterval: intervals.length,
    meanAbsDeviation: mean(repetitions.map(({ ratio }) => Math.abs(ratio - 1))),
    medianWidth: intervals.length === 0 ? null : median(intervals.map(([low, high]) => high - low)),
    clusteredBy: byProcess ? "process" : "round",
  };
}

/** The first two variants that are the same but for their label; null where there are none. */
function twins(variants: readonly VariantRecord[]): readonly [VariantRecord, VariantRecord] | null {
  for (const [index, first] of variants.entries()) {
    const plain = JSON.stringify({ ...first, label: "" });
    const second = variants
      .slice(index + 1)
      .find((other) => JSON.stringify({ ...other, label: "" }) === plain);
    if (second) return [first, second];
  }
  return null;
}

function evaluate(results: AnyResults, rows: readonly PairedRow[], byProcess: boolean): AaRepetition {
  const rounds = [...groupBy(rows, (row) => `${row.process}/${row.round}`).values()].map((group) => ({
    process: group[0]!.process,
    log: mean(group.map((row) => Math.log(row.forward.seconds / row.reverse.seconds))),
  }));
  const values = byProcess
    ? [...groupBy(rounds, (round) => round.process).values()].map((group) =>
        median(group.map(({ log }) => log)),
      )
    : rounds.map(({ log }) => log);
  const { repetition } = rows[0]!.forward;
  if (results.quick || rounds.length < MINIMUM_ROUNDS) {
    return { repetition, ratio: Math.exp(mean(values)), interval95: null, coversOne: null };
  }
  const result = clusterMean(values);
  const interval95: Interval = [Math.exp(result.interval95[0]), Math.exp(result.interval95[1])];
  return { repetition, ratio: Math.exp(result.estimate), interval95, coversOne: covers(interval95, 1) };
}
