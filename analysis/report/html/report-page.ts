/** @file index.html of an experiment: the answer first, charts, tables, method; one file that needs no network. (N) */

import { vegaBundle } from "../../render/vega-bundle.ts";
import { asSentence } from "../../text.ts";
import { plain, type Section } from "../blocks.ts";
import type { ReportContent } from "../content.ts";
import type { MissingChart } from "../markdown.ts";
import { sectionHtml } from "./blocks-html.ts";
import { chartHtml, chartTools, type PageChart } from "./chart-html.ts";
import { documentHtml } from "./document.ts";
import { escapeHtml } from "./markup.ts";
import { pageScript } from "./page-script.ts";

/** What the page shows. */
export type ReportPage = {
  readonly content: ReportContent;
  /** Those that were drawn, in order. */
  readonly charts: readonly PageChart[];
  readonly missing: readonly MissingChart[];
  /** Names of further files beside the page, for the list at its end: `results.json`, … */
  readonly files: readonly string[];
};

/**
 * Writes the page.
 *
 * @param page - see {@link ReportPage}
 * @returns HTML in which every text from a config or a machine is text
 */
export async function reportHtml({ content, charts, missing, files }: ReportPage): Promise<string> {
  const [first, ...others] = charts.map(chartHtml);
  const absent = missing.map(
    ({ title, wants }) => `<p><em>${escapeHtml(title)}</em> is not drawn: it needs ${escapeHtml(wants)}.</p>`,
  );
  const figures = {
    first: first ?? "",
    others: [...(others.length > 0 ? [chartTools(charts), ...others] : []), ...absent].join("\n"),
  };
  const sections = content.sections
    .map((section) => ({ section, html: sectionHtml(content, onlyOnce(section, charts), figures) }))
    .filter(({ html }) => html !== "");
  const [answer, ...rest] = sections;
  const body = [
    '<a class="skip" href="#main">Skip to the answer</a>',
    headHtml(content),
    '<main id="main" tabindex="-1">',
    answer?.html ?? "",
    contentsHtml(rest.map(({ section }) => section)),
    ...rest.map(({ html }) => html),
    "</main>",
    footHtml(files),
  ].join("\n");
  return documentHtml({
    title: content.quick ? `${content.title} (quick run)` : content.title,
    description: content.answer,
    body,
    scripts: charts.length > 0 ? [await vegaBundle(), pageScript(true)] : [pageScript(false)],
  });
}

/** The section without a sentence that the first chart has as its title. */
function onlyOnce(section: Section, [first]: readonly PageChart[]): Section {
  if (first === undefined || section.id !== "answer") return section;
  const title = asSentence(first.title);
  return {
    ...section,
    blocks: section.blocks.filter((block) => block.kind !== "paragraph" || plain(block.text) !== title),
  };
}

function headHtml({ title, experiment, notes, quickNote }: ReportContent): string {
  return [
    "<header>",
    `<p class="kicker"><a href="../index.html">All experiments</a> · ${escapeHtml(experiment)}</p>`,
    `<h1 dir="auto">${escapeHtml(title)}</h1>`,
    ...(quickNote === null
      ? []
      : [`<p class="quick"><strong>Quick run.</strong> ${escapeHtml(quickNote)}</p>`]),
    ...(notes === null ? [] : [`<p dir="auto">${escapeHtml(notes)}</p>`]),
    "</header>",
  ].join("\n");
}

function contentsHtml(sections: readonly Section[]): string {
  const links = sections.map(
    ({ id, title }) => `<li><a href="#${escapeHtml(id)}">${escapeHtml(title)}</a></li>`,
  );
  return `<nav class="contents" aria-label="Contents"><ul>\n${links.join("\n")}\n</ul></nav>`;
}

function footHtml(files: readonly string[]): string {
  const links = files.map((name) => `<a href="${escapeHtml(encodeURI(name))}">${escapeHtml(name)}</a>`);
  return [
    "<footer>",
    ...(links.length > 0 ? [`<p>Beside this page: ${links.join(", ")}.</p>`] : []),
    "<p>Made by jacobench from results.json alone; the charts are drawn by Vega-Lite, inside of this file. ",
    "Nothing is loaded from the network.</p>",
    "</footer>",
  ].join("\n");
}
