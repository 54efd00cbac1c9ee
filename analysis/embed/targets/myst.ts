/** @file Embedding target: MyST Markdown built by mystmd (Jupyter Book 2). */

import { plainText } from "../../text.ts";
import { assetName } from "../chart.ts";
import { escapeRichMarkdown } from "../escape.ts";
import type { EmbedTarget } from "../target.ts";

/**
 * MyST: a figure, and a link to the interactive page, which mystmd copies. It does not copy the file of an `iframe`
 * directive (mystmd#1673) and drops raw HTML.
 */
export const myst: EmbedTarget = {
  id: "myst",
  name: "MyST (mystmd)",
  defaultForm: "picture",
  forms: ["picture", "interactive"],
  defaultSize: "page",
  rootMarkers: [],
  snippet({ chart, form, size }) {
    const link =
      form === "interactive"
        ? ["", `[Open the interactive chart](./${assetName(chart.stem, "html", size)})`]
        : [];
    return {
      text: [
        `:::{figure} ./${assetName(chart.stem, "svg", size)}`,
        `:name: fig-${chart.stem}`,
        // mystmd reads the rest of the line; quotes would become part of the text.
        `:alt: ${plainText(chart.alt)}`,
        escapeRichMarkdown(chart.caption),
        ":::",
        ...link,
      ].join("\n"),
      language: "markdown",
      assets: [
        { format: "svg", folder: "" },
        ...(form === "interactive" ? [{ format: "html", folder: "" } as const] : []),
      ],
      notes: [
        "mystmd can fail with exit code 0; look at the page that it made.",
        ...(form === "interactive"
          ? ["The chart is linked, not framed: mystmd does not copy the file of an iframe directive."]
          : []),
      ],
    };
  },
};
