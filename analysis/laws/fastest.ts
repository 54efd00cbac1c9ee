/** @file Which variant is the fastest on a case, by ratios paired within rounds and their intervals. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { AnyResults } from "../config.ts";
import type { CaseSummary } from "./case-interval.ts";
import { caseRatioEstimates, pairedRows } from "./pairs.ts";
import { type Comparison, compare } from "./statement.ts";

/** Every other variant of a case held against the one that took the least time. */
export type Ranking = {
  readonly first: CaseSummary;
  /** Time over that of the first, paired within rounds, against 1; the slowest last. */
  readonly others: readonly { readonly summary: CaseSummary; readonly statement: Comparison }[];
  /** The first, and those that are not slower with their whole interval. */
  readonly leaders: readonly VariantRecord[];
};

/**
 * Ranks the variants of a case.
 *
 * @param results - that the summaries are of
 * @param summaries - of one case, at least one
 */
export function rankingOf(results: AnyResults, summaries: readonly CaseSummary[]): Ranking {
  const [first, ...rest] = [...summaries].sort((a, b) => a.seconds - b.seconds);
  const others = rest.flatMap((summary) => {
    const rows = pairedRows(results, summary.variant.label, first!.variant.label).filter(
      (row) => row.case === first!.record.id,
    );
    const value = caseRatioEstimates(results, rows, ({ seconds }) => seconds).get(first!.record.id) ?? {
      estimate: summary.seconds / first!.seconds,
      interval95: null,
    };
    const quantity = `time / that of ${first!.variant.label} on ${first!.record.id}`;
    return [
      { summary, statement: compare({ subject: summary.variant.label, quantity, value, reference: 1 }) },
    ];
  });
  const tied = others.filter(({ statement }) => statement.relation !== "above");
  return {
    first: first!,
    others,
    leaders: [first!, ...tied.map(({ summary }) => summary)].map(({ variant }) => variant),
  };
}
