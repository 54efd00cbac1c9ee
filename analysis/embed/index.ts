/** @file The table of embedding targets, and the one function that writes a snippet. Pure. */

import { JacobenchError } from "../../src/errors.ts";
import { byId } from "../../src/names.ts";
import type { ChartSize } from "../charts/theme.ts";
import type { EmbedChart } from "./chart.ts";
import type { EmbedForm, EmbedTarget, Snippet } from "./target.ts";
import { docusaurus } from "./targets/docusaurus.ts";
import { html } from "./targets/html.ts";
import { jupyter } from "./targets/jupyter.ts";
import { jupyterBook } from "./targets/jupyter-book.ts";
import { latex } from "./targets/latex.ts";
import { markdown } from "./targets/markdown.ts";
import { marp } from "./targets/marp.ts";
import { myst } from "./targets/myst.ts";
import { quarto } from "./targets/quarto.ts";
import { reveal } from "./targets/reveal.ts";
import { vitepress } from "./targets/vitepress.ts";

/** Every kind of page, in the order of help and of embed.md. A new one is its file and one line here. */
export const EMBED_TARGETS: readonly EmbedTarget[] = [
  markdown,
  html,
  myst,
  jupyterBook,
  jupyter,
  quarto,
  vitepress,
  docusaurus,
  marp,
  reveal,
  latex,
];

/** What a snippet may be asked for; what is left out is the target's default. */
export type EmbedOptions = {
  readonly form?: EmbedForm | undefined;
  readonly size?: ChartSize | undefined;
  readonly pageFolders?: readonly string[] | undefined;
};

/**
 * Finds a target by its id.
 *
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` with the nearest name
 */
export function embedTargetById(id: string): EmbedTarget {
  return byId("target", EMBED_TARGETS, id);
}

/**
 * Writes the snippet that shows a chart in a page.
 *
 * @param target - kind of page
 * @param chart - its names and words
 * @param options - form, size, and where in its site the page stands
 * @returns exact text, files to copy, and what to know
 * @throws {JacobenchError} `ERR_UNSUPPORTED` if the target does not have the form
 */
export function embedSnippet(target: EmbedTarget, chart: EmbedChart, options: EmbedOptions = {}): Snippet {
  const { form = target.defaultForm, size = target.defaultSize, pageFolders = [] } = options;
  if (!target.forms.includes(form)) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      `${target.name}: a chart cannot be embedded as "${form}" there; it offers ${target.forms.join(", ")}`,
    );
  }
  return target.snippet({ chart, form, size, pageFolders });
}
