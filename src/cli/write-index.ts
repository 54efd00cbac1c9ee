/** @file The list of experiments that stands in the folder of their reports. */

import { basename } from "node:path";
import { renderIndex } from "../../analysis/report/html/index-page.ts";
import { JacobenchError } from "../errors.ts";
import { writeFiles } from "../experiment/output-folder.ts";
import { experimentFolders, readExperiment } from "../experiment/read-results.ts";
import { inside, listFolder, pathExists } from "../files.ts";
import { shippedConfigFiles } from "./run-sweep.ts";

/**
 * Writes index.html and index.md over all finished reports of a folder, also those of earlier runs. What cannot be read
 * (results of another version, a shard alone) is left out: the list must not fail a sweep that has measured for minutes.
 *
 * @param out - the folder that holds the folders of experiments
 * @returns the files that were written; none where `out` is itself the folder of one experiment
 * @throws {JacobenchError} `ERR_FILE`
 */
export function writeIndex(out: string): string[] {
  if (pathExists(inside(out, "results.json"))) return [];
  const list = experimentFolders(out).flatMap((folder) => {
    try {
      const { results, shard } = readExperiment(folder);
      return shard === null && pathExists(inside(folder, "index.html")) ? [results] : [];
    } catch (error) {
      if (error instanceof JacobenchError) return [];
      throw error;
    }
  });
  for (const name of reportsWithoutResults(out)) {
    process.stderr.write(
      `${name}: holds a report but no results.json; left out of ${inside(out, "index.md")}\n`,
    );
  }
  // The main question first, as in a sweep; experiments of one's own after the shipped ones, by name.
  const order = shippedConfigFiles().map((file) => basename(file, ".json"));
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  list.sort((a, b) => rank(a.experiment) - rank(b.experiment));
  const files = renderIndex(list);
  writeFiles(out, files);
  return [...files.keys()].map((name) => inside(out, name));
}

/** Folders whose report was kept without the results that it was made from. */
function reportsWithoutResults(out: string): string[] {
  return listFolder(out).filter(
    (name) => pathExists(inside(out, name, "index.md")) && !pathExists(inside(out, name, "results.json")),
  );
}
