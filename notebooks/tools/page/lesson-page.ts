/** @file A lesson as one page that opens from disk: text, code, outputs, folded solutions, ways to the other lessons. (N) */

import { escapeHtml } from "../../../analysis/report/html/markup.ts";
import { hasTag, type Made, unfolded } from "../committed.ts";
import type { Cell } from "../notebook.ts";
import { pageHtml } from "./document.ts";
import { codeHtml, createRenderer, type Heading, type Renderer } from "./markdown.ts";
import { outputsHtml } from "./outputs.ts";

/** Where a page and its notebook stand. */
export type PagePlaces = {
  /** The folder of notebooks on the disk. */
  readonly folder: string;
  /** The same as seen from the page, with slashes. */
  readonly notebooks: string;
};

/**
 * Writes the page of a lesson.
 *
 * @param lessons - all of them, in order
 * @param index - which one
 * @param places - where things are
 * @returns HTML that stands alone; the same bytes for the same notebook
 * @throws {JacobenchError} `ERR_CONFIG` if a formula or chart cannot be drawn, with the cell
 */
export async function lessonPage(
  lessons: readonly Made[],
  index: number,
  { folder, notebooks }: PagePlaces,
): Promise<string> {
  const { name, notebook } = lessons[index]!;
  const renderer = createRenderer(folder, notebooks);
  let charts = 0;
  const chartId = (): string => `chart-${++charts}`;
  const parts: string[] = [];
  for (const cell of notebook.cells) parts.push(await cellHtml(cell, renderer, chartId));
  // The title is the first thing of the first cell; the contents follow it.
  const [head, ...rest] = parts;
  const { title } = notebook.metadata;
  const body = [
    '<a class="skip" href="#lesson">To the lesson</a>',
    waysHtml(lessons, index, "Lessons"),
    '<main id="lesson">',
    head!.replace("</h1>", `</h1>\n${contentsHtml(renderer.headings)}`),
    ...rest,
    "</main>",
    "<footer>",
    `<p>To run and change it: <a href="${notebooks}/${name}.ipynb">${name}.ipynb</a>, or <code>npm run notebooks -- --open</code> in a clone of the project. Outputs are those of a run with Deno's kernel.</p>`,
    waysHtml(lessons, index, "Lessons, again"),
    "</footer>",
  ];
  return pageHtml({ title: `${title} – jacobench`, description: title, body: body.join("\n") });
}

async function cellHtml(cell: Cell, renderer: Renderer, chartId: () => string): Promise<string> {
  if (cell.cell_type === "markdown") {
    const solution = unfolded(cell.source);
    if (solution !== null)
      return foldHtml(renderer.renderInline(solution.summary), renderer.render(solution.text));
    const html = renderer.render(cell.source);
    return hasTag(cell, "exercise") ? `<section class="exercise">\n${html}</section>\n` : html;
  }
  const html = codeHtml(cell.source) + (await outputsHtml(cell, renderer, chartId));
  return hasTag(cell, "solution") ? foldHtml("Solution (code)", html) : html;
}

function foldHtml(summary: string, html: string): string {
  return `<details class="solution"><summary>${summary}</summary>\n${html}</details>\n`;
}

function contentsHtml(headings: readonly Heading[]): string {
  const parts = headings.filter(({ level }) => level === 2);
  if (parts.length < 2) return "";
  const items = parts.map(({ id, html }) => `<li><a href="#${id}">${html}</a></li>`);
  return `<details class="contents"><summary>Contents</summary>\n<nav aria-label="Contents"><ol>${items.join("\n")}</ol></nav></details>`;
}

function waysHtml(lessons: readonly Made[], index: number, label: string): string {
  const link = (other: Made | undefined, before: string, after: string): string =>
    other === undefined
      ? "<span></span>"
      : `<a href="${other.name}.html">${before}${escapeHtml(other.notebook.metadata.title)}${after}</a>`;
  return [
    `<nav class="lessons" aria-label="${label}">`,
    link(lessons[index - 1], "← ", ""),
    '<a href="index.html">All lessons</a>',
    link(lessons[index + 1], "", " →"),
    "</nav>",
  ].join("\n");
}
