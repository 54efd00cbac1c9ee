/** @file Names for numbers that TeX and templates accept: letters alone, in camel case, each once. Pure. */

import { plainText } from "../text.ts";

const DIGITS = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"] as const;

/** Signs and symbols that would be lost, as words. */
const SPOKEN: Readonly<Record<string, string>> = {
  Σ: " Sigma ",
  α: " Alpha ",
  β: " Beta ",
  γ: " Gamma ",
  "%": " Percent ",
  µ: " Mu ",
};

/**
 * Makes a name of words: `["crossover", "forward-blocked[8]", "typed"]` becomes `crossoverForwardBlockedEightTyped`.
 *
 * Digits are spelt, accents taken off; what has no Latin letters at all is left out.
 *
 * @returns letters a-z and A-Z, beginning with a small one; empty if nothing is left
 */
export function nameOf(words: readonly string[]): string {
  const pieces = words
    .map((word) => [...plainText(word)].map((character) => SPOKEN[character] ?? character).join(""))
    .flatMap((word) =>
      word
        .normalize("NFD")
        .replace(/\p{Mark}/gu, "")
        .replace(/[0-9]/g, (digit) => ` ${DIGITS[Number(digit)]} `)
        .split(/[^A-Za-z]+/),
    )
    .filter((piece) => piece !== "");
  return pieces
    .map((piece, i) => (i === 0 ? lowerFirst(piece) : piece.charAt(0).toUpperCase() + piece.slice(1)))
    .join("");
}

/**
 * Gives names that are there already a letter at their end: the second `a` becomes `aB`, the third `aC`.
 *
 * @param taken - names in use; the new one is added
 */
export function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let i = 1; taken.has(unique); i++) unique = name + suffix(i);
  taken.add(unique);
  return unique;
}

/** 1 → B, 25 → Z, 26 → BA, … */
function suffix(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : suffix(Math.floor(index / 26)) + letter;
}

/** `FMA` becomes `fma`, `Forward` `forward`. */
function lowerFirst(piece: string): string {
  return piece === piece.toUpperCase() ? piece.toLowerCase() : piece.charAt(0).toLowerCase() + piece.slice(1);
}
