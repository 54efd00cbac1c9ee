/** @file A finished report from results: HTML, Markdown, CSV and every chart as spec and picture. (N) */

import type { TopLevelSpec } from "vega-lite";
import type { Results } from "../../src/results/types.ts";
import { chartById, DEFAULT_CHARTS } from "../charts/index.ts";
import type { ExperimentConfigLike } from "../config.ts";
import { renderEmbedPage } from "../embed/embed-page.ts";
import { renderSvg } from "../render/svg.ts";
import { captioned, chartWords } from "./chart-words.ts";
import { reportContent } from "./content.ts";
import { toCsv } from "./csv.ts";
import type { PageChart } from "./html/chart-html.ts";
import { reportHtml } from "./html/report-page.ts";
import { type MissingChart, reportMarkdown } from "./markdown.ts";

/**
 * Makes all files of a report but results.json itself.
 *
 * The same results give the same bytes on the same Node version: nothing of the present time, machine or order of
 * calls gets in.
 *
 * @param results - of one experiment; `config.report.charts` names the charts, scaling, collapse, ratio and counted if
 *   it names none
 * @returns relative file name → content: index.html, index.md, embed.md, results.csv, charts/<id>.vl.json, charts/<id>.svg
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if the config names a chart that is not in the catalogue,
 *   `ERR_MISMATCH` if the results do not fit together, `ERR_CONFIG` if a chart cannot be drawn
 */
export async function renderReport(results: Results<ExperimentConfigLike>): Promise<Map<string, string>> {
  const ids = [...new Set(results.config.report?.charts ?? DEFAULT_CHARTS)];
  const drawn: PageChart[] = [];
  const missing: MissingChart[] = [];
  const files = new Map<string, string>();
  for (const chart of ids.map(chartById)) {
    const wants = chart.wants(results);
    if (wants !== null) {
      missing.push({ id: chart.id, title: chart.title, wants });
      continue;
    }
    const spec = chart.draw(results);
    const { finding, conditions } = chartWords(spec, chart.title);
    const own = new Map([
      [`charts/${chart.id}.vl.json`, specJson(spec)],
      [`charts/${chart.id}.svg`, await renderSvg(spec, chart.id)],
    ]);
    for (const [name, content] of own) files.set(name, content);
    drawn.push({
      id: chart.id,
      name: chart.title,
      title: finding,
      caption: conditions,
      spec,
      darkSpec: chart.draw(results, { theme: "dark" }),
      svg: await renderSvg(captioned(spec, chart.title), `static-${chart.id}`),
      files: [...own.keys()],
    });
  }
  const content = reportContent(results);
  const forecast = results.forecast ? ["forecast.json"] : [];
  const beside = ["index.md", "embed.md", "results.csv", "results.json", ...forecast];
  return new Map([
    ["index.html", await reportHtml({ content, charts: drawn, missing, files: beside })],
    ["index.md", reportMarkdown(results, drawn, missing)],
    ["embed.md", renderEmbedPage(results)],
    ["results.csv", toCsv(results)],
    ...files,
  ]);
}

/** A spec as text for people: indented, but what fits a line on one, and each row of data on one. */
export function specJson(spec: TopLevelSpec): string {
  const write = (value: unknown, indent: string, isRow: boolean): string => {
    const compact = JSON.stringify(value);
    if (isRow || compact.length <= 110 || typeof value !== "object" || value === null) return compact;
    const inner = `${indent} `;
    if (Array.isArray(value)) {
      return `[\n${value.map((item) => inner + write(item, inner, false)).join(",\n")}\n${indent}]`;
    }
    const parts = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) =>
        key === "values" && Array.isArray(item)
          ? `${inner}"values": [\n${item.map((row) => `${inner} ${write(row, inner, true)}`).join(",\n")}\n${inner}]`
          : `${inner}${JSON.stringify(key)}: ${write(item, inner, false)}`,
      );
    return `{\n${parts.join(",\n")}\n${indent}}`;
  };
  return `${write(spec, "", false)}\n`;
}
