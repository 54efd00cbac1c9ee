/** @file Writes the page: one file with style, script, worker and Vega in it, under a policy that lets nothing else run. (N) */

import { createHash } from "node:crypto";
import { vegaBundle } from "../../../analysis/render/vega-bundle.ts";
import { inlineJson } from "../../../analysis/report/html/markup.ts";
import { measuringSoftware } from "../../measure/node-environment.ts";
import { VEGA_SOURCE_ID } from "../charts/draw.ts";
import { PAGE_DATA_ID, type PageData, WORKER_SOURCE_ID } from "../measure-ui.ts";
import { bundle } from "./bundle.ts";
import { STYLE } from "./style.ts";

const TITLE = "The Jacobian explorer: move a width, see the law move";
const DESCRIPTION =
  "What does the full Jacobian of a network cost by n JVPs and by m VJPs? Drag the widths, guess, watch, measure.";

/**
 * Makes the page.
 *
 * Scripts run by hash alone. `unsafe-eval` stands there for ndarray, which compiles the constructor of each kind of array,
 * and for Benchmark.js, which compiles the function that it times, in a worker that inherits this policy; neither is ever
 * handed a text of the reader's. Vega's expressions are interpreted.
 *
 * @returns an HTML document that stands alone
 */
export async function explorerPage(): Promise<string> {
  const [page, worker, vega] = await Promise.all([
    bundle("main.ts"),
    bundle("measure/worker.ts"),
    vegaBundle(),
  ]);
  const script = `\n${page.script}\n`;
  const data: PageData = { software: measuringSoftware() };
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)} ${hashOf(vega)} 'unsafe-eval'`,
    `style-src ${hashOf(STYLE)}`,
    "worker-src blob:",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${TITLE}</title>`,
    `<meta name="description" content="${DESCRIPTION}">`,
    '<link rel="icon" href="data:,">',
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    '<header class="top">',
    '<p class="kicker">jacobench · the explorer</p>',
    "<h1>Move a width, see the law move</h1>",
    "<p>A network turns n numbers into m. Its whole <b>Jacobian</b> costs n products forward, or m products in reverse.",
    "Drag a column and see which.</p>",
    "</header>",
    '<main id="explorer"></main>',
    "<noscript><p>This page draws, counts and measures in your browser, and needs JavaScript for it.</p></noscript>",
    "<footer><p>n: inputs. m: outputs. Σ: the sum of d<sub>i</sub>·d<sub>i−1</sub>, the multiply-adds (FMA) of one product with a",
    "vector. JVP: Jacobian-vector product, a column. VJP: vector-Jacobian product, a row. One file; nothing is loaded, nothing is sent.</p></footer>",
    '<p id="announcer" class="unseen" role="status" aria-live="polite"></p>',
    `<script type="application/json" id="${PAGE_DATA_ID}">${inlineJson(data)}</script>`,
    `<script>${script}</script>`,
    `<script type="text/plain" id="${WORKER_SOURCE_ID}">${worker.script}</script>`,
    `<script type="text/plain" id="${VEGA_SOURCE_ID}">${vega}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}
