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
  readonly verdict?: VerdictConfigLike | undefined;
  readonly report?:
    | {
        readonly charts?: readonly string[] | undefined;
        /** What `seconds` are; the products alone by default. */
        readonly time?: TimedPart | undefined;
      }
    | undefined;
};

/** What a time is of: the products alone, or the products and the preparation before them. */
export type TimedPart = "products" | "with-preparation";

/** What a config may say of the rule of its verdicts; see `analysis/laws/verdict-rule.ts` for the defaults. */
export type VerdictConfigLike = {
  readonly tolerance?: number | undefined;
  readonly sigmaTolerance?: number | undefined;
  readonly minCases?: number | undefined;
  readonly minRounds?: number | undefined;
  readonly minProcesses?: number | undefined;
  readonly winStandardErrors?: number | undefined;
  readonly refuteStandardErrors?: number | undefined;
  readonly groups?: "auto" | "depth" | "hidden" | "sigma" | "n" | "m" | undefined;
};

/** Results as analysis takes them. */
export type AnyResults = Results<ExperimentConfigLike>;

/** What the times of fits and charts are of. */
export function timedPartOf(results: AnyResults): TimedPart {
  return results.config.report?.time ?? "products";
}

/** The number that starts the random streams of analysis: the config's, so that a report can be made again alike. */
export function rngSeedOf(results: AnyResults): number {
  return results.config.rngSeed ?? 1;
}

const alone = new WeakMap<AnyResults, AnyResults>();

/**
 * The same results with the times of the products alone: for what is said of a product, since the preparation is paid
 * once per Jacobian.
 *
 * @returns the same object for the same results, so that what was found of it is found again
 */
export function productsAlone(results: AnyResults): AnyResults {
  if (timedPartOf(results) === "products") return results;
  const known = alone.get(results);
  if (known) return known;
  const { config } = results;
  const made: AnyResults = {
    ...results,
    config: { ...config, report: { ...config.report, time: "products" } },
  };
  alone.set(results, made);
  return made;
}
