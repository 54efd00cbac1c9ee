/** @file The quick form of an experiment: few rounds, short samples, and a few small cases that still tell widths apart. */

import type { ExperimentConfig } from "./config.ts";
import type { Expanded, ExpandedCase } from "./expand.ts";

/** Most cases of one experiment in a quick sweep. */
export const QUICK_CASES = 8;
/** Kept even if they are expensive, as far as there are so many. */
const FEWEST_CASES = 4;
/** Most FMA of one experiment's round in a quick sweep. */
const QUICK_FMA = 1.2e7;
/** How much slower than plain loops a kernel is, where it matters. */
const KERNEL_FACTOR: Readonly<Record<string, number>> = { reference: 10 };

/**
 * The config of a quick run: two rounds in one process, estimates without intervals.
 *
 * @param config - the full one; not modified
 */
export function quickConfig(config: ExperimentConfig): ExperimentConfig {
  return {
    ...config,
    rounds: 2,
    processes: 1,
    repetitions: 1,
    forecast: false,
    timing: { ...config.timing, minTimeSeconds: 0.0005, minSamples: 3, maxTimeSeconds: 0 },
  };
}

/**
 * Thins the cases, the same way each time: of those that are cheap by predicted FMA, the ones that lie the furthest
 * apart in log n, log m and log Σ, beginning with the cheapest (farthest-point design), so that exponents can still be
 * told apart.
 *
 * @param expanded - all cases; not modified
 * @returns with at most {@link QUICK_CASES} cases, in their old order
 */
export function thinCases(expanded: Expanded): Expanded {
  const sorted = expanded.cases
    .map((item) => ({ item, fma: roundFma(expanded, item) }))
    .sort((a, b) => a.fma - b.fma || (a.item.record.id < b.item.record.id ? -1 : 1));
  const affordable = sorted.filter(({ fma }) => fma <= QUICK_FMA / QUICK_CASES);
  const candidates = (affordable.length >= FEWEST_CASES ? affordable : sorted.slice(0, FEWEST_CASES)).map(
    ({ item }) => item,
  );
  const kept = new Set(candidates.slice(0, 1));
  while (kept.size < Math.min(QUICK_CASES, candidates.length)) {
    let furthest: ExpandedCase | null = null;
    let largest = -1;
    for (const item of candidates) {
      if (kept.has(item)) continue;
      const nearest = Math.min(...[...kept].map((other) => distance(item, other)));
      if (nearest > largest) [furthest, largest] = [item, nearest];
    }
    kept.add(furthest!);
  }
  return { ...expanded, cases: expanded.cases.filter((item) => kept.has(item)) };
}

/** FMA of visiting a case with all variants, slow kernels counted by their slowness. */
function roundFma(expanded: Expanded, item: ExpandedCase): number {
  return expanded.variants.reduce((sum, variant) => {
    const { fma, timedPrimalFma } = expanded.predict(item, variant);
    return sum + (fma + timedPrimalFma) * slowness(variant.record.kernel);
  }, 0);
}

/** How many times as long as plain loops a kernel takes, roughly. */
export function slowness(kernel: string): number {
  return KERNEL_FACTOR[kernel] ?? 1;
}

function distance(a: ExpandedCase, b: ExpandedCase): number {
  const keys = ["n", "m", "sigma"] as const;
  return Math.hypot(...keys.map((key) => Math.log(Math.max(1, a.record[key]) / Math.max(1, b.record[key]))));
}
