/** @file What a figure of a page is, and the forms in which figures are printed. */

import type { Estimate } from "../../../src/statistics/interval.ts";

/** One sentence and its figures. */
export type Figure = {
  readonly page: "README.md" | "CONTRIBUTING.md" | "analysis/README.md";
  /** As it stands there, with `#` for each figure and `@` for words that are read too; see `findSentence`. */
  readonly sentence: string;
  /** The committed file or module that it is read from, for people. */
  readonly source: string;
  /** What stands at its `#` and `@`, in the printed form. */
  readonly values: () => readonly string[];
};

/** A number to so many significant digits. */
export const significant = (value: number, digits = 3): string => value.toPrecision(digits);
/** A tolerance: `1e-8`. */
export const exponential = (value: number): string => value.toExponential();
/** A whole number in groups of three: `566,528`. */
export const grouped = (value: number): string => value.toLocaleString("en");

/** An estimate with its interval, to three significant digits. */
export function withInterval({ estimate, interval95 }: Estimate): string {
  if (interval95 === null) throw new Error("found no interval; expected one beside every measured figure");
  return `${significant(estimate)} [${interval95.map((end) => significant(end)).join(", ")}]`;
}

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"] as const;

/** A small whole number in a word. */
export function inWords(value: number): string {
  const word = WORDS[value];
  if (word === undefined) throw new Error(`found no word for ${value}; write it in digits`);
  return word;
}

/** With a capital at the beginning. */
export const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
