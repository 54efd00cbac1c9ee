/** @file Aligned tables and numbers for the terminal: the same in every locale, no colours, no borders. */

import CliTable from "cli-table3";
import {
  formatBytes as bytesFormat,
  type NumberFormat,
  numberFormat,
  formatSeconds as secondsFormat,
  threeDigits,
} from "../../analysis/text.ts";

/** A column: its heading, and the side to which its cells are aligned. */
export type Column = { readonly heading: string; readonly align: "left" | "right" };

const NO_BORDERS = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
  ].map((name) => [name, ""]),
);

/**
 * Lays out a table: columns as wide as their longest cell, two spaces between them.
 *
 * @param columns - headings and alignments
 * @param rows - cells, one a column in each row
 * @returns lines joined by newlines, without spaces at their ends and without a last newline
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const table = new CliTable({
    chars: { ...NO_BORDERS, middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colAligns: columns.map((column) => column.align),
  });
  table.push(
    columns.map((column) => column.heading),
    ...rows.map((row) => [...row]),
  );
  const lines = table.toString().split("\n");
  return lines.map((line) => line.trimEnd()).join("\n");
}

/**
 * {@link formatTable} in a limited width: where it would be wider, each first cell stands in a line of its own above
 * the rest of its row, which is then indented.
 *
 * @param width - columns of the terminal
 */
export function formatTableWithin(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const table = formatTable(columns, rows);
  if (table.split("\n").every((line) => [...line].length <= width)) return table;
  const rest = formatTable(
    columns.slice(1),
    rows.map((row) => row.slice(1)),
  ).split("\n");
  const labels = [columns[0]!.heading, ...rows.map((row) => row[0]!)];
  return labels.flatMap((label, i) => [label, `  ${rest[i]!}`]).join("\n");
}

/**
 * An integer with commas between thousands.
 *
 * @param value - e.g. 1234567
 * @returns e.g. `1,234,567`
 */
export function formatInteger(value: number): string {
  const digits = Math.abs(value).toFixed(0);
  return (value < 0 ? "−" : "") + digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * Primal evaluations: layers that are run again make parts of one, given to two decimals.
 *
 * @param value - evaluations of all layers over the number of layers
 */
export function formatEvaluations(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : value.toFixed(2);
}

const SI_PREFIXES = ["", "k", "M", "G", "T", "P", "E", "Z", "Y"];

/**
 * A count: exact below a million, four digits with an SI prefix from there on.
 *
 * @param value - not negative
 * @returns e.g. `567,434` or `444.9 M`
 */
export function formatCount(value: number): string {
  if (value < 1e6) return formatInteger(value);
  let prefix = Math.min(Math.floor(Math.log10(value) / 3), SI_PREFIXES.length - 1);
  let text = (value / 1000 ** prefix).toPrecision(4);
  if (Number(text) >= 1000 && prefix < SI_PREFIXES.length - 1) {
    prefix++;
    text = (value / 1000 ** prefix).toPrecision(4);
  }
  return `${text} ${SI_PREFIXES[prefix]}`;
}

/**
 * A size of memory in binary units, three digits whatever they are, so that columns stand in line.
 *
 * @param bytes - not negative
 * @returns e.g. `512 B`, `1.50 KiB`, `4.33 MiB`
 */
export const formatBytes: NumberFormat = numberFormat(bytesFormat.scale);

/**
 * A duration in the unit that suits it, three digits whatever they are.
 *
 * @param seconds - not negative
 * @returns e.g. `12.3 ms`, `850 ns`, `1.50 s`
 */
export const formatSeconds: NumberFormat = numberFormat(secondsFormat.scale);

/**
 * A ratio in three digits.
 *
 * @param ratio - positive
 * @returns e.g. `1.00`, `78.4`, `1,234`
 */
export const formatRatio: NumberFormat = numberFormat((size) => ({
  factor: 1,
  unit: "",
  digits: threeDigits(size),
  group: ",",
}));
