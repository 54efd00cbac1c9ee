/** @file A comparison of two runs for the terminal, within 80 columns, and for a benchmark tracker of CI. */

import type { ComparedPair, ComparedRow, Comparison } from "../../analysis/laws/compare.ts";
import { COLUMNS, estimateTexts, type NumberFormat, numberFormat, wrapText } from "../../analysis/text.ts";
import { type Column, formatSeconds, formatTableWithin } from "./table.ts";

/**
 * Says what changed: one line where nothing did.
 *
 * @param comparison - of two runs
 * @param notes - what else differs between them
 * @param regression - what `--fail-on-regression` found; null where it was not asked for
 * @returns text without a last newline
 */
export function comparisonText(
  comparison: Comparison,
  notes: readonly string[],
  regression: { readonly limit: number; readonly failures: readonly ComparedRow[] } | null,
): string {
  const { rows, changed, noInterval, onlyInA, onlyInB } = comparison;
  const lines: string[] = [];
  const say = (sentence: string): void => void lines.push(...wrapText(sentence, COLUMNS));
  const several = new Set(rows.map(({ experiment }) => experiment)).size > 1;
  if (noInterval !== null) {
    say(`No intervals (${noInterval}): what changed cannot be told from noise; the times alone:`);
    lines.push("", changeTable(rows, several));
  } else if (changed.length === 0) {
    // The interval is of that one time alone: among many, Holm's method lets one lie so far off by chance.
    const alone = rows.length > 1 ? " alone" : "";
    say(`Nothing changed: ${rows.length} times compared, largest ${changeText(furthest(rows))}${alone}.`);
  } else {
    say(
      `${changed.length} of ${rows.length} times changed; all together ${formatChange(comparison.overallRatio! - 1)}:`,
    );
    lines.push("", changeTable(changed, several));
  }
  const asides = [
    ...(onlyInA.length > 0 ? [`only in A, not compared: ${listed(onlyInA)}`] : []),
    ...(onlyInB.length > 0 ? [`only in B, not compared: ${listed(onlyInB)}`] : []),
    ...notes,
  ];
  if (asides.length > 0) lines.push("");
  for (const aside of asides) say(`note: ${aside}`);
  if (regression !== null && changed.length > 0) {
    const { limit, failures } = regression;
    lines.push("");
    say(
      failures.length === 0
        ? `No regression: no time that changed has grown by more than ${limit} %.`
        : `Regression: ${failures.length} ${failures.length === 1 ? "time has" : "times have"} grown by more than ${limit} %.`,
    );
  }
  return lines.join("\n");
}

/** An entry of the tracker's JSON (tool `customSmallerIsBetter`). */
export type BenchmarkEntry = {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly range?: string;
  readonly extra: string;
};

/**
 * The times of B as https://github.com/benchmark-action/github-action-benchmark reads them.
 *
 * @param pairs - the runs
 * @param comparison - of these runs
 */
export function benchmarkEntries(pairs: readonly ComparedPair[], comparison: Comparison): BenchmarkEntry[] {
  const machine = new Map(pairs.map(({ a, b }) => [a.experiment, b.environments[0]!]));
  return comparison.rows.map((row) => {
    const { cpuModel, runtimeVersion } = machine.get(row.experiment)!;
    const half =
      row.interval95 === null ? null : (row.secondsB * (row.interval95[1] - row.interval95[0])) / 2;
    return {
      name: `${row.experiment}: ${row.case}, ${row.variant}`,
      unit: "seconds",
      value: Number(row.secondsB.toPrecision(6)),
      ...(half === null ? {} : { range: `± ${half.toPrecision(2)}` }),
      extra: `${changeText(row)} against A\n${cpuModel ?? "unknown CPU"}, Node ${runtimeVersion ?? "unknown"}`,
    };
  });
}

function changeTable(rows: readonly ComparedRow[], several: boolean): string {
  const columns: Column[] = ["case, strategy", "A", "B", "change", "95% interval"].map((heading, i) => ({
    heading,
    align: i === 0 ? "left" : "right",
  }));
  const cells = [...rows]
    .sort((a, b) => b.ratio - a.ratio)
    .map((row) => [
      `${several ? `${row.experiment}: ` : ""}${row.case}, ${row.variant}`,
      formatSeconds(row.secondsA),
      formatSeconds(row.secondsB),
      ...changeTexts(row),
    ]);
  return formatTableWithin(columns, cells, COLUMNS);
}

/** The change that is the furthest from none. */
function furthest(rows: readonly ComparedRow[]): ComparedRow {
  const size = ({ ratio }: ComparedRow): number => Math.abs(Math.log(ratio));
  return rows.reduce((most, other) => (size(other) > size(most) ? other : most));
}

function changeText(row: ComparedRow): string {
  const [change, interval] = changeTexts(row);
  return interval === "" ? change : `${change} [${interval}]`;
}

/** The change, and the ends of its interval: `+1.2 %` and `+0.9 %, +1.5 %`; empty without one. */
function changeTexts({ ratio, interval95 }: ComparedRow): [change: string, interval: string] {
  const change = {
    estimate: ratio - 1,
    interval95: interval95 === null ? null : ([interval95[0] - 1, interval95[1] - 1] as const),
  };
  const { estimate, low, high } = estimateTexts(change, formatChange);
  return [estimate, low === null ? "" : `${low}, ${high}`];
}

/** A change from a ratio less 1: `+1.2 %`, `−50 %`. */
const formatChange: NumberFormat = numberFormat((size) => ({
  factor: 100,
  unit: " %",
  digits: 100 * size < 9.95 ? 1 : 0,
  plus: true,
}));

function listed(names: readonly string[]): string {
  return names.length <= 4
    ? names.join("; ")
    : `${names.slice(0, 4).join("; ")}; and ${names.length - 4} more`;
}
