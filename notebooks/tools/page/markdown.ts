/** @file Markdown of cells as HTML: mathematics drawn, links turned, pictures inside, headings that can be linked. (N) */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import MarkdownIt from "markdown-it";
import { escapeHtml } from "../../../analysis/report/html/markup.ts";
import { JacobenchError } from "../../../src/errors.ts";
import { retarget } from "../links.ts";
import { mathHtml } from "./math.ts";
import { addMathRules } from "./math-rules.ts";

/** Columns of text that a phone shows without scrolling. */
const PHONE_COLUMNS = 34;

/** A heading of a page. */
export type Heading = { readonly level: number; readonly id: string; readonly html: string };

/** Turns Markdown into HTML and remembers the headings of a page. */
export type Renderer = {
  readonly render: (text: string) => string;
  /** One line, without a paragraph around it. */
  readonly renderInline: (text: string) => string;
  readonly headings: readonly Heading[];
};

const PICTURE_TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  svg: "image/svg+xml",
  jpg: "image/jpeg",
};

/**
 * Makes a renderer for one page.
 *
 * @param folder - that of the notebook: pictures are read from there
 * @param notebooks - the same folder as seen from the page
 * @returns HTML in Markdown is shown as text: pages hold what this program wrote, nothing else
 */
export function createRenderer(folder: string, notebooks: string): Renderer {
  const md = new MarkdownIt({ html: false, linkify: false });
  addMathRules(md);
  const headings: Heading[] = [];
  const ids = new Set<string>();
  const rules = md.renderer.rules;
  rules.math_inline = (tokens, i) => mathHtml(tokens[i]!.content, tokens[i]!.markup === "$$");
  rules.math_block = (tokens, i) => {
    const { content } = tokens[i]!;
    const wide = content.length > PHONE_COLUMNS ? ' tabindex="0" role="group" aria-label="Formula"' : "";
    return `<div class="formula"${wide}>${mathHtml(content, true)}</div>\n`;
  };
  rules.table_open = () => '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>\n';
  rules.table_close = () => "</table></div>\n";
  rules.fence = (tokens, i) => codeHtml(tokens[i]!.content);
  rules.code_block = rules.fence;
  rules.heading_open = (tokens, i) => {
    const { content = "", children } = tokens[i + 1] ?? {};
    const level = Number(tokens[i]!.tag.slice(1));
    const id = freshId(content, ids);
    headings.push({ level, id, html: md.renderer.renderInline(children ?? [], md.options, {}) });
    return `<${tokens[i]!.tag} id="${id}">`;
  };
  rules.link_open = (tokens, i, options, _, self) => {
    const href = String(tokens[i]!.attrGet("href") ?? "");
    tokens[i]!.attrSet("href", retarget(href, { extension: ".html", notebooks }));
    return self.renderToken(tokens, i, options);
  };
  rules.image = (tokens, i) => {
    const source = String(tokens[i]!.attrGet("src") ?? "");
    return `<img src="${pictureData(folder, source)}" alt="${escapeHtml(tokens[i]!.content)}">`;
  };
  return {
    render: (text) => md.render(text),
    renderInline: (text) => md.renderInline(text),
    headings,
  };
}

/**
 * Code as it stands; long lines are broken where the page is narrow.
 *
 * @param code - several lines
 */
export function codeHtml(code: string): string {
  return `<pre class="code"><code>${escapeHtml(code.trimEnd())}</code></pre>\n`;
}

function freshId(text: string, ids: Set<string>): string {
  const plain = text
    .toLowerCase()
    .replace(/\$[^$]*\$/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  const base = plain === "" ? "section" : plain;
  let id = base;
  for (let count = 2; ids.has(id); count++) id = `${base}-${count}`;
  ids.add(id);
  return id;
}

function pictureData(folder: string, source: string): string {
  const type = PICTURE_TYPES[source.split(".").at(-1) ?? ""];
  if (type === undefined || /^[a-z]+:/i.test(source)) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `the picture ${source} cannot stand in a page; expected a PNG, JPEG or SVG file of this repository`,
    );
  }
  try {
    return `data:${type};base64,${readFileSync(join(folder, source)).toString("base64")}`;
  } catch (error) {
    throw new JacobenchError("ERR_FILE", `the picture ${source} cannot be read: ${(error as Error).message}`);
  }
}
