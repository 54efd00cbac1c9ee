/**
 * @file The cheap gradient: what the gradient of a scalar function takes, in times of the function alone.
 *
 * Source: A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed. (SIAM, 2008), chapter 4, as a whole: one reverse
 * sweep takes at most ω times the function, ω between 3 and 4 depending on the machine, whatever n is. What is counted
 * there is a weighted sum of memory moves, additions, multiplications and nonlinear operations of the evaluation and of
 * the sweep; here it is measured seconds, and beside them FMA, which know no moves. The bound is no law for seconds:
 * overheads of small layers are in neither count.
 */

import { deriveSeed } from "../../src/random.ts";
import type { CaseRecord, VariantRecord } from "../../src/results/types.ts";
import type { Interval } from "../../src/statistics/interval.ts";
import { type AnyResults, rngSeedOf } from "../config.ts";
import { groupBy, pairKey } from "../grouping.ts";
import { inputsOf, type MeasurementRow, usableRows } from "../table.ts";
import { clusteredInterval } from "./case-interval.ts";

/** The least and the largest ω of the literature: times of the function that a gradient by one reverse sweep takes. */
export const CHEAP_GRADIENT_BOUND: Interval = [3, 4];

/** The gradient of one case by one variant, in times of the function alone. */
export type GradientRatio = {
  readonly record: CaseRecord;
  readonly variant: VariantRecord;
  /** (primal + tape + products) / primal alone, in seconds: paired within each measurement. */
  readonly ratio: number;
  readonly interval95: Interval | null;
  readonly noInterval: string | null;
  /** The same in FMA, over one primal evaluation with its partial derivatives. */
  readonly countedRatio: number;
  /** About what forward mode takes: 1 + n with a shared primal, 2n with a recomputed one; null for reverse. */
  readonly expected: number | null;
};

/**
 * Takes the ratio of every case with m = 1 under every variant, where the value alone was timed.
 *
 * @param results - of an experiment with `timing.value`
 * @returns in the order of cases, then variants; variants of neither mode are left out
 */
export function gradientRatios(results: AnyResults): GradientRatio[] {
  const costs = new Map(results.costs.map((cost) => [pairKey(cost.case, cost.variant), cost]));
  const rows = groupBy(
    usableRows(results).filter((row) => (row.secondsValue ?? 0) > 0),
    (row) => pairKey(row.case, row.variant),
  );
  return results.cases.flatMap((record) =>
    results.variants.flatMap((variant) => {
      const key = pairKey(record.id, variant.label);
      const own = rows.get(key);
      if (record.m !== 1 || variant.mode === null || own === undefined) return [];
      const inOrder = [...own].sort((a, b) => a.round - b.round);
      const processes = [...groupBy(inOrder, (row) => row.processKey).values()].map((group) =>
        group.map(timesOfValue),
      );
      const rngSeed = deriveSeed(rngSeedOf(results), "cheap-gradient", record.id, variant.label);
      const { estimate, interval95, noInterval } = clusteredInterval(processes, {
        quick: results.quick,
        rngSeed,
      });
      const { fmaPredicted, primalFmaPredicted, primalEvaluations } = costs.get(key)!;
      const counted = ((fmaPredicted + primalFmaPredicted) * primalEvaluations) / primalFmaPredicted;
      return [
        {
          record,
          variant,
          ratio: estimate,
          interval95,
          noInterval,
          countedRatio: counted,
          expected: expectedRatio(record, variant),
        },
      ];
    }),
  );
}

function timesOfValue(row: MeasurementRow): number {
  return (row.secondsPrepare + row.secondsProducts) / row.secondsValue!;
}

/** One primal and n tangents of about its cost; or n times both. */
function expectedRatio(record: CaseRecord, variant: VariantRecord): number | null {
  if (variant.mode !== "forward") return null;
  const inputs = inputsOf(record, variant);
  return variant.linearisation === "recomputed" ? 2 * inputs : 1 + inputs;
}
