/** @file The time of one case under one variant, with a 95 % interval clustered by process, then round. */

import { deriveSeed } from "../../src/random.ts";
import type { CaseRecord, CostRecord, VariantRecord } from "../../src/results/types.ts";
import { blockLength, blockStandardError, clusterMean } from "../../src/statistics/cluster-mean.ts";
import { serialCorrelation } from "../../src/statistics/correlation.ts";
import { type Interval, MINIMUM_PROCESSES, whyNoInterval } from "../../src/statistics/interval.ts";
import { logarithms, mean } from "../../src/statistics/mean.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { Warning } from "../../src/warnings.ts";
import { type AnyResults, rngSeedOf, type TimedPart, timedPartOf } from "../config.ts";
import { groupBy, pairKey } from "../grouping.ts";
import { inputsOf, type MeasurementRow, productsOf, usableRows } from "../table.ts";

/** One case under one variant: the unit that charts and laws work on. */
export type CaseSummary = {
  readonly record: CaseRecord;
  readonly variant: VariantRecord;
  readonly cost: CostRecord;
  readonly inputs: number;
  readonly products: number | null;
  /** What `seconds` are of, by the config. */
  readonly timed: TimedPart;
  /** Geometric mean over processes of each process's median over its rounds. */
  readonly seconds: number;
  readonly interval95: Interval | null;
  /** Why there is no interval; null where there is one. */
  readonly noInterval: string | null;
  /** Median over all rounds of the preparation. */
  readonly secondsPrepare: number;
  /** Smallest and largest measurement. */
  readonly range: Interval;
  readonly rounds: number;
  readonly processes: number;
  /** Lag-1 correlation of successive rounds in a process, 0 for independent ones. */
  readonly lag1: number;
  readonly warnings: readonly Warning[];
};

/** Rounds count as correlated below this chance of so high a correlation among independent ones. */
const SIGNIFICANCE = 0.01;

/**
 * A positive quantity with its interval, from its values in rounds of processes.
 *
 * The logarithms are summarised by the median of each process, and those by their mean with Student's t over the
 * processes: rounds of a process share its JIT decisions and its memory layout, so that they are no independent
 * witnesses. Where successive rounds are correlated (permutation test, 1 %), a process's rounds are counted in blocks
 * of (1 + r)/(1 − r), and the interval is never narrower than those blocks allow. See
 * analysis/simulation/coverage.ts: this covers 94 to 96 %, a percentile bootstrap of the same data less.
 *
 * @param processes - one list of positive values a process, each in the order of its rounds
 * @param options - `quick` runs get no interval; `rngSeed` of the permutation test
 * @returns estimate and interval in the unit of the values
 */
export function clusteredInterval(
  processes: readonly (readonly number[])[],
  options: { readonly quick: boolean; readonly rngSeed: number },
): {
  readonly estimate: number;
  readonly interval95: Interval | null;
  readonly noInterval: string | null;
  readonly lag1: number;
  readonly correlated: boolean;
} {
  const logs = processes.map(logarithms);
  const rounds = logs.reduce((sum, group) => sum + group.length, 0);
  const noInterval = whyNoInterval({ quick: options.quick, rounds, processes: logs.length });
  const summaries = logs.map(median);
  if (noInterval !== null) {
    return { estimate: Math.exp(mean(summaries)), interval95: null, noInterval, lag1: 0, correlated: false };
  }
  const serial = serialCorrelation(logs, options.rngSeed);
  const correlated = serial.p <= SIGNIFICANCE;
  const result = clusterMean(summaries, correlated ? blockStandardError(logs, serial.lag1) : 0);
  return {
    estimate: Math.exp(result.estimate),
    interval95: [Math.exp(result.interval95[0]), Math.exp(result.interval95[1])],
    noInterval: null,
    lag1: serial.lag1,
    correlated,
  };
}

/**
 * Summarises every case under every variant that was measured, in the order of cases, then variants.
 *
 * @param results - of one experiment; unusable measurements are left out
 * @returns one summary for each pair with at least one usable measurement
 */
export function caseSummaries(results: AnyResults): CaseSummary[] {
  const known = cached.get(results);
  if (known) return known;
  const rows = groupBy(usableRows(results), (row) => pairKey(row.case, row.variant));
  const costs = new Map(results.costs.map((cost) => [pairKey(cost.case, cost.variant), cost]));
  const summaries: CaseSummary[] = [];
  for (const record of results.cases) {
    for (const variant of results.variants) {
      const key = pairKey(record.id, variant.label);
      const own = rows.get(key);
      if (own) summaries.push(summarise(results, record, variant, costs.get(key)!, own));
    }
  }
  cached.set(results, summaries);
  return summaries;
}

const cached = new WeakMap<AnyResults, CaseSummary[]>();

function summarise(
  results: AnyResults,
  record: CaseRecord,
  variant: VariantRecord,
  cost: CostRecord,
  rows: readonly MeasurementRow[],
): CaseSummary {
  const inOrder = [...rows].sort((a, b) => a.round - b.round);
  const processes = [...groupBy(inOrder, (row) => row.processKey).values()].map((group) =>
    group.map((row) => row.seconds),
  );
  const rngSeed = deriveSeed(rngSeedOf(results), "serial", record.id, variant.label);
  const { estimate, interval95, noInterval, lag1, correlated } = clusteredInterval(processes, {
    quick: results.quick,
    rngSeed,
  });
  const seconds = rows.map((row) => row.seconds);
  return {
    record,
    variant,
    cost,
    inputs: inputsOf(record, variant),
    products: productsOf(record, variant),
    timed: timedPartOf(results),
    seconds: estimate,
    interval95,
    noInterval,
    secondsPrepare: median(rows.map((row) => row.secondsPrepare)),
    range: [Math.min(...seconds), Math.max(...seconds)],
    rounds: rows.length,
    processes: processes.length,
    lag1,
    warnings: warningsOf({ noInterval, lag1, correlated, quick: results.quick }),
  };
}

function warningsOf(found: {
  readonly noInterval: string | null;
  readonly lag1: number;
  readonly correlated: boolean;
  readonly quick: boolean;
}): Warning[] {
  const warnings: Warning[] = [];
  if (found.noInterval !== null && !found.quick) {
    warnings.push({ code: "too-few-samples", message: `no interval: ${found.noInterval}` });
  }
  if (found.correlated) {
    warnings.push({
      code: "rounds-correlated",
      message:
        `successive rounds of a process are correlated (lag-1 ${found.lag1.toFixed(2)}); ` +
        `${blockLength(found.lag1).toFixed(1)} of them count as one, over at least ${MINIMUM_PROCESSES} processes`,
    });
  }
  return warnings;
}
