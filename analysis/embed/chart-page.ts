/** @file One chart as one page: self-contained, interactive, complete without scripts and on paper. (N) */

import type { TopLevelSpec } from "vega-lite";
import { vegaBundle } from "../render/vega-bundle.ts";
import { chartHtml, chartTools } from "../report/html/chart-html.ts";
import { documentHtml } from "../report/html/document.ts";
import { pageScript } from "../report/html/page-script.ts";
import type { EmbedChart } from "./chart.ts";
import { fitFrame } from "./client/fit-frame.ts";

/** What the page is made of. */
export type ChartPageParts = {
  readonly chart: EmbedChart;
  /** The chart in a page's size, light. */
  readonly spec: TopLevelSpec;
  /** The same for dark pages. */
  readonly darkSpec: TopLevelSpec;
  /** A picture of the light one without its title; its ids begin with `static-`. */
  readonly svg: string;
};

/**
 * Writes the page.
 *
 * Opened by itself it shows the finding, the chart, its conditions and, folded away, its numbers; in a frame only the
 * chart and the numbers. It follows the reader's preference for dark pages, fits the width of the window, and prints
 * the light picture. Without scripts the picture stays. It asks for nothing from the network; its policy forbids it.
 *
 * @param parts - see {@link ChartPageParts}
 * @returns an HTML document of about 1 MB, the same bytes for the same parts
 */
export async function chartPage({ chart, spec, darkSpec, svg }: ChartPageParts): Promise<string> {
  const figure = {
    id: chart.stem,
    name: chart.alt,
    title: chart.finding,
    caption: chart.conditions,
    spec,
    darkSpec,
    svg,
    files: [],
  };
  return documentHtml({
    title: chart.finding,
    description: chart.caption,
    body: [
      "<main>",
      chartHtml(figure),
      chartTools([figure]).replace("Show in all charts", "Show"),
      "</main>",
    ].join("\n"),
    scripts: [`(${fitFrame})();\n`, await vegaBundle(), pageScript(true)],
  });
}
