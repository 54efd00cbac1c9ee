/** @file A folder as the cluster examples expect it: an experiment, and `npm run jacobench` that runs this checkout. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { MAIN, REPOSITORY } from "./run-command.ts";
import { writeConfig } from "./sweep.ts";

/** The folder of the examples. */
export const EXAMPLES = join(REPOSITORY, "analysis/cluster");

/** Six small cases, so that three shards have two each. */
const CASES = [
  [3, 5, 2],
  [2, 4, 3],
  [4, 6, 3],
  [5, 8, 2],
  [6, 9, 4],
  [8, 12, 5],
];

/**
 * Writes tiny.json and a package.json into a folder.
 *
 * @param folder - existing
 */
export function courseFolder(folder: string): void {
  writeConfig(join(folder, "tiny.json"), { chain: { list: CASES } });
  const scripts = { jacobench: `"${process.execPath}" "${MAIN}"` };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, scripts }));
}
