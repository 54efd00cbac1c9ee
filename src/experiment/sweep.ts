/** @file A sweep over experiments in one output folder: one at a time, locked, repaired, resumed. (N) */

import { availableParallelism } from "node:os";
import { createFolder, inside, pathExists, readTextFile } from "../files.ts";
import { loadWarning, oneMinuteLoad } from "../measure/load.ts";
import { readEnvironment } from "../measure/node-environment.ts";
import { parseResults } from "../results/parse.ts";
import type { StoredConfig } from "../results/schema.ts";
import type { Environment, Results } from "../results/types.ts";
import { expectResumable, readJournal } from "./journal.ts";
import { takeLock } from "./lock.ts";
import { repairFolder } from "./output-folder.ts";
import {
  type Forecaster,
  headerOf,
  type Job,
  type Progress,
  type Renderer,
  runExperiment,
  shardRecord,
} from "./run-experiment.ts";

/** How a sweep is run. */
export type SweepOptions = {
  /** The output folder; created if missing. */
  readonly out: string;
  readonly jobs: readonly Job[];
  /** Go on with what is there. */
  readonly resume: boolean;
  readonly progress: Progress;
  readonly shouldStop: () => boolean;
  readonly render: Renderer;
  readonly forecast: Forecaster;
  /** Told of repairs and of what is skipped or thrown away, in sentences. */
  readonly onNotice: (sentence: string) => void;
};

/** What became of a sweep. */
export type SweepOutcome = {
  /** Of the experiments that are complete, in order. */
  readonly finished: readonly Results<StoredConfig>[];
  readonly interrupted: boolean;
};

/**
 * Runs experiments one after another.
 *
 * @throws {JacobenchError} `ERR_LOCKED` while another sweep works in the folder; `ERR_MISMATCH` if what is to be resumed
 * is of something else; `ERR_FILE`, `ERR_MEASURE`
 */
export async function runSweep(options: SweepOptions): Promise<SweepOutcome> {
  createFolder(options.out);
  const release = takeLock(options.out);
  try {
    return await runLocked(options);
  } finally {
    release();
  }
}

async function runLocked(options: SweepOptions): Promise<SweepOutcome> {
  const { jobs, resume, onNotice } = options;
  for (const { folder } of jobs) {
    const repaired = repairFolder(folder);
    if (repaired !== null) onNotice(repaired);
  }
  const busy = loadWarning(oneMinuteLoad(), availableParallelism());
  if (busy !== null) onNotice(`warning: ${busy.message}`);
  // All that could refuse to go on does so before anything runs.
  for (const job of jobs) {
    const found = readJournal(job.folder.journal);
    if (job.config.forecast && job.shard !== null) {
      onNotice(
        `${job.config.name}: no forecast in a shard, since it would have to precede what other machines measure`,
      );
    }
    if (found === null) continue;
    if (resume) {
      const own = await readEnvironment(job.config.kernels);
      expectResumable(found.header, headerOf(job, own), job.folder.partial);
    } else if (found.measurements.length > 0) {
      onNotice(
        `${job.config.name}: starting afresh; ${found.measurements.length} measurements of an interrupted sweep are ` +
          "thrown away (with --resume they would be kept)",
      );
    }
  }
  const finished: Results<StoredConfig>[] = [];
  for (const job of jobs) {
    const environment = await readEnvironment(job.config.kernels);
    const hasJournal = pathExists(job.folder.journal);
    const complete = resume && !hasJournal ? readComplete(job, environment) : null;
    if (complete !== null) {
      onNotice(`${job.config.name}: complete already, with this config, machine and commit`);
      finished.push(complete);
      continue;
    }
    if (resume && !hasJournal)
      onNotice(`${job.config.name}: nothing to resume; it is measured from the beginning`);
    const results = await runExperiment(job, {
      environment,
      resume,
      progress: options.progress,
      shouldStop: options.shouldStop,
      render: options.render,
      forecast: options.forecast,
    });
    if (results === null) return { finished, interrupted: true };
    finished.push(results);
  }
  return { finished, interrupted: false };
}

/** The results of a job that an earlier run of the same sweep has finished; null if there are none or others. */
function readComplete(job: Job, environment: Environment): Results<StoredConfig> | null {
  if (!pathExists(job.folder.results)) return null;
  const shardFile = inside(job.folder.final, "shard.json");
  const shard = pathExists(shardFile) ? readTextFile(shardFile).trim() : "null";
  if (shard !== JSON.stringify(shardRecord(job))) return null;
  let results: Results<StoredConfig>;
  try {
    results = parseResults(JSON.parse(readTextFile(job.folder.results)), job.folder.results);
  } catch {
    // Of another version, or no results at all: it is measured again.
    return null;
  }
  const same =
    results.configHash === job.configHash &&
    results.quick === job.quick &&
    results.environments.every((other) => other.id === environment.id);
  return same ? results : null;
}
