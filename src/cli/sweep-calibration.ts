/** @file The calibrations by which a sweep's plans for time are made: kept when it goes on, taken from the cache, or made. (N) */

import { JacobenchError } from "../errors.ts";
import { readJournal } from "../experiment/journal.ts";
import type { LoadedConfig } from "../experiment/load-config.ts";
import { outputFolder } from "../experiment/output-folder.ts";
import { calibratedKernels } from "../experiment/variants.ts";
import { pathExists, readTextFile } from "../files.ts";
import { machineFingerprint } from "../measure/node-environment.ts";
import type { Calibration } from "../planner/calibration.ts";
import { parseResults } from "../results/parse.ts";
import { usableCalibration } from "./calibration-store.ts";
import { calibrateAndStore } from "./run-calibrate.ts";

/** What is known before the experiments of a sweep are expanded. */
export type CalibrationRequest = {
  /** Folder of the reports. */
  readonly out: string;
  readonly resume: boolean;
  readonly sharded: boolean;
  /** The cache folder. */
  readonly cache: string;
  readonly onNotice: (sentence: string) => void;
};

/**
 * Finds or makes a calibration for each experiment that plans for time. One that goes on keeps the one that it began
 * with, since other seconds would give other plans under the same label.
 *
 * @param loaded - the configs of the sweep
 * @param request - where to look
 * @returns by experiment's name; none for those that need none
 * @throws {JacobenchError} `ERR_UNSUPPORTED` in a shard: each machine would plan for itself; `ERR_FILE`
 */
export async function sweepCalibrations(
  loaded: readonly LoadedConfig[],
  request: CalibrationRequest,
): Promise<ReadonlyMap<string, Calibration>> {
  const found = new Map<string, Calibration>();
  for (const { config, file } of loaded) {
    const kernels = calibratedKernels(config);
    if (kernels.length === 0) continue;
    if (request.sharded) {
      throw new JacobenchError(
        "ERR_UNSUPPORTED",
        `${file}: $.strategies: found minimize "time" in a sweep that is shared by several machines, each of which ` +
          "would plan for itself; expected a sweep without --shard",
      );
    }
    const kept = request.resume ? keptCalibration(request.out, config.name) : null;
    if (kept !== null) request.onNotice(`${config.name}: goes on with the calibration of ${kept.measuredAt}`);
    found.set(config.name, kept ?? (await freshCalibration(kernels, request)));
  }
  return found;
}

/** The calibration with which an interrupted or finished run of the experiment was planned; null if there is none. */
function keptCalibration(out: string, name: string): Calibration | null {
  const folder = outputFolder(out, name);
  const journaled = readJournal(folder.journal);
  if (journaled !== null) return journaled.header.calibration ?? null;
  if (!pathExists(folder.results)) return null;
  try {
    return parseResults(JSON.parse(readTextFile(folder.results)), folder.results).calibration ?? null;
  } catch {
    // Of another version: the sweep measures it again.
    return null;
  }
}

async function freshCalibration(
  kernels: readonly string[],
  { cache, onNotice }: CalibrationRequest,
): Promise<Calibration> {
  const id = await machineFingerprint();
  const stored = usableCalibration(cache);
  const known = stored?.environment === id ? stored.kernels.map(({ kernel }) => kernel) : [];
  const missing = kernels.filter((kernel) => !known.includes(kernel));
  if (stored !== null && missing.length === 0) {
    onNotice(`calibration of ${stored.measuredAt} taken from ${cache}; renew it with: jacobench calibrate`);
    return stored;
  }
  onNotice(`calibrating ${missing.join(", ")} (some seconds) …`);
  return (await calibrateAndStore(missing, cache)).calibration;
}
