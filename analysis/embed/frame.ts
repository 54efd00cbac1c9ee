/** @file The HTML that shows a chart: in a frame, as a picture, or by the shared script. Pure. */

import { escapeHtml } from "../report/html/markup.ts";
import type { EmbedChart } from "./chart.ts";

/**
 * A frame that shows the standalone page of a chart.
 *
 * @param src - attribute as it stands, with its quotes, e.g. `src="a.html"` or `:src="withBase('/a.html')"`
 * @param chart - for the title, which screen readers read, and the height
 */
export function frameHtml(src: string, chart: EmbedChart): string {
  return `<iframe ${src} title="${escapeHtml(chart.alt)}" width="100%" height="${chart.height}" style="border: 0" loading="lazy"></iframe>`;
}

/** A picture with its alternative text, never wider than its column. */
export function imageHtml(src: string, chart: EmbedChart): string {
  return `<img src="${escapeHtml(src)}" alt="${escapeHtml(chart.alt)}" style="max-width: 100%; height: auto">`;
}

/** A figure: one line of content, and the caption below it. */
export function figureHtml(content: string, chart: EmbedChart): string {
  return [
    "<figure>",
    `  ${content}`,
    `  <figcaption>${escapeHtml(chart.caption)}</figcaption>`,
    "</figure>",
  ].join("\n");
}
