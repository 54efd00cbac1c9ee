/** @file The pages whose figures are read from files: where each figure stands, and words put into its place. */

import type { Figure } from "./figure.ts";
import { FIGURES } from "./figures.ts";
import { committedText } from "./sources.ts";
import { findSentence, type Span } from "./text.ts";

/** Pages in which every number needs a source. */
export const PAGES = ["README.md", "CONTRIBUTING.md"] as const;

/** A figure, with the places of its `#` and `@`. */
export type PlacedFigure = Figure & { readonly spans: readonly Span[] };

/**
 * Finds a figure in its page.
 *
 * @param figure - its sentence has to stand there just once
 * @param text - of the page; default the committed one
 * @throws {Error} where it does not
 */
export function placeFigure(figure: Figure, text: string = committedText(figure.page)): PlacedFigure {
  const found = findSentence(text, figure.sentence);
  if (found.length === 1) return { ...figure, spans: found[0]! };
  throw new Error(
    `${figure.page}: found “${figure.sentence}” ${found.length} times; expected once. ` +
      "Correct the sentence where it is listed in test/support/figures, or take it out where the page no longer says it",
  );
}

/**
 * Finds all figures of a page.
 *
 * @param page - its path
 * @param text - of the page; default the committed one
 * @returns those that stand there, and a message for each that does not
 */
export function placeFigures(
  page: string,
  text: string = committedText(page),
): { readonly placed: readonly PlacedFigure[]; readonly missing: readonly string[] } {
  const placed: PlacedFigure[] = [];
  const missing: string[] = [];
  for (const figure of FIGURES.filter((one) => one.page === page)) {
    try {
      placed.push(placeFigure(figure, text));
    } catch (error) {
      missing.push((error as Error).message);
    }
  }
  return { placed, missing };
}

/** A text with other words at some places. */
export function replaceSpans(text: string, replacements: readonly (readonly [Span, string])[]): string {
  return [...replacements]
    .sort(([a], [b]) => b.start - a.start)
    .reduce((rest, [{ start, end }, words]) => rest.slice(0, start) + words + rest.slice(end), text);
}
