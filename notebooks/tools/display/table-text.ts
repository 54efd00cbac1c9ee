/** @file A table as Markdown and as aligned plain text. Pure. */

import { formatNumber } from "./format-value.ts";

/** A row: what stands in each column; numbers are formatted, null and undefined are left empty. */
export type Row = Readonly<Record<string, unknown>>;

/** A column of a table. */
export type Column = {
  /** The field of the rows. */
  readonly key: string;
  /** Its head; Markdown, mathematics too. The key if left out. */
  readonly title?: string;
  /** How a value is written; numbers with four significant digits if left out. */
  readonly format?: (value: never) => string;
  /** Right for columns of numbers, left for others if left out. */
  readonly align?: "left" | "right";
};

const DIGITS = 4;

/**
 * Writes a table.
 *
 * @param rows - at least one
 * @param columns - names or {@link Column}s; all fields of the first row if left out
 * @returns `markdown`, and `plain` with columns aligned
 * @throws {Error} if there is no row, or a column that no row has
 */
export function tableText(
  rows: readonly Row[],
  columns: readonly (string | Column)[] = Object.keys(rows[0] ?? {}),
): { readonly markdown: string; readonly plain: string } {
  if (rows.length === 0 || columns.length === 0)
    throw new Error("table: there are no rows; expected at least one row with one column");
  const full = columns.map((column) => (typeof column === "string" ? { key: column } : column) as Column);
  const absent = full.find(({ key }) => rows.every((row) => !(key in row)));
  if (absent !== undefined) {
    throw new Error(
      `table: no row has a field "${absent.key}"; expected one of ${Object.keys(rows[0]!).join(", ")}`,
    );
  }
  const heads = full.map(({ key, title }) => oneLine(title ?? key));
  const cells = rows.map((row) => full.map((column) => oneLine(written(row[column.key], column))));
  const right = full.map(
    ({ key, align }) => (align ?? (rows.every((row) => isNumeric(row[key])) ? "right" : "left")) === "right",
  );
  return { markdown: asMarkdown(heads, cells, right), plain: asPlain(heads, cells, right) };
}

function written(value: unknown, { format }: Column): string {
  if (value === null || value === undefined) return "";
  if (format !== undefined) return format(value as never);
  if (typeof value === "number") return grouped(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

/** Whole numbers from 10,000 in groups of three. */
function grouped(value: number): string {
  if (!Number.isInteger(value) || Math.abs(value) < 1e4 || Math.abs(value) >= 1e15)
    return formatNumber(value, DIGITS);
  return formatNumber(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

function isNumeric(value: unknown): boolean {
  return typeof value === "number" || value === null || value === undefined;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}

function asMarkdown(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly boolean[],
) {
  // A bar would end the cell.
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(right.map((is) => (is ? "---:" : "---"))), ...rows.map(line)].join("\n");
}

function asPlain(heads: readonly string[], rows: readonly (readonly string[])[], right: readonly boolean[]) {
  const widths = heads.map((head, j) =>
    Math.max(...[head, ...rows.map((row) => row[j]!)].map((text) => text.length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, j) => (right[j] ? text.padStart(widths[j]!) : text.padEnd(widths[j]!)))
      .join("  ")
      .trimEnd();
  return [line(heads), line(widths.map((width) => "─".repeat(width))), ...rows.map(line)].join("\n");
}
