/** @file A finished report from results: Markdown, CSV and every chart as spec and picture. (N) */

import type { TopLevelSpec } from "vega-lite";
import type { Results } from "../../src/results/types.ts";
import { chartById, DEFAULT_CHARTS } from "../charts/index.ts";
import type { ExperimentConfigLike } from "../config.ts";
import { renderSvg } from "../render/svg.ts";
import { toCsv } from "./csv.ts";
import { type MissingChart, type ReportChart, reportMarkdown } from "./markdown.ts";

/**
 * Makes all files of a report but results.json itself.
 *
 * The same results give the same bytes on the same Node version: nothing of the present time, machine or order of
 * calls gets in.
 *
 * @param results - of one experiment; `config.report.charts` names the charts, scaling, collapse, ratio and counted if
 *   it names none
 * @returns relative file name → content: index.md, results.csv, charts/<id>.vl.json, charts/<id>.svg
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if the config names a chart that is not in the catalogue,
 *   `ERR_MISMATCH` if the results do not fit together, `ERR_CONFIG` if a chart cannot be drawn
 */
export async function renderReport(results: Results<ExperimentConfigLike>): Promise<Map<string, string>> {
  const ids = [...new Set(results.config.report?.charts ?? DEFAULT_CHARTS)];
  const drawn: ReportChart[] = [];
  const missing: MissingChart[] = [];
  const files = new Map<string, string>();
  for (const chart of ids.map(chartById)) {
    const wants = chart.wants(results);
    if (wants !== null) {
      missing.push({ id: chart.id, title: chart.title, wants });
      continue;
    }
    const spec = chart.draw(results);
    files.set(`charts/${chart.id}.vl.json`, `${JSON.stringify(spec, null, 1)}\n`);
    files.set(`charts/${chart.id}.svg`, await renderSvg(spec, chart.id));
    drawn.push({ id: chart.id, ...titleOf(spec, chart.title) });
  }
  return new Map([
    ["index.md", reportMarkdown(results, drawn, missing)],
    ["results.csv", toCsv(results)],
    ...files,
  ]);
}

/** The finding and the conditions that stand over a chart, as whole lines again. */
export function titleOf(spec: TopLevelSpec, otherwise: string): { title: string; caption: string } {
  const { title } = spec;
  if (typeof title !== "object" || title === null || !("text" in title))
    return { title: otherwise, caption: "" };
  const whole = (lines: unknown): string => (Array.isArray(lines) ? lines.join(" ") : String(lines ?? ""));
  const finding = whole(title.text);
  const description = spec.description ?? "";
  return {
    title: finding,
    caption: description.startsWith(`${finding}. `)
      ? description.slice(finding.length + 2)
      : whole(title.subtitle),
  };
}
