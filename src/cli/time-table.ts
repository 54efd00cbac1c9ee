/** @file The answer of `time` as tables within 80 columns of a terminal. */

import { groupBy } from "../../analysis/grouping.ts";
import { COLUMNS, estimateTexts, wrapText } from "../../analysis/text.ts";
import type { ChainShape } from "../chain/shape.ts";
import { CONVENTION_TITLES, chainLine } from "./chain-line.ts";
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

/**
 * Lays out what `time` found: for each convention a table of costs and a table of times, one row per strategy in each.
 *
 * @param report - of one chain
 * @param shape - of the chain
 * @returns text without a last newline
 */
export function timeTable(report: TimeReport, shape: ChainShape): string {
  const { rounds, processes, machine, strategies } = report;
  const groups = [...groupBy(strategies, ({ convention }) => convention).values()];
  return [
    chainLine(shape),
    ...wrapText(
      `${rounds} ${rounds === 1 ? "round" : "rounds"} in ${processes} fresh ` +
        `${processes === 1 ? "process" : "processes"}, kernel ${strategies[0]!.kernel}, ${machine ?? "unknown CPU"}`,
      COLUMNS,
    ),
    ...groups.flatMap((group) => [
      "",
      CONVENTION_TITLES[group[0]!.convention],
      costTable(group),
      "",
      secondsTable(group),
    ]),
    ...(strategies.some((item) => item.fmaCounted === null) ? ["", "* predicted, not counted"] : []),
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
  return formatTableWithin(columns, rows, COLUMNS);
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
  return formatTableWithin(columns, rows, COLUMNS);
}

function headings(...names: readonly string[]): Column[] {
  return names.map((heading, i) => ({ heading, align: i === 0 ? "left" : "right" }));
}

function warningLines(strategies: readonly TimedStrategy[]): string[] {
  const lines = strategies.flatMap((item) =>
    item.warnings.flatMap((warning) =>
      wrapText(`warning: ${item.label}: ${warning.code}: ${warning.message}`, COLUMNS - 2).map((line, i) =>
        i === 0 ? line : `  ${line}`,
      ),
    ),
  );
  return lines.length === 0 ? [] : ["", ...lines];
}
