/** @file Embedding target: Quarto, which makes HTML and PDF of the same page. */

import { escapeHtml } from "../../report/html/markup.ts";
import { assetName } from "../chart.ts";
import { escapeRichMarkdown } from "../escape.ts";
import { frameHtml } from "../frame.ts";
import type { EmbedTarget } from "../target.ts";

/** Quarto: SVG for HTML and PDF for LaTeX, which has no SVG; or a frame that only HTML shows. */
export const quarto: EmbedTarget = {
  id: "quarto",
  name: "Quarto",
  defaultForm: "picture",
  forms: ["picture", "interactive"],
  defaultSize: "page",
  rootMarkers: [],
  snippet({ chart, form, size }) {
    const picture = (format: "svg" | "pdf"): string =>
      `![${escapeRichMarkdown(chart.caption)}](${assetName(chart.stem, format, size)}){fig-alt="${escapeHtml(chart.alt)}"}`;
    const onPaper = ['::: {.content-visible when-format="pdf"}', picture("pdf"), ":::"];
    if (form === "picture") {
      return {
        text: ['::: {.content-visible unless-format="pdf"}', picture("svg"), ":::", "", ...onPaper].join(
          "\n",
        ),
        language: "markdown",
        assets: [
          { format: "svg", folder: "" },
          { format: "pdf", folder: "" },
        ],
        notes: [],
      };
    }
    const page = assetName(chart.stem, "html", size);
    return {
      text: [
        '::: {.content-visible when-format="html"}',
        "```{=html}",
        frameHtml(`src="${page}"`, chart),
        "```",
        "",
        escapeRichMarkdown(chart.caption),
        ":::",
        "",
        ...onPaper,
      ].join("\n"),
      language: "markdown",
      assets: [
        { format: "html", folder: "" },
        { format: "pdf", folder: "" },
      ],
      notes: [`Quarto copies the page of the chart only if the front matter says so: resources: [${page}]`],
    };
  },
};
