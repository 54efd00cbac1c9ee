/** @file index.html and index.md of a folder of reports: every experiment with its verdicts. (N) */

import type { AnyResults } from "../../config.ts";
import { listed } from "../../text.ts";
import { reportContent } from "../content.ts";
import { escapeMarkdown, foldMarkdown } from "../escape.ts";
import type { ReportVerdict } from "../verdict-section.ts";
import { documentHtml } from "./document.ts";
import { escapeHtml, proseHtml } from "./markup.ts";

/** An experiment in the list. */
type Entry = ReturnType<typeof entryOf>;

/**
 * Lists experiments with their verdicts.
 *
 * @param list - results, in the order of the list; each report stands in the folder of its experiment's name
 * @returns relative file name → content: index.html, index.md; the same bytes for the same results
 */
export function renderIndex(list: readonly AnyResults[]): Map<string, string> {
  const entries = list.map(entryOf);
  return new Map([
    ["index.html", indexHtml(entries)],
    ["index.md", indexMarkdown(entries)],
  ]);
}

function entryOf(results: AnyResults) {
  const { experiment, title, quick, answer, verdicts, findings } = reportContent(results);
  const environment = results.environments[0];
  const cases = results.cases.length;
  return {
    folder: encodeURIComponent(results.experiment.toWellFormed()),
    experiment,
    title,
    quick,
    answer,
    verdicts,
    findings,
    measured: [
      `${cases} ${cases === 1 ? "case" : "cases"}`,
      environment?.cpuModel ?? null,
      environment?.runtimeVersion ? `${environment.runtime} ${environment.runtimeVersion}` : null,
      environment?.startedAt.slice(0, 10) ?? null,
    ].filter((part) => part !== null),
  };
}

const TITLE = "Experiments and their verdicts";
const NONE = "No experiment has been measured yet.";

function indexHtml(entries: readonly Entry[]): string {
  const cards = entries.map((entry) => {
    const verdicts = entry.verdicts.map(
      (verdict) =>
        `<li><strong>${escapeHtml(verdict.name)}</strong>: ${statusHtml(verdict)}${proseHtml(wordsOf(verdict))}</li>`,
    );
    const findings = entry.findings.map(
      ({ name, text }) => `<li><strong>${escapeHtml(name)}</strong>: ${proseHtml(text)}</li>`,
    );
    return [
      `<li class="experiment ${overall(entry.verdicts)}">`,
      `<h2 dir="auto"><a href="${escapeHtml(entry.folder)}/index.html">${escapeHtml(entry.title)}</a></h2>`,
      `<p class="kicker">${escapeHtml([entry.experiment, ...(entry.quick ? ["quick run"] : []), ...entry.measured].join(" · "))}</p>`,
      `<p>${proseHtml(entry.answer)}</p>`,
      ...(verdicts.length + findings.length > 0
        ? [
            `<details><summary>${allFindings(entry)}</summary>\n<ul>\n${[...verdicts, ...findings].join("\n")}\n</ul></details>`,
          ]
        : []),
      "</li>",
    ].join("\n");
  });
  const list = cards.length === 0 ? `<p>${NONE}</p>` : `<ul class="experiments">\n${cards.join("\n")}\n</ul>`;
  const body = [
    `<header><p class="kicker">jacobench</p><h1>${TITLE}</h1></header>`,
    `<main>${list}</main>`,
    '<footer><p>Made by jacobench; the same as <a href="index.md">Markdown</a>.</p></footer>',
  ].join("\n");
  return documentHtml({
    title: `jacobench: ${TITLE.toLowerCase()}`,
    description: entries.map(({ title }) => title).join("; ") || NONE,
    body,
    scripts: [],
  });
}

function statusHtml({ status }: ReportVerdict): string {
  return status === "none" ? "" : `<span class="status ${status}">${status}</span>`;
}

/** The verdict in words after its status, and the law. */
function wordsOf({ status, law, headline }: ReportVerdict): string {
  const words = headline.startsWith(status)
    ? headline.slice(status.length)
    : `${status === "none" ? "" : ", "}${headline}`;
  return law === null ? words : `${words}; ${law}`;
}

/** How the whole experiment is marked: by the worst of its verdicts. */
function overall(verdicts: readonly ReportVerdict[]): ReportVerdict["status"] {
  const found = new Set(verdicts.map(({ status }) => status));
  return (["refuted", "inconclusive", "confirmed"] as const).find((status) => found.has(status)) ?? "none";
}

/** What stands folded below the answer: `2 verdicts and 2 findings`. */
function allFindings({ verdicts, findings }: Entry): string {
  const count = (found: number, one: string): string[] =>
    found === 0 ? [] : [`${found} ${one}${found === 1 ? "" : "s"}`];
  return listed([...count(verdicts.length, "verdict"), ...count(findings.length, "finding")]);
}

/** Escaping trims the space that follows the status. */
function spaced(text: string): string {
  return `${text.startsWith(" ") ? " " : ""}${escapeMarkdown(text)}`;
}

function indexMarkdown(entries: readonly Entry[]): string {
  const parts = entries.map((entry) => {
    const head = `## [${escapeMarkdown(entry.title)}](${entry.folder}/index.md)`;
    const facts = [entry.experiment, ...(entry.quick ? ["quick run"] : []), ...entry.measured];
    const verdicts = entry.verdicts.map((verdict) => {
      const status = verdict.status === "none" ? "" : `**${verdict.status}**`;
      return `- ${escapeMarkdown(verdict.name)}: ${status}${spaced(wordsOf(verdict))}`;
    });
    const findings = entry.findings.map(
      ({ name, text }) => `- ${escapeMarkdown(name)}: ${escapeMarkdown(text)}`,
    );
    const list = [...verdicts, ...findings].join("\n");
    return [
      head,
      escapeMarkdown(facts.join(" · ")),
      escapeMarkdown(entry.answer),
      ...(list === "" ? [] : foldMarkdown(allFindings(entry), [list])),
    ].join("\n\n");
  });
  return `${[`# ${TITLE}`, ...(parts.length > 0 ? parts : [NONE])].join("\n\n")}\n`;
}
