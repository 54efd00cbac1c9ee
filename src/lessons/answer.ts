/** @file Reading what people hand in: numbers, nested arrays, typed arrays, ndarrays, objects of these; never throws. */

import type { Matrix } from "../array.ts";
import { ndarrayValue } from "./arithmetic.ts";
import type { Part, Value } from "./types.ts";

/** A value that was read, or one sentence on why it cannot be. */
export type Reading = { readonly value: Value } | { readonly problem: string };

/** The parts of an answer that were recognised, and the names that were not. */
export type AnswerParts = {
  readonly given: ReadonlyMap<Part, unknown>;
  readonly unknown: readonly string[];
};

/**
 * Tells which parts an answer holds. An object has them by name; anything else is the first part of its shape (or of the
 * transposed one), and otherwise the problem's first.
 *
 * @param answer - what was handed in
 * @param parts - of the problem
 * @param truth - their right values, for their shapes
 */
export function partsOf(
  answer: unknown,
  parts: readonly Part[],
  truth: Readonly<Record<string, Value>>,
): AnswerParts {
  if (isObjectOfParts(answer)) {
    const given = new Map<Part, unknown>();
    const unknown: string[] = [];
    for (const [name, value] of Object.entries(answer)) {
      if (value === undefined) continue;
      const part = parts.find((candidate) => candidate.name === name || candidate.aliases?.includes(name));
      if (part === undefined) unknown.push(name);
      else given.set(part, value);
    }
    return { given, unknown };
  }
  const reading = readValue(answer);
  const shape = "value" in reading ? squeezedShape(reading.value) : null;
  const like = (wanted: string | undefined) =>
    parts.find(({ name }) => squeezedShape(truth[name]!).join() === wanted);
  const part = like(shape?.join()) ?? like(shape?.toReversed().join());
  return { given: new Map([[part ?? parts[0]!, answer]]), unknown: [] };
}

/**
 * Reads numbers with their shape, or a word.
 *
 * @param answer - one part of what was handed in
 */
export function readValue(answer: unknown): Reading {
  if (typeof answer === "string") return { value: answer.trim().toLowerCase() };
  if (typeof answer === "bigint") return { value: { shape: [], entries: [Number(answer)] } };
  if (isNumber(answer)) return { value: { shape: [], entries: [asNumber(answer)] } };
  if (isNdarray(answer)) {
    if (answer.shape.length > 2) return { problem: `it has ${answer.shape.length} dimensions` };
    return { value: ndarrayValue(answer) };
  }
  if (hasRows(answer)) return readValue(answer.to2DArray());
  const list = asList(answer);
  if (list === null) return { problem: `it is ${describe(answer)}; expected numbers` };
  if (list.length === 0) return { problem: "it is empty" };
  if (list.every(isNumber)) return { value: { shape: [list.length], entries: list.map(asNumber) } };
  return readRows(list);
}

function readRows(list: readonly unknown[]): Reading {
  const rows = list.map((row) =>
    isNdarray(row) && row.shape.length === 1 ? ndarrayValue(row).entries : asList(row),
  );
  const columns = rows[0]?.length ?? 0;
  const entries: number[] = [];
  for (const [i, row] of rows.entries()) {
    if (row === null) return { problem: `row ${i} is ${describe(list[i])}; expected an array of numbers` };
    if (row.length !== columns) {
      return {
        problem: `row ${i} has ${row.length} entries and row 0 has ${columns}: rows must be equally long`,
      };
    }
    const j = row.findIndex((entry) => !isNumber(entry));
    if (j >= 0) return { problem: `entry [${i}, ${j}] is ${describe(row[j])}; expected a number` };
    entries.push(...row.map(asNumber));
  }
  if (columns === 0) return { problem: "its rows are empty" };
  return { value: { shape: [rows.length, columns], entries } };
}

/** null stands for NaN in JSON. */
function isNumber(value: unknown): boolean {
  return typeof value === "number" || value === null;
}

function asNumber(value: unknown): number {
  return value === null ? Number.NaN : (value as number);
}

function asList(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as unknown as ArrayLike<number>)
    : null;
}

function isNdarray(value: unknown): value is Matrix {
  const array = value as Partial<Matrix> | null | undefined;
  return Array.isArray(array?.shape) && typeof array.get === "function" && array.stride !== undefined;
}

function hasRows(value: unknown): value is { to2DArray(): number[][] } {
  return typeof (value as { to2DArray?: unknown } | null | undefined)?.to2DArray === "function";
}

function isObjectOfParts(value: unknown): value is object {
  return (
    typeof value === "object" &&
    value !== null &&
    asList(value) === null &&
    !isNdarray(value) &&
    !hasRows(value)
  );
}

/** Lengths other than 1, so that columns and rows count as vectors; a word is its own kind. */
function squeezedShape(value: Value): readonly (number | string)[] {
  return typeof value === "string" ? ["word"] : value.shape.filter((length) => length !== 1);
}

function describe(value: unknown): string {
  if (value === undefined) return "undefined";
  if (typeof value === "string") return `the text "${value.slice(0, 20)}"`;
  return Array.isArray(value) ? "an array" : `${/^[aeiou]/.test(typeof value) ? "an" : "a"} ${typeof value}`;
}
