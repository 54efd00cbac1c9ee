/** @file How far each strategy is from the fastest of a chain: chosen on even rounds, regretted on odd ones. Pure. */

import { buildShape } from "../../src/chain/build.ts";
import { calibrationOf } from "../../src/planner/calibration.ts";
import { planTime, type TimePlan } from "../../src/planner/time-plan.ts";
import { deriveSeed } from "../../src/random.ts";
import type { CaseRecord, VariantRecord } from "../../src/results/types.ts";
import { covers, type Interval } from "../../src/statistics/interval.ts";
import { mean } from "../../src/statistics/mean.ts";
import { median } from "../../src/statistics/quantile.ts";
import { type AnyResults, rngSeedOf } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type MeasurementRow, usableRows } from "../table.ts";
import { clusteredInterval } from "./case-interval.ts";
import { joined, number, type Sentence, says } from "./sentence.ts";

/** A plan within this share of the fastest is as good. */
export const CLOSE = 0.05;

/** One strategy on one chain, against the fastest of that chain. */
export type ChainRegret = {
  readonly record: CaseRecord;
  /** Label of the variant that was fastest on even rounds. */
  readonly fastest: string;
  /** Time on odd rounds over that of the fastest, paired within rounds; 1 for the fastest itself. */
  readonly ratio: number;
  readonly interval95: Interval | null;
  /** The fastest itself, or with an interval that includes 1. */
  readonly tied: boolean;
  /** ratio − 1; 0 where it is tied or below 1. */
  readonly regret: number;
};

/** One strategy over all chains. */
export type Regret = {
  readonly variant: VariantRecord;
  readonly chains: readonly ChainRegret[];
  /** Chains on which it is within {@link CLOSE} of the fastest. */
  readonly close: number;
  readonly medianRegret: number;
  readonly worst: ChainRegret;
};

/**
 * Compares every variant with the fastest of each chain.
 *
 * Even rounds choose and odd rounds judge, so that a variant is not called the fastest for the luck of the rounds by
 * which it is judged. A process counts by the median of its rounds.
 *
 * @param results - of one experiment with several variants, in even and odd rounds
 * @returns one a variant that was measured on every chain, in their order; empty where there are no such rounds
 */
export function regrets(results: AnyResults): Regret[] {
  const rows = usableRows(results);
  const byCase = groupBy(rows, (row) => row.case);
  const complete = results.variants.filter(({ label }) =>
    results.cases.every(({ id }) =>
      [0, 1].every((parity) =>
        (byCase.get(id) ?? []).some((row) => row.variant === label && row.round % 2 === parity),
      ),
    ),
  );
  if (complete.length < 2 || results.cases.length === 0) return [];
  const fastest = new Map(
    results.cases.map(({ id }) => {
      const even = byCase.get(id)!.filter(({ round }) => round % 2 === 0);
      const seconds = complete.map(({ label }) => meanLog(even.filter((row) => row.variant === label)));
      return [id, complete[seconds.indexOf(Math.min(...seconds))]!.label];
    }),
  );
  return complete.map((variant) => {
    const chains = results.cases.map((record) =>
      against(results, record, variant, fastest.get(record.id)!, byCase.get(record.id)!),
    );
    return {
      variant,
      chains,
      close: chains.filter(({ regret }) => regret <= CLOSE).length,
      medianRegret: median(chains.map(({ regret }) => regret)),
      worst: chains.reduce((worst, one) => (one.regret > worst.regret ? one : worst)),
    };
  });
}

function meanLog(rows: readonly MeasurementRow[]): number {
  const processes = [...groupBy(rows, (row) => row.processKey).values()];
  return mean(processes.map((own) => median(own.map(({ seconds }) => Math.log(seconds)))));
}

function against(
  results: AnyResults,
  record: CaseRecord,
  variant: VariantRecord,
  fastest: string,
  rows: readonly MeasurementRow[],
): ChainRegret {
  if (variant.label === fastest) {
    return { record, fastest, ratio: 1, interval95: null, tied: true, regret: 0 };
  }
  const odd = rows.filter(({ round }) => round % 2 === 1).sort((a, b) => a.round - b.round);
  const key = (row: MeasurementRow): string => `${row.processKey}/${row.round}`;
  const others = new Map(odd.filter((row) => row.variant === fastest).map((row) => [key(row), row.seconds]));
  const paired = odd.filter((row) => row.variant === variant.label && others.has(key(row)));
  const processes = [...groupBy(paired, (row) => row.processKey).values()].map((own) =>
    own.map((row) => row.seconds / others.get(key(row))!),
  );
  const { estimate, interval95 } = clusteredInterval(processes, {
    quick: results.quick,
    rngSeed: deriveSeed(rngSeedOf(results), "regret", record.id, variant.label),
  });
  const tied = interval95 !== null && covers(interval95, 1);
  return { record, fastest, ratio: estimate, interval95, tied, regret: tied ? 0 : Math.max(0, estimate - 1) };
}

/** What a plan by time was said to take on one chain, and took. */
export type TimePrediction = {
  readonly record: CaseRecord;
  readonly plan: TimePlan;
  /** Over all rounds. */
  readonly measured: number;
  /** Whether what was measured lies in the prediction's interval. */
  readonly held: boolean;
};

/**
 * The predictions of a plan by time, made again from the calibration that the results hold.
 *
 * @param results - of one experiment
 * @param variant - one that minimizes time
 * @returns one a chain of dense layers; empty without a calibration
 */
export function timePredictions(results: AnyResults, variant: VariantRecord): TimePrediction[] {
  const { calibration } = results;
  if (!calibration || variant.minimize !== "time") return [];
  const kernel = calibrationOf(calibration, variant.kernel);
  const rows = groupBy(
    usableRows(results).filter((row) => row.variant === variant.label),
    (row) => row.case,
  );
  return results.cases.flatMap((record) => {
    const own = rows.get(record.id);
    const cost = results.costs.find((one) => one.case === record.id && one.variant === variant.label);
    if (own === undefined || cost === undefined) return [];
    const plan = planTime(buildShape({ widths: record.widths }).layers, kernel);
    // Widths leave activations out: with them the plan has another cost, and is not predicted here.
    if (plan.fma !== cost.fmaPredicted) return [];
    const measured = Math.exp(meanLog(own));
    return [{ record, plan, measured, held: covers(plan.interval, measured) }];
  });
}

/**
 * Why a plan was not among the fastest, as a half sentence.
 *
 * @param results - of one experiment
 * @param variant - the one that missed
 * @param chain - where
 * @param predictions - of {@link timePredictions}
 */
export function missReason(
  results: AnyResults,
  variant: VariantRecord,
  chain: ChainRegret,
  predictions: readonly TimePrediction[] = timePredictions(results, variant),
): Sentence {
  const fmaOf = (label: string): number | null => {
    const cost = results.costs.find((one) => one.case === chain.record.id && one.variant === label);
    return cost === undefined || cost.fmaPredicted === 0 ? null : cost.fmaPredicted;
  };
  const [own, best] = [fmaOf(variant.label), fmaOf(chain.fastest)];
  const work =
    own === null || best === null
      ? null
      : best === own
        ? says`does the same FMA in another way`
        : best < own
          ? says`does ${number(own / best)} times fewer FMA, which the calibration held to be slower`
          : says`does ${number(best / own)} times as many FMA, at a higher rate than was calibrated`;
  const prediction = predictions.find(({ record }) => record.id === chain.record.id);
  const off =
    prediction === undefined
      ? null
      : says`the plan took ${number(prediction.measured / prediction.plan.seconds)} times what was predicted`;
  const known = [work, off].filter((part) => part !== null);
  return known.length === 0 ? says`no cost is known` : joined(known, "; ");
}
