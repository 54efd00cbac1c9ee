/** @file Choosing and filling the words of charts: the English ones, or a page's own for some or all of them. */

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

/**
 * The texts with some of them replaced.
 *
 * @param own - replacements by key, e.g. `{ sigma: "S", secondsAxis: "{time}: Zeit (Sekunden)" }`
 * @returns a function from key and values to text; it throws `RangeError` for a place that nobody fills
 */
export function sayIn(own: Partial<Words> | undefined): Say {
  const words: Words = { ...ENGLISH, ...own };
  const notation: Readonly<Record<Notation, string>> = {
    n: words.n,
    m: words.m,
    sigma: words.sigma,
    time: words.time,
    depth: words.depth,
    jvp: words.jvp,
    vjp: words.vjp,
    forward: words.forward,
    reverse: words.reverse,
    interval: words.interval,
  };
  return (key, ...values) => {
    const filled: Readonly<Record<string, string | number>> = { ...notation, ...values[0] };
    return words[key].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = filled[name];
      if (value === undefined) {
        throw new RangeError(
          `words.${key}: the place {${name}} is not known; expected one of ${Object.keys(filled).join(", ")}`,
        );
      }
      return String(value);
    });
  };
}
