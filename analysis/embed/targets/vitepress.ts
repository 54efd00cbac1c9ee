/** @file Embedding target: VitePress, whose pages are Vue components. */

import { escapeHtml } from "../../report/html/markup.ts";
import { assetName } from "../chart.ts";
import { imageText } from "../escape.ts";
import { frameHtml } from "../frame.ts";
import { type EmbedTarget, fromPage } from "../target.ts";

/**
 * VitePress: a relative picture, which the build finds and prefixes with `base`; or a frame with a relative address,
 * since `base` is not added to frames. The caption is marked `v-pre`: braces in it are no code.
 */
export const vitepress: EmbedTarget = {
  id: "vitepress",
  name: "VitePress",
  defaultForm: "picture",
  forms: ["picture", "interactive"],
  defaultSize: "page",
  rootMarkers: [".vitepress"],
  snippet({ chart, form, size, pageFolders }) {
    const caption = `<p v-pre><em>${escapeHtml(chart.caption)}</em></p>`;
    if (form === "picture") {
      return {
        text: [`![${imageText(chart.alt)}](./${assetName(chart.stem, "svg", size)})`, "", caption].join("\n"),
        language: "markdown",
        assets: [{ format: "svg", folder: "" }],
        notes: [],
      };
    }
    return {
      text: [frameHtml(`src="./${assetName(chart.stem, "html", size)}"`, chart), "", caption].join("\n"),
      language: "markdown",
      assets: [{ format: "html", folder: fromPage(pageFolders, "public", ...pageFolders) }],
      notes: [
        "The page of the chart must be in public, in the same folders as the page that shows it; the address stays relative, " +
          "since VitePress does not add its base to frames.",
      ],
    };
  },
};
