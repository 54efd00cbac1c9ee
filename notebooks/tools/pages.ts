/** @file Writes the lessons' pages from the notebooks that were made; nothing is run. (N) */

import { join, relative } from "node:path";
import { JacobenchError } from "../../src/errors.ts";
import { createFolder, listFolder, removePath, writeFileAtomic } from "../../src/files.ts";
import { readMade } from "./committed.ts";
import { indexPage } from "./page/index-page.ts";
import { lessonPage } from "./page/lesson-page.ts";
import type { Places } from "./places.ts";

/**
 * Writes `NN-name.html` for every notebook, and `index.html`.
 *
 * @param places - `notebooks` to `pages`; pages of lessons that are no more are removed
 * @returns the paths, and the size of all together
 * @throws {JacobenchError} `ERR_CONFIG` if a formula or a chart cannot be drawn, `ERR_FILE`
 */
export async function writePages(places: Places): Promise<{ paths: string[]; bytes: number }> {
  createFolder(places.pages);
  const lessons = readMade(places);
  const where = {
    folder: places.notebooks,
    notebooks: relative(places.pages, places.notebooks).replaceAll("\\", "/"),
  };
  const texts = new Map<string, string>();
  for (const [index, { name }] of lessons.entries()) {
    try {
      texts.set(`${name}.html`, await lessonPage(lessons, index, where));
    } catch (error) {
      if (!(error instanceof JacobenchError)) throw error;
      throw new JacobenchError(error.code, `${name}: ${error.message}`, { cause: error });
    }
  }
  texts.set("index.html", indexPage(lessons, where));
  let bytes = 0;
  for (const [file, text] of texts) {
    writeFileAtomic(join(places.pages, file), text);
    bytes += Buffer.byteLength(text);
  }
  for (const file of listFolder(places.pages))
    if (/^\d\d-.*\.html$/.test(file) && !texts.has(file)) removePath(join(places.pages, file));
  return { paths: [...texts.keys()].map((file) => join(places.pages, file)), bytes };
}
