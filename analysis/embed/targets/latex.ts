/** @file Embedding target: LaTeX, compiled by pdfLaTeX, XeLaTeX or LuaLaTeX. */

import { assetName } from "../chart.ts";
import { escapeTex } from "../escape.ts";
import type { EmbedTarget } from "../target.ts";

/** LaTeX: the chart as a vector PDF in the width of the text or column; it has no SVG. */
export const latex: EmbedTarget = {
  id: "latex",
  name: "LaTeX",
  defaultForm: "picture",
  forms: ["picture"],
  defaultSize: "column",
  rootMarkers: [],
  snippet({ chart, size }) {
    const width = size === "column" ? "width=\\columnwidth" : "width=\\linewidth";
    return {
      text: [
        "\\begin{figure}[htbp]",
        "  \\centering",
        `  \\includegraphics[${width},alt={${escapeTex(chart.alt)}}]{${assetName(chart.stem, "pdf", size)}}`,
        `  \\caption{${escapeTex(chart.caption)}}`,
        `  \\label{fig:${chart.stem}}`,
        "\\end{figure}",
      ].join("\n"),
      language: "latex",
      assets: [{ format: "pdf", folder: "" }],
      notes: ["Needs \\usepackage{graphicx}, of 2021 or newer for alt={…}."],
    };
  },
};
