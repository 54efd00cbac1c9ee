/** @file Embedding target: plain Markdown, as GitHub, GitLab and most tools read it. */

import { escapeMarkdown } from "../../report/escape.ts";
import { assetName } from "../chart.ts";
import { imageText } from "../escape.ts";
import type { EmbedTarget } from "../target.ts";

/** Plain Markdown: a picture, since GitHub removes scripts and frames. */
export const markdown: EmbedTarget = {
  id: "markdown",
  name: "Markdown",
  defaultForm: "picture",
  forms: ["picture"],
  defaultSize: "page",
  rootMarkers: [],
  snippet({ chart, size }) {
    return {
      text: [
        `![${imageText(chart.alt)}](${assetName(chart.stem, "svg", size)})`,
        "",
        `*${escapeMarkdown(chart.caption)}*`,
      ].join("\n"),
      language: "markdown",
      assets: [{ format: "svg", folder: "" }],
      notes: [],
    };
  },
};
