/** @file Embedding target: a Jupyter notebook with Python; a code cell, or a Markdown cell for the picture. */

import { escapeMarkdown } from "../../report/escape.ts";
import { assetName } from "../chart.ts";
import { imageText, quoted } from "../escape.ts";
import type { EmbedTarget } from "../target.ts";

/**
 * A notebook: one output in three forms, of which each viewer takes the best that it knows. JupyterLab 4 and VS Code
 * register Vega-Lite up to version 5 and draw it even in notebooks that are not trusted; nbconvert, Jupyter Book and
 * GitHub show the PNG. SVG and HTML would be replaced by text in a fresh clone. nbconvert gives pictures of outputs no
 * alternative text, so the finding follows as text.
 */
export const jupyter: EmbedTarget = {
  id: "jupyter",
  name: "Jupyter notebook",
  defaultForm: "interactive",
  forms: ["interactive", "picture"],
  defaultSize: "page",
  rootMarkers: [],
  snippet({ chart, form, size }) {
    const png = assetName(chart.stem, "png", size);
    if (form === "picture") {
      return {
        text: [`![${imageText(chart.alt)}](${png})`, "", `*${escapeMarkdown(chart.caption)}*`].join("\n"),
        language: "markdown",
        assets: [{ format: "png", folder: "" }],
        notes: ["This is for a Markdown cell."],
      };
    }
    return {
      text: [
        "import base64, json",
        "from pathlib import Path",
        "from IPython.display import Markdown, display",
        "",
        `alt = ${quoted(chart.alt)}`,
        "display(",
        "    {",
        `        "application/vnd.vegalite.v5+json": json.loads(Path("${assetName(chart.stem, "vl.json", size)}").read_text(encoding="utf-8")),`,
        `        "image/png": base64.b64encode(Path("${png}").read_bytes()).decode("ascii"),`,
        '        "text/plain": alt,',
        "    },",
        "    raw=True,",
        '    metadata={"image/png": {"alt": alt}},',
        ")",
        `display(Markdown(${quoted(`*${escapeMarkdown(chart.caption)}*`)}))`,
      ].join("\n"),
      language: "python",
      assets: [
        { format: "vl.json", folder: "" },
        { format: "png", folder: "" },
      ],
      notes: [
        "This is for a code cell; save the notebook with its output.",
        'Jupyter Book 1 warns of the output that it does not know; silence it by suppress_warnings: ["mystnb.unknown_mime_type"].',
      ],
    };
  },
};
