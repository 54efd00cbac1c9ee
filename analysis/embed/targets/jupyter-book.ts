/** @file Embedding target: Jupyter Book 1 (Sphinx with MyST-Parser). */

import { assetName } from "../chart.ts";
import { escapeRichMarkdown, quoted } from "../escape.ts";
import { frameHtml } from "../frame.ts";
import { type EmbedTarget, fromPage } from "../target.ts";

/** Jupyter Book 1: a figure whose file Sphinx chooses by the builder, or a frame of raw HTML in `_static`. */
export const jupyterBook: EmbedTarget = {
  id: "jupyter-book",
  name: "Jupyter Book 1",
  defaultForm: "picture",
  forms: ["picture", "interactive"],
  defaultSize: "page",
  rootMarkers: ["_config.yml", "_toc.yml", "conf.py"],
  snippet({ chart, form, size, pageFolders }) {
    if (form === "interactive") {
      const folder = fromPage(pageFolders, "_static");
      const page = `${folder}/${assetName(chart.stem, "html", size)}`;
      return {
        text: [
          "```{raw} html",
          frameHtml(`src="${page}"`, chart),
          "```",
          "",
          `*${escapeRichMarkdown(chart.caption)}*`,
        ].join("\n"),
        language: "markdown",
        assets: [{ format: "html", folder }],
        notes: [
          "The page of the chart must be in _static at the root of the book, or it is not copied.",
          "A PDF of the book leaves raw HTML out: use --as picture for it.",
        ],
      };
    }
    const stem = assetName(chart.stem, "svg", size).replace(/svg$/, "*");
    return {
      text: [
        `\`\`\`{figure} ./${stem}`,
        `:name: fig-${chart.stem}`,
        `:alt: ${quoted(chart.alt)}`,
        "",
        escapeRichMarkdown(chart.caption),
        "```",
      ].join("\n"),
      language: "markdown",
      assets: [
        { format: "svg", folder: "" },
        { format: "pdf", folder: "" },
      ],
      notes: ["Sphinx takes the SVG for HTML and the PDF for LaTeX; keep both files beside the page."],
    };
  },
};
