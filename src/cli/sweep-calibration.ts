/** @file The calibrations for a sweep's plans by time and its rooflines: kept when it goes on, from the cache, or made. (N) */

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
  readonly quick: boolean;
  /** The cache folder. */
  readonly cache: string;
  readonly onNotice: (sentence: string) => void;
};

/**
 * Finds or makes a calibration for each experiment that plans for time, or draws a roofline. One that goes on keeps the
 * one that it began with, since other seconds would give other plans under the same label.
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
    const planned = calibratedKernels(config);
    if (planned.length === 0) {
      const drawn = await rooflineCalibration(config, request);
      if (drawn !== null) found.set(config.name, drawn);
      continue;
    }
    if (request.sharded) {
      throw new JacobenchError(
        "ERR_UNSUPPORTED",
        `${file}: $.strategies: found minimize "time" in a sweep that is shared by several machines, each of which ` +
          "would plan for itself; expected a sweep without --shard",
      );
    }
    const kept = request.resume ? keptCalibration(request.out, config.name) : null;
    if (kept) request.onNotice(`${config.name}: goes on with the calibration of ${kept.measuredAt}`);
    found.set(config.name, kept ?? (await freshCalibration(planned, request)));
  }
  return found;
}

/**
 * The calibration from which an experiment's roofline is drawn. Nothing that is measured depends on it, so a quick run
 * takes it only from the cache, a shard does without, and a run that goes on keeps what it began with, if only none.
 */
async function rooflineCalibration(
  { name, kernels, report }: LoadedConfig["config"],
  request: CalibrationRequest,
): Promise<Calibration | null> {
  if (request.sharded || report.charts?.includes("roofline") !== true) return null;
  const kept = request.resume ? keptCalibration(request.out, name) : undefined;
  if (kept !== undefined) return kept;
  if (!request.quick) return await freshCalibration(kernels, request, true);
  const stored = usableCalibration(request.cache);
  return stored?.environment === (await machineFingerprint()) ? stored : null;
}

/**
 * The calibration with which an interrupted or finished run of the experiment began, null if it had none; undefined if
 * there is no such run.
 */
function keptCalibration(out: string, name: string): Calibration | null | undefined {
  const folder = outputFolder(out, name);
  const journaled = readJournal(folder.journal);
  if (journaled !== null) return journaled.header.calibration ?? null;
  if (!pathExists(folder.results)) return undefined;
  try {
    return parseResults(JSON.parse(readTextFile(folder.results)), folder.results).calibration ?? null;
  } catch {
    // Of another version: the sweep measures it again.
    return undefined;
  }
}

async function freshCalibration(
  kernels: readonly string[],
  { cache, onNotice }: CalibrationRequest,
  withMemory = false,
): Promise<Calibration> {
  const id = await machineFingerprint();
  const stored = usableCalibration(cache);
  const known = stored?.environment === id ? stored.kernels.map(({ kernel }) => kernel) : [];
  const missing = kernels.filter((kernel) => !known.includes(kernel));
  const lacksMemory = withMemory && stored?.memory === undefined;
  if (stored !== null && missing.length === 0 && !lacksMemory) {
    onNotice(`calibration of ${stored.measuredAt} taken from ${cache}; renew it with: jacobench calibrate`);
    return stored;
  }
  onNotice(`calibrating ${[...missing, "memory"].join(", ")} (some seconds) …`);
  return (await calibrateAndStore(missing, cache)).calibration;
}
