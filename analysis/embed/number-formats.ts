/** @file Stated numbers as files that a text can include: TeX macros, and MyST substitutions. Pure. */

import type { AnyResults } from "../config.ts";
import { plainText } from "../text.ts";
import { escapeRichMarkdown, escapeTex } from "./escape.ts";
import type { StatedNumber } from "./stated-number.ts";

/** A form in which numbers are given to a text. */
export type NumberFormat = "tex-macros" | "myst-substitutions";

/** All forms. */
export const NUMBER_FORMATS: readonly NumberFormat[] = ["tex-macros", "myst-substitutions"];

/** Name of the file of each form, after the experiment's. */
export const NUMBER_FILES: Readonly<Record<NumberFormat, string>> = {
  "tex-macros": "numbers.tex",
  "myst-substitutions": "numbers.yml",
};

/**
 * Writes numbers as TeX macros: `\newcommand{\crossoverTyped}{0.97}`. A name that is taken already stops TeX: two
 * experiments need prefixes.
 *
 * @param results - whose numbers they are, for the comment at the head
 * @param numbers - see {@link StatedNumber}
 * @returns a file for `\input`
 */
export function texMacros(results: AnyResults, numbers: readonly StatedNumber[]): string {
  return [
    `% Numbers of ${texComment(results.experiment)}: ${texComment(results.title)}`,
    "% Written by jacobench export --format tex-macros; do not edit.",
    ...numbers.flatMap(({ name, text, meaning }) => [
      `% ${texComment(meaning)}`,
      `\\newcommand{\\${name}}{${texNumber(text)}}`,
    ]),
    "",
  ].join("\n");
}

/**
 * Writes numbers as substitutions of MyST-Parser, for the front matter of a page or, without its first line, for
 * `parse: myst_substitutions:` in the `_config.yml` of a Jupyter Book 1: `{{ crossoverTyped }}` gives `0.97`.
 *
 * @param results - whose numbers they are, for the comment at the head
 * @param numbers - see {@link StatedNumber}
 * @returns YAML
 */
export function mystSubstitutions(results: AnyResults, numbers: readonly StatedNumber[]): string {
  return [
    `# Numbers of ${plainText(results.experiment)}: ${plainText(results.title)}`,
    "# Written by jacobench export --format myst-substitutions; do not edit.",
    "myst:",
    "  substitutions:",
    ...numbers.map(({ name, text }) => `    ${name}: "${thin(escapeRichMarkdown(text), "\u202f")}"`),
    "",
  ].join("\n");
}

/** Writes numbers in a form. */
export function writeNumbers(
  format: NumberFormat,
  results: AnyResults,
  numbers: readonly StatedNumber[],
): string {
  return format === "tex-macros" ? texMacros(results, numbers) : mystSubstitutions(results, numbers);
}

/** Thousands stay together: escapers make all spaces plain. */
function thin(text: string, space: string): string {
  return text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, space);
}

/** A number in a text: a minus sign instead of a hyphen, no line break before a unit. */
function texNumber(text: string): string {
  return thin(escapeTex(text), "\\,")
    .replace(/(?<![\w}.])-(?=\d)/g, "\\ensuremath{-}")
    .replace(/(?<=\d) (?=(?:[nmp]|\\ensuremath\{\\mu\})?s(?![a-z])|\\%)/g, "~");
}

/** A comment ends with its line; other characters mean nothing in it. */
function texComment(text: string): string {
  return plainText(text);
}
