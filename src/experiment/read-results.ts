/** @file Reads the results of experiments from folders, with the number of the shard where they are one. (N) */

import { JacobenchError } from "../errors.ts";
import { inside, listFolder, pathExists, readTextFile } from "../files.ts";
import { parseJson } from "../json.ts";
import { parseResults } from "../results/parse.ts";
import type { StoredConfig } from "../results/schema.ts";
import type { Results } from "../results/types.ts";
import { readJournal } from "./journal.ts";
import type { ShardResults, UnfinishedShard } from "./merge.ts";
import { journalIn } from "./output-folder.ts";
import { shardSchema } from "./shard-file.ts";

/**
 * Finds the folders of experiments: the folder itself if it holds results.json, or those in it that do.
 *
 * @param folder - of one experiment, or of a sweep
 * @returns at least one
 * @throws {JacobenchError} `ERR_CONFIG` if there is none
 */
export function experimentFolders(folder: string): string[] {
  if (pathExists(inside(folder, "results.json"))) return [folder];
  const found = finishedIn(folder);
  if (found.length > 0) return found;
  throw new JacobenchError(
    "ERR_CONFIG",
    `${folder}: found no results.json in it or in its folders; expected the folder of a finished sweep or experiment`,
  );
}

/** Whether a folder is there and is, or holds, a finished experiment. */
export function holdsResults(folder: string): boolean {
  return pathExists(inside(folder, "results.json")) || (pathExists(folder) && finishedIn(folder).length > 0);
}

function finishedIn(folder: string): string[] {
  return listFolder(folder, "ERR_CONFIG")
    .filter((name) => !/\.(partial|old)$/.test(name))
    .map((name) => inside(folder, name))
    .filter((path) => pathExists(inside(path, "results.json")));
}

/**
 * Finds what a dead shard has left in a folder: work that was begun and not finished.
 *
 * @param folder - of a sweep; one that is not there holds nothing
 */
export function unfinishedShards(folder: string): UnfinishedShard[] {
  if (!pathExists(folder)) return [];
  return listFolder(folder)
    .filter((name) => name.endsWith(".partial"))
    .flatMap((name) => {
      const found = readJournal(journalIn(inside(folder, name)));
      if (found === null || found.header.shard === null) return [];
      const { experiment, shard } = found.header;
      return [{ experiment, shard, measurements: found.measurements.length, where: inside(folder, name) }];
    });
}

/**
 * Reads one experiment's folder.
 *
 * @throws {JacobenchError} `ERR_CONFIG` if a file is missing or not as jacobench wrote it
 */
export function readExperiment(folder: string): ShardResults {
  const results = readResultsFile(inside(folder, "results.json"));
  const shardFile = inside(folder, "shard.json");
  if (!pathExists(shardFile)) return { results, shard: null, where: folder };
  const shard = shardSchema.safeParse(parseJson(readTextFile(shardFile, "ERR_CONFIG"), shardFile));
  if (!shard.success) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `${shardFile}: found no shard; expected {"index":I,"count":N,"by":"cases"}`,
    );
  }
  return { results, shard: shard.data, where: folder };
}

/**
 * Reads a results.json under whatever name, e.g. one that the explorer's page has saved.
 *
 * @throws {JacobenchError} `ERR_CONFIG` if it is missing or not as jacobench wrote it
 */
export function readResultsFile(file: string): Results<StoredConfig> {
  return parseResults(parsedLarge(file), file);
}

/** Megabytes are parsed by the engine; the slower scanner is asked only where an error stands. */
function parsedLarge(file: string): unknown {
  const text = readTextFile(file, "ERR_CONFIG");
  try {
    return JSON.parse(text);
  } catch {
    return parseJson(text, file);
  }
}
