/** @file The little that analysis wants to know of an experiment's config; the full form is in src/experiment/config.ts. */

import type { Results } from "../src/results/types.ts";

/** Fields of a config that analysis reads; all others are shown, not interpreted. */
export type ExperimentConfigLike = {
  readonly title?: string | undefined;
  readonly notes?: string | undefined;
  readonly rounds?: number | undefined;
  readonly processes?: number | undefined;
  readonly repetitions?: number | undefined;
  readonly rngSeed?: number | undefined;
  readonly report?: { readonly charts?: readonly string[] | undefined } | undefined;
};

/** Results as analysis takes them. */
export type AnyResults = Results<ExperimentConfigLike>;

/** The number that starts the random streams of analysis: the config's, so that a report can be made again alike. */
export function rngSeedOf(results: AnyResults): number {
  return results.config.rngSeed ?? 1;
}
