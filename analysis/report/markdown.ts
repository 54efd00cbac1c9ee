/** @file index.md: the report for GitHub and other readers of Markdown, the answer first. Pure. */

import type { AnyResults } from "../config.ts";
import { type Block, marked, type RichText, type Section } from "./blocks.ts";
import { type ReportContent, reportContent } from "./content.ts";
import { escapeMarkdown, fenced, markdownTable } from "./escape.ts";
import type { ReportVerdict } from "./verdict-section.ts";

/** A chart of the report as the page shows it. */
export type ReportChart = {
  readonly id: string;
  /** The finding, as drawn. */
  readonly title: string;
  /** Conditions, and how to read it. */
  readonly caption: string;
};

/** A chart that was asked for and cannot be drawn. */
export type MissingChart = { readonly id: string; readonly title: string; readonly wants: string };

/** What a page shows: the content, and the charts that were drawn. */
type Page = {
  readonly content: ReportContent;
  readonly charts: readonly ReportChart[];
  readonly missing: readonly MissingChart[];
};

/**
 * Writes the page.
 *
 * @param results - of one experiment
 * @param charts - those that were drawn, in order; their files are charts/<id>.svg and charts/<id>.vl.json
 * @param missing - those that could not be drawn
 * @returns Markdown in which every text from a config or a machine is escaped
 */
export function reportMarkdown(
  results: AnyResults,
  charts: readonly ReportChart[],
  missing: readonly MissingChart[],
): string {
  const content = reportContent(results);
  const page = { content, charts, missing };
  const head = [
    `# ${escapeMarkdown(content.title)}`,
    ...(content.quickNote === null ? [] : [`> **Quick run.** ${escapeMarkdown(content.quickNote)}`]),
    ...(content.notes === null ? [] : [escapeMarkdown(content.notes)]),
  ];
  const body = content.sections.flatMap((section) => sectionMarkdown(page, section));
  return `${[...head, ...body].join("\n\n")}\n`;
}

function sectionMarkdown(page: Page, { title, blocks }: Section): string[] {
  const parts = blocks.flatMap((block) => blockMarkdown(page, block));
  return parts.length === 0 ? [] : [`## ${escapeMarkdown(title)}`, ...parts];
}

/** A block as paragraphs of Markdown. */
function blockMarkdown(page: Page, block: Block): string[] {
  switch (block.kind) {
    case "paragraph":
      return [inline(block.text)];
    case "note":
    case "copy":
      return [`> ${inline(block.text)}`];
    case "list":
      return [block.items.map(({ term, text }) => item(term, text)).join("\n")];
    case "table":
      return [
        markdownTable(
          block.columns.map(({ title }) => escapeMarkdown(title)),
          block.columns.map(({ align }) => (align === "right" ? "r" : "l")).join(""),
          block.rows.map((row) => row.map(({ text }) => inline(text))),
        ),
      ];
    case "code":
      return [fenced(block.code, block.language)];
    case "verdicts": {
      const verdicts = page.content.verdicts.map(verdictItem);
      const findings = page.content.findings.map(({ name, text }) => item(name, `${text}.`));
      return [[...verdicts, ...findings].join("\n")].filter((text) => text !== "");
    }
    case "charts":
      return [...page.charts.map(figure), ...page.missing.map(absence)];
  }
}

function verdictItem({ name, claim, law, headline, reasons, remedies }: ReportVerdict): string {
  const measured = law === null ? "" : ` — ${law}`;
  const claimed = claim === null ? "" : `, ${claim}`;
  return item(`${name}${claimed}`, [`${headline}${measured}.`, ...reasons, ...remedies].join(" "));
}

function item(term: string | null, text: RichText): string {
  return term === null ? `- ${inline(text)}` : `- **${escapeMarkdown(term)}**: ${inline(text)}`;
}

/** A text with its marks, everything else escaped. */
function inline(text: RichText): string {
  return typeof text === "string" ? escapeMarkdown(text) : marked(text).map(span).join("");
}

function span(piece: ReturnType<typeof marked>[number]): string {
  if (typeof piece === "string") {
    // Escaping trims; a piece keeps the spaces that part it from its neighbours.
    const [before, after] = [piece.match(/^\s*/)![0], piece.trim() === "" ? "" : piece.match(/\s*$/)![0]];
    return `${before}${escapeMarkdown(piece)}${after}`;
  }
  switch (piece.kind) {
    case "strong":
      return `**${escapeMarkdown(piece.text)}**`;
    case "code":
      return `\`${piece.text.replaceAll("`", "'")}\``;
    case "link":
      return `[${escapeMarkdown(piece.text)}](${piece.href})`;
  }
}

function figure({ id, title, caption }: ReportChart): string {
  return [
    `![${escapeMarkdown(`${title}. ${caption}`)}](charts/${id}.svg)`,
    "",
    `*${escapeMarkdown(title)}.* ${escapeMarkdown(caption)}. ([Vega-Lite spec](charts/${id}.vl.json))`,
  ].join("\n");
}

function absence({ title, wants }: MissingChart): string {
  return `*${escapeMarkdown(title)}* is not drawn: it needs ${escapeMarkdown(wants)}.`;
}
