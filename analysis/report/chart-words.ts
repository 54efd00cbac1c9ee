/** @file The words of a chart, from its spec: its finding, and the conditions under which it was found. Pure. */

import type { TopLevelSpec } from "vega-lite";
import { plainText } from "../text.ts";

/** The finding of a chart and the conditions under which it holds, as whole lines. */
export function chartWords(
  spec: TopLevelSpec,
  otherwise: string,
): { readonly finding: string; readonly conditions: string } {
  const told = spec.usermeta?.jacobench as
    | { readonly finding?: string; readonly notes?: string[] }
    | undefined;
  if (typeof told?.finding === "string" && Array.isArray(told.notes)) {
    return { finding: plainText(told.finding), conditions: sentences(told.notes.map(plainText)) };
  }
  const { title } = spec;
  const whole = (lines: unknown): string =>
    plainText(Array.isArray(lines) ? lines.join(" ") : String(lines ?? ""));
  const finding =
    typeof title === "object" && title !== null && "text" in title ? whole(title.text) : whole(title);
  const description = plainText(spec.description ?? "");
  if (finding === "") return { finding: plainText(otherwise), conditions: description };
  const conditions = description.startsWith(`${finding}. `)
    ? description.slice(finding.length + 2)
    : typeof title === "object" && title !== null && "subtitle" in title
      ? whole(title.subtitle)
      : "";
  return { finding, conditions };
}

/** Texts as sentences, one after another. */
export function sentences(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== "")
    .map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`))
    .join(" ");
}

/** The chart without its title, for a place where its finding and conditions stand beside it as text. */
export function untitled(spec: TopLevelSpec): TopLevelSpec {
  const { title: _, ...rest } = spec;
  return rest as TopLevelSpec;
}

/**
 * {@link untitled}, and named in short for people who do not see it: the page says the rest already.
 *
 * @param spec - not modified
 * @param name - what kind of chart it is
 */
export function captioned(spec: TopLevelSpec, name: string): TopLevelSpec {
  return { ...untitled(spec), description: name, usermeta: { jacobench: { finding: name } } };
}
