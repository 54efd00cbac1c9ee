/** @file Predicted and counted cost of every variant on every case, in a process that hears signals meanwhile. (N) */

import { setImmediate } from "node:timers/promises";
import type { CostRecord } from "../results/types.ts";
import { countCosts } from "./count-costs.ts";
import type { Expanded } from "./expand.ts";
import { followRecipe } from "./recipe.ts";

/**
 * {@link countCosts} of cases by widths or by model files.
 *
 * @param expanded - cases and variants
 * @param options - `known`, `limitFma`, `onRecord`, `shouldStop`, as there
 * @returns all records, or those made until it was stopped
 */
export async function costRecords(
  expanded: Expanded,
  options: Omit<NonNullable<Parameters<typeof countCosts>[2]>, "pause"> = {},
): Promise<CostRecord[]> {
  // Signals are heard between two records.
  return countCosts(expanded, followRecipe, { ...options, pause: () => setImmediate() });
}
