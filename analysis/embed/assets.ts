/** @file The files that snippets name: a chart in every format. (N) */

import type { TopLevelSpec } from "vega-lite";
import type { Chart } from "../charts/index.ts";
import type { ChartSize } from "../charts/theme.ts";
import type { AnyResults } from "../config.ts";
import { renderSpec } from "../render/render-spec.ts";
import { captioned as named, untitled } from "../report/chart-words.ts";
import { embedChart } from "./chart.ts";
import { chartPage } from "./chart-page.ts";
import { sharedScript } from "./shared-script.ts";
import type { AssetFormat } from "./target.ts";

/**
 * Makes one file of a chart.
 *
 * @param results - of one experiment
 * @param chart - of the catalogue, one that these results can fill
 * @param format - of the file; pages and data do not depend on the size, and the shared script on nothing
 * @param size - of pictures
 * @param options - `captioned`: true where finding and conditions will stand beside the chart as text; a chart of a page's
 *   size then has no title inside, as one of a column's size never has
 * @returns text, or bytes for PNG and PDF; the same for the same results
 * @throws {JacobenchError} `ERR_CONFIG` if the chart cannot be drawn
 */
export async function assetContent(
  results: AnyResults,
  chart: Chart,
  format: AssetFormat,
  size: ChartSize,
  { captioned = false }: { readonly captioned?: boolean } = {},
): Promise<string | Uint8Array> {
  const shown = (spec: TopLevelSpec): TopLevelSpec => (captioned && size === "page" ? untitled(spec) : spec);
  switch (format) {
    case "js":
      return sharedScript();
    case "html":
      return pageOf(results, chart);
    case "vl.json":
      return `${JSON.stringify(shown(chart.draw(results)), null, 1)}\n`;
    case "svg":
    case "png":
    case "pdf":
      return renderSpec(shown(chart.draw(results, { size })), format, { id: chart.id });
  }
}

async function pageOf(results: AnyResults, chart: Chart): Promise<string> {
  const spec = chart.draw(results);
  const words = embedChart(results, chart, spec);
  return chartPage({
    chart: words,
    spec,
    darkSpec: chart.draw(results, { theme: "dark" }),
    svg: await renderSpec(named(spec, words.alt), "svg", { id: `static-${words.stem}` }),
  });
}
