/** @file Predicted and counted cost of every variant on every case: exact, and without a clock. Pure. */

import { countCost, prepareJacobian } from "../ad/jacobian.ts";
import type { CostRecord } from "../results/types.ts";
import type { Warning } from "../warnings.ts";
import type { Expanded, ExpandedCase, ExpandedVariant } from "./expand.ts";
import type { Follow } from "./recipe.ts";

/** Above so many FMA the scalar counting kernel would take too long: the prediction then stands alone. */
export const COUNT_LIMIT_FMA = 1e9;

/**
 * Makes the cost records, in the order of cases, then variants.
 *
 * Counting costs about as many scalar operations as the run itself has; what differs in the kernel alone is counted once.
 *
 * @param expanded - cases and variants
 * @param follow - makes a case's chain and point
 * @param options - `known`: records that are there already (resumed); `limitFma`: larger ones are not counted;
 * `onRecord`: told of each new record; `shouldStop`: asked before each, true ends it there; `pause`: waited for before
 * each
 * @returns all records, or those made until it was stopped
 */
export async function countCosts(
  expanded: Expanded,
  follow: Follow,
  options: {
    readonly known?: readonly CostRecord[];
    readonly limitFma?: number;
    readonly onRecord?: (record: CostRecord) => void;
    readonly shouldStop?: () => boolean;
    readonly pause?: () => Promise<void>;
  } = {},
): Promise<CostRecord[]> {
  const limitFma = options.limitFma ?? COUNT_LIMIT_FMA;
  const known = new Map(
    (options.known ?? []).map((record) => [JSON.stringify([record.case, record.variant]), record]),
  );
  const records: CostRecord[] = [];
  for (const item of expanded.cases) {
    const counted = new Map<string, CostRecord>();
    for (const variant of expanded.variants) {
      const earlier = known.get(JSON.stringify([item.record.id, variant.record.label]));
      if (earlier !== undefined) {
        records.push(earlier);
        continue;
      }
      await options.pause?.();
      if (options.shouldStop?.()) return records;
      const key = JSON.stringify([variant.record.strategy, variant.options]);
      const same = counted.get(key) ?? costRecord(expanded, follow, item, variant, limitFma);
      counted.set(key, same);
      const record = { ...same, variant: variant.record.label };
      records.push(record);
      options.onRecord?.(record);
    }
  }
  return records;
}

function costRecord(
  expanded: Expanded,
  follow: Follow,
  item: ExpandedCase,
  variant: ExpandedVariant,
  limitFma: number,
): CostRecord {
  const prediction = expanded.predict(item, variant);
  const { chain, x } = follow(item.recipe);
  const choice = { strategy: variant.record.strategy, ...variant.options };
  const predicted = {
    case: item.record.id,
    variant: variant.record.label,
    fmaPredicted: prediction.fma,
    primalEvaluations: prediction.primalEvaluations,
    primalFmaPredicted: prediction.primalFma,
    bytesPredicted: prediction.bytes,
  };
  const total = prediction.fma + prediction.primalFma;
  if (total > limitFma) {
    const message = `${total.toPrecision(3)} FMA are too many to be counted one by one (limit ${limitFma.toPrecision(3)})`;
    const warnings: Warning[] = [{ code: "count-skipped", message }];
    // All memory is taken by the preparation: it can be counted without the run.
    const bytesCounted = prepareJacobian(chain, x, choice).peakBytes;
    const footprintBytes = item.record.weightBytes + bytesCounted;
    return {
      ...predicted,
      fmaCounted: null,
      primalFmaCounted: null,
      timedPrimalFma: prediction.timedPrimalFma,
      bytesCounted,
      footprintBytes,
      warnings,
    };
  }
  const counted = countCost(chain, x, choice);
  return {
    ...predicted,
    fmaCounted: counted.fma,
    primalFmaCounted: counted.primalFma,
    timedPrimalFma: counted.timedPrimalFma,
    bytesCounted: counted.bytes,
    footprintBytes: item.record.weightBytes + counted.bytes,
    warnings: [],
  };
}
