/** @file Instances of the literature in a folder outside of the repository, which JACOBENCH_INSTANCES names. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the folder may hold. */
type InstanceFile = "chains.json" | "graphs.json" | "colouring.json" | "workers.json";

/**
 * Reads one of the folder's files. Where the variable is not set it says loudly that the tests are skipped.
 *
 * @param name - of the file
 * @returns its content; null without the variable
 * @throws {Error} where the variable is set and the file is not there
 */
export function literatureInstances<Content>(name: InstanceFile): Content | null {
  const folder = process.env.JACOBENCH_INSTANCES;
  if (folder === undefined) {
    console.warn(
      `SKIPPED: the literature's instances. To run these tests, set JACOBENCH_INSTANCES to a folder with ${name}`,
    );
    return null;
  }
  const path = join(folder, name);
  if (!existsSync(path))
    throw new Error(`JACOBENCH_INSTANCES: found no ${path}; expected the folder to hold ${name}`);
  return JSON.parse(readFileSync(path, "utf8"));
}
