/** @file Numbers as people read them, and texts from configs made harmless for every kind of page. */

import type { VariantRecord } from "../src/results/types.ts";
import type { Estimate } from "../src/statistics/interval.ts";

/**
 * Takes out what no page should show: control characters, lone surrogates, marks that turn the reading direction
 * around; line breaks become spaces.
 *
 * @param text - anything from a config or a file
 * @returns one line that is valid in XML and JSON
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, "")
    .trim();
}

/** A variant's name for people: its label, with the kernel unless the label names it. */
export function variantName(variant: VariantRecord): string {
  const label = plainText(variant.label);
  return label.includes(variant.kernel) ? label : `${label} (${plainText(variant.kernel)})`;
}

/** What numbers that belong together have in common: their unit, and how many digits follow the point. */
export type NumberScale = {
  /** By what a number is multiplied before it is written. */
  readonly factor: number;
  /** What follows it, its space included. */
  readonly unit: string;
  /** Digits after the point where no interval needs more. */
  readonly digits: number;
  /** Between groups of three digits before the point. */
  readonly group?: string;
  /** True where a positive number has its sign. */
  readonly plus?: boolean;
};

/**
 * How numbers of one kind are written: called for one that stands alone; `scale` for several that stand together, the
 * largest of which is of this size.
 */
export type NumberFormat = { (value: number): string; readonly scale: (size: number) => NumberScale };

/**
 * Makes the format of a kind of number.
 *
 * @param scale - of numbers that stand together, from the absolute value of the largest
 * @param alone - writes one that stands alone; in its own scale by default
 */
export function numberFormat(
  scale: NumberFormat["scale"],
  alone: (value: number) => string = (value) => {
    const own = scale(Math.abs(value));
    return writeScaled(value, own, own.digits);
  },
): NumberFormat {
  return Object.assign((value: number): string => alone(value), { scale });
}

/** Digits after the point that show three significant ones, none for zero. */
export function threeDigits(size: number): number {
  return size === 0 ? 0 : Math.max(0, 2 - exponentOf(Number(size.toPrecision(3))));
}

/** The power of ten of a number's first digit. */
function exponentOf(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

/** The text of a number with the sign that it has in print. */
function withMinus(text: string): string {
  return text.replace(/^-/, "−");
}

function writeScaled(
  value: number,
  { factor, unit, group = "", plus = false }: NumberScale,
  digits: number,
): string {
  const text = (factor * value).toFixed(digits);
  const isZero = Number(text) === 0;
  const [whole, part] = text.replace("-", "").split(".") as [string, string?];
  const grouped = group === "" ? whole : whole.replace(/\B(?=(\d{3})+(?!\d))/g, group);
  const sign = isZero ? "" : value < 0 ? "−" : plus ? "+" : "";
  return `${sign}${grouped}${part === undefined ? "" : `.${part}`}${unit}`;
}

/** Units from the largest to the smallest; a number that rounds up to 1 of a unit is written in it. */
function unitOf(size: number, units: readonly (readonly [number, string])[]): readonly [number, string] {
  return units.find(([one]) => Number(size.toPrecision(3)) >= one) ?? units.at(-1)!;
}

const SECONDS = [
  [1, "s"],
  [1e-3, "ms"],
  [1e-6, "µs"],
  [1e-9, "ns"],
  [1e-12, "ps"],
] as const;

/**
 * A time with a unit, to three significant digits.
 *
 * @param seconds - any finite number
 * @returns e.g. `1.25 µs`
 */
export const formatSeconds: NumberFormat = numberFormat(secondsScale, (seconds) => {
  const { factor, unit } = secondsScale(Math.abs(seconds));
  return `${formatNumber(factor * seconds)}${unit}`;
});

function secondsScale(size: number): NumberScale {
  const [one, unit] = size === 0 ? SECONDS[0] : unitOf(size, SECONDS);
  return { factor: 1 / one, unit: ` ${unit}`, digits: threeDigits(size / one) };
}

/**
 * A number to three significant digits: `0.0123`, `1.25`, `12.5`, `125`, `1250`, and as a multiple of a power of ten
 * from a million on and below 10⁻⁴: `1.25 × 10⁶`.
 */
export const formatNumber: NumberFormat = numberFormat(numberScale, (value) => {
  const { factor, unit, digits } = numberScale(Math.abs(value));
  return withMinus(String(Number((factor * value).toFixed(digits)))) + unit;
});

function numberScale(size: number): NumberScale {
  if (size === 0 || (size < 1e6 && size >= 1e-4)) return { factor: 1, unit: "", digits: threeDigits(size) };
  const exponent = exponentOf(Number(size.toPrecision(3)));
  return { factor: 10 ** -exponent, unit: ` × 10${superscript(exponent)}`, digits: 2 };
}

/** A whole number above the line: `10¹²`, `10⁻⁴`. */
export function superscript(value: number): string {
  return [...String(value)].map((digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)])).join("");
}

/** A whole number with thin groups of three: `567 434`. */
export function formatCount(value: number): string {
  return withMinus(String(Math.round(value))).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}

const BYTES = [
  ...["EiB", "PiB", "TiB", "GiB", "MiB", "KiB"].map((unit, i) => [1024 ** (6 - i), unit] as const),
  [1, "B"] as const,
];

/** Bytes with a binary unit, to three significant digits: `1.5 MiB`. */
export const formatBytes: NumberFormat = numberFormat(bytesScale, (bytes) => {
  const { factor, unit } = bytesScale(Math.abs(bytes));
  return `${formatNumber(factor * bytes)}${unit}`;
});

function bytesScale(size: number): NumberScale {
  // 1023.5 of a unit would be written as 1024 of it.
  const [one, unit] =
    BYTES.find(([bytes]) => size >= bytes * (bytes === 1 ? 1 : 1 - 2 ** -11)) ?? BYTES.at(-1)!;
  return { factor: 1 / one, unit: ` ${unit}`, digits: one === 1 ? 0 : threeDigits(size / one) };
}

/** A share as per cent: `4 %`, below ten with one digit where it matters: `0.4 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  return `${withMinus(String(Math.abs(percent) < 1 ? Number(percent.toPrecision(1)) : Math.round(percent)))} %`;
}

/** A number with two digits after the point, or another number of them, without a minus before zero. */
export const formatFixed: NumberFormat & ((value: number, digits?: number) => string) = Object.assign(
  (value: number, digits = 2): string => fixedFormat(digits)(value),
  { scale: (): NumberScale => fixedScale(2) },
);

/** {@link formatFixed} for estimates that are given with at least as many digits after the point. */
export function fixedFormat(digits: number): NumberFormat {
  return numberFormat(() => fixedScale(digits));
}

function fixedScale(digits: number): NumberScale {
  return { factor: 1, unit: "", digits };
}

/** Ends of an interval that agree to more significant digits than this are one number: no measurement tells them apart. */
const MOST_SIGNIFICANT = 12;

/**
 * An estimate and the ends of its interval, in one unit and with as many digits as the interval needs: half its width
 * has at least one significant digit, two where its rounded first one is 1 or the estimate would read as zero. So ends that
 * differ are never printed as one number.
 *
 * @param estimate - see {@link Estimate}
 * @param format - of their kind, which says the fewest digits; two after the point by default
 * @returns texts with their units; null for the ends where there is no interval
 */
export function estimateTexts(
  { estimate, interval95 }: Estimate,
  format: NumberFormat = formatFixed,
): { readonly estimate: string; readonly low: string | null; readonly high: string | null } {
  if (interval95 === null) return { estimate: format(estimate), low: null, high: null };
  const scale = format.scale(Math.max(...[estimate, ...interval95].map(Math.abs)));
  const digits = digitsFor(estimate, interval95, scale);
  const [low, high] = interval95.map((end) => writeScaled(end, scale, digits)) as [string, string];
  return { estimate: writeScaled(estimate, scale, digits), low, high };
}

function digitsFor(
  estimate: number,
  [low, high]: readonly [number, number],
  { factor, digits }: NumberScale,
): number {
  const half = (high - low) / 2;
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!(half > 10 ** -MOST_SIGNIFICANT * size) || !Number.isFinite(half)) return digits;
  const [first, exponent] = (factor * half).toExponential(0).split("e") as [string, string];
  const one = Math.max(digits, -Number(exponent));
  const readsAsZero = estimate !== 0 && Number((factor * estimate).toFixed(one)) === 0;
  return first === "1" || readsAsZero ? Math.max(digits, 1 - Number(exponent)) : one;
}

/**
 * An estimate with its interval where there is one, see {@link estimateTexts}.
 *
 * @param estimate - see {@link Estimate}
 * @param format - of each number; two digits after the point by default
 * @returns e.g. `1.00 [0.98, 1.02]`, `1.039 [1.037, 1.041]`, or `1.00`
 */
export function formatEstimate(estimate: Estimate, format: NumberFormat = formatFixed): string {
  const texts = estimateTexts(estimate, format);
  return texts.low === null ? texts.estimate : `${texts.estimate} [${texts.low}, ${texts.high}]`;
}

/** A half sentence as a sentence: a word at its start has a capital letter, a symbol such as n keeps its case. */
export function asSentence(text: string): string {
  const upper = text.replace(/^\p{Ll}(?=\p{Ll})/u, (first) => first.toUpperCase());
  return /[.!?…]$/.test(upper) ? upper : `${upper}.`;
}

/** Words as a list in a sentence: `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A number as it is printed, with its unit: a source for regular expressions. */
const PRINTED = "[−+-]?\\d[\\d.]*(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?: (?:[pnµm]?s|[KMGTPE]?i?B|%))?";

/** An interval as {@link formatEstimate} prints it, `[0.98, 1.03]` or `[413 ns, 587 ns]`: a source for regular expressions. */
export const PRINTED_INTERVAL = `\\[${PRINTED}, ${PRINTED}\\]`;

/** Intervals; spaces before units and powers of ten; spaces around ± and =, where a number follows. */
const UNBROKEN = new RegExp(
  `${PRINTED_INTERVAL}|(?<=[\\d⁰¹²³⁴⁵⁶⁷⁸⁹]) (?=(?:[pnµm]?s|[KMGTPE]?i?B|%)(?![\\p{L}\\d]))|(?<=\\d) × (?=10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])|` +
    "(?<=\\d) ± (?=\\d)| (?== [−-]?\\d)|(?<= =) (?=[−-]?\\d)",
  "gu",
);

/** The text with no-break spaces inside of intervals, before units, and around `=` before a number. */
export function unbroken(text: string): string {
  return text.replace(UNBROKEN, (match) => match.replaceAll(" ", "\u00a0"));
}

/** No line of the commands is longer, but for a word that is. */
export const COLUMNS = 80;

/**
 * Breaks a text into lines at spaces; numbers keep their units, and intervals stay whole.
 *
 * @param text - one line
 * @param columns - most characters a line, except for a single longer word
 */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const piece of unbroken(text).split(" ")) {
    const word = piece.replaceAll("\u00a0", " ");
    const last = lines.at(-1);
    if (last !== undefined && [...last].length + 1 + [...word].length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
