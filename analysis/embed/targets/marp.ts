/** @file Embedding target: a slide of Marp. */

import { escapeMarkdown } from "../../report/escape.ts";
import { assetName } from "../chart.ts";
import { imageText } from "../escape.ts";
import { frameHtml } from "../frame.ts";
import type { EmbedTarget } from "../target.ts";

/** px of what is highest on a slide of Marp's default theme, 1280 × 720: a picture or a frame below a title. */
const HEIGHTS = { picture: 530, frame: 550 } as const;

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
      // A picture of a slide's size has its own margins; within the slide's its letters would be too small.
      const isWhole = size === "slide";
      return {
        text: [
          "---",
          "",
          ...(isWhole
            ? ["<style scoped>section { padding: 0; }</style>", ""]
            : [`### ${escapeMarkdown(chart.finding)}`, ""]),
          `![${isWhole ? "w:100%" : `h:${HEIGHTS.picture}`} ${altText(isWhole ? chart.altAlone : chart.alt)}](${assetName(chart.stem, "svg", size)})`,
        ].join("\n"),
        language: "markdown",
        assets: [{ format: "svg", folder: "" }],
        notes: [pdf],
      };
    }
    return {
      text: [
        "---",
        "",
        "<style scoped>section { padding: 24px 60px; }</style>",
        "",
        `### ${escapeMarkdown(chart.finding)}`,
        "",
        frameHtml(`src="${assetName(chart.stem, "html", size)}"`, { ...chart, height: HEIGHTS.frame }),
      ].join("\n"),
      language: "markdown",
      assets: [{ format: "html", folder: "" }],
      notes: ["Run marp with --html: without it the frame is printed as text.", pdf],
    };
  },
};

/** The alternative text without words that are commands: an invisible joiner makes them plain words. */
function altText(text: string): string {
  return imageText(
    text
      .split(" ")
      .map((word) => (KEYWORDS.test(word) ? `\u2060${word}` : word))
      .join(" "),
  );
}
