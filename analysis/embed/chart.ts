/** @file A chart as an embedding page sees it: names of its files, and its words. Pure. */

import type { TopLevelSpec } from "vega-lite";
import type { Chart } from "../charts/index.ts";
import type { ChartSize } from "../charts/theme.ts";
import type { AnyResults } from "../config.ts";
import { chartWords, sentences } from "../report/chart-words.ts";
import { plainText } from "../text.ts";

/** All sizes of pictures: a page, a slide of 16:9, a column of a paper. */
export const SIZES: readonly ChartSize[] = ["page", "slide", "column"];

/** Everything that a snippet needs to know of a chart. All texts are plain, in no markup. */
export type EmbedChart = {
  /** a-z, 0-9 and -: begins the names of files and of labels, e.g. `scaling-ratio`. */
  readonly stem: string;
  /** The finding, as it stands over the chart. */
  readonly finding: string;
  /** The conditions under which it was found, and how to read the chart. */
  readonly conditions: string;
  /** What kind of chart it is, for people who do not see it; where the caption is printed, that says the rest. */
  readonly alt: string;
  /** The same with what it finds, where no caption is printed. */
  readonly altAlone: string;
  /** Finding and conditions. */
  readonly caption: string;
  /** px that the interactive chart needs from top to bottom. */
  readonly height: number;
};

/** px for axes, legend and padding around a view. */
const AROUND_VIEW = 130;
const UNKNOWN_HEIGHT = 480;

/**
 * Collects the words and names of a chart.
 *
 * @param results - of one experiment
 * @param chart - of the catalogue
 * @param spec - what it draws of these results
 */
export function embedChart(results: AnyResults, chart: Chart, spec: TopLevelSpec): EmbedChart {
  const { finding, conditions } = chartWords(spec, chart.title);
  return {
    stem: `${fileName(results.experiment, "experiment")}-${fileName(chart.id, "chart")}`,
    finding,
    conditions,
    alt: `Chart: ${plainText(chart.title)}`,
    altAlone: sentences([`Chart: ${plainText(chart.title)}`, finding]),
    caption: sentences([finding, conditions]),
    height: Math.round(viewHeight(spec) + AROUND_VIEW),
  };
}

/** The name of a file of a chart: `scaling-ratio.svg`, `scaling-ratio-slide.png`. Pages and data have no sizes. */
export function assetName(
  stem: string,
  format: "svg" | "png" | "pdf" | "html" | "vl.json",
  size: ChartSize,
): string {
  const sized = size === "page" || format === "html" || format === "vl.json" ? "" : `-${size}`;
  return `${stem}${sized}.${format}`;
}

function fileName(text: string, otherwise: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name === "" ? otherwise : name;
}

/** px of the views of a spec, one below another, without axes. */
function viewHeight(spec: unknown): number {
  if (typeof spec !== "object" || spec === null) return UNKNOWN_HEIGHT;
  const { height, vconcat, hconcat, concat, columns } = spec as Record<string, unknown>;
  if (typeof height === "number") return height;
  if (Array.isArray(vconcat)) return stacked(vconcat.map(viewHeight));
  if (Array.isArray(hconcat)) return Math.max(...hconcat.map(viewHeight));
  if (Array.isArray(concat)) {
    const across = typeof columns === "number" ? columns : concat.length;
    const rows = Array.from({ length: Math.ceil(concat.length / across) }, (_, row) =>
      Math.max(...concat.slice(row * across, (row + 1) * across).map(viewHeight)),
    );
    return stacked(rows);
  }
  return UNKNOWN_HEIGHT;
}

function stacked(heights: readonly number[]): number {
  return heights.reduce((sum, height) => sum + height, 0) + AROUND_VIEW * (heights.length - 1);
}
