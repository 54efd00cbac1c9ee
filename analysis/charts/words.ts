/** @file Choosing and filling the words of charts: the English ones, or a page's own for some or all of them. */

import { type Filled, type Sentence, term } from "../laws/sentence.ts";
import { ENGLISH } from "./english.ts";

/** Names of the texts in charts. */
export type WordKey = keyof typeof ENGLISH;

/**
 * All texts of charts: axis titles, findings, notes, notation. `{name}` in braces is filled in; a translation may place
 * the same names elsewhere, and leave names out, but not invent any.
 */
export type Words = { readonly [Key in WordKey]: string };

/** What stands in braces in a text. */
type Places<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Places<Rest>
  : never;

/** Notation: filled in everywhere by itself. */
type Notation = "n" | "m" | "sigma" | "time" | "depth" | "jvp" | "vjp" | "forward" | "reverse" | "interval";

/** What the caller of {@link Say} fills in for a text. */
type Fill<Key extends WordKey> = Exclude<Places<(typeof ENGLISH)[Key]>, Notation>;

/** Gives the text of a key with its places filled. */
export type Say = <Key extends WordKey>(
  key: Key,
  ...values: [Fill<Key>] extends [never]
    ? readonly []
    : readonly [values: { readonly [Name in Fill<Key>]: string | number }]
) => string;

/** Gives the text of a key as a sentence: its places are filled with pieces, so that every number in it has its object. */
export type Tell = <Key extends WordKey>(
  key: Key,
  ...values: [Fill<Key>] extends [never]
    ? readonly []
    : readonly [values: { readonly [Name in Fill<Key>]: Filled }]
) => Sentence;

/**
 * The texts with some of them replaced.
 *
 * @param own - replacements by key, e.g. `{ sigma: "S", secondsAxis: "{time}: Zeit (Sekunden)" }`
 * @returns a function from key and values to text; it throws `RangeError` for a place that nobody fills
 */
export function sayIn(own: Partial<Words> | undefined): Say {
  const words: Words = { ...ENGLISH, ...own };
  return (key, ...values) =>
    pieces(words, key, values[0] ?? {})
      .map((piece) => (typeof piece === "string" ? piece : String(piece.value)))
      .join("");
}

/**
 * {@link sayIn} for sentences whose places are filled with quantities, terms and sentences.
 *
 * @param own - replacements by key
 */
export function tellIn(own: Partial<Words> | undefined): Tell {
  const words: Words = { ...ENGLISH, ...own };
  return (key, ...values) =>
    pieces<Filled>(words, key, values[0] ?? {}).flatMap((piece): Sentence => {
      if (typeof piece === "string") return piece === "" ? [] : [piece];
      const { value } = piece;
      if (typeof value === "string") return [term(value)];
      return isSentence(value) ? value : [value];
    });
}

function isSentence(value: Filled): value is Sentence {
  return Array.isArray(value);
}

const NOTATION: readonly Notation[] = [
  "n",
  "m",
  "sigma",
  "time",
  "depth",
  "jvp",
  "vjp",
  "forward",
  "reverse",
  "interval",
];

/** A text cut at its places: words, and what its places are filled with. */
function pieces<Value>(
  words: Words,
  key: WordKey,
  values: Readonly<Record<string, Value>>,
): (string | { readonly value: Value | string })[] {
  const notation = Object.fromEntries(NOTATION.map((name) => [name, words[name]]));
  const filled: Readonly<Record<string, Value | string>> = { ...notation, ...values };
  // Words and names of places by turns.
  return words[key].split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) return part;
    const value = filled[part];
    if (value === undefined) {
      throw new RangeError(
        `words.${key}: the place {${part}} is not known; expected one of ${Object.keys(filled).join(", ")}`,
      );
    }
    return { value };
  });
}
