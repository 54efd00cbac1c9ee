/** @file Whether two runs of a notebook gave the same: cells, kinds of outputs, texts; pictures by presence and size. Pure. */

import type { Cell, CodeCell, Notebook, Output } from "./notebook.ts";

/** Numbers inside of charts may differ by the last digits of another machine's functions. */
const RELATIVE_TOLERANCE = 1e-9;

/**
 * Compares a notebook with what another run gave.
 *
 * @param committed - what is in the repository
 * @param fresh - the other; also a notebook that was not run, with `outputs: false`
 * @param options - `outputs: false` compares cells alone
 * @returns one sentence for each difference, naming the cell; none if they agree
 */
export function differences(
  committed: Notebook,
  fresh: Notebook,
  { outputs = true }: { readonly outputs?: boolean } = {},
): string[] {
  if (committed.cells.length !== fresh.cells.length) {
    return [`it has ${committed.cells.length} cells; expected ${fresh.cells.length}`];
  }
  const found: string[] = [];
  if (JSON.stringify(committed.metadata) !== JSON.stringify(fresh.metadata))
    found.push("its metadata differ");
  for (const [index, cell] of committed.cells.entries()) {
    const other = fresh.cells[index]!;
    const where = `cell ${index + 1} ("${firstLine(cell)}")`;
    if (
      cell.cell_type !== other.cell_type ||
      cell.id !== other.id ||
      cell.source !== other.source ||
      JSON.stringify(cell.metadata) !== JSON.stringify(other.metadata)
    ) {
      found.push(`${where}: its text or its tags differ`);
      continue;
    }
    if (outputs && cell.cell_type === "code" && other.cell_type === "code")
      found.push(...outputDifferences(cell, other).map((text) => `${where}: ${text}`));
  }
  return found;
}

function firstLine(cell: Cell): string {
  const line = cell.source.split("\n", 1)[0]!;
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

function outputDifferences(committed: CodeCell, fresh: CodeCell): string[] {
  const kinds = (cell: CodeCell): string => cell.outputs.map(kindOf).join(", ") || "none";
  if (kinds(committed) !== kinds(fresh))
    return [`its outputs are ${kinds(committed)}; a fresh run gave ${kinds(fresh)}`];
  // Times of a machine are no other machine's.
  if (committed.metadata.tags?.includes("timing")) return [];
  return committed.outputs.flatMap((output, i) => contentDifferences(output, fresh.outputs[i]!));
}

function kindOf(output: Output): string {
  if (output.output_type === "stream") return output.name;
  if (output.output_type === "error") return "error";
  return `${output.output_type} (${Object.keys(output.data).sort().join(", ")})`;
}

function contentDifferences(committed: Output, fresh: Output): string[] {
  if (committed.output_type === "stream" && fresh.output_type === "stream")
    return textDifference(committed.name, committed.text, fresh.text);
  if (committed.output_type === "error" && fresh.output_type === "error")
    return textDifference("the error", committed.evalue, fresh.evalue);
  if (!("data" in committed) || !("data" in fresh)) return [];
  return Object.entries(committed.data).flatMap(([mime, value]) => {
    const other = fresh.data[mime];
    if (mime === "image/png") return pictureDifference(String(value), String(other));
    if (typeof value === "string") return textDifference(mime, value, String(other));
    return alike(value, other) ? [] : [`${mime} differs from a fresh run's`];
  });
}

function textDifference(what: string, committed: string, fresh: string): string[] {
  if (committed === fresh) return [];
  const [ours, theirs] = [committed.split("\n"), fresh.split("\n")];
  const line = ours.findIndex((text, i) => text !== theirs[i]);
  const at = line < 0 ? ours.length : line;
  return [`${what}, line ${at + 1}, is "${ours[at] ?? ""}"; a fresh run gave "${theirs[at] ?? ""}"`];
}

function pictureDifference(committed: string, fresh: string): string[] {
  const [ours, theirs] = [pngSize(committed), pngSize(fresh)];
  if (ours === null || theirs === null) return ["the picture is no PNG"];
  if (ours.join() === theirs.join()) return [];
  return [`the picture has ${ours.join(" × ")} pixels; a fresh run gave ${theirs.join(" × ")}`];
}

/**
 * Width and height of a PNG in base64, or null for what is none.
 *
 * @param base64 - of the whole file
 */
export function pngSize(base64: string): [number, number] | null {
  // Signature (8 bytes), length and name of the first chunk (8), then width and height (4 each).
  const head = Buffer.from(base64.slice(0, 48), "base64");
  if (head.length < 24 || head.toString("latin1", 1, 4) !== "PNG") return null;
  return [head.readUInt32BE(16), head.readUInt32BE(20)];
}

function alike(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number")
    return a === b || Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [keys, others] = [Object.keys(a).sort(), Object.keys(b).sort()];
  if (keys.join("\n") !== others.join("\n")) return false;
  return keys.every((key) => alike((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
