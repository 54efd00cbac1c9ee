/** @file The shell of a page: head, policy, style, scripts. The policy lets run what is in the page, and nothing else. (N) */

import { createHash } from "node:crypto";
import { escapeHtml } from "./markup.ts";
import { FOLDING_STYLE } from "./style.ts";

/** What a page is made of. */
export type PageParts = {
  readonly title: string;
  /** For search engines and previews. */
  readonly description: string;
  /** HTML of the body. */
  readonly body: string;
  /** Scripts to stand at the end of the body, in order; none may hold `</script`. */
  readonly scripts: readonly string[];
};

/**
 * Writes a whole document.
 *
 * Its policy (CSP level 2 and up) allows by hash the style and the scripts that stand in it, and nothing from the network,
 * no handlers in attributes, no `eval`. Vega's expressions run all the same, since they are interpreted (`ast: true`);
 * `'unsafe-eval'` would let a hostile text that found its way into an expression run as code. Style attributes are not
 * needed either: what scripts set on elements is not subject to the policy.
 *
 * @param parts - see {@link PageParts}
 * @returns HTML that stands alone; the same bytes for the same parts
 */
export function documentHtml({ title, description, body, scripts }: PageParts): string {
  const texts = scripts.map((script) => script.replaceAll("\r\n", "\n"));
  const policy = [
    "default-src 'none'",
    texts.length === 0 ? null : `script-src ${texts.map(hashOf).join(" ")}`,
    `style-src ${hashOf(FOLDING_STYLE)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].filter((rule) => rule !== null);
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(title)}</title>`,
    `<meta name="description" content="${escapeHtml(description)}">`,
    // An empty icon: browsers would ask the server for one.
    '<link rel="icon" href="data:,">',
    `<style>${FOLDING_STYLE}</style>`,
    "</head>",
    "<body>",
    body,
    '<p id="announcer" class="unseen" role="status"></p>',
    ...texts.map((text) => `<script>${text}</script>`),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}
