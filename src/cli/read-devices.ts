/** @file Reads the devices of many results files: bad ones left out with their reason, the same session counted once. */

import { basename, dirname } from "node:path";
import { type Device, devicesOf, withDistinctNames } from "../../analysis/laws/devices.ts";
import type { LeftOut } from "../../analysis/report/devices-page.ts";
import { JacobenchError } from "../errors.ts";
import {
  experimentFolders,
  holdsResults,
  readExperiment,
  readResultsFile,
} from "../experiment/read-results.ts";
import { inside, isFile, listFolder, pathExists } from "../files.ts";
import type { StoredConfig } from "../results/schema.ts";
import type { Results } from "../results/types.ts";

/** What was read. */
export type ReadDevices = {
  readonly devices: readonly Device[];
  readonly leftOut: readonly LeftOut[];
  /** Files that hold a session that another file holds already. */
  readonly repeated: readonly { readonly name: string; readonly of: string }[];
};

/**
 * Reads files and folders.
 *
 * @param paths - results files, folders of experiments, or folders of results files
 */
export function readDevices(paths: readonly string[]): ReadDevices {
  const leftOut: LeftOut[] = [];
  const repeated: { name: string; of: string }[] = [];
  const devices: Device[] = [];
  const sessions = new Map<string, string>();
  for (const path of paths) {
    for (const source of attempt(path, leftOut, () => sourcesIn(path)) ?? []) {
      const found = attempt(source, leftOut, () => deviceList(source, sessions));
      if (found === null) continue;
      if (Array.isArray(found)) devices.push(...found);
      else repeated.push({ name: source, of: found.of });
    }
  }
  return { devices: withDistinctNames(devices), leftOut, repeated };
}

/** The devices of a file; or the file that holds the same session. */
function deviceList(source: string, sessions: Map<string, string>): Device[] | { of: string } {
  const results = isFile(source) ? readResultsFile(source) : readExperiment(source).results;
  const key = sessionKey(results);
  const of = sessions.get(key);
  if (of !== undefined) return { of };
  const devices = devicesOf(results, nameOf(source));
  if (devices.length === 0) {
    throw new JacobenchError(
      "ERR_MISMATCH",
      "holds no forward and reverse variant of one kernel with measurements; expected both",
    );
  }
  if (devices.every(({ values }) => Object.values(values).every((value) => value === null))) {
    throw new JacobenchError(
      "ERR_MISMATCH",
      `says nothing of exponents or crossover: ${devices[0]!.notes.join("; ")}`,
    );
  }
  sessions.set(key, source);
  return devices;
}

/** Two files of one session begin at the same moment, on the same machine, with the same samples. */
function sessionKey({ environments, measurements, experiment }: Results<StoredConfig>): string {
  const first = measurements[0];
  return JSON.stringify([
    experiment,
    environments.map(({ id, startedAt }) => [id, startedAt]),
    first?.case,
    first?.variant,
    first?.samples,
  ]);
}

/** The files or folders of experiments that a path stands for. */
function sourcesIn(path: string): string[] {
  if (isFile(path)) return [path];
  if (!pathExists(path)) {
    throw new JacobenchError("ERR_CONFIG", "there is no such file or folder; expected a results file");
  }
  const files = listFolder(path, "ERR_CONFIG").filter(
    (name) => /\.json$/i.test(name) && isFile(inside(path, name)),
  );
  // A report's folder holds other JSON files beside its results.
  if (pathExists(inside(path, "results.json"))) return [path];
  const folders = holdsResults(path) ? experimentFolders(path) : [];
  const found = [...files.map((name) => inside(path, name)), ...folders];
  if (found.length > 0) return found;
  throw new JacobenchError("ERR_CONFIG", "holds no results; expected .json files of results, or reports");
}

function nameOf(source: string): string {
  const name = basename(source);
  return name === "results.json" ? basename(dirname(source)) || "results" : name.replace(/\.json$/i, "");
}

function attempt<Value>(name: string, leftOut: LeftOut[], work: () => Value): Value | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof JacobenchError)) throw error;
    // Sentences of the readers begin with the file.
    leftOut.push({ name, reason: error.message.replace(`${name}: `, "") });
    return null;
  }
}
