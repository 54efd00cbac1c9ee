/** @file The plain script for pages of one's own that load `.vl.json` files: Vega and the loader in one file. (N) */

import { vegaBundle } from "../render/vega-bundle.ts";
import { loadCharts } from "./client/load-charts.ts";

/**
 * The one file that such a page includes: Vega, Vega-Lite and Vega-Embed, and the loader. Nothing else is fetched but
 * the `.vl.json` files that the page names.
 *
 * @returns JavaScript for `<script src="jacobench-charts.js" defer></script>`, about 0.84 MB
 */
export async function sharedScript(): Promise<string> {
  return `${await vegaBundle()}(${loadCharts})();\n`;
}
