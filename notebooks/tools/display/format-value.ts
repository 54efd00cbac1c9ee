/** @file Values as plain text: numbers rounded alike on every machine, vectors and matrices with their columns aligned. Pure. */

/** An ndarray, as far as it is read here. */
type Ndarray = {
  readonly shape: readonly number[];
  readonly get: (...indices: number[]) => number;
};

/** More entries than these are cut, with a word on how many there are. */
const MOST_ROWS = 12;
const MOST_COLUMNS = 10;

/**
 * A number as people read it.
 *
 * @param value - any number; whole numbers below 1e15 keep all their digits
 * @param digits - significant ones of other numbers
 * @returns e.g. `0.333333`, `1.5e-9`, `567434`
 */
export function formatNumber(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded =
    Number.isInteger(value) && Math.abs(value) < 1e15 ? value : Number(value.toPrecision(digits));
  const text = Math.abs(rounded) < 1e15 ? String(rounded) : rounded.toExponential();
  return text.replace("e+", "e").replace(/^-0$/, "0");
}

/**
 * Any value as text of one or several lines, without colours.
 *
 * @param value - a number, a text, an ndarray of one or two dimensions, an array, or a record of these
 * @param digits - significant ones of numbers that are not whole
 */
export function formatValue(value: unknown, digits = 6): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return formatNumber(value, digits);
  if (value === null || typeof value !== "object") return String(value);
  if (isNdarray(value)) return formatNdarray(value, digits);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (ArrayBuffer.isView(value)) return formatList([...(value as unknown as Iterable<unknown>)], digits);
  if (Array.isArray(value)) return formatList(value, digits);
  return formatRecord(value as Record<string, unknown>, digits);
}

function isNdarray(value: object): value is Ndarray {
  return "shape" in value && "stride" in value && typeof (value as Partial<Ndarray>).get === "function";
}

function formatNdarray(array: Ndarray, digits: number): string {
  const [rows = 1, columns] = array.shape;
  if (array.shape.length === 1) {
    return formatGrid([numbersOf(rows, (j) => array.get(j))], rows, digits);
  }
  if (array.shape.length !== 2 || columns === undefined)
    return `an array of shape [${array.shape.join(", ")}]`;
  const shown = Array.from({ length: Math.min(rows, MOST_ROWS) }, (_, i) =>
    numbersOf(columns, (j) => array.get(i, j)),
  );
  const cut = rows > MOST_ROWS ? [`… ${rows} rows`] : [];
  return [formatGrid(shown, columns, digits), ...cut].join("\n");
}

function numbersOf(length: number, entry: (j: number) => number): number[] {
  return Array.from({ length: Math.min(length, MOST_COLUMNS) }, (_, j) => entry(j));
}

/** Rows of numbers in brackets, each column as wide as its widest entry. */
function formatGrid(rows: readonly (readonly number[])[], columns: number, digits: number): string {
  const texts = rows.map((row) => row.map((entry) => formatNumber(entry, digits)));
  const widths = (texts[0] ?? []).map((_, j) => Math.max(...texts.map((row) => row[j]!.length)));
  const cut = columns > MOST_COLUMNS ? `  … ${columns} entries` : "";
  return texts
    .map((row) => `[ ${row.map((text, j) => text.padStart(widths[j]!)).join("  ")}${cut} ]`)
    .join("\n");
}

function formatList(values: readonly unknown[], digits: number): string {
  if (isNumberRows(values)) {
    const columns = values[0]!.length;
    const shown = values.slice(0, MOST_ROWS).map((row) => row.slice(0, MOST_COLUMNS));
    const cut = values.length > MOST_ROWS ? `\n… ${values.length} rows` : "";
    return formatGrid(shown, columns, digits) + cut;
  }
  const texts = values.slice(0, MOST_ROWS).map((value) => formatValue(value, digits));
  if (values.length > MOST_ROWS) texts.push(`… ${values.length} entries`);
  const simple = values.every((value) => typeof value !== "object" || value === null);
  return simple ? `[${texts.join(", ")}]` : texts.join("\n");
}

/** Rows of equal length that hold nothing but numbers. */
function isNumberRows(values: readonly unknown[]): values is readonly number[][] {
  const [first] = values;
  if (!Array.isArray(first) || first.length === 0) return false;
  return values.every(
    (row) => Array.isArray(row) && row.length === first.length && row.every((one) => typeof one === "number"),
  );
}

function formatRecord(record: Readonly<Record<string, unknown>>, digits: number): string {
  const entries = Object.entries(record);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries
    .map(([name, value]) => {
      const text = formatValue(value, digits);
      return text.includes("\n") ? `${name}:\n${indent(text)}` : `${`${name}:`.padEnd(width + 1)} ${text}`;
    })
    .join("\n");
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
