/** @file Texts from configs as Markdown that can only be text. Pure. */

import { PRINTED_INTERVAL, plainText } from "../text.ts";

/**
 * Writes every character that Markdown, its GitHub extensions or HTML could read as markup as a numeric entity, which
 * is text wherever it stands: headings, list items, table cells, image texts. Other punctuation is left readable.
 *
 * @param text - anything
 * @returns one line
 */
export function escapeMarkdown(text: string): string {
  return (
    plainText(text)
      .replace(/[&<>`*_[\]|\\~$@#]/g, entity)
      // Addresses and :emoji: become links and pictures without any brackets.
      .replace(/:(?=\/\/|[+-]?\w*[a-z]\w*:|\+1:|-1:|100:)/gi, entity)
      .replace(/\bwww\./gi, (match) => match.slice(0, -1) + entity("."))
      // What would begin a list, a rule or an underlined heading.
      .replace(/^[-+=]/, entity)
      .replace(/^(\d+)([.)])(?=\s|$)/, (_, digits: string, mark: string) => digits + entity(mark))
      // An interval is no link: nothing that would make it one may follow.
      .replace(ESCAPED_INTERVAL, "[$1]")
  );
}

/** An interval whose brackets are entities. */
const ESCAPED_INTERVAL = new RegExp(
  `${PRINTED_INTERVAL.replace("\\[", "&#91;(").replace(/\\\]$/, ")&#93;")}(?![(:[&])`,
  "g",
);

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/**
 * A fenced code block whose fence is longer than any run of backticks inside.
 *
 * @param code - several lines
 * @param language - for highlighting
 */
export function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}

/**
 * A Markdown table.
 *
 * @param head - texts of the columns; Markdown
 * @param align - `l` or `r` for each column
 * @param rows - cells; Markdown, already escaped
 */
export function markdownTable(
  head: readonly string[],
  align: string,
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = [...align].map((side) => (side === "r" ? "---:" : "---"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

/**
 * Paragraphs that GitHub and others show when the summary is opened. Blank lines between them make what is inside
 * Markdown again.
 *
 * @param summary - without markup
 * @param parts - Markdown
 * @returns paragraphs; none without parts
 */
export function foldMarkdown(summary: string, parts: readonly string[]): string[] {
  return parts.length === 0
    ? []
    : [`<details><summary>${escapeMarkdown(summary)}</summary>`, ...parts, "</details>"];
}
