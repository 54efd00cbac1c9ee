/** @file The answer of `time` as a table for the terminal. */

import type { TimedStrategy, TimeReport } from "./run-time.ts";
import { formatBytes, formatInteger, formatRatio, formatSeconds, formatTable } from "./table.ts";

/**
 * Lays out what `time` found.
 *
 * @param report - of one chain
 * @returns text without a last newline
 */
export function timeTable(report: TimeReport): string {
  const { chain, rounds, processes, machine, strategies } = report;
  const interval = strategies.every((item) => item.interval95Seconds !== null);
  const spread = interval ? "95% interval" : "range";
  const columns = [
    "strategy",
    "FMA",
    "median",
    spread,
    "prepare",
    "ratio",
    interval ? "95% interval" : "",
    "memory",
  ];
  const rows = strategies.map((item) => [
    item.label,
    formatInteger(item.fmaCounted ?? item.fmaPredicted) + (item.fmaCounted === null ? " (predicted)" : ""),
    formatSeconds(item.seconds),
    range(item.interval95Seconds ?? item.rangeSeconds, formatSeconds),
    formatSeconds(item.secondsPrepare),
    item.ratioToFirst === null ? "1" : formatRatio(item.ratioToFirst.estimate),
    item.ratioToFirst?.interval95 ? range(item.ratioToFirst.interval95, formatRatio) : "",
    formatBytes(item.bytes),
  ]);
  const used = columns.map((heading, i) => ({ heading, align: i === 0 ? "left" : "right" }) as const);
  const keep = used.map((_, i) => i).filter((i) => used[i]!.heading !== "");
  const lines = [
    `${chain.widths.join("-")}: n = ${chain.n}, m = ${chain.m}, Σ = ${formatInteger(chain.sigma)} FMA a product`,
    `${rounds} ${rounds === 1 ? "round" : "rounds"} in ${processes} fresh ` +
      `${processes === 1 ? "process" : "processes"}, kernel ${strategies[0]!.kernel}, ${machine ?? "unknown CPU"}`,
    "",
    formatTable(
      keep.map((i) => used[i]!),
      rows.map((row) => keep.map((i) => row[i]!)),
    ),
    ...warningLines(strategies),
  ];
  return lines.join("\n");
}

function warningLines(strategies: readonly TimedStrategy[]): string[] {
  const lines = strategies.flatMap((item) =>
    item.warnings.map((warning) => `warning: ${item.label}: ${warning.code}: ${warning.message}`),
  );
  return lines.length === 0 ? [] : ["", ...lines];
}

function range(ends: readonly [number, number], format: (value: number) => string): string {
  return `${format(ends[0])} – ${format(ends[1])}`;
}
