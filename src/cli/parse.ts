/** @file Parsers of options and of input files that several commands share. */

import { JacobenchError } from "../errors.ts";
import { readTextFile } from "../files.ts";
import { parseJson } from "../json.ts";
import { MAX_THREADS } from "../strategies/types.ts";

/** The widest layer, as in configs of experiments (kept apart from them, whose validator is not light). */
export const MAX_WIDTH = 1_000_000;

/** The longest list of widths: 1000 layers. */
export const MAX_WIDTHS = 1001;

/**
 * Reads widths as typed after `--widths`.
 *
 * @param text - integers separated by commas, e.g. `784,512,256,128,10`: n, the hidden widths, m
 * @returns at least two widths, each from 1 to {@link MAX_WIDTH}
 * @throws {JacobenchError} `ERR_RANGE` that names the width at fault
 */
export function parseWidths(text: string): number[] {
  const fail = (given: string): never => {
    const expected = "at least two integers separated by commas: n,…,m, e.g. 784,512,256,128,10";
    throw new JacobenchError("ERR_RANGE", `--widths: ${given}; expected ${expected}`);
  };
  const parts = text.split(",").map((part) => part.trim());
  if (text.trim() === "") fail("nothing was given");
  if (parts.length < 2) fail(`\`${shorten(text)}\` is a single width`);
  if (parts.length > MAX_WIDTHS) fail(`${parts.length} widths were given, the limit is ${MAX_WIDTHS}`);
  return parts.map((part, i) => {
    if (part === "") fail(`width ${i + 1} of ${parts.length} is empty`);
    const range = `an integer from 1 to ${MAX_WIDTH}`;
    return parseInteger(part, `--widths: width ${i + 1} of ${parts.length}`, 1, MAX_WIDTH, range);
  });
}

/**
 * Reads a block size as typed after `--block-size`.
 *
 * @param text - a positive integer or `all`
 * @throws {JacobenchError} `ERR_RANGE`
 */
export function parseBlockSize(text: string): number | "all" {
  if (text.trim() === "all") return "all";
  return parseInteger(text, "--block-size", 1, MAX_WIDTH, `an integer from 1 to ${MAX_WIDTH}, or all`);
}

/** Reads names separated by commas. */
export function parseNames(text: string): string[] {
  return text.split(",").map((name) => name.trim());
}

/**
 * Reads a number of threads.
 *
 * @param text - what was typed after `--threads`
 * @throws {JacobenchError} `ERR_RANGE`
 */
export function parseThreads(text: string): number {
  return parseInteger(text, "--threads", 1, MAX_THREADS, `an integer from 1 to ${MAX_THREADS}`);
}

/**
 * Reads a number of snapshots.
 *
 * @param text - what was typed
 * @throws {JacobenchError} `ERR_RANGE` if it is neither a positive integer nor all
 */
export function parseSnapshots(text: string): number | "all" {
  if (text.trim() === "all") return "all";
  return parseInteger(text, "--snapshots", 1, MAX_WIDTH, `an integer from 1 to ${MAX_WIDTH}, or all`);
}

/**
 * Reads an integer written in decimal digits.
 *
 * @param text - what was typed
 * @param where - the option, for the message
 * @param low - smallest allowed
 * @param high - largest allowed
 * @param expected - words for what is allowed; made of low and high if left out
 * @throws {JacobenchError} `ERR_RANGE` if it is no integer (fraction, NaN, 1e3, …) or outside of [low, high]
 */
export function parseInteger(
  text: string,
  where: string,
  low: number,
  high: number,
  expected = `an integer from ${low} to ${high}`,
): number {
  const trimmed = text.trim();
  const value = /^[+-]?\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new JacobenchError("ERR_RANGE", `${where} is \`${shorten(trimmed)}\`; expected ${expected}`);
}

/**
 * Reads a JSON file that the user named.
 *
 * @param path - the file
 * @returns its value
 * @throws {JacobenchError} `ERR_CONFIG` if it is missing, a folder, unreadable, or broken (with line and column)
 */
export function readJsonFile(path: string): unknown {
  return parseJson(readTextFile(path, "ERR_CONFIG"), path);
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
