/** @file The work of `sweep`: from config files to jobs, signals, and the answer in a few lines. */

import { fitForecast, forecastComparison, forecastText } from "../../analysis/laws/forecast.ts";
import { summarise } from "../../analysis/summary.ts";
import { COLUMNS, wrapText } from "../../analysis/text.ts";
import { JacobenchError } from "../errors.ts";
import { configHash } from "../experiment/config-hash.ts";
import { expandExperiment, refuseTooLarge } from "../experiment/expand.ts";
import { expectDistinctNames, type LoadedConfig, loadConfig } from "../experiment/load-config.ts";
import { outputFolder } from "../experiment/output-folder.ts";
import { quickConfig, thinCases } from "../experiment/quick.ts";
import { type Job, plansOf } from "../experiment/run-experiment.ts";
import { parseShard, type Shard } from "../experiment/schedule.ts";
import { shardCommand } from "../experiment/shard-file.ts";
import { runSweep } from "../experiment/sweep.ts";
import { inside, listFolder } from "../files.ts";
import { expectUsable } from "../kernels/index.ts";
import { usableMemoryBytes } from "../measure/usable-memory.ts";
import { didYouMean } from "../names.ts";
import { shippedExperimentsFolder } from "../package-root.ts";
import type { Calibration } from "../planner/calibration.ts";
import type { StoredConfig } from "../results/schema.ts";
import type { Results } from "../results/types.ts";
import { EXIT } from "./action.ts";
import { listenForInterrupts } from "./interrupts.ts";
import { expectCharts } from "./known-charts.ts";
import { createProgress, wantsBar } from "./progress.ts";
import type { SweepCommandOptions } from "./sweep.ts";
import { sweepCalibrations } from "./sweep-calibration.ts";

/**
 * Runs a sweep.
 *
 * @param files - configs; empty for the shipped ones
 * @param options - of the command
 * @returns exit code
 * @throws {JacobenchError} see {@link runSweep} and {@link loadConfig}
 */
export async function sweepCommand(files: readonly string[], options: SweepCommandOptions): Promise<number> {
  const quick = options.quick ?? false;
  const out = options.out ?? (quick ? "reports/quick" : "reports");
  const shard = options.shard === undefined ? null : parseShard(options.shard);
  const loaded = chooseConfigs(files, options);
  for (const { config, file } of loaded) expectUsable(config.kernels, `${file}: $.kernels`);
  const onNotice = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const calibrations = await sweepCalibrations(loaded, {
    out,
    resume: options.resume ?? false,
    sharded: shard !== null,
    quick,
    cache: options.cache,
    onNotice,
  });
  const jobs = loaded.map((item) =>
    makeJob(item, {
      quick,
      shard,
      shardBy: options.shardBy,
      out,
      unitSeeds: options.unitSeeds,
      shardCommand: shard === null ? null : shardCommand(shard, out, repeated(files, options)),
      calibration: calibrations.get(item.config.name) ?? null,
    }),
  );
  const progress = createProgress(
    jobs,
    (job) => plansOf(job).reduce((sum, plan) => sum + plan.visits.length, 0),
    {
      write: (text) => void process.stderr.write(text),
      bar: await createBar(),
      now: () => performance.now() / 1000,
    },
  );
  const interrupt = listenForInterrupts("finishing the measurement in progress");
  const outcome = await runSweep({
    out,
    jobs,
    resume: options.resume ?? false,
    progress,
    shouldStop: interrupt.happened,
    render: async (results) => (await import("../../analysis/report/render-report.ts")).renderReport(results),
    forecast: async (results) => fitForecast(results),
    onNotice,
  });
  interrupt.stopListening();
  for (const results of outcome.finished) {
    const { final } = outputFolder(out, results.experiment);
    if (shard !== null) {
      const merge = "put the shards together with: jacobench merge DIR… --out DIR";
      process.stdout.write(
        `${results.experiment}: shard ${shard.index}/${shard.count} is in ${final}; ${merge}\n`,
      );
      continue;
    }
    process.stdout.write(`${sweepAnswer(results, inside(final, "index.md"))}\n\n`);
  }
  if (shard === null && outcome.finished.length > 0) (await import("./write-index.ts")).writeIndex(out);
  if (!outcome.interrupted) return EXIT.done;
  process.stderr.write(
    `jacobench: interrupted; what was measured is kept in ${out}. Go on with the same command and --resume.\n`,
  );
  return EXIT.interrupted;
}

/** The words of the command that decide what is measured, for the command of another shard. */
function repeated(files: readonly string[], options: SweepCommandOptions): string[] {
  return [
    ...files,
    ...(options.quick ? ["--quick"] : []),
    ...(options.all ? ["--all"] : []),
    ...(options.only ?? []).flatMap((name) => ["--only", name]),
    ...(options.unitSeeds === undefined ? [] : ["--unit-seeds", options.unitSeeds]),
    ...(options.shardBy === undefined ? [] : ["--shard-by", options.shardBy]),
  ];
}

/**
 * What a sweep prints of an experiment when it is measured.
 *
 * @param results - of the experiment
 * @param report - the report's place, as it is to be shown
 * @returns lines of at most 80 columns, without a line end after the last
 */
export function sweepAnswer(results: Results<StoredConfig>, report: string): string {
  return [...summarise(results), ...forecastLines(results), `Report: ${report}`].join("\n");
}

/** How the forecast came true, where there was one. */
function forecastLines(results: Results<StoredConfig>): string[] {
  if (!results.forecast) return [];
  const text = forecastText(forecastComparison(results, results.forecast));
  if (text === null) return [];
  return wrapText(`forecast: ${text}`, COLUMNS - 4).map((line, i) => (i === 0 ? "  " : "    ") + line);
}

/** The configs that are to run, in order. */
function chooseConfigs(files: readonly string[], options: SweepCommandOptions): LoadedConfig[] {
  const shipped = files.length === 0;
  const loaded = (shipped ? shippedConfigFiles() : files).map(loadConfig);
  expectDistinctNames(loaded);
  if (options.only !== undefined) {
    const names = loaded.map(({ config }) => config.name);
    for (const name of options.only) {
      if (names.includes(name)) continue;
      const known = names.join(", ");
      throw new JacobenchError(
        "ERR_UNKNOWN_NAME",
        `--only: found "${name}"; expected one of ${known}${didYouMean(name, names)}`,
      );
    }
    return loaded.filter(({ config }) => options.only!.includes(config.name));
  }
  return shipped && !options.all ? loaded.filter(({ config }) => config.defaultSweep) : loaded;
}

/** The experiment that answers the main question runs first. */
const MAIN_FILE = "scaling.json";

/** Files of the shipped experiments, in the order of running. */
export function shippedConfigFiles(): string[] {
  const folder = shippedExperimentsFolder();
  return listFolder(folder)
    .filter((name) => name.endsWith(".json") && !name.endsWith(".schema.json"))
    .sort((a, b) => Number(b === MAIN_FILE) - Number(a === MAIN_FILE))
    .map((name) => inside(folder, name));
}

/**
 * Makes a config ready to run; refuses what the machine cannot hold.
 *
 * @throws {JacobenchError} `ERR_CONFIG`, `ERR_MEMORY`, `ERR_UNSUPPORTED`, `ERR_RANGE`
 */
export function makeJob(
  loaded: LoadedConfig,
  options: {
    readonly quick: boolean;
    readonly shard: Pick<Shard, "index" | "count"> | null;
    readonly out: string;
    readonly unitSeeds?: "dense" | "read" | undefined;
    /** Left out: cases where there are enough of them, else processes. */
    readonly shardBy?: Shard["by"] | undefined;
    readonly shardCommand?: string | null;
    readonly calibration?: Calibration | null;
  },
): Job {
  const { quick, out, unitSeeds, calibration = null } = options;
  const given = unitSeeds === undefined ? loaded.config : { ...loaded.config, unitSeeds };
  const config = quick ? quickConfig(given) : given;
  const all = expandExperiment({ ...loaded, config }, calibration);
  refuseTooLarge(all, usableMemoryBytes(), loaded.file);
  expectCharts(config.report.charts ?? [], loaded.file);
  const expanded = quick ? thinCases(all) : all;
  const shard = options.shard && {
    ...options.shard,
    by: options.shardBy ?? (options.shard.count > expanded.cases.length ? "processes" : "cases"),
  };
  const job: Job = {
    config,
    configHash: configHash(config, loaded.model),
    expanded,
    folder: outputFolder(out, config.name),
    quick,
    shard,
    shardCommand: options.shardCommand ?? null,
    calibration,
  };
  // Too many shards are refused before anything runs.
  plansOf(job);
  return job;
}

async function createBar() {
  if (!wantsBar(process.stderr, process.env)) return null;
  const { Presets, SingleBar } = (await import("cli-progress")).default;
  const format = "{experiment} {bar} {value}/{total}, {left} left";
  return new SingleBar(
    { format, stream: process.stderr, hideCursor: true, barsize: 30 },
    Presets.shades_classic,
  );
}
