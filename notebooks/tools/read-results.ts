/** @file The results of an experiment whose report is in this repository, for the lessons. */

import { readFileSync } from "node:fs";
import type { AnyResults } from "../../analysis/config.ts";
import { parseResults } from "../../src/results/parse.ts";

/**
 * Reads what the command measured: `reports/NAME/results.json`.
 *
 * @param name - of the experiment, e.g. `scaling`
 * @throws {JacobenchError} `ERR_CONFIG` if the file is not as jacobench wrote it
 */
export function readResults(name: string): AnyResults {
  const file = new URL(`../../reports/${name}/results.json`, import.meta.url);
  return parseResults(JSON.parse(readFileSync(file, "utf8")), `reports/${name}/results.json`);
}
