/** @file Embedding target: Docusaurus, whose pages are MDX. */

import { escapeHtml } from "../../report/html/markup.ts";
import { assetName } from "../chart.ts";
import { escapeRichMarkdown, imageText } from "../escape.ts";
import { type EmbedTarget, fromPage } from "../target.ts";

/**
 * Docusaurus: a relative picture; or a frame whose address goes through `useBaseUrl`, since `baseUrl` is not added to
 * frames and a dead one is not noticed. `style` must be an object: a string fails the build.
 */
export const docusaurus: EmbedTarget = {
  id: "docusaurus",
  name: "Docusaurus",
  defaultForm: "picture",
  forms: ["picture", "interactive"],
  defaultSize: "page",
  rootMarkers: [
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docusaurus.config.mjs",
    "docusaurus.config.cjs",
    "docusaurus.config.mts",
    "docusaurus.config.cts",
  ],
  snippet({ chart, form, size, pageFolders }) {
    const caption = `*${escapeRichMarkdown(chart.caption)}*`;
    if (form === "picture") {
      return {
        text: [`![${imageText(chart.alt)}](./${assetName(chart.stem, "svg", size)})`, "", caption].join("\n"),
        language: "markdown",
        assets: [{ format: "svg", folder: "" }],
        notes: [],
      };
    }
    const page = assetName(chart.stem, "html", size);
    return {
      text: [
        'import useBaseUrl from "@docusaurus/useBaseUrl";',
        "",
        `<iframe src={useBaseUrl("/${page}")} title="${escapeHtml(chart.alt)}" width="100%" height="${chart.height}" style={{ border: 0 }} loading="lazy"></iframe>`,
        "",
        caption,
      ].join("\n"),
      language: "mdx",
      assets: [{ format: "html", folder: fromPage(pageFolders, "static") }],
      notes: [
        "The import stands once in a page, before its first use.",
        "The page of the chart must be in static at the root of the site.",
      ],
    };
  },
};
