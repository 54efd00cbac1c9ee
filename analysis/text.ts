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

/**
 * A time with a unit, to three significant digits.
 *
 * @param seconds - any finite number
 * @returns e.g. `1.25 µs`
 */
export function formatSeconds(seconds: number): string {
  const size = Math.abs(seconds);
  const [scale, unit] =
    size === 0 || size >= 1
      ? [1, "s"]
      : size >= 1e-3
        ? [1e3, "ms"]
        : size >= 1e-6
          ? [1e6, "µs"]
          : size >= 1e-9
            ? [1e9, "ns"]
            : [1e12, "ps"];
  return `${formatNumber(seconds * (scale as number))} ${unit}`;
}

/** A number to three significant digits without exponent: `0.0123`, `1.25`, `12.5`, `125`, `1250`. */
export function formatNumber(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2).replace("e+", "e");
  const digits = Math.max(0, 2 - Math.floor(Math.log10(size)));
  return String(Number(value.toFixed(Math.min(digits, 7))));
}

/** A whole number with thin groups of three: `567 434`. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}

/** Bytes with a binary unit, to three significant digits: `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const step = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${formatNumber(bytes / 1024 ** step)} ${units[step]}`;
}

/** A share as per cent: `4 %`, below ten with one digit where it matters: `0.4 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  return `${Math.abs(percent) < 1 ? Number(percent.toPrecision(1)) : Math.round(percent)} %`;
}

/** A fixed number of digits without a minus before zero. */
export function formatFixed(value: number, digits = 2): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/**
 * An estimate with its interval where there is one.
 *
 * @param estimate - see {@link Estimate}
 * @param format - of each number; two digits by default
 * @returns e.g. `1.00 [0.98, 1.02]`, or `1.00`
 */
export function formatEstimate(estimate: Estimate, format: (value: number) => string = formatFixed): string {
  const { interval95 } = estimate;
  if (interval95 === null) return format(estimate.estimate);
  return `${format(estimate.estimate)} [${format(interval95[0])}, ${format(interval95[1])}]`;
}

/** Words as a list in a sentence: `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A space that stands neither before a unit nor inside of an interval. */
const BREAKABLE = / (?!(?:[pnµm]?s|%)(?!\p{L}))(?<!\[[-\d.]+(?: [pnµm]?s)?, )/u;

/**
 * Breaks a text into lines at spaces; numbers keep their units, and intervals stay whole.
 *
 * @param text - one line
 * @param columns - most characters a line, except for a single longer word
 */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(BREAKABLE)) {
    const last = lines.at(-1);
    if (last !== undefined && [...last].length + 1 + [...word].length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
