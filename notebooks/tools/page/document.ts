/** @file The shell of a lesson's page. It has no script and forbids all; styles and fonts stand in it. (N) */

import { escapeHtml } from "../../../analysis/report/html/markup.ts";
import { mathStyle } from "./math.ts";
import { LESSON_STYLE } from "./style.ts";

/** What a page is made of. */
export type LessonParts = {
  readonly title: string;
  readonly description: string;
  /** HTML of the body. */
  readonly body: string;
};

/** KaTeX places parts of formulas by style attributes, so styles cannot be allowed by hash alone. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * Writes a whole document.
 *
 * @param parts - see {@link LessonParts}
 */
export function pageHtml({ title, description, body }: LessonParts): string {
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(title)}</title>`,
    `<meta name="description" content="${escapeHtml(description)}">`,
    // An empty icon: browsers would ask the server for one.
    '<link rel="icon" href="data:,">',
    `<style>${mathStyle(body)}${LESSON_STYLE}</style>`,
    "</head>",
    "<body>",
    body,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}
