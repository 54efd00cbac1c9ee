/** @file One chart in the page: its finding, the static picture, the data for the interactive one, links. Pure. */

import type { TopLevelSpec } from "vega-lite";
import { type Change, differences } from "./difference.ts";
import { escapeHtml, inlineJson, proseHtml } from "./markup.ts";

/** A chart with all that the page needs of it. */
export type PageChart = {
  readonly id: string;
  /** What kind of chart it is: for people who do not see it. */
  readonly name: string;
  /** The finding. */
  readonly title: string;
  /** Conditions, and how to read it. */
  readonly caption: string;
  /** With its data inside. */
  readonly spec: TopLevelSpec;
  /** The same chart for a dark page. */
  readonly darkSpec: TopLevelSpec;
  /** A picture of it without title, its ids begin with `static-<id>`. */
  readonly svg: string;
  /** Files of this chart beside the page, in order: `charts/scaling.svg`, …. */
  readonly files: readonly string[];
};

type Json = { [key: string]: unknown };

/**
 * Writes a chart: the picture stands until the page's script has drawn the chart, and on paper.
 *
 * @param chart - see {@link PageChart}
 */
export function chartHtml(chart: PageChart): string {
  const id = escapeHtml(chart.id);
  const [spec, darkSpec] = [chart.spec, chart.darkSpec].map((one) => ({ ...one, description: chart.name }));
  const data: { spec: object; dark: Change[] } = chartData(spec!, darkSpec!);
  const links = chart.files.map((file) => {
    const kind = file.slice(file.indexOf(".") + 1);
    return `<a href="${escapeHtml(encodeURI(file))}">${escapeHtml(NAMES[kind] ?? kind)}</a>`;
  });
  return [
    `<figure class="chart" id="chart-${id}">`,
    `<h3>${proseHtml(chart.title)}</h3>`,
    `<div class="live" hidden></div>`,
    `<div class="static">${lighter(chart.svg)}</div>`,
    `<figcaption>${proseHtml(chart.caption)}</figcaption>`,
    `<details class="numbers" hidden><summary>Numbers of this chart</summary></details>`,
    ...(links.length > 0 ? [`<p class="files">This chart as ${links.join(", ")}</p>`] : []),
    `<script type="application/json" class="chart-data">${inlineJson(data)}</script>`,
    "</figure>",
  ].join("\n");
}

const NAMES: Readonly<Record<string, string>> = {
  "vl.json": "Vega-Lite",
  svg: "SVG",
  png: "PNG",
  pdf: "PDF",
};

/** The picture without what nobody reads in it: it is one image with a description, and the live chart has the rest. */
function lighter(svg: string): string {
  const [head, ...rest] = svg.trim().split(/(?=<rect )/);
  const inside = rest
    .join("")
    .replace(/<path class="background"[^>]*d="M0,0h0v0h0Z"[^>]*\/>/g, "")
    .replace(/<[^>]+>/g, (tag) => tag.replace(/ (?:role|class|aria-[a-z]+)="[^"]*"/g, ""));
  return head + inside;
}

/**
 * Both looks of a chart with its rows once: equal lists of rows become one dataset, and of the dark look only what
 * differs is kept.
 *
 * @returns a Vega-Lite spec, and what makes it dark
 */
export function chartData(spec: TopLevelSpec, darkSpec: TopLevelSpec): { spec: object; dark: Change[] } {
  const light = withDatasets(spec);
  return { spec: light, dark: differences(light, withDatasets(darkSpec)) };
}

/** Moves rows that stand in a spec into named datasets. */
function withDatasets(spec: TopLevelSpec): Json {
  const copy = JSON.parse(JSON.stringify(spec)) as Json;
  const names = new Map<string, string>();
  const datasets: Json = { ...(copy.datasets as Json | undefined) };
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { data } = node as { data?: { values?: unknown } };
    if (Array.isArray(data?.values)) {
      const key = JSON.stringify(data.values);
      const name = names.get(key) ?? `rows${names.size}`;
      names.set(key, name);
      datasets[name] = data.values;
      delete data.values;
      Object.assign(data, { name });
    }
    for (const [key, part] of Object.entries(node)) if (key !== "datasets" && key !== "data") visit(part);
  };
  visit(copy);
  return { ...copy, datasets };
}

/**
 * The choice of what all charts show in full: checkboxes for strategies and a list of cases. Works by keyboard, where
 * legends do not.
 *
 * @param charts - of the page
 * @returns a form, hidden until the page's script shows it; nothing if there is nothing to choose
 */
export function chartTools(charts: readonly PageChart[]): string {
  const rows = charts.flatMap(({ spec }) => rowsOf(spec));
  const names = (field: string): string[] => [
    ...new Set(rows.map((row) => row[field]).filter((value): value is string => typeof value === "string")),
  ];
  const [variants, cases] = [names("variant"), names("case")];
  if (variants.length < 2 && cases.length < 2) return "";
  const boxes = variants.map(
    (name) =>
      `<label><input type="checkbox" value="${escapeHtml(name)}" checked> ${escapeHtml(name)}</label>`,
  );
  const options = cases.map((name) => `<option value="${escapeHtml(name)}">${escapeHtml(name)}</option>`);
  return [
    `<form id="chart-tools" class="tools" hidden aria-label="What the charts show">`,
    ...(variants.length > 1
      ? ["<fieldset><legend>Show in all charts</legend>", ...boxes, "</fieldset>"]
      : []),
    ...(cases.length > 1
      ? [
          `<label>Case <select><option value="">all</option>`,
          ...options,
          "</select></label><output></output>",
        ]
      : []),
    `<button type="reset">Show everything</button>`,
    "</form>",
  ].join("\n");
}

function rowsOf(node: unknown): Json[] {
  if (typeof node !== "object" || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(rowsOf);
  return Object.entries(node).flatMap(([key, part]) =>
    key === "values" && Array.isArray(part)
      ? part.filter((row): row is Json => typeof row === "object" && row !== null)
      : rowsOf(part),
  );
}
