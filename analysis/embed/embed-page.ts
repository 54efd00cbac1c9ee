/** @file embed.md: every chart of a report in every kind of page, ready to paste, and the numbers by name. Pure. */

import { chartById, DEFAULT_CHARTS } from "../charts/index.ts";
import type { AnyResults } from "../config.ts";
import { escapeMarkdown, fenced, markdownTable } from "../report/escape.ts";
import { type EmbedChart, embedChart } from "./chart.ts";
import { imageText } from "./escape.ts";
import { EMBED_TARGETS, embedSnippet } from "./index.ts";
import { statedNumbers } from "./numbers.ts";
import type { EmbedForm, EmbedTarget } from "./target.ts";

const FORM_NAMES: Readonly<Record<EmbedForm, string>> = {
  picture: "as a picture",
  interactive: "interactive",
  script: "drawn by one shared script",
};

/**
 * The charts that a report draws, with their words.
 *
 * @param results - of one experiment
 * @returns in the order of the config; those that these results cannot fill are left out
 */
export function embedCharts(results: AnyResults): { readonly id: string; readonly chart: EmbedChart }[] {
  const ids = [...new Set(results.config.report?.charts ?? DEFAULT_CHARTS)];
  return ids
    .map(chartById)
    .filter((chart) => chart.wants(results) === null)
    .map((chart) => ({ id: chart.id, chart: embedChart(results, chart, chart.draw(results)) }));
}

/**
 * Writes the page.
 *
 * @param results - of one experiment
 * @returns Markdown in which every text from a config is text; the same for the same results
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if the config names a chart that is not in the catalogue
 */
export function renderEmbedPage(results: AnyResults): string {
  const name = /^[a-z0-9-]+$/.test(results.experiment) ? results.experiment : "EXPERIMENT";
  const charts = embedCharts(results);
  const blocks = [
    `# Embed: ${escapeMarkdown(results.title)}`,
    "Each snippet below is ready to paste. The command above it prints the same and copies the files that the snippet " +
      "names to where they belong; run it in the folder of the page, or name that folder by `--into`. For LaTeX the " +
      "picture has the size of a column, on slides that of a slide; `--size page|slide|column` chooses another.",
    ...(charts.length === 0 ? ["These results draw no chart."] : []),
    ...charts.flatMap(({ id, chart }) => [
      `## ${escapeMarkdown(chart.finding)}`,
      `![${imageText(chart.alt)}](charts/${id}.svg)`,
      ...EMBED_TARGETS.flatMap((target) => targetBlocks(`${name}/${id}`, chart, target)),
    ]),
    ...numberBlocks(name, results),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function targetBlocks(path: string, chart: EmbedChart, target: EmbedTarget): string[] {
  return target.forms.flatMap((form) => {
    const { text, language, notes } = embedSnippet(target, chart, { form });
    const choice = form === target.defaultForm ? "" : ` --as ${form}`;
    return [
      `<details><summary>${target.name}, ${FORM_NAMES[form]}</summary>`,
      fenced(`jacobench embed ${path} --for ${target.id}${choice}`, "sh"),
      fenced(text, language),
      ...notes.map(escapeMarkdown),
      "</details>",
    ];
  });
}

function numberBlocks(name: string, results: AnyResults): string[] {
  const numbers = statedNumbers(results).filter((number) => !number.name.startsWith("table"));
  return [
    "## Numbers by name",
    "Prose that takes its numbers from here never drifts from the data. In LaTeX `\\input` the macros and write " +
      "`\\crossoverTyped{}`; in MyST-Parser and Jupyter Book 1 put the substitutions into the front matter of a page " +
      "and write `{{ crossoverTyped }}`. The files also name every number in the tables of the report.",
    fenced(
      [
        `jacobench export reports/${name} --format tex-macros > numbers.tex`,
        `jacobench export reports/${name} --format myst-substitutions > numbers.yml`,
      ].join("\n"),
      "sh",
    ),
    markdownTable(
      ["name", "value", "what it is"],
      "lrl",
      numbers.map((number) => [
        `\`${number.name}\``,
        escapeMarkdown(number.text),
        escapeMarkdown(number.meaning),
      ]),
    ),
  ];
}
