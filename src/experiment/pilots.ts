/** @file Which cases are timed first, so that the rest can be forecast from them. */

import { createRandom, deriveSeed } from "../random.ts";
import type { Expanded } from "./expand.ts";

/** This share of the cases, but no fewer than so many: a model wants more cases than it has coefficients. */
const SHARE = 0.1;
const FEWEST_PILOTS = 5;

/**
 * Chooses the pilots: the cases sorted by predicted FMA are cut into as many strata as there are pilots, and one is
 * drawn from each (stratified random sampling: Cochran, Sampling Techniques, 3rd ed., 1977, ch. 5).
 *
 * @param expanded - at least two cases more than {@link FEWEST_PILOTS}
 * @param rngSeed - of the config
 * @returns their ids, in the order of the cases; the same for the same cases and rngSeed
 */
export function choosePilots(expanded: Expanded, rngSeed: number): string[] {
  const { cases, variants, predict } = expanded;
  const sorted = cases
    .map((item) => {
      const fma = variants.reduce((sum, variant) => {
        const predicted = predict(item, variant);
        return sum + predicted.fma + predicted.timedPrimalFma;
      }, 0);
      return { id: item.record.id, fma };
    })
    .sort((a, b) => a.fma - b.fma || (a.id < b.id ? -1 : 1));
  const count = Math.max(FEWEST_PILOTS, Math.round(SHARE * sorted.length));
  const random = createRandom(deriveSeed(rngSeed, "pilots"));
  const drawn = new Set(
    Array.from({ length: count }, (_, stratum) => {
      const first = Math.floor((stratum * sorted.length) / count);
      const last = Math.floor(((stratum + 1) * sorted.length) / count) - 1;
      return sorted[random.integer(first, last)]!.id;
    }),
  );
  return cases.map((item) => item.record.id).filter((id) => drawn.has(id));
}
