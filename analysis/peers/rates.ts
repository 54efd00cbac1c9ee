/** @file How fast a framework multiplies: FMA a second by the number of seeds, and what all threads gain over one. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import { geometricMean } from "../../src/statistics/mean.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { caseSummaries } from "../laws/case-interval.ts";
import { pairedRows } from "../laws/pairs.ts";
import { LEAST_REST } from "./overhead.ts";

/** FMA a second at the fewest and the most seeds, the fixed cost a call taken off. */
export type RateGrowth = {
  readonly fewestSeeds: number;
  readonly mostSeeds: number;
  readonly atFewest: number;
  readonly atMost: number;
  /** Least and largest Σ of the chains that are compared. */
  readonly sigmaRange: readonly [number, number];
};

/**
 * Compares the rate at few and at many seeds, in the upper half of Σ, in the chains in which at least a fifth of the time
 * is left without the fixed cost.
 *
 * @param results - of a comparison
 * @param variant - one of its vectorised forward or reverse variants: a run is one call
 * @param secondsPerCall - the fixed cost
 * @returns null where the number of seeds does not vary there
 */
export function rateGrowth(
  results: AnyResults,
  variant: VariantRecord,
  secondsPerCall: number,
): RateGrowth | null {
  const own = caseSummaries(results).filter((summary) => summary.variant === variant);
  if (own.length === 0) return null;
  const middle = median(own.map(({ record }) => record.sigma));
  const large = own.filter(
    ({ record, seconds }) => record.sigma >= middle && seconds - secondsPerCall >= LEAST_REST * seconds,
  );
  if (large.length === 0) return null;
  const seeds = large.map(({ products }) => products!);
  const [fewestSeeds, mostSeeds] = [Math.min(...seeds), Math.max(...seeds)];
  if (mostSeeds < 2 * fewestSeeds) return null;
  const rate = (count: number): number =>
    geometricMean(
      large
        .filter(({ products }) => products === count)
        .map(({ products, record, seconds }) => (products! * record.sigma) / (seconds - secondsPerCall)),
    );
  const sigmas = large.map(({ record }) => record.sigma);
  return {
    fewestSeeds,
    mostSeeds,
    atFewest: rate(fewestSeeds),
    atMost: rate(mostSeeds),
    sigmaRange: [Math.min(...sigmas), Math.max(...sigmas)],
  };
}

/** Time with one thread over time with all, in the chain of the least and of the most work. */
export type ThreadGain = { readonly least: number; readonly most: number };

/**
 * Compares one thread with all, from ratios paired within a round.
 *
 * @param results - of a comparison
 * @param one - variant with one thread
 * @param all - the same with all
 */
export function threadGain(results: AnyResults, one: VariantRecord, all: VariantRecord): ThreadGain | null {
  const rows = pairedRows(results, one.label, all.label);
  const gains = [...groupBy(rows, (row) => row.case).values()].map((group) => ({
    work: group[0]!.forward.products! * group[0]!.forward.sigma,
    gain: Math.exp(median(group.map((row) => Math.log(row.forward.seconds / row.reverse.seconds)))),
  }));
  if (gains.length === 0) return null;
  gains.sort((a, b) => a.work - b.work);
  return { least: gains[0]!.gain, most: gains.at(-1)!.gain };
}
