/** @file Where calibrations are kept between runs: one JSON file in a cache folder, `.jacobench/` unless told. (N) */

import { JacobenchError } from "../errors.ts";
import { createFolder, inside, pathExists, readTextFile, writeFileAtomic } from "../files.ts";
import { parseJson } from "../json.ts";
import { machineFingerprint } from "../measure/node-environment.ts";
import type { Calibration, KernelCalibration } from "../planner/calibration.ts";
import { parseCalibration } from "../planner/calibration-schema.ts";

/** The file within it. */
function calibrationPath(folder: string): string {
  return inside(folder, "calibration.json");
}

/**
 * Stores a calibration.
 *
 * @param calibration - of this machine
 * @param folder - the cache folder; made where it is missing
 * @returns the file's path
 * @throws {JacobenchError} `ERR_FILE`
 */
export function storeCalibration(calibration: Calibration, folder: string): string {
  createFolder(folder);
  const path = calibrationPath(folder);
  writeFileAtomic(path, `${JSON.stringify(calibration, null, 1)}\n`);
  return path;
}

/**
 * What is stored, whatever machine it is from; null if there is none.
 *
 * @param folder - the cache folder
 * @throws {JacobenchError} `ERR_CONFIG` if the file is no calibration
 */
export function readCalibration(folder: string): Calibration | null {
  const path = calibrationPath(folder);
  if (!pathExists(path)) return null;
  return parseCalibration(parseJson(readTextFile(path, "ERR_CONFIG"), path), path);
}

/**
 * {@link readCalibration}, with null also for a file that is damaged or of an older version: it is made anew.
 *
 * @param folder - the cache folder
 */
export function usableCalibration(folder: string): Calibration | null {
  try {
    return readCalibration(folder);
  } catch {
    return null;
  }
}

/**
 * The calibration of a kernel on this machine, with this Node and version of jacobench.
 *
 * @param kernel - its id
 * @param folder - the cache folder
 * @throws {JacobenchError} `ERR_CONFIG` if there is none, or it is stale
 */
export async function currentCalibration(kernel: string, folder: string): Promise<KernelCalibration> {
  const stored = readCalibration(folder);
  const id = await machineFingerprint();
  const own = stored?.kernels.find((one) => one.kernel === kernel);
  const way = `run jacobench calibrate --kernel ${kernel}`;
  if (stored === null || own === undefined) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `${folder}: holds no calibration of the kernel "${kernel}"; ${way}`,
    );
  }
  if (stored.environment !== id) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `${folder}: the calibration is of environment ${stored.environment}, this one is ${id} ` +
        `(another machine, Node or version of jacobench); ${way}`,
    );
  }
  return own;
}
