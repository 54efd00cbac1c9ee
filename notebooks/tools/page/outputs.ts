/** @file Outputs of cells as HTML: charts drawn anew from their specs as SVG, tables and formulas, text as it is. (N) */

import type { TopLevelSpec } from "vega-lite";
import { renderSvg } from "../../../analysis/render/svg.ts";
import { escapeHtml } from "../../../analysis/report/html/markup.ts";
import type { CodeCell, Output } from "../notebook.ts";
import type { Renderer } from "./markdown.ts";
import { slimSvg } from "./slim-svg.ts";

/** Columns of output that a phone shows without scrolling. */
const PHONE_COLUMNS = 34;

/**
 * Writes what a cell gave.
 *
 * @param cell - that has been run
 * @param renderer - of the page
 * @param chartId - gives each chart of the page an id of its own
 * @returns HTML; empty if the cell gave nothing
 */
export async function outputsHtml(
  cell: CodeCell,
  renderer: Renderer,
  chartId: () => string,
): Promise<string> {
  const parts: string[] = [];
  for (const output of cell.outputs) parts.push(await outputHtml(output, renderer, chartId));
  return parts.join("");
}

async function outputHtml(output: Output, renderer: Renderer, chartId: () => string): Promise<string> {
  if (output.output_type === "stream") return textHtml(output.text, "Output");
  if (output.output_type === "error") return textHtml(`${output.ename}: ${output.evalue}`, "Error", "error");
  const spec = output.data["application/vnd.vegalite.v5+json"];
  if (typeof spec === "object" && spec !== null) return chartHtml(spec as TopLevelSpec, chartId());
  const markdown = output.data["text/markdown"];
  if (typeof markdown === "string") return `<div class="output">${renderer.render(markdown)}</div>\n`;
  return textHtml(String(output.data["text/plain"] ?? ""), "Output");
}

function textHtml(text: string, label: string, kind = "text"): string {
  const body = text.trimEnd();
  const wide = body.split("\n").some((line) => line.length > PHONE_COLUMNS);
  const focus = wide ? ` tabindex="0" role="group" aria-label="${label}"` : "";
  return `<pre class="output ${kind}"${focus}><samp>${escapeHtml(body)}</samp></pre>\n`;
}

async function chartHtml(spec: TopLevelSpec, id: string): Promise<string> {
  const svg = slimSvg(await renderSvg(spec, id));
  return `<figure class="chart" id="${id}"><div class="static" tabindex="0" role="group" aria-label="Chart">${svg.trim()}</div></figure>\n`;
}
