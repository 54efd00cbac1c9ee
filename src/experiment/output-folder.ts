/** @file The folders of one experiment: work goes on beside the finished report, which is replaced at the end. (N) */

import {
  createFolder,
  inside,
  listFolder,
  pathExists,
  removePath,
  renamePath,
  writeFileAtomic,
} from "../files.ts";

const JOURNAL = "journal.ndjson";
/** The file that a complete report always holds. */
const RESULTS = "results.json";

/** Where one experiment's files are. */
export type OutputFolder = {
  /** The finished report. */
  readonly final: string;
  /** Work in progress. */
  readonly partial: string;
  /** The report before, for the moment of replacing. */
  readonly old: string;
  readonly journal: string;
  readonly results: string;
};

/** The journal in a folder of work in progress. */
export function journalIn(partial: string): string {
  return inside(partial, JOURNAL);
}

/** Names the folders of an experiment in an output folder. */
export function outputFolder(out: string, experiment: string): OutputFolder {
  const final = inside(out, experiment);
  const partial = `${final}.partial`;
  return {
    final,
    partial,
    old: `${final}.old`,
    journal: journalIn(partial),
    results: inside(final, RESULTS),
  };
}

/**
 * Repairs what a crash at the end of a sweep may have left: finishes the replacement if the new report is complete, puts
 * the old report back otherwise.
 *
 * @returns what was done, for people; null if there was nothing to do
 * @throws {JacobenchError} `ERR_FILE`
 */
export function repairFolder(folder: OutputFolder): string | null {
  const complete = pathExists(inside(folder.partial, RESULTS)) && !pathExists(folder.journal);
  if (complete) {
    replaceReport(folder);
    return `${folder.final}: finished the replacement of the report that a crash had interrupted`;
  }
  if (!pathExists(folder.old)) return null;
  if (pathExists(folder.final)) {
    removePath(folder.old);
    return null;
  }
  renamePath(folder.old, folder.final);
  return `${folder.final}: put back the report that a crash had left aside`;
}

/** Makes an empty folder for the work. @throws {JacobenchError} `ERR_FILE` */
export function startPartial(folder: OutputFolder): void {
  removePath(folder.partial);
  createFolder(folder.partial);
}

/**
 * Writes the files of a finished experiment and puts them in the place of the old report. The journal goes when all files
 * are written: from then on the partial folder is a complete report.
 *
 * @param files - content by file name
 * @throws {JacobenchError} `ERR_FILE`; the old report is then still whole
 */
export function publishReport(folder: OutputFolder, files: ReadonlyMap<string, string>): void {
  for (const name of listFolder(folder.partial)) {
    if (name !== JOURNAL) removePath(inside(folder.partial, name));
  }
  writeFiles(folder.partial, files);
  removePath(folder.journal);
  replaceReport(folder);
}

/**
 * Writes files into a folder, each as a whole.
 *
 * @param files - content by relative name; folders in names are created
 * @throws {JacobenchError} `ERR_FILE`
 */
export function writeFiles(target: string, files: ReadonlyMap<string, string>): void {
  for (const [name, content] of files) {
    const parts = name.split("/");
    if (parts.length > 1) createFolder(inside(target, ...parts.slice(0, -1)));
    writeFileAtomic(inside(target, name), content);
  }
}

/** Old aside, new in, old away. */
function replaceReport(folder: OutputFolder): void {
  if (pathExists(folder.final)) {
    removePath(folder.old);
    renamePath(folder.final, folder.old);
  }
  renamePath(folder.partial, folder.final);
  removePath(folder.old);
}
