/** @file One experiment from its config to its finished folder: costs, rounds, journal, report; or to where it was interrupted. (N) */

import { JacobenchError } from "../errors.ts";
import { finishEnvironment } from "../measure/node-environment.ts";
import type { Calibration } from "../planner/calibration.ts";
import { formatResults, parseResults } from "../results/parse.ts";
import type { StoredConfig } from "../results/schema.ts";
import {
  type CostRecord,
  type Environment,
  type ForecastFit,
  type Measurement,
  RESULTS_SCHEMA_VERSION,
  type Results,
} from "../results/types.ts";
import { runPlans } from "./children.ts";
import type { ExperimentConfig } from "./config.ts";
import { costRecords } from "./cost-records.ts";
import { dealCases } from "./deal.ts";
import type { Expanded } from "./expand.ts";
import { FORECAST_FILE, forecastRecord, formatForecast, makeForecast } from "./forecast.ts";
import {
  continueJournal,
  expectResumable,
  type JournalHeader,
  readJournal,
  startJournal,
} from "./journal.ts";
import { type OutputFolder, publishReport, startPartial, writeFiles } from "./output-folder.ts";
import { choosePilots } from "./pilots.ts";
import { type ProcessPlan, type Shard, schedule, visitKey } from "./schedule.ts";
import type { ShardRecord } from "./shard-file.ts";

/** An experiment that is ready to be run. */
export type Job = {
  readonly config: ExperimentConfig;
  readonly configHash: string;
  readonly expanded: Expanded;
  readonly folder: OutputFolder;
  readonly quick: boolean;
  readonly shard: Shard | null;
  /** The command of any shard, see {@link ShardRecord}; null, or left out, where it is not known. */
  readonly shardCommand?: string | null | undefined;
  /** By which variants that minimize time are planned; null, or left out, where there are none. */
  readonly calibration?: Calibration | null | undefined;
};

/** Is told how far an experiment is. */
export type Progress = {
  /** Costs are counted; then measuring begins. */
  begin(job: Job, total: number, done: number): void;
  step(measurement: Measurement): void;
  end(): void;
};

/** Predicts the cases that the results do not hold, from those that they do. */
export type Forecaster = (results: Results<ExperimentConfig>) => Promise<ForecastFit>;

/** Makes the files of the report besides results.json. */
export type Renderer = (results: Results<StoredConfig>) => Promise<ReadonlyMap<string, string>>;

/**
 * Runs an experiment, or goes on with it, and publishes its folder.
 *
 * @param job - what to run
 * @param session - `environment`: of now; `resume`: go on with a journal that is there; `shouldStop`: asked before each
 * measurement; `render`: makes the report (shards have none); `forecast`: asked once, when the pilots are measured
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
    readonly forecast: Forecaster;
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
  let forecast = found?.forecast ?? null;
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
    const measure = async (phase: ProcessPlan["phase"]): Promise<boolean> =>
      await runPlans({
        expanded: job.expanded,
        timing: job.config.timing,
        plans: plans
          .filter((plan) => plan.phase === phase)
          .map((plan) => ({ ...plan, visits: plan.visits.filter((visit) => !done.has(visitKey(visit))) })),
        machine: environment.id,
        onMeasurement: (measurement) => {
          journal.measurement(measurement);
          measurements.push(measurement);
          session.progress.step(measurement);
        },
        shouldStop: session.shouldStop,
      });
    if (!(await measure("pilot"))) return null;
    if (forecast === null && plans.some((plan) => plan.phase === "pilot")) {
      if (measurements.some(({ role }) => role === "main")) throw tooLateToForecast(job.folder.partial);
      forecast = await makeForecast(
        assembleResults(job, [environment], costs, measurements),
        session.forecast,
      );
      // The file first: a forecast that the journal knows was on the disk before the rest was timed.
      writeFiles(job.folder.partial, new Map([[FORECAST_FILE, formatForecast(forecast)]]));
      journal.forecast(forecast);
    }
    if (!(await measure("main"))) return null;
  } finally {
    journal.close();
    session.progress.end();
  }
  const assembled = assembleResults(job, [finishEnvironment(environment)], costs, measurements);
  const results = forecast === null ? assembled : { ...assembled, forecast: forecastRecord(forecast) };
  await publishResults(job.folder, results, shardRecord(job), session.render);
  return results;
}

/** Writes results.json with its report (or, for a shard, with its number) and puts the folder in its place. */
export async function publishResults(
  folder: OutputFolder,
  results: Results<StoredConfig>,
  shard: ShardRecord | null,
  render: Renderer,
): Promise<void> {
  const text = formatResults(results);
  const files = new Map<string, string>([["results.json", text]]);
  if (results.forecast) files.set(results.forecast.file, formatForecast(results.forecast));
  if (shard !== null) files.set("shard.json", `${JSON.stringify(shard)}\n`);
  else {
    // From what is stored, so that rendering it again later gives the same bytes.
    const stored = parseResults(JSON.parse(text), folder.results);
    for (const [name, content] of await render(stored)) files.set(name, content);
  }
  publishReport(folder, files);
}

function tooLateToForecast(partial: string): JacobenchError {
  return new JacobenchError(
    "ERR_MISMATCH",
    `${partial}: found measurements of the rest without the forecast that must precede them; expected a journal as a ` +
      "sweep leaves it: start afresh without --resume",
  );
}

/** What a job's journal begins with. */
export function headerOf(job: Job, environment: Environment): JournalHeader {
  return {
    experiment: job.config.name,
    configHash: job.configHash,
    quick: job.quick,
    shard: shardRecord(job),
    environment,
    ...(job.calibration && { calibration: job.calibration }),
  };
}

/** All visits of a job, in order. */
export function plansOf(job: Job): ProcessPlan[] {
  // A shard knows of the other machines neither what they have measured nor whether they have begun: no forecast.
  const pilots =
    job.config.forecast && job.shard === null ? choosePilots(job.expanded, job.config.rngSeed) : [];
  const cases = job.expanded.cases.map((item) => item.record.id);
  const variants = job.expanded.variants.map((variant) => variant.record.label);
  if (job.shard?.by !== "cases") return schedule(job.config, cases, variants, job.shard, pilots);
  const { own, anchors } = dealCases(job.expanded, job.config.timing, job.shard);
  const dealt = cases.filter((id) => own.includes(id) || anchors.includes(id));
  return schedule(job.config, dealt, variants, job.shard, pilots, anchors);
}

/** A job's shard as its files name it; null for a whole sweep. */
export function shardRecord(job: Pick<Job, "shard" | "shardCommand">): ShardRecord | null {
  return job.shard === null ? null : { ...job.shard, command: job.shardCommand ?? null };
}

/** Puts together what results.json holds. */
export function assembleResults(
  job: Pick<Job, "config" | "configHash" | "expanded" | "quick" | "calibration">,
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
    ...(job.calibration && { calibration: job.calibration }),
  };
}
