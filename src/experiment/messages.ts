/** @file What the parent and a measuring child process say to each other. */

import type { ErrorCode } from "../errors.ts";
import type { Measurement } from "../results/types.ts";
import type { StrategyOptions } from "../strategies/types.ts";
import type { ExperimentConfig } from "./config.ts";
import type { Expanded } from "./expand.ts";
import type { ChainRecipe } from "./recipe.ts";

/** All that a child needs before its first measurement. */
export type Assignment = {
  readonly cases: readonly { readonly id: string; readonly recipe: ChainRecipe }[];
  readonly variants: readonly {
    readonly label: string;
    readonly strategy: string;
    readonly kernel: string;
    readonly options: StrategyOptions;
  }[];
  readonly timing: ExperimentConfig["timing"];
};

/** What a child found; the parent knows the rest of the measurement. */
export type Measured = Pick<
  Measurement,
  | "secondsPrepare"
  | "secondsValue"
  | "samples"
  | "runsPerSample"
  | "maxAbsError"
  | "maxAbsReference"
  | "warnings"
>;

/** From parent to child. A `measure` also says that the measurement before is safely stored. */
export type Request =
  | { readonly kind: "start"; readonly assignment: Assignment }
  | { readonly kind: "measure"; readonly case: string; readonly variant: string };

/** From child to parent, one for each request. */
export type Reply =
  | { readonly kind: "ready" }
  | { readonly kind: "measured"; readonly measured: Measured }
  | { readonly kind: "failed"; readonly code: ErrorCode | null; readonly message: string };

/**
 * What a measuring process must know before its first measurement.
 *
 * @param expanded - cases and variants
 * @param timing - of the config
 */
export function assignmentOf(
  { cases, variants }: Pick<Expanded, "cases" | "variants">,
  timing: Assignment["timing"],
): Assignment {
  return {
    cases: cases.map(({ record, recipe }) => ({ id: record.id, recipe })),
    variants: variants.map(({ record, options }) => ({
      label: record.label,
      strategy: record.strategy,
      kernel: record.kernel,
      options,
    })),
    timing,
  };
}
