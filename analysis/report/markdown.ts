/** @file index.md: the report for GitHub and other readers of Markdown, the answer first. Pure. */

import type { AnyResults } from "../config.ts";
import { asSentence, listed } from "../text.ts";
import { type Block, marked, type RichText, type Section } from "./blocks.ts";
import { type ReportContent, reportContent } from "./content.ts";
import { escapeMarkdown, fenced, foldMarkdown, markdownTable } from "./escape.ts";
import type { ReportVerdict } from "./verdict-section.ts";

/** A chart of the report as the page shows it. */
export type ReportChart = {
  readonly id: string;
  /** What kind of chart it is: for people who do not see it. */
  readonly name: string;
  /** The finding, as drawn. */
  readonly title: string;
  /** Conditions, and how to read it, as sentences. */
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

function sectionMarkdown(page: Page, { title, blocks, folded = false }: Section): string[] {
  const written = (some: readonly Block[]): string[] => some.flatMap((block) => blockMarkdown(page, block));
  const parts = folded
    ? [
        ...written(blocks.filter(({ kind }) => kind === "note")),
        ...foldMarkdown(foldedText(blocks), written(blocks.filter(({ kind }) => kind !== "note"))),
      ]
    : written(blocks);
  return parts.length === 0 ? [] : [`## ${escapeMarkdown(title)}`, ...parts];
}

/** What a fold holds: `text, 2 tables`. */
function foldedText(blocks: readonly Block[]): string {
  const count = (...kinds: readonly Block["kind"][]): number =>
    blocks.filter(({ kind }) => kinds.includes(kind)).length;
  const some = (found: number, one: string): string[] =>
    found === 0 ? [] : [found === 1 ? one : `${found} ${one}s`];
  const parts = [
    ...(count("paragraph", "list", "copy", "verdicts") > 0 ? ["text"] : []),
    ...some(count("table"), "table"),
    ...some(count("code"), "listing"),
  ];
  return `Show ${listed(parts)}`;
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
    case "charts": {
      const [first, ...others] = page.charts;
      if (block.which === "first") return first === undefined ? [] : figure(first);
      return [...others.flatMap(figure), ...page.missing.map(absence)];
    }
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

/** The picture has its finding and conditions inside, so they follow folded: as text to search, copy and hear. */
function figure({ id, name, title, caption }: ReportChart): string[] {
  return [
    `![${escapeMarkdown(name)}](charts/${id}.svg)`,
    ...foldMarkdown("The words of this chart", [
      `*${escapeMarkdown(asSentence(title))}* ${escapeMarkdown(caption)} ([Vega-Lite spec](charts/${id}.vl.json))`,
    ]),
  ];
}

function absence({ title, wants }: MissingChart): string {
  return `*${escapeMarkdown(title)}* is not drawn: it needs ${escapeMarkdown(wants)}.`;
}
