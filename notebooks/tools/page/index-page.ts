/** @file The page that leads to all lessons. (N) */

import type { Made } from "../committed.ts";
import { pageHtml } from "./document.ts";
import type { PagePlaces } from "./lesson-page.ts";
import { createRenderer } from "./markdown.ts";

/**
 * Writes the list of lessons: title, what it begins with, ways to page and notebook.
 *
 * @param lessons - in order
 * @param places - where things are
 */
export function indexPage(lessons: readonly Made[], { folder, notebooks }: PagePlaces): string {
  const renderer = createRenderer(folder, notebooks);
  const items = lessons.map(({ name, notebook }) =>
    [
      "<li>",
      `<h2><a href="${name}.html">${renderer.renderInline(notebook.metadata.title)}</a></h2>`,
      `<p>${renderer.renderInline(firstParagraph(notebook.cells[0]?.source ?? ""))}</p>`,
      `<p class="files">Notebook: <a href="${notebooks}/${name}.ipynb">${name}.ipynb</a></p>`,
      "</li>",
    ].join("\n"),
  );
  const body = [
    "<main>",
    '<p class="kicker">jacobench</p>',
    "<h1>Lessons: what a Jacobian costs, and why</h1>",
    "<p>Automatic differentiation from its beginnings to the cheapest way of accumulating a Jacobian. Each lesson has exercises with folded solutions; as notebooks all of it can be run and changed.</p>",
    `<ol class="lessons">${items.join("\n")}</ol>`,
    "<h2>Work through them yourself</h2>",
    '<p>In a clone of the project, with Node and Python 3:</p>\n<pre class="code"><code>npm ci\nnpm run notebooks -- --open</code></pre>',
    "</main>",
  ];
  return pageHtml({
    title: "Lessons – jacobench",
    description: "Lessons on the cost of Jacobians by JVPs and VJPs, with code that runs",
    body: body.join("\n"),
  });
}

/** What follows the title, up to an empty line or a list. */
function firstParagraph(markdown: string): string {
  const lines = markdown.split("\n").slice(1);
  const begin = lines.findIndex((line) => line.trim() !== "");
  if (begin < 0) return "";
  const end = lines.findIndex((line, i) => i > begin && (line.trim() === "" || /^([-*+]|\d+\.) /.test(line)));
  return lines.slice(begin, end < 0 ? undefined : end).join(" ");
}
