/** @file One experiment from its config to its finished folder: costs, rounds, journal, report; or to where it was interrupted. (N) */

import { finishEnvironment } from "../measure/node-environment.ts";
import { formatResults, parseResults } from "../results/parse.ts";
import type { StoredConfig } from "../results/schema.ts";
import {
  type CostRecord,
  type Environment,
  type Measurement,
  RESULTS_SCHEMA_VERSION,
  type Results,
} from "../results/types.ts";
import { runPlans } from "./children.ts";
import type { ExperimentConfig } from "./config.ts";
import { costRecords } from "./cost-records.ts";
import type { Expanded } from "./expand.ts";
import {
  continueJournal,
  expectResumable,
  type JournalHeader,
  readJournal,
  startJournal,
} from "./journal.ts";
import { type OutputFolder, publishReport, startPartial } from "./output-folder.ts";
import { type Shard, schedule, visitKey } from "./schedule.ts";

/** An experiment that is ready to be run. */
export type Job = {
  readonly config: ExperimentConfig;
  readonly configHash: string;
  readonly expanded: Expanded;
  readonly folder: OutputFolder;
  readonly quick: boolean;
  readonly shard: Shard | null;
};

/** Is told how far an experiment is. */
export type Progress = {
  /** Costs are counted; then measuring begins. */
  begin(job: Job, total: number, done: number): void;
  step(measurement: Measurement): void;
  end(): void;
};

/** Makes the files of the report besides results.json. */
export type Renderer = (results: Results<StoredConfig>) => Promise<ReadonlyMap<string, string>>;

/**
 * Runs an experiment, or goes on with it, and publishes its folder.
 *
 * @param job - what to run
 * @param session - `environment`: of now; `resume`: go on with a journal that is there; `shouldStop`: asked before each
 * measurement; `render`: makes the report (shards have none)
 * @returns the results, or null if it was stopped (the journal is kept)
 * @throws {JacobenchError} `ERR_MISMATCH` if what is there is of another config, machine, Node or commit; `ERR_FILE`,
 * `ERR_MEASURE`
 */
export async function runExperiment(
  job: Job,
  session: {
    readonly environment: Environment;
    readonly resume: boolean;
    readonly progress: Progress;
    readonly shouldStop: () => boolean;
    readonly render: Renderer;
  },
): Promise<Results<StoredConfig> | null> {
  const header = headerOf(job, session.environment);
  const found = session.resume ? readJournal(job.folder.journal) : null;
  if (found !== null) expectResumable(found.header, header, job.folder.partial);
  else startPartial(job.folder);
  const journal =
    found === null
      ? startJournal(job.folder.journal, header)
      : continueJournal(job.folder.journal, found.wholeBytes);
  const environment = found?.header.environment ?? session.environment;
  const measurements: Measurement[] = [...(found?.measurements ?? [])];
  let costs: CostRecord[];
  try {
    const plans = plansOf(job);
    const done = new Set(measurements.map(visitKey));
    const total = plans.reduce((sum, plan) => sum + plan.visits.length, 0);
    session.progress.begin(job, total, measurements.length);
    costs = await costRecords(job.expanded, {
      known: found?.costs ?? [],
      onRecord: (record) => journal.cost(record),
      shouldStop: session.shouldStop,
    });
    const complete = await runPlans({
      expanded: job.expanded,
      timing: job.config.timing,
      plans: plans.map((plan) => ({
        ...plan,
        visits: plan.visits.filter((visit) => !done.has(visitKey(visit))),
      })),
      machine: environment.id,
      onMeasurement: (measurement) => {
        journal.measurement(measurement);
        measurements.push(measurement);
        session.progress.step(measurement);
      },
      shouldStop: session.shouldStop,
    });
    if (!complete) return null;
  } finally {
    journal.close();
    session.progress.end();
  }
  const results = assembleResults(job, [finishEnvironment(environment)], costs, measurements);
  await publishResults(job.folder, results, job.shard, session.render);
  return results;
}

/** Writes results.json with its report (or, for a shard, with its number) and puts the folder in its place. */
export async function publishResults(
  folder: OutputFolder,
  results: Results<StoredConfig>,
  shard: Shard | null,
  render: Renderer,
): Promise<void> {
  const text = formatResults(results);
  const files = new Map<string, string>([["results.json", text]]);
  if (shard !== null) files.set("shard.json", `${JSON.stringify(shard)}\n`);
  else {
    // From what is stored, so that rendering it again later gives the same bytes.
    const stored = parseResults(JSON.parse(text), folder.results);
    for (const [name, content] of await render(stored)) files.set(name, content);
  }
  publishReport(folder, files);
}

/** What a job's journal begins with. */
export function headerOf(job: Job, environment: Environment): JournalHeader {
  return {
    experiment: job.config.name,
    configHash: job.configHash,
    quick: job.quick,
    shard: job.shard,
    environment,
  };
}

/** All visits of a job, in order. */
export function plansOf(job: Job) {
  return schedule(
    job.config,
    job.expanded.cases.map((item) => item.record.id),
    job.expanded.variants.map((variant) => variant.record.label),
    job.shard,
  );
}

/** Puts together what results.json holds. */
export function assembleResults(
  job: Pick<Job, "config" | "configHash" | "expanded" | "quick">,
  environments: readonly Environment[],
  costs: readonly CostRecord[],
  measurements: readonly Measurement[],
): Results<ExperimentConfig> {
  return {
    schemaVersion: RESULTS_SCHEMA_VERSION,
    experiment: job.config.name,
    title: job.config.title,
    quick: job.quick,
    config: job.config,
    configHash: job.configHash,
    environments,
    cases: job.expanded.cases.map((item) => item.record),
    variants: job.expanded.variants.map((variant) => variant.record),
    costs,
    measurements,
  };
}
