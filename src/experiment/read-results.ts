/** @file Reads the results of experiments from folders, with the number of the shard where they are one. (N) */

import { z } from "zod";
import { JacobenchError } from "../errors.ts";
import { inside, listFolder, pathExists, readTextFile } from "../files.ts";
import { parseJson } from "../json.ts";
import { parseResults } from "../results/parse.ts";
import type { ShardResults } from "./merge.ts";

const shardSchema = z.strictObject({ index: z.int().min(1), count: z.int().min(1) });

/**
 * Finds the folders of experiments: the folder itself if it holds results.json, or those in it that do.
 *
 * @param folder - of one experiment, or of a sweep
 * @returns at least one
 * @throws {JacobenchError} `ERR_CONFIG` if there is none
 */
export function experimentFolders(folder: string): string[] {
  if (pathExists(inside(folder, "results.json"))) return [folder];
  const found = listFolder(folder, "ERR_CONFIG")
    .filter((name) => !/\.(partial|old)$/.test(name))
    .map((name) => inside(folder, name))
    .filter((path) => pathExists(inside(path, "results.json")));
  if (found.length > 0) return found;
  throw new JacobenchError(
    "ERR_CONFIG",
    `${folder}: found no results.json in it or in its folders; expected the folder of a finished sweep or experiment`,
  );
}

/**
 * Reads one experiment's folder.
 *
 * @throws {JacobenchError} `ERR_CONFIG` if a file is missing or not as jacobench wrote it
 */
export function readExperiment(folder: string): ShardResults {
  const file = inside(folder, "results.json");
  const results = parseResults(parsedLarge(file), file);
  const shardFile = inside(folder, "shard.json");
  if (!pathExists(shardFile)) return { results, shard: null, where: folder };
  const shard = shardSchema.safeParse(parseJson(readTextFile(shardFile, "ERR_CONFIG"), shardFile));
  if (!shard.success) {
    throw new JacobenchError("ERR_CONFIG", `${shardFile}: found no shard; expected {"index":I,"count":N}`);
  }
  return { results, shard: shard.data, where: folder };
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
