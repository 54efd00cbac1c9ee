/** @file Embedding target: a page of plain HTML, on a server or opened from disk. */

import { escapeHtml } from "../../report/html/markup.ts";
import { assetName } from "../chart.ts";
import { figureHtml, frameHtml, imageHtml } from "../frame.ts";
import { type EmbedTarget, SHARED_SCRIPT } from "../target.ts";

/** Plain HTML: a frame, a picture, or an element that the shared script fills. */
export const html: EmbedTarget = {
  id: "html",
  name: "HTML",
  defaultForm: "interactive",
  forms: ["interactive", "picture", "script"],
  defaultSize: "page",
  rootMarkers: [],
  snippet({ chart, form, size }) {
    const svg = assetName(chart.stem, "svg", size);
    if (form === "interactive") {
      const page = assetName(chart.stem, "html", size);
      return {
        text: figureHtml(frameHtml(`src="${page}"`, chart), chart),
        language: "html",
        assets: [{ format: "html", folder: "" }],
        notes: [],
      };
    }
    if (form === "picture") {
      return {
        text: figureHtml(imageHtml(svg, chart), chart),
        language: "html",
        assets: [{ format: "svg", folder: "" }],
        notes: [],
      };
    }
    const data = assetName(chart.stem, "vl.json", size);
    const place = `<div data-jacobench-chart data-src="${data}" role="group" aria-label="${escapeHtml(chart.alt)}">${imageHtml(svg, chart)}</div>`;
    return {
      text: [figureHtml(place, chart), `<script src="${SHARED_SCRIPT}" defer></script>`].join("\n"),
      language: "html",
      assets: [
        { format: "svg", folder: "" },
        { format: "vl.json", folder: "" },
        { format: "js", folder: "" },
      ],
      notes: [
        "One script element serves all charts of a page.",
        "A page that is opened from disk may not read other files: it keeps the pictures; use --as interactive there.",
      ],
    };
  },
};
