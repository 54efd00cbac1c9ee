/** @file The work of `report` on a single results file: its report goes to a folder of its own. */

import { basename, dirname } from "node:path";
import { renderReport } from "../../analysis/report/render-report.ts";
import { JacobenchError } from "../errors.ts";
import { writeFiles } from "../experiment/output-folder.ts";
import { readResultsFile } from "../experiment/read-results.ts";
import { createFolder, inside, pathExists, readTextFile } from "../files.ts";

/**
 * Renders the report of a results file, e.g. of one that the explorer's page has saved. A copy of the file goes with it,
 * so that the report is whole and can be rendered again.
 *
 * @param file - a results.json under whatever name
 * @param out - folder of the report; that of the file's name, beside the file, if left out
 * @returns the path of its index.md
 * @throws {JacobenchError} `ERR_CONFIG` for a file that holds no results, `ERR_MISMATCH` for a folder with other results,
 *   `ERR_FILE`
 */
export async function reportFile(file: string, out: string | undefined): Promise<string> {
  const results = readResultsFile(file);
  const text = readTextFile(file, "ERR_CONFIG");
  const folder = out ?? folderOf(file);
  const copy = inside(folder, "results.json");
  if (pathExists(copy) && readTextFile(copy) !== text) {
    throw new JacobenchError(
      "ERR_MISMATCH",
      `${folder}: holds the report of other results; expected a new folder, or that of ${file}: name one with --out`,
    );
  }
  const files = await renderReport(results);
  createFolder(folder);
  writeFiles(folder, new Map([["results.json", text], ...files]));
  return inside(folder, "index.md");
}

function folderOf(file: string): string {
  const name = basename(file);
  if (name === "results.json") return dirname(file);
  const stem = name.replace(/\.json$/i, "");
  return inside(dirname(file), stem === name ? `${name}-report` : stem);
}
