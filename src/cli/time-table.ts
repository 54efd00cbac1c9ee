/** @file The answer of `time` as tables within 80 columns of a terminal. */

import { estimateTexts, wrapText } from "../../analysis/text.ts";
import type { TimedStrategy, TimeReport } from "./run-time.ts";
import {
  type Column,
  formatBytes,
  formatCount,
  formatEvaluations,
  formatRatio,
  formatSeconds,
  formatTableWithin,
} from "./table.ts";

/** No line is longer, but for a word that is. */
const WIDTH = 80;

/**
 * Lays out what `time` found: a table of costs and a table of times, one row a strategy in each.
 *
 * @param report - of one chain
 * @returns text without a last newline
 */
export function timeTable(report: TimeReport): string {
  const { chain, rounds, processes, machine, strategies } = report;
  const widths = chain.widths.length > 12 ? shortened(chain.widths) : chain.widths.join("-");
  return [
    ...wrapText(
      `${widths}: n = ${chain.n}, m = ${chain.m}, Σ = ${formatCount(chain.sigma)} FMA a product`,
      WIDTH,
    ),
    ...wrapText(
      `${rounds} ${rounds === 1 ? "round" : "rounds"} in ${processes} fresh ` +
        `${processes === 1 ? "process" : "processes"}, kernel ${strategies[0]!.kernel}, ${machine ?? "unknown CPU"}`,
      WIDTH,
    ),
    "",
    costTable(strategies),
    ...(strategies.some((item) => item.fmaCounted === null) ? ["* predicted, not counted"] : []),
    "",
    secondsTable(strategies),
    ...warningLines(strategies),
  ].join("\n");
}

function costTable(strategies: readonly TimedStrategy[]): string {
  const columns = headings("strategy", "FMA", "primal FMA", "evaluations", "total FMA", "memory");
  const rows = strategies.map((item) => {
    const mark = item.fmaCounted === null ? "*" : "";
    const fma = item.fmaCounted ?? item.fmaPredicted;
    return [
      item.label,
      formatCount(fma) + mark,
      formatCount(item.primalFma) + mark,
      formatEvaluations(item.primalEvaluations),
      formatCount(fma + item.primalFma) + mark,
      formatBytes(item.bytes),
    ];
  });
  return formatTableWithin(columns, rows, WIDTH);
}

function secondsTable(strategies: readonly TimedStrategy[]): string {
  const interval = strategies.every((item) => item.interval95Seconds !== null);
  const rows = strategies.map((item) => {
    const ends = (interval ? item.interval95Seconds : null) ?? item.rangeSeconds;
    const seconds = estimateTexts({ estimate: item.seconds, interval95: ends }, formatSeconds);
    const ratio = item.ratioToFirst === null ? null : estimateTexts(item.ratioToFirst, formatRatio);
    return [
      item.label,
      seconds.estimate,
      `${seconds.low!.split(" ")[0]} – ${seconds.high}`,
      formatSeconds(item.secondsPrepare),
      ratio?.estimate ?? "1",
      ...(interval ? [ratio === null || ratio.low === null ? "" : `${ratio.low} – ${ratio.high}`] : []),
    ];
  });
  const columns = headings(
    "strategy",
    "median",
    interval ? "95% interval" : "range",
    "prepare",
    "ratio",
    ...(interval ? ["95% interval"] : []),
  );
  return formatTableWithin(columns, rows, WIDTH);
}

function headings(...names: readonly string[]): Column[] {
  return names.map((heading, i) => ({ heading, align: i === 0 ? "left" : "right" }));
}

function warningLines(strategies: readonly TimedStrategy[]): string[] {
  const lines = strategies.flatMap((item) =>
    item.warnings.flatMap((warning) =>
      wrapText(`warning: ${item.label}: ${warning.code}: ${warning.message}`, WIDTH - 2).map((line, i) =>
        i === 0 ? line : `  ${line}`,
      ),
    ),
  );
  return lines.length === 0 ? [] : ["", ...lines];
}

/** `784-512-…-10`: the ends of a long chain. */
function shortened(widths: readonly number[]): string {
  return [...widths.slice(0, 6), "…", ...widths.slice(-4)].join("-");
}
