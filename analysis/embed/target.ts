/** @file What every embedding target offers: snippets, the files that they need, and where these belong. */

import type { ChartSize } from "../charts/theme.ts";
import type { EmbedChart } from "./chart.ts";

/**
 * How a chart stands in a page.
 *
 * - `picture`: an image; works without scripts and on paper.
 * - `interactive`: the standalone page of the chart, in a frame or as a cell's output.
 * - `script`: drawn by one shared script from the chart's `.vl.json`.
 */
export type EmbedForm = "picture" | "interactive" | "script";

/** All forms. */
export const FORMS: readonly EmbedForm[] = ["picture", "interactive", "script"];

/** A kind of file that a snippet needs; `js` is the shared script, the same for all charts. */
export type AssetFormat = "svg" | "png" | "pdf" | "html" | "vl.json" | "js";

/** What the snippet is made for. */
export type SnippetRequest = {
  readonly chart: EmbedChart;
  readonly form: EmbedForm;
  readonly size: ChartSize;
  /** Folders from the root of the site to the folder of the page, none for a page at the root. */
  readonly pageFolders: readonly string[];
};

/** A snippet with what belongs to it. */
export type Snippet = {
  /** The exact text to paste, without a line end at its end. */
  readonly text: string;
  /** For highlighting, where the snippet is shown. */
  readonly language: string;
  /** Files to copy. */
  readonly assets: readonly {
    readonly format: AssetFormat;
    /** Path of its folder from the folder of the page, with /; empty for beside the page. */
    readonly folder: string;
  }[];
  /** What has to be set or said once, and what would fail in silence: whole sentences. */
  readonly notes: readonly string[];
};

/** A kind of page. */
export type EmbedTarget = {
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly defaultForm: EmbedForm;
  readonly forms: readonly EmbedForm[];
  readonly defaultSize: ChartSize;
  /** Files or folders that stand at the root of such a site; empty where the place of the root does not matter. */
  readonly rootMarkers: readonly string[];
  /** Writes the snippet; `form` is one of `forms`. */
  snippet(request: SnippetRequest): Snippet;
};

/** The name of the shared script. */
export const SHARED_SCRIPT = "jacobench-charts.js";

/** Path from the folder of the page up to the root of its site and down again: `../../public/a`. */
export function fromPage(pageFolders: readonly string[], ...down: readonly string[]): string {
  return [...pageFolders.map(() => ".."), ...down].join("/");
}
