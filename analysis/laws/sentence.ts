/** @file Sentences that know what they state: every number comes from a quantity, every comparison from a statement. Pure. */

import type { Estimate } from "../../src/statistics/interval.ts";
import {
  formatBytes,
  formatCount,
  formatEstimate,
  formatFixed,
  formatNumber,
  formatPercent,
  formatSeconds,
  plainText,
} from "../text.ts";
import type { Comparison, Judged, Statement } from "./statement.ts";

/** A number with its text; its interval where it has one. */
export type Quantity = { readonly kind: "quantity"; readonly text: string; readonly value: Estimate };

/** A name or a symbol that may hold digits and states no number: a label, `n·(Σ − n·d_1)`, a title that is cited. */
export type Term = { readonly kind: "term"; readonly text: string };

/** Words that say where something lies; the statement has chosen them. */
export type Stating = { readonly kind: "stating"; readonly text: string; readonly statement: Statement };

/** A piece of a sentence. Strings are words without digits. */
export type Piece = string | Quantity | Term | Stating;

/** Pieces that follow each other without a space. */
export type Sentence = readonly Piece[];

/** What may be filled in: no bare string, which could hold a number that comes from nowhere. */
export type Filled = Exclude<Piece, string> | Sentence;

/**
 * Makes a sentence. The literal parts are words: a digit in them belongs into a quantity or a term.
 *
 * @example
 * says`${term("n·Σ")} alone predicts best, to ±${percent(0.04)}`;
 */
export function says(words: TemplateStringsArray, ...filled: readonly Filled[]): Sentence {
  return words.flatMap((word, i): Sentence => {
    const piece = filled[i];
    const next: Sentence = piece === undefined ? [] : isPieces(piece) ? piece : [piece];
    return word === "" ? next : [word, ...next];
  });
}

function isPieces(piece: Filled): piece is Sentence {
  return Array.isArray(piece);
}

/** The text of a sentence: the one function by which reports, charts and commands print what they state. */
export function sentenceText(sentence: Sentence): string {
  return sentence.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
}

/** What a sentence states. */
export function statementsOf(sentence: Sentence): Statement[] {
  return sentence.flatMap((piece) =>
    typeof piece !== "string" && piece.kind === "stating" ? [piece.statement] : [],
  );
}

/** The words that fit where a value lies. Words of all four cases stand side by side, so that none is forgotten. */
export function decided(
  statement: Comparison,
  words: Readonly<Record<Comparison["relation"], string>>,
): Stating {
  return { kind: "stating", text: words[statement.relation], statement };
}

/** Words beside a statement that need not be chosen by it, such as its status. */
export function stating(statement: Judged | Comparison, text: string): Stating {
  return { kind: "stating", text, statement };
}

/** A name or a symbol, made harmless. */
export function term(text: string): Term {
  return { kind: "term", text: plainText(text) };
}

/** A text from elsewhere, as it stands: from a config, a machine, an error. */
export function quoted(text: string): Term {
  return term(text);
}

/** A number in a format of its own, and its interval. */
export function estimated(value: number | Estimate, format: Parameters<typeof formatEstimate>[1]): Quantity {
  const estimate = typeof value === "number" ? { estimate: value, interval95: null } : value;
  return { kind: "quantity", text: formatEstimate(estimate, format), value: estimate };
}

function plainQuantity(value: number, text: string): Quantity {
  return { kind: "quantity", text, value: { estimate: value, interval95: null } };
}

/** A number with two digits after the point, and its interval: exponents, ratios. */
export function fixed(value: number | Estimate): Quantity {
  return estimated(value, formatFixed);
}

/** A number with so many digits after the point. */
export function digits(value: number, after: number): Quantity {
  return plainQuantity(value, formatFixed(value, after));
}

/** A time with its unit, and its interval. */
export function seconds(value: number | Estimate): Quantity {
  return estimated(value, formatSeconds);
}

/** A number to three significant digits. */
export function number(value: number): Quantity {
  return plainQuantity(value, formatNumber(value));
}

/** A whole number. */
export function count(value: number): Quantity {
  return plainQuantity(value, formatCount(value));
}

/** A share. */
export function percent(share: number): Quantity {
  return plainQuantity(share, formatPercent(share));
}

/** A share to three significant digits, for shares that are held against each other. */
export function precisePercent(share: number): Quantity {
  return plainQuantity(share, `${formatNumber(100 * share)} %`);
}

/** Bytes with a unit. */
export function bytes(value: number): Quantity {
  return plainQuantity(value, formatBytes(value));
}

/** A number as it stands: a threshold, a claimed exponent. */
export function exactly(value: number): Quantity {
  return plainQuantity(value, String(value));
}

/** Sentences or pieces in a row, with words between them. */
export function joined(parts: readonly Filled[], between: string, last: string = between): Sentence {
  return parts.flatMap((part, i): Sentence => {
    const own = isPieces(part) ? part : [part];
    return i === 0 ? own : [i === parts.length - 1 ? last : between, ...own];
  });
}

/** Parts as a list: `a, b and c`. */
export function listing(parts: readonly Filled[]): Sentence {
  return joined(parts, ", ", " and ");
}

/** A half sentence as a sentence: a word at its start has a capital letter, and a full stop ends it. */
export function finished(sentence: Sentence): Sentence {
  const [first, ...rest] = sentence;
  if (first === undefined) return sentence;
  const text = typeof first === "string" ? first : first.text;
  const upper = text.replace(/^\p{Ll}(?=\p{Ll})/u, (letter) => letter.toUpperCase());
  const begun: Sentence = [typeof first === "string" ? upper : { ...first, text: upper }, ...rest];
  return /[.!?…]$/.test(sentenceText(begun)) ? begun : [...begun, "."];
}
