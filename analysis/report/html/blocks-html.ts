/** @file The parts of a report as HTML: paragraphs, lists, tables, code, verdicts. Pure. */

import { asSentence } from "../../text.ts";
import { type Block, plain, type Section } from "../blocks.ts";
import type { ReportContent } from "../content.ts";
import type { ReportFinding, ReportVerdict } from "../verdict-section.ts";
import { escapeHtml, inlineHtml, proseHtml } from "./markup.ts";
import { tableHtml } from "./table.ts";

/** The charts of a report as HTML: the one beside the answer, and all others; empty where there are none. */
export type ChartsHtml = { readonly first: string; readonly others: string };

/** How a verdict looks beside its word: a sign that needs no colour. */
const SIGNS: Readonly<Record<ReportVerdict["status"], string>> = {
  confirmed: "✓",
  refuted: "✗",
  inconclusive: "?",
  none: "·",
};

/**
 * Writes one section with its anchor.
 *
 * @param content - of the report, for the verdicts
 * @param section - one of its sections
 * @param charts - HTML of the first chart and of all others, for the sections that hold them
 * @returns a `<section>`, or nothing if it would be empty
 */
export function sectionHtml(content: ReportContent, section: Section, charts: ChartsHtml): string {
  const parts = section.blocks
    .map((block, i) => ({
      isNote: block.kind === "note",
      html: blockHtml(content, block, `${section.id}-${i}`, charts),
    }))
    .filter(({ html }) => html !== "");
  if (parts.length === 0) return "";
  const id = escapeHtml(section.id);
  const title = `<h2 id="${id}-title">${escapeHtml(section.title)}</h2>`;
  const all = (some: typeof parts): string[] => some.map(({ html }) => html);
  const inside =
    section.folded === true
      ? [
          `<details class="part"><summary>${title}</summary>`,
          ...all(parts.filter(({ isNote }) => !isNote)),
          "</details>",
          ...all(parts.filter(({ isNote }) => isNote)),
        ]
      : [title, ...all(parts)];
  return [`<section id="${id}" aria-labelledby="${id}-title">`, ...inside, "</section>"].join("\n");
}

function blockHtml(content: ReportContent, block: Block, id: string, charts: ChartsHtml): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${inlineHtml(block.text)}</p>`;
    case "note":
      return `<p class="note">${inlineHtml(block.text)}</p>`;
    case "list":
      return listHtml(block.items);
    case "table":
      return tableHtml(block);
    case "code":
      return codeHtml(block.code, block.language, id);
    case "copy":
      return [
        `<blockquote class="copy" id="${escapeHtml(id)}">${escapeHtml(plain(block.text))}</blockquote>`,
        copyButton(id, "Copy this paragraph"),
      ].join("\n");
    case "verdicts":
      return verdictsHtml(content.verdicts, content.findings);
    case "charts":
      return charts[block.which];
  }
}

function listHtml(items: Extract<Block, { kind: "list" }>["items"]): string {
  const lines = items.map(
    ({ term, text }) =>
      `<li>${term === null ? "" : `<strong>${escapeHtml(term)}</strong>: `}${inlineHtml(text)}</li>`,
  );
  return `<ul>\n${lines.join("\n")}\n</ul>`;
}

function codeHtml(code: string, language: string, id: string): string {
  const own = escapeHtml(id);
  const box = `<pre id="${own}" tabindex="0" aria-label="${language}"><code>${escapeHtml(code)}</code></pre>`;
  return `${box}\n${copyButton(id, "Copy")}`;
}

/** A button that copies the text of an element; the page's script shows it, since it does nothing without. */
function copyButton(id: string, text: string): string {
  return `<p class="tools" hidden><button type="button" data-copy="${escapeHtml(id)}">${text}</button></p>`;
}

function verdictsHtml(verdicts: readonly ReportVerdict[], findings: readonly ReportFinding[]): string {
  const cards = verdicts.map(verdictHtml);
  const beside = findings.map(
    ({ name, text }) => `<li><strong>${escapeHtml(name)}</strong>: ${proseHtml(text)}.</li>`,
  );
  return [
    ...(cards.length > 0 ? [`<ul class="verdicts">\n${cards.join("\n")}\n</ul>`] : []),
    ...(beside.length > 0 ? [`<ul class="findings">\n${beside.join("\n")}\n</ul>`] : []),
  ].join("\n");
}

function verdictHtml({ name, status, claim, law, headline, reasons, remedies }: ReportVerdict): string {
  const word =
    status === "none"
      ? ""
      : `<span class="status"><span aria-hidden="true">${SIGNS[status]}</span> ${status}</span>`;
  const lines = [
    `<p class="who"><strong>${escapeHtml(name)}</strong>${claim === null ? "" : ` <span class="claim">${escapeHtml(claim)}</span>`} ${word}</p>`,
    ...(law === null ? [] : [`<p class="law">${proseHtml(law)}</p>`]),
    // The status stands above already.
    ...(headline === status ? [] : [`<p>${proseHtml(asSentence(headline))}</p>`]),
    ...(reasons.length > 0 ? [`<p>${proseHtml(reasons.join(" "))}</p>`] : []),
    ...(remedies.length > 0 ? [`<p><em>What would help:</em> ${proseHtml(remedies.join(" "))}</p>`] : []),
  ];
  return `<li class="verdict ${status}">${lines.join("\n")}</li>`;
}
