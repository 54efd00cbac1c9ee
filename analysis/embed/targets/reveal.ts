/** @file Embedding target: a slide of reveal.js. */

import { escapeHtml } from "../../report/html/markup.ts";
import { assetName } from "../chart.ts";
import { frameHtml } from "../frame.ts";
import type { EmbedTarget } from "../target.ts";

/** reveal.js: a section with the chart, and the conditions as the speaker's notes. */
export const reveal: EmbedTarget = {
  id: "reveal",
  name: "reveal.js",
  defaultForm: "picture",
  forms: ["picture", "interactive"],
  defaultSize: "slide",
  rootMarkers: [],
  snippet({ chart, form, size }) {
    const notes = `  <aside class="notes">${escapeHtml(chart.caption)}</aside>`;
    if (form === "picture") {
      const svg = assetName(chart.stem, "svg", size);
      return {
        text: [
          "<section>",
          // A picture of a slide's size has its title inside.
          ...(size === "slide" ? [] : [`  <h3>${escapeHtml(chart.finding)}</h3>`]),
          `  <img class="r-stretch" src="${svg}" alt="${escapeHtml(size === "slide" ? chart.altAlone : chart.alt)}">`,
          notes,
          "</section>",
        ].join("\n"),
        language: "html",
        assets: [{ format: "svg", folder: "" }],
        notes: [],
      };
    }
    return {
      text: [
        "<section>",
        `  <h3>${escapeHtml(chart.finding)}</h3>`,
        `  ${frameHtml(`class="r-stretch" src="${assetName(chart.stem, "html", size)}"`, chart)}`,
        notes,
        "</section>",
      ].join("\n"),
      language: "html",
      assets: [{ format: "html", folder: "" }],
      notes: ["Slides that are printed show a frame only if it was visited; use --as picture for handouts."],
    };
  },
};
