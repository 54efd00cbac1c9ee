/** @file Which cases each shard of a sweep measures: dealt by predicted time, with a few anchors that all of them repeat. Pure. */

import { JacobenchError } from "../errors.ts";
import type { Expanded, ExpandedCase } from "./expand.ts";
import { slowness } from "./quick.ts";
import type { Shard } from "./schedule.ts";

/** Most anchors: enough to see whether machines differ by one factor, few enough to cost little. */
const MOST_ANCHORS = 3;
/** A round number for the multiply-adds of plain loops a second; only proportions between cases matter. */
const FMA_PER_SECOND = 1e9;

/** The numbers of a config's timing that say how long a visit is at least. */
type Timing = { readonly minTimeSeconds: number; readonly minSamples: number };

/** What one shard measures. */
export type Deal = {
  /** Ids of its own cases: those of all shards are a partition. In the order of the experiment. */
  readonly own: readonly string[];
  /** Ids of the anchors that belong to other shards; it measures them too, so that machines can be compared. */
  readonly anchors: readonly string[];
};

/**
 * Deals cases to shards so that they end together: the longest first, each to the shard with the least to do (longest
 * processing time rule: Graham, Bounds on multiprocessing timing anomalies, SIAM J. Appl. Math. 17 (1969), within 4/3 of
 * the best). The same on every machine, since it goes by predicted cost alone.
 *
 * Anchors are up to three cases at the quartiles of predicted time. Every shard measures them; each belongs to one.
 *
 * @param expanded - all cases and variants
 * @param timing - of the config: no visit is shorter than its samples
 * @param shard - which part
 * @throws {JacobenchError} `ERR_RANGE` for more shards than cases
 */
export function dealCases(expanded: Expanded, timing: Timing, shard: Shard): Deal {
  const { cases } = expanded;
  if (shard.count > cases.length) {
    throw new JacobenchError(
      "ERR_RANGE",
      `shard: ${shard.count} shards for ${cases.length} cases; expected at most ${cases.length}: use fewer shards, or ` +
        "--shard-by processes, by which every shard measures all cases",
    );
  }
  const seconds = new Map(cases.map((item) => [item.record.id, roundSeconds(expanded, item, timing)]));
  const sorted = cases
    .map(({ record }) => record.id)
    .sort((a, b) => seconds.get(b)! - seconds.get(a)! || (a < b ? -1 : 1));
  const anchors = anchorsOf(sorted);
  const owner = new Map(anchors.map((id, i) => [id, i % shard.count]));
  // All shards measure all anchors: what is dealt is the rest. A shard with an anchor of its own has no longer way to go.
  const load = new Array<number>(shard.count).fill(0);
  const held = new Array<number>(shard.count).fill(0);
  for (const shardOfAnchor of owner.values()) held[shardOfAnchor]!++;
  const rest = sorted.filter((id) => !owner.has(id));
  for (const [i, id] of rest.entries()) {
    // No shard may end up with nothing: the last cases go to those that have none.
    const empty = held.filter((count) => count === 0).length;
    const mustFill = rest.length - i <= empty;
    let least = -1;
    for (let k = 0; k < shard.count; k++) {
      if (mustFill && held[k]! > 0) continue;
      if (least < 0 || load[k]! < load[least]!) least = k;
    }
    owner.set(id, least);
    load[least]! += seconds.get(id)!;
    held[least]!++;
  }
  const mine = (id: string): boolean => owner.get(id) === shard.index - 1;
  return {
    own: cases.map(({ record }) => record.id).filter(mine),
    anchors: anchors.filter((id) => !mine(id)),
  };
}

/** Cases at the quartiles of an order; fewer where there are few cases. */
function anchorsOf(sorted: readonly string[]): string[] {
  const count = Math.min(MOST_ANCHORS, Math.floor((sorted.length + 1) / 2));
  return Array.from(
    { length: count },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / (count + 1))]!,
  );
}

/** About how long visiting a case with all variants takes. */
function roundSeconds(expanded: Expanded, item: ExpandedCase, timing: Timing): number {
  return expanded.variants.reduce((sum, variant) => {
    const { fma, timedPrimalFma } = expanded.predict(item, variant);
    const run = ((fma + timedPrimalFma) * slowness(variant.record.kernel)) / FMA_PER_SECOND;
    return sum + timing.minSamples * Math.max(timing.minTimeSeconds, run);
  }, 0);
}
