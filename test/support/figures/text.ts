/** @file Figures in a text: where a sentence's numbers stand, and which numbers no sentence and no exemption covers. */

/** A place in a text, from its first character to the one after its last. */
export type Span = { readonly start: number; readonly end: number };

/** A number as the pages print it, with its interval where one follows: `86`, `566,528`, `1.04 [1.03, 1.05]`, `1e-8`. */
const FIGURE = String.raw`[-−]?\d+(?:[.,\u202f]\d+)*(?:e[-−]?\d+)?(?:\s\[[^\]]*\])?`;

/**
 * Finds a sentence in a text.
 *
 * @param text - of a page
 * @param sentence - as it stands there, with `#` for each figure and `@` for words without comma that are read too;
 *   line breaks count as spaces
 * @returns the places of its `#` and `@`, in order; one list for each time that the sentence stands there
 */
export function findSentence(text: string, sentence: string): Span[][] {
  const pattern = sentence
    .split(/([#@]|\s+)/)
    .map((part) => {
      if (part === "#") return `(${FIGURE})`;
      if (part === "@") return "([^|,]+?)";
      return /^\s+$/.test(part) ? String.raw`\s+` : escaped(part);
    })
    .join("");
  return [...text.matchAll(new RegExp(pattern, "dg"))].map((match) =>
    match.indices!.slice(1).map((indices) => ({ start: indices![0], end: indices![1] })),
  );
}

/** A text as a pattern that finds just that text. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** A kind of numbers that nobody measured or computed, and why it needs no source. */
export type Exemption = { readonly pattern: RegExp; readonly reason: string };

/** Kinds, never single places. */
export const EXEMPTIONS: readonly Exemption[] = [
  {
    pattern: /^```(?:ts|html)\n.*?^```$/gms,
    reason: "code to copy; test/readme.test.ts runs it",
  },
  { pattern: /(?<=^```sh\n(?:(?!```).*\n)*)[^#\n]+/gm, reason: "commands to copy, without their comments" },
  { pattern: /`[^`\n]*\p{L}[^`\n]*`/gu, reason: "commands, options, names and messages" },
  { pattern: /^\$ .*$/gm, reason: "a command above its output" },
  { pattern: /(?<![\w.])\d+(?:-\d+){2,}(?![\w.])/g, reason: "widths of a network" },
  { pattern: /(?<![\d.,])95 %/g, reason: "the level of the intervals" },
  { pattern: /[\p{L}_]\w*\d\w*/gu, reason: "names that hold a digit: d_0, float64" },
  { pattern: /_\{[^}\s]*\}/g, reason: "an index in a formula" },
  { pattern: /(?<![\d.,])\d(?=n\b|m\b)|\b[nm] \+ 1\b/g, reason: "a factor or summand of a formula" },
  { pattern: /(?<=\bcovers? |\bratio − )1(?![\w.])/g, reason: "the ratio of equals" },
  { pattern: /(?<![\d.,])\d+(?: and \d+)? px\b/g, reason: "the size of a window" },
];

const NUMBER_WORD =
  "an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|ninety";

/** A number, or a time in words. */
const NUMBERS = new RegExp(
  String.raw`[-−]?\d[\d.,]*|\b(?:about|in|under|within|over|after) (?:${NUMBER_WORD}) (?:second|minute|hour)s?\b`,
  "g",
);

/**
 * The numbers of a text that nothing covers.
 *
 * @param text - of a page
 * @param covered - places whose numbers are compared with a source
 * @param exemptions - kinds that need no source
 * @returns each with the line that it stands in
 */
export function uncoveredNumbers(
  text: string,
  covered: readonly Span[],
  exemptions: readonly Exemption[] = EXEMPTIONS,
): string[] {
  const exempt = exemptions.flatMap(({ pattern }) =>
    [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ start: index, end: index + length })),
  );
  const spans = [...covered, ...exempt];
  return [...text.matchAll(NUMBERS)]
    .filter(({ index, 0: found }) => {
      const digit = index + Math.max(0, found.search(/\d/));
      return !spans.some(({ start, end }) => start <= digit && digit < end);
    })
    .map(({ index, 0: found }) => {
      const before = text.slice(0, index).split("\n");
      const line = text.split("\n")[before.length - 1]!;
      return `line ${before.length}: ${found}, in “${line.trim().slice(0, 120)}”`;
    });
}
