/** @file What a model says each case takes, beside what was measured: for the charts of predictions and residuals. */

import type { Interval } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { pairKey } from "../grouping.ts";
import { type CaseSummary, caseSummaries } from "../laws/case-interval.ts";
import { timeCells } from "../laws/cells.ts";
import { fitMachineModels } from "../laws/machine-model.ts";

/** Seconds that were predicted for one run of a variant on a case. */
export type PredictedTime = {
  readonly case: string;
  readonly variant: string;
  readonly seconds: number;
  /** Where the measured time should lie. */
  readonly interval95?: Interval | null | undefined;
};

/** A measured case and its predicted time. */
export type PredictedSummary = { readonly summary: CaseSummary; readonly predicted: PredictedTime };

/**
 * Pairs measured cases with predicted times.
 *
 * @param results - of one experiment
 * @param forecast - times predicted beforehand; null for those of the machine model fitted to the same measurements
 * @returns the cases with a positive prediction, in the order of the summaries
 */
export function predictedSummaries(
  results: AnyResults,
  forecast: readonly PredictedTime[] | null,
): PredictedSummary[] {
  const times = new Map(
    (forecast ?? fittedTimes(results)).map((one) => [pairKey(one.case, one.variant), one]),
  );
  return caseSummaries(results).flatMap((summary) => {
    const predicted = times.get(pairKey(summary.record.id, summary.variant.label));
    return predicted !== undefined && predicted.seconds > 0 ? [{ summary, predicted }] : [];
  });
}

function fittedTimes(results: AnyResults): PredictedTime[] {
  return fitMachineModels(results).flatMap((model) => {
    const { label } = model.variant;
    const cells = new Map(timeCells(results, label).cells.map((cell) => [cell.case, cell]));
    return [...cells].map(([id, cell]) => ({ case: id, variant: label, seconds: model.predict(cell) }));
  });
}
