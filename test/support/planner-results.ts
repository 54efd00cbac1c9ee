/** @file Synthetic results of experiments with plans: a swept bottleneck, and random chains with regrets that are known. */

import type { ExperimentConfigLike } from "../../analysis/config.ts";
import { buildShape } from "../../src/chain/build.ts";
import { planChain } from "../../src/planner/chain-product.ts";
import { elementalsOf } from "../../src/planner/elemental.ts";
import { planTime } from "../../src/planner/time-plan.ts";
import type { CaseRecord, Results, VariantRecord } from "../../src/results/types.ts";
import { calibrationFile, evenCalibration } from "./random-calibration.ts";
import { type SyntheticOptions, syntheticResults, variantOf } from "./synthetic-results.ts";

/** FMA of a variant of these experiments. */
export function plannedFma({ widths, n, m, sigma }: CaseRecord, variant: VariantRecord): number {
  const shape = buildShape({ widths });
  if (variant.minimize === "time") return planTime(shape.layers, evenCalibration()).fma;
  if (variant.strategy === "optimal") return planChain(elementalsOf(shape, "given")).fma;
  return variant.mode === "forward" ? n * (sigma - n * widths[1]!) : m * (sigma - m * widths.at(-2)!);
}

/** Results whose costs are those of the plans, and whose default law is a nanosecond an FMA. */
export function plannerResults(options: SyntheticOptions): Results<ExperimentConfigLike> {
  const results = syntheticResults({
    law: (record, variant) => 1e-9 * plannedFma(record, variant),
    ...options,
  });
  const cases = new Map(results.cases.map((record) => [record.id, record]));
  const variants = new Map(results.variants.map((variant) => [variant.label, variant]));
  return {
    ...results,
    costs: results.costs.map((cost) => {
      const fma = plannedFma(cases.get(cost.case)!, variants.get(cost.variant)!);
      return { ...cost, fmaPredicted: fma, fmaCounted: fma };
    }),
    calibration: calibrationFile("synthetic"),
  };
}

const forward = variantOf("forward", { unitSeeds: "read" });
const reverse = variantOf("reverse", { unitSeeds: "read" });

/** n = m = 16, the middle width from 2 to 32; vectors run at half the rate of matrices. */
export const BOTTLENECK_RESULTS = plannerResults({
  widths: [2, 4, 8, 16, 32].map((h) => [16, 16, h, 16, 16]),
  variants: [forward, reverse, variantOf("optimal")],
  law: (record, variant) => 1e-9 * plannedFma(record, variant) * (variant.strategy === "optimal" ? 1 : 1.25),
});

/** Chains on which the plan by time is the fastest, except for one, where it loses a fifth to the plan by FMA. */
export const REGRET_WIDTHS: readonly (readonly number[])[] = [
  [6, 20, 30, 8],
  [20, 5, 40, 9],
  [9, 9, 4, 30, 7],
  [30, 12, 3, 15],
  [5, 31, 6, 28, 11],
  [14, 7, 22, 10],
];

/** See {@link REGRET_WIDTHS}. */
export const REGRET_RESULTS = plannerResults({
  widths: REGRET_WIDTHS,
  variants: [
    variantOf("optimal", { label: "optimal (FMA)" }),
    variantOf("optimal", { label: "optimal (time)", unitSeeds: "read", minimize: "time" }),
    forward,
    reverse,
  ],
  rounds: 30,
  noise: { case: 0, process: 0.01, round: 0.01 },
  law: (record, variant) => {
    const slowed = record.id === "9-9-4-30-7" ? 1.2 : 1;
    const factor = variant.minimize === "time" ? slowed : variant.strategy === "optimal" ? 1.1 : 2;
    return 1e-9 * plannedFma(record, variant) * (slowed > 1 && factor === 1.1 ? 1 : factor);
  },
});
