/** @file A chain with one width swept: how much faster the mixed plan is than each other strategy, predicted and measured. Pure. */

import { deriveSeed } from "../../src/random.ts";
import type { CaseRecord, VariantRecord } from "../../src/results/types.ts";
import type { Interval } from "../../src/statistics/interval.ts";
import { type AnyResults, rngSeedOf } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { clusteredInterval } from "./case-interval.ts";
import { pairedRows } from "./pairs.ts";
import { count, listing, type Sentence, says } from "./sentence.ts";
import { type Comparison, compare } from "./statement.ts";

/** One strategy at one width, against the mixed plan. */
export type BottleneckPoint = {
  readonly record: CaseRecord;
  /** The swept width. */
  readonly width: number;
  readonly variant: VariantRecord;
  /** Its FMA over those of the plan. */
  readonly predicted: number;
  /** Its time over that of the plan, paired within rounds. */
  readonly measured: number;
  readonly interval95: Interval | null;
};

/** Whether a point is of forward or reverse mode, and not of products in the same order. */
export function isMode({ variant }: BottleneckPoint): boolean {
  return variant.mode !== null && !variant.strategy.startsWith("product-");
}

/** A sweep over one width. */
export type Bottleneck = {
  readonly optimal: VariantRecord;
  /** By variant, then by width. */
  readonly points: readonly BottleneckPoint[];
};

/**
 * Finds the sweep: the chains differ in one width alone, and `optimal` is among the strategies.
 *
 * @param results - of one experiment
 * @returns null where more than one width varies, none does, or there is nothing to compare with
 */
export function bottleneckSweep(results: AnyResults): Bottleneck | null {
  const optimal = results.variants.find(({ strategy }) => strategy === "optimal");
  const place = sweptPlace(results.cases);
  if (optimal === undefined || place === null) return null;
  const fma = new Map(results.costs.map((cost) => [`${cost.case}\u0000${cost.variant}`, cost.fmaPredicted]));
  const points = results.variants
    .filter(({ label, kernel }) => label !== optimal.label && kernel === optimal.kernel)
    .flatMap((variant) => {
      const pairs = groupBy(pairedRows(results, variant.label, optimal.label), (row) => row.case);
      return results.cases.flatMap((record): BottleneckPoint[] => {
        const own = pairs.get(record.id);
        const [cost, best] = [variant, optimal].map(({ label }) => fma.get(`${record.id}\u0000${label}`));
        if (own === undefined || !cost || !best) return [];
        const inOrder = [...own].sort((a, b) => a.round - b.round);
        const processes = [...groupBy(inOrder, (row) => row.process).values()].map((group) =>
          group.map((row) => row.forward.seconds / row.reverse.seconds),
        );
        const { estimate, interval95 } = clusteredInterval(processes, {
          quick: results.quick,
          rngSeed: deriveSeed(rngSeedOf(results), "bottleneck", record.id, variant.label),
        });
        const width = record.widths[place]!;
        return [{ record, width, variant, predicted: cost / best, measured: estimate, interval95 }];
      });
    })
    .sort((a, b) => a.width - b.width);
  return points.length === 0 ? null : { optimal, points };
}

/** The place of the one width in which the chains differ; null if there is not exactly one, or fewer than three widths. */
function sweptPlace(cases: readonly CaseRecord[]): number | null {
  const first = cases[0]?.widths;
  if (first === undefined || cases.some(({ widths }) => widths.length !== first.length)) return null;
  const places = first.flatMap((width, i) => (cases.some(({ widths }) => widths[i] !== width) ? [i] : []));
  const distinct = new Set(cases.map(({ widths }) => widths[places[0]!]));
  return places.length === 1 && distinct.size >= 3 ? places[0]! : null;
}

/** The better one of some strategies at one width, held against the plan. */
export type Lead = Comparison & { readonly width: number };

/**
 * Where the plan is ahead: at each width the time of the better one of some strategies over that of the plan, against 1.
 *
 * @param sweep - see {@link bottleneckSweep}
 * @param points - of these strategies
 * @returns in the order of widths; `above` where the plan is faster with its whole interval
 */
export function leadsOf({ optimal }: Bottleneck, points: readonly BottleneckPoint[]): Lead[] {
  return [...groupBy(points, ({ width }) => String(width)).values()].map((own) => {
    const best = own.reduce((least, one) => (one.measured < least.measured ? one : least));
    const statement = compare({
      subject: optimal.label,
      quantity: `${isMode(best) ? "the better mode" : "the better product order"} / plan at h = ${best.width}`,
      value: { estimate: best.measured, interval95: best.interval95 },
      reference: 1,
    });
    return { ...statement, width: best.width };
  });
}

/** At which of the swept widths the plan takes fewer FMA than the better one of some strategies, and at which not. */
export type PredictedLead = { readonly ahead: readonly number[]; readonly level: readonly number[] };

/**
 * Where the plan is ahead by FMA, which are exact: of the swept widths alone, nothing is said of others.
 *
 * @param points - of these strategies
 */
export function predictedLead(points: readonly BottleneckPoint[]): PredictedLead {
  const widths = [...groupBy(points, ({ width }) => String(width)).values()].map((own) => ({
    width: own[0]!.width,
    ratio: Math.min(...own.map(({ predicted }) => predicted)),
  }));
  return {
    ahead: widths.filter(({ ratio }) => ratio > 1).map(({ width }) => width),
    level: widths.filter(({ ratio }) => ratio <= 1).map(({ width }) => width),
  };
}

/** A lead in words: `at every width but h = 64`. */
export function predictedLeadSentence({ ahead, level }: PredictedLead): Sentence {
  if (level.length === 0) return says`at every width`;
  if (ahead.length === 0) return says`at no width`;
  return level.length <= ahead.length
    ? says`at every width but h = ${listing(level.map((width) => count(width)))}`
    : says`at h = ${listing(ahead.map((width) => count(width)))} alone`;
}
