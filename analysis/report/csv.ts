/** @file results.csv: the tidy table for others, one row a measurement. Pure. */

import type { AnyResults } from "../config.ts";
import { type MeasurementRow, measurementRows } from "../table.ts";

type Value = string | number | null;

/** The columns in their order; empty cells are unknown or do not apply. Times are in seconds, sizes in bytes. */
const COLUMNS: readonly (readonly [name: string, read: (row: MeasurementRow) => Value])[] = [
  ["experiment", (row) => row.experiment],
  ["case", (row) => row.case],
  ["strategy", (row) => row.strategy],
  ["kernel", (row) => row.kernel],
  ["block", (row) => row.blockSize],
  ["linearisation", (row) => row.linearisation],
  ["unit_seeds", (row) => row.unitSeeds],
  ["machine", (row) => row.machine],
  ["role", (row) => row.role],
  ["process", (row) => row.process],
  ["round", (row) => row.round],
  ["n", (row) => row.n],
  ["m", (row) => row.m],
  ["depth", (row) => row.depth],
  ["widths", (row) => row.widths.join("-")],
  ["sigma", (row) => row.sigma],
  ["fma_predicted", (row) => row.fmaPredicted],
  ["fma_counted", (row) => row.fmaCounted],
  ["bytes_predicted", (row) => row.bytesPredicted],
  ["bytes_counted", (row) => row.bytesCounted],
  ["footprint_bytes", (row) => row.footprintBytes],
  ["seconds_prepare", (row) => row.secondsPrepare],
  ["seconds", (row) => row.secondsProducts],
  ["fma_primal_timed", (row) => row.timedPrimalFma],
  ["seconds_min", (row) => row.secondsMin],
  ["seconds_max", (row) => row.secondsMax],
  ["samples", (row) => row.samples],
  ["runs_per_sample", (row) => row.runsPerSample],
  ["repetition", (row) => row.repetition],
  ["variant", (row) => row.variant],
  ["mode", (row) => row.mode],
  ["with_respect_to", (row) => row.withRespectTo],
  ["max_abs_error", (row) => row.maxAbsError],
  ["max_abs_reference", (row) => row.maxAbsReference],
  ["seconds_value", (row) => row.secondsValue],
  ["snapshots", (row) => row.snapshots],
  ["machine_factor", (row) => row.machineFactor],
  ["warnings", (row) => row.warnings.join(" ")],
];

/** The names of the columns, in order. */
export const CSV_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

/**
 * Writes every measurement as one line.
 *
 * @param results - of one experiment
 * @returns CSV by RFC 4180 with a header; `\n` ends each line, so that it is alike on every system
 */
export function toCsv(results: AnyResults): string {
  const lines = measurementRows(results).map((row) => COLUMNS.map(([, read]) => field(read(row))).join(","));
  return `${[CSV_COLUMNS.join(","), ...lines].join("\n")}\n`;
}

function field(value: Value): string {
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) return "";
  if (typeof value === "number") return String(value);
  // A spreadsheet would run a text that begins like a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
