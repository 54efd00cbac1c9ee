/** @file The work of `merge` and `report`: reading stored results, and rendering them. */

import { groupBy } from "../../analysis/grouping.ts";
import { renderReport } from "../../analysis/report/render-report.ts";
import { summarise } from "../../analysis/summary.ts";
import { JacobenchError } from "../errors.ts";
import { takeLock } from "../experiment/lock.ts";
import { mergeShards } from "../experiment/merge.ts";
import {
  type OutputFolder,
  outputFolder,
  repairFolder,
  startPartial,
  writeFiles,
} from "../experiment/output-folder.ts";
import {
  experimentFolders,
  holdsResults,
  readExperiment,
  unfinishedShards,
} from "../experiment/read-results.ts";
import { publishResults } from "../experiment/run-experiment.ts";
import { createFolder, inside, pathExists } from "../files.ts";
import { writeIndex } from "./write-index.ts";

/**
 * Merges the shards in some folders, experiment by experiment, and writes the reports. Everything is read and checked
 * before anything is written.
 *
 * @param folders - of all shards
 * @param out - where the merged reports go
 * @throws {JacobenchError} `ERR_MISMATCH` for shards that do not make one sweep, `ERR_CONFIG`, `ERR_FILE`, `ERR_LOCKED`
 */
export async function mergeCommand(folders: readonly string[], out: string): Promise<void> {
  const unfinished = folders.flatMap(unfinishedShards);
  // A folder without results may be that of a shard that died: asked for by name below, if others of its sweep are there.
  const finished = folders.filter(holdsResults);
  const whole = finished.length > 0 ? finished : folders;
  const shards = whole.flatMap(experimentFolders).map(readExperiment);
  const byExperiment = groupBy(shards, ({ results }) => results.experiment);
  const merged = [...byExperiment.values()].map((own) => mergeShards(own, unfinished));
  const extra = folders.find((folder) => !whole.includes(folder));
  // Nothing was missing, and yet a folder has no results: say so.
  if (extra !== undefined) experimentFolders(extra);
  createFolder(out);
  const release = takeLock(out);
  try {
    for (const { experiment } of merged) expectNoSweep(outputFolder(out, experiment));
    for (const results of merged) {
      const folder = outputFolder(out, results.experiment);
      startPartial(folder);
      await publishResults(folder, results, null, renderReport);
      process.stdout.write(
        `${summarise(results).join("\n")}\nReport: ${inside(folder.final, "index.md")}\n\n`,
      );
    }
    writeIndex(out);
  } finally {
    release();
  }
}

/** Measurements of an interrupted sweep must not be lost to a merge. */
function expectNoSweep(folder: OutputFolder): void {
  repairFolder(folder);
  if (!pathExists(folder.journal)) return;
  throw new JacobenchError(
    "ERR_MISMATCH",
    `${folder.partial}: found an interrupted sweep; expected none: finish it with sweep --resume, remove it, or choose ` +
      "another folder with --out",
  );
}

/**
 * Renders reports again from stored results; results.json stays as it is.
 *
 * @param folder - of one experiment, or of a sweep
 * @throws {JacobenchError} `ERR_MISMATCH` for a shard alone; `ERR_CONFIG`, `ERR_FILE`
 */
export async function reportCommand(folder: string): Promise<void> {
  const stored = experimentFolders(folder).map(readExperiment);
  for (const { shard, where } of stored) {
    if (shard === null) continue;
    throw new JacobenchError(
      "ERR_MISMATCH",
      `${where}: found shard ${shard.index}/${shard.count} alone; expected a whole sweep: merge the shards first`,
    );
  }
  for (const { results, where } of stored) {
    writeFiles(where, await renderReport(results));
    process.stdout.write(`${inside(where, "index.md")}\n`);
  }
  writeIndex(folder);
}
