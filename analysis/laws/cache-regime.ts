/** @file In which cache the data of a run fits, as far as the environments tell. Pure. */

import type { AnyResults } from "../config.ts";

/** Where the footprint of a run lies: within the level 2 cache, within level 3, or beyond. */
export type CacheRegime = "L2" | "L3" | "memory";

/** The regimes from near to far. */
export const REGIMES: readonly CacheRegime[] = ["L2", "L3", "memory"];

/**
 * Tells regimes apart by the cache sizes of the machines that measured; where several measured, by their smallest.
 *
 * @param results - of one experiment
 * @returns bytes → regime; null where no machine's cache sizes are known
 */
export function cacheRegimes(results: AnyResults): ((footprintBytes: number) => CacheRegime) | null {
  const sizes = (level: "l2" | "l3"): number =>
    Math.min(...results.environments.map(({ cacheBytes }) => cacheBytes[level] ?? Number.POSITIVE_INFINITY));
  const [l2, l3] = [sizes("l2"), sizes("l3")];
  if (!Number.isFinite(l2) && !Number.isFinite(l3)) return null;
  return (footprintBytes) => {
    if (Number.isFinite(l2) && footprintBytes <= l2) return "L2";
    return footprintBytes <= l3 ? "L3" : "memory";
  };
}
