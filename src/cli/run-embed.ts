/** @file The work of `embed`: finds the report and the site, copies the files, prints the snippet. */

import { relative, resolve, sep } from "node:path";
import type { ChartSize } from "../../analysis/charts/theme.ts";
import { assetContent } from "../../analysis/embed/assets.ts";
import { assetName, embedChart, SIZES } from "../../analysis/embed/chart.ts";
import { embedSnippet, embedTargetById } from "../../analysis/embed/index.ts";
import { type AssetFormat, type EmbedForm, FORMS, SHARED_SCRIPT } from "../../analysis/embed/target.ts";
import { createFolder, inside, pathExists, writeFileAtomic } from "../files.ts";
import { byId } from "../names.ts";
import type { EmbedCommandOptions } from "./embed.ts";
import { findChart } from "./find-chart.ts";

/**
 * Prints the snippet of a chart to stdout, after the files that it needs have been written.
 *
 * @param chartPath - `EXPERIMENT/CHART`, or a chart that one report alone has
 * @param options - of the command line
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` for charts, pages, forms and sizes that do not exist; `ERR_UNSUPPORTED`
 *   for a form that a page has not; `ERR_CONFIG` for a folder without results; `ERR_FILE`
 */
export async function embedCommand(chartPath: string, options: EmbedCommandOptions): Promise<void> {
  const target = embedTargetById(options.for);
  const form = options.as === undefined ? undefined : chosen<EmbedForm>("--as", FORMS, options.as);
  const size = options.size === undefined ? undefined : chosen<ChartSize>("--size", SIZES, options.size);
  const { results, chart } = findChart(chartPath, options.from);
  const subject = embedChart(results, chart, chart.draw(results));
  const root = siteRoot(options.into, target.rootMarkers);
  const pageFolders = root === null ? [] : foldersBetween(root, options.into);
  const snippet = embedSnippet(target, subject, { form, size, pageFolders });
  const written = size ?? target.defaultSize;
  for (const { format, folder } of snippet.assets) {
    const content = await assetContent(results, chart, format, written, { captioned: true });
    const where = inside(options.into, ...folder.split("/"));
    createFolder(where);
    const file = inside(where, fileName(subject.stem, format, written));
    writeFileAtomic(file, content);
    process.stderr.write(`wrote ${file}\n`);
  }
  if (root === null && snippet.assets.some(({ folder }) => folder !== "")) {
    const marks = target.rootMarkers.join(", ");
    process.stderr.write(
      `note: found no site of ${target.name} (${marks}) above ${options.into}; took it as root\n`,
    );
  }
  for (const note of snippet.notes) process.stderr.write(`note: ${note}\n`);
  process.stdout.write(`${snippet.text}\n`);
}

/** Takes a word out of a list of allowed ones. @throws {JacobenchError} `ERR_UNKNOWN_NAME` with the nearest one */
export function chosen<Word extends string>(option: string, words: readonly Word[], given: string): Word {
  return byId(
    option,
    words.map((id) => ({ id })),
    given,
  ).id;
}

/** The name under which a file of a chart is written. */
export function fileName(stem: string, format: AssetFormat, size: ChartSize): string {
  return format === "js" ? SHARED_SCRIPT : assetName(stem, format, size);
}

/** The nearest folder at or above one that holds a marker of a site's root; null if there is none. */
function siteRoot(folder: string, markers: readonly string[]): string | null {
  for (let here = resolve(folder); ; ) {
    if (markers.some((marker) => pathExists(inside(here, marker)))) return here;
    const above = resolve(here, "..");
    if (above === here) return null;
    here = above;
  }
}

function foldersBetween(root: string, folder: string): string[] {
  return relative(root, resolve(folder))
    .split(sep)
    .filter((name) => name !== "");
}
