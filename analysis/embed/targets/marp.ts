/** @file Embedding target: a slide of Marp. */

import { escapeMarkdown } from "../../report/escape.ts";
import { assetName, type EmbedChart } from "../chart.ts";
import { imageText } from "../escape.ts";
import { frameHtml } from "../frame.ts";
import type { EmbedTarget } from "../target.ts";

/** px of a slide's content between its paddings, in Marp's default theme of 1280 × 720. */
const CONTENT = { width: 1120, height: 560 } as const;

/** Words that Marp takes out of an alternative text as commands to the picture. */
const KEYWORDS =
  /^(?:bg|left|right|vertical|contain|cover|fit|auto|blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia|[\d.]+%|(?:w|h|width|height|left|right|blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia):.*)$/i;

/** Marp: a slide with the chart in 16:9; or a frame, which Marp shows only when it is told to. */
export const marp: EmbedTarget = {
  id: "marp",
  name: "Marp",
  defaultForm: "picture",
  forms: ["picture", "interactive"],
  defaultSize: "slide",
  rootMarkers: [],
  snippet({ chart, form, size }) {
    const pdf =
      "For PDF run marp with --allow-local-files: without it the chart is missing, with exit code 0.";
    if (form === "picture") {
      return {
        text: [
          "---",
          "",
          `![h:${CONTENT.height} ${altText(chart)}](${assetName(chart.stem, "svg", size)})`,
        ].join("\n"),
        language: "markdown",
        assets: [{ format: "svg", folder: "" }],
        notes: [pdf],
      };
    }
    const inSlide = { ...chart, height: CONTENT.height - 60 };
    return {
      text: [
        "---",
        "",
        `## ${escapeMarkdown(chart.finding)}`,
        "",
        frameHtml(`src="${assetName(chart.stem, "html", size)}"`, inSlide),
      ].join("\n"),
      language: "markdown",
      assets: [{ format: "html", folder: "" }],
      notes: ["Run marp with --html: without it the frame is printed as text.", pdf],
    };
  },
};

/** The alternative text without words that are commands: an invisible joiner makes them plain words. */
function altText(chart: EmbedChart): string {
  return imageText(
    chart.alt
      .split(" ")
      .map((word) => (KEYWORDS.test(word) ? `\u2060${word}` : word))
      .join(" "),
  );
}
