/** @file The work of `time`: the rounds of a sweep on one chain, within a budget of time and without files. */

import { basename } from "node:path";
import { groupBy } from "../../analysis/grouping.ts";
import { caseSummaries, clusteredInterval } from "../../analysis/laws/case-interval.ts";
import { measurementRows } from "../../analysis/table.ts";
import { predictCost } from "../ad/jacobian.ts";
import { buildShape } from "../chain/build.ts";
import { describeShape, isLinear } from "../chain/describe.ts";
import { parseModel } from "../chain/model-file.ts";
import type { ChainShape } from "../chain/shape.ts";
import { JacobenchError } from "../errors.ts";
import { runPlans } from "../experiment/children.ts";
import { costRecords } from "../experiment/cost-records.ts";
import { type Expanded, refuseTooLarge } from "../experiment/expand.ts";
import type { ChainRecipe } from "../experiment/recipe.ts";
import { schedule } from "../experiment/schedule.ts";
import { expandVariants } from "../experiment/variants.ts";
import { expectUsable } from "../kernels/index.ts";
import { finishEnvironment, readEnvironment } from "../measure/node-environment.ts";
import { usableMemoryBytes } from "../measure/usable-memory.ts";
import { type Measurement, RESULTS_SCHEMA_VERSION, type Results } from "../results/types.ts";
import { conventionOf, type RowConvention } from "../strategies/convention.ts";
import { strategyById } from "../strategies/index.ts";
import type { Warning } from "../warnings.ts";
import { readJsonFile } from "./parse.ts";
import type { TimeCommandOptions } from "./time.ts";
import { timeTable } from "./time-table.ts";

/** Enough for an interval. */
const ROUNDS = 15;
const PROCESSES = 5;
const TIMING = { minTimeSeconds: 0.005, minSamples: 5, maxTimeSeconds: 0 };
/** Rounds that would end within so many budgets are not cut off; the first round never is. */
const TOLERANCE = 1.3;
/** Counting one by one, before the rounds, may take about this share of the budget, at about this speed. */
const COUNT_SHARE = 0.35;
const COUNT_FMA_PER_SECOND = 1e8;

/** One strategy, counted and timed. */
export type TimedStrategy = {
  readonly label: string;
  readonly strategy: string;
  readonly kernel: string;
  readonly blockSize: number | "all" | null;
  readonly linearisation: "shared" | "recomputed";
  readonly unitSeeds: "dense" | "read";
  /** What is at hand; ratios compare strategies of one convention. */
  readonly convention: RowConvention;
  readonly fmaPredicted: number;
  readonly fmaCounted: number | null;
  readonly primalEvaluations: number;
  readonly primalFma: number;
  /** The part of `primalFma` that is inside of `seconds`. */
  readonly timedPrimalFma: number;
  readonly bytes: number;
  readonly footprintBytes: number;
  /** All the products; without the preparation. */
  readonly seconds: number;
  readonly interval95Seconds: readonly [number, number] | null;
  readonly rangeSeconds: readonly [number, number];
  readonly secondsPrepare: number;
  /** To the first strategy of the same convention, paired by round; null for that one. */
  readonly ratioToFirst: {
    readonly estimate: number;
    readonly interval95: readonly [number, number] | null;
  } | null;
  readonly maxAbsError: number | null;
  readonly warnings: readonly Warning[];
};

/** What `time` found. */
export type TimeReport = {
  readonly chain: ReturnType<typeof describeShape> & { readonly linear: boolean };
  readonly rounds: number;
  readonly processes: number;
  readonly machine: string | null;
  readonly strategies: readonly TimedStrategy[];
};

/**
 * Counts and times strategies on one chain.
 *
 * @param options - of the command
 * @returns a table, or JSON
 * @throws {JacobenchError} `ERR_CONFIG` without a chain, `ERR_UNKNOWN_NAME`, `ERR_ABSENT`,
 *   `ERR_UNSUPPORTED`, `ERR_MEMORY`, `ERR_MEASURE`
 */
export async function timeCommand(options: TimeCommandOptions): Promise<string> {
  const { expanded, shape } = expandOne(options);
  refuseTooLarge(expanded, usableMemoryBytes(), "time");
  const environment = await readEnvironment([options.kernel]);
  const limitFma = options.budget * COUNT_SHARE * COUNT_FMA_PER_SECOND;
  const costs = await costRecords(expanded, { limitFma });
  const labels = expanded.variants.map(({ record }) => record.label);
  const plans = schedule(
    { rounds: ROUNDS, processes: PROCESSES, repetitions: 1, rngSeed: 1 },
    expanded.cases.map(({ record }) => record.id),
    labels,
    null,
  );
  const measured: Measurement[] = [];
  const startSeconds = performance.now() / 1000;
  const elapsedSeconds = (): number => performance.now() / 1000 - startSeconds;
  await runPlans({
    expanded,
    timing: TIMING,
    plans,
    machine: environment.id,
    onMeasurement: (measurement) => void measured.push(measurement),
    shouldStop: () => {
      if (measured.length < labels.length || elapsedSeconds() < options.budget) return false;
      const expectedSeconds = (elapsedSeconds() * ROUNDS * labels.length) / measured.length;
      return expectedSeconds > TOLERANCE * options.budget;
    },
  });
  const results: Results<{ readonly rngSeed: number }> = {
    schemaVersion: RESULTS_SCHEMA_VERSION,
    experiment: "time",
    title: "time",
    quick: false,
    config: { rngSeed: 1 },
    configHash: "",
    environments: [finishEnvironment(environment)],
    cases: expanded.cases.map(({ record }) => record),
    variants: expanded.variants.map(({ record }) => record),
    costs,
    measurements: wholeRounds(measured, labels.length),
  };
  const report = makeReport(results, shape);
  return options.format === "json" ? JSON.stringify(report, null, 2) : timeTable(report, shape);
}

/** Rounds that were cut off would compare one strategy's rounds with fewer of another's. */
function wholeRounds(measured: readonly Measurement[], visits: number): Measurement[] {
  const rounds = groupBy(measured, (measurement) => String(measurement.round));
  return [...rounds.values()].filter((round) => round.length === visits).flat();
}

function expandOne(options: TimeCommandOptions): { expanded: Expanded; shape: ChainShape } {
  expectUsable([options.kernel]);
  const { recipe, shape, id } = chainOf(options);
  const strategies = options.strategies.map((name) => {
    const { accepts } = strategyById(name);
    const blockSize = accepts.includes("blockSize") ? options.blockSize : undefined;
    const snapshots = accepts.includes("snapshots") ? options.snapshots : undefined;
    const threads = accepts.includes("threads") ? options.threads : undefined;
    if (blockSize === undefined && snapshots === undefined && threads === undefined) return name;
    return { strategy: name, blockSize, threads, snapshots };
  });
  const { unitSeeds = "dense", linearisation = "shared" } = options;
  const choice = { strategies, kernels: [options.kernel], unitSeeds, linearisation };
  const variants = expandVariants(choice, "time");
  const item = { record: { id, ...describeShape(shape) }, shape, recipe };
  const expanded: Expanded = {
    cases: [item],
    variants,
    predict: (_, { record, options: own }) => predictCost(shape, { strategy: record.strategy, ...own }),
  };
  return { expanded, shape };
}

function chainOf(options: TimeCommandOptions): { recipe: ChainRecipe; shape: ChainShape; id: string } {
  const { widths, model, activation, loss } = options;
  if (model !== undefined) {
    const json = readJsonFile(model);
    const { shape } = parseModel(json, model).chain;
    return { recipe: { kind: "model", model: json, where: model, rngSeed: 1 }, shape, id: basename(model) };
  }
  if (widths === undefined) {
    const expected = "--widths, e.g. --widths 784,512,256,128,10, or --model FILE";
    throw new JacobenchError("ERR_CONFIG", `time: no chain was given; expected ${expected}`);
  }
  const recipe = { kind: "widths", widths, activation, loss, rngSeed: 1 } as const;
  return { recipe, shape: buildShape(recipe), id: widths.join("-") };
}

function makeReport(results: Results<{ readonly rngSeed: number }>, shape: ChainShape): TimeReport {
  const summaries = caseSummaries(results);
  const rows = measurementRows(results);
  const firsts = new Map<RowConvention, string>();
  for (const variant of results.variants) {
    const convention = conventionOf(variant);
    if (!firsts.has(convention)) firsts.set(convention, variant.label);
  }
  const strategies = results.variants.map((variant): TimedStrategy => {
    const convention = conventionOf(variant);
    const first = firsts.get(convention)!;
    const own = rows.filter((row) => row.variant === variant.label);
    const summary = summaries.find((candidate) => candidate.variant.label === variant.label);
    if (summary === undefined) {
      const reason = own[0]?.unusable ?? "it was not measured";
      throw new JacobenchError("ERR_MEASURE", `time: ${variant.label} has no usable measurement: ${reason}`);
    }
    const { cost } = summary;
    return {
      label: variant.label,
      strategy: variant.strategy,
      kernel: variant.kernel,
      blockSize: variant.blockSize,
      linearisation: variant.linearisation,
      unitSeeds: variant.unitSeeds,
      convention,
      fmaPredicted: cost.fmaPredicted,
      fmaCounted: cost.fmaCounted,
      primalEvaluations: cost.primalEvaluations,
      primalFma: cost.primalFmaPredicted,
      timedPrimalFma: cost.timedPrimalFma,
      bytes: cost.bytesCounted,
      footprintBytes: cost.footprintBytes,
      seconds: summary.seconds,
      interval95Seconds: summary.interval95,
      rangeSeconds: summary.range,
      secondsPrepare: summary.secondsPrepare,
      ratioToFirst: variant.label === first ? null : pairedRatio(rows, variant.label, first),
      maxAbsError: Math.max(...own.map((row) => row.maxAbsError)),
      warnings: distinct([
        ...cost.warnings,
        ...summary.warnings,
        ...results.measurements.filter((one) => one.variant === variant.label).flatMap((one) => one.warnings),
      ]),
    };
  });
  return {
    chain: { ...describeShape(shape), linear: isLinear(shape.layers) },
    rounds: new Set(results.measurements.map((measurement) => measurement.round)).size,
    processes: new Set(results.measurements.map((measurement) => measurement.process)).size,
    machine: results.environments[0]!.cpuModel,
    strategies,
  };
}

/** Ratio of seconds in the same round, clustered by process. */
function pairedRatio(rows: ReturnType<typeof measurementRows>, label: string, first: string) {
  const base = new Map(rows.filter((row) => row.variant === first).map((row) => [row.round, row.seconds]));
  const own = rows.filter((row) => row.variant === label);
  const processes = [...groupBy(own, (row) => row.processKey).values()].map((group) =>
    group.map((row) => row.seconds / base.get(row.round)!),
  );
  const { estimate, interval95 } = clusteredInterval(processes, { quick: false, rngSeed: 1 });
  return { estimate, interval95 };
}

/** One warning of each code: the first, with the number of measurements that have it. */
function distinct(warnings: readonly Warning[]): Warning[] {
  return [...groupBy(warnings, (warning) => warning.code).values()].map((group) => {
    const [one] = group;
    return group.length === 1
      ? one!
      : { ...one!, message: `${one!.message} (and ${group.length - 1} more like it)` };
  });
}
