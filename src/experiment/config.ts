/** @file The config of an experiment: its schema, from which the JSON Schema for editors comes too. */

import { z } from "zod";
import { KERNELS } from "../kernels/index.ts";
import { STRATEGIES } from "../strategies/index.ts";
import { MAX_THREADS } from "../strategies/types.ts";

/** Largest width of a layer. */
export const MAX_WIDTH = 1_000_000;
/** Largest number of layers. */
export const MAX_DEPTH = 1000;
/** Fewest cases of an experiment with a forecast. */
export const FEWEST_FORECAST_CASES = 10;
/** Most cases in one experiment. */
export const MAX_CASES = 10_000;

/** A whole number within bounds; the message is the sentence on what is allowed. */
export function whole(minimum: number, maximum: number, orElse = ""): z.ZodNumber {
  const error = `an integer from ${minimum} to ${maximum}${orElse}`;
  return z.number({ error }).int({ error }).min(minimum, { error }).max(maximum, { error });
}

/** A whole number from 1 on, or all. */
function countOrAll(maximum: number) {
  const error = `an integer from 1 to ${maximum}, or "all"`;
  return z.union([whole(1, maximum, ', or "all"'), z.literal("all", { error })], { error });
}

/** A real number within bounds. */
export function real(minimum: number, maximum: number): z.ZodNumber {
  const error = `a number from ${minimum} to ${maximum}`;
  return z.number({ error }).min(minimum, { error }).max(maximum, { error });
}

/** A text that is not empty; the message is the sentence on what is allowed. */
export function text(error: string): z.ZodString {
  return z.string({ error }).min(1, { error });
}

/** One of some names. */
export function oneOf<const Names extends readonly string[]>(
  names: Names,
): z.ZodEnum<{ [Name in Names[number]]: Name }> {
  return z.enum(names, { error: `one of ${names.map((name) => JSON.stringify(name)).join(", ")}` });
}

/** A list that is not empty. */
export function listOf<Item extends z.ZodType>(item: Item, what: string, maximum: number): z.ZodArray<Item> {
  const error = `a list of 1 to ${maximum} ${what}`;
  return z.array(item, { error }).min(1, { error }).max(maximum, { error });
}

/** An object with these keys and no others. */
export function objectOf<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "invalid_type" ? `an object with ${keys}` : undefined),
  });
}

const width = whole(1, MAX_WIDTH);
const unitSeeds = oneOf(["dense", "read"]);
const linearisation = oneOf(["shared", "recomputed"]);
const strategyName = oneOf(STRATEGIES.map((strategy) => strategy.id));

const network = {
  activation: oneOf(["relu", "tanh", "sigmoid", "softplus", "identity"])
    .optional()
    .describe(
      "Stands after every dense layer except the last. Without it: dense layers only, exactly n·Σ and m·Σ.",
    ),
  loss: oneOf(["softmaxCrossEntropy"]).optional().describe("A scalar last layer (m = 1), label 0."),
};

const gridChain = objectOf({
  grid: objectOf({
    n: listOf(width, "widths", 1000).describe("Input widths."),
    m: listOf(width, "widths", 1000).describe("Output widths (of the last dense layer)."),
    hidden: listOf(width, "widths", 1000).describe("Width of all hidden layers."),
    depth: listOf(whole(1, MAX_DEPTH), "depths", 1000)
      .default([4])
      .describe("K, the number of dense layers; the seed has four."),
  }),
  combine: oneOf(["cartesian", "zipped"])
    .default("cartesian")
    .describe("cartesian: each with each. zipped: first with first, …; a list of one serves for all."),
  ...network,
});

const listChain = objectOf({
  list: listOf(
    z
      .array(width, { error: "a list of widths, [n, …, m]" })
      .min(2, { error: "at least two widths, [n, …, m]" })
      .max(MAX_DEPTH + 1, { error: `at most ${MAX_DEPTH + 1} widths` }),
    "lists of widths",
    MAX_CASES,
  ).describe("Widths [n, …, m] of each chain."),
  ...network,
});

/** Chains by their widths: those whose weights are random. */
export const familyChain = z.union([gridChain, listChain], { error: "an object with one of grid, list" });

const modelChain = objectOf({
  model: text("the path of a model file, relative to this config").describe(
    "A model file with explicit weights.",
  ),
});

const strategyEntry = z.union(
  [
    strategyName,
    objectOf({
      strategy: strategyName,
      blockSize: countOrAll(MAX_WIDTH).optional().describe("Seeds at once, for blocked strategies."),
      threads: whole(1, MAX_THREADS)
        .optional()
        .describe("Threads of a blocked strategy, for the kernel wasm; 1 where left out."),
      snapshots: countOrAll(MAX_DEPTH)
        .optional()
        .describe("States that reverse-checkpointed keeps, the input one of them."),
      linearisation: linearisation.optional(),
      unitSeeds: unitSeeds.optional(),
      minimize: oneOf(["fma", "time"])
        .optional()
        .describe(
          "For optimal: what its plan minimizes; time needs a calibration, which a sweep makes first.",
        ),
      label: text("a label, not empty").max(60, { error: "a label of at most 60 characters" }).optional(),
    }),
  ],
  {
    error:
      "the name of a strategy, or an object with strategy, blockSize, threads, snapshots, linearisation, unitSeeds, minimize, label",
  },
);

/** What every config begins with. */
export const headFields = {
  $schema: z.string({ error: "the path of the JSON Schema" }).optional(),
  name: z
    .string({ error: "a name of a-z, 0-9 and -" })
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, { error: "a name of at most 60 characters a-z, 0-9 and -" })
    .describe("Also the name of the report's folder."),
  title: text("a title, not empty"),
  notes: z.string({ error: "a text" }).optional().describe("For people; changes nothing."),
};

/** The schema of an experiment's config. */
export const configSchema = objectOf({
  ...headFields,
  chain: z.union([gridChain, listChain, modelChain], {
    error: "an object with one of grid, list, model",
  }),
  strategies: listOf(strategyEntry, "strategies", 100).default(["forward", "reverse"]),
  kernels: listOf(oneOf(KERNELS.map((kernel) => kernel.id)), "kernels", 20).default(["typed"]),
  unitSeeds: unitSeeds.default("dense").describe("For all strategies that know it and do not say otherwise."),
  linearisation: linearisation
    .default("shared")
    .describe("For all strategies that know it and do not say otherwise."),
  timing: objectOf({
    minTimeSeconds: real(0.000001, 60).default(0.003).describe("Least seconds of one sample."),
    minSamples: whole(1, 1000).default(3).describe("Least samples of one measurement."),
    maxTimeSeconds: real(0, 3600)
      .default(0)
      .describe("Samples are added until this time is over; 0: minSamples only."),
    value: z
      .boolean({ error: "true or false" })
      .optional()
      .describe("Whether one primal value alone is timed too, at every measurement."),
  }).prefault({}),
  rounds: whole(1, 10_000)
    .default(15)
    .describe("Each visits every case and strategy once; below 15 no interval is given."),
  processes: whole(1, 1000).default(5).describe("Fresh processes over which the rounds are spread."),
  repetitions: whole(1, 1000)
    .default(1)
    .describe("How often the whole is repeated, each time in fresh processes."),
  forecast: z
    .boolean({ error: "true or false" })
    .default(false)
    .describe(
      "Prediction first: a tenth of the cases are timed, and the rest forecast from them, before the rest is timed.",
    ),
  rngSeed: whole(0, 2_147_483_647)
    .default(1)
    .describe("Starts the generators of weights, points and orders."),
  defaultSweep: z
    .boolean({ error: "true or false" })
    .default(true)
    .describe("Whether a sweep without arguments runs it."),
  verdict: objectOf({
    tolerance: real(0.001, 1)
      .optional()
      .describe("n and m: the exponent's interval must lie within this of the claimed one. Default 0.05."),
    sigmaTolerance: real(0.001, 1)
      .optional()
      .describe("Σ: refuted where an interval lies above 1 + this. Default 0.05."),
    minCases: whole(6, MAX_CASES)
      .optional()
      .describe("With fewer cases the verdict is inconclusive. Default 6, from where intervals hold."),
    minRounds: whole(15, 10_000).optional().describe("The same for rounds. Default 15."),
    minProcesses: whole(5, 1000).optional().describe("The same for processes. Default 5."),
    winStandardErrors: real(1, 10)
      .optional()
      .describe("One form of the cost beats another by more than so many standard errors. Default 1."),
    refuteStandardErrors: real(1, 10)
      .optional()
      .describe("A rival form refutes the claim by more than so many standard errors. Default 2."),
    groups: oneOf(["auto", "depth", "hidden", "sigma", "n", "m"])
      .optional()
      .describe(
        "What groups of cases that model selection leaves out differ in; sigma: thirds. Default auto: depth where it varies, else hidden widths, else sigma.",
      ),
  })
    .optional()
    .describe("The rule by which a verdict is given, stated before the data."),
  report: objectOf({
    charts: z.array(text("the name of a chart"), { error: "a list of names of charts" }).optional(),
    time: oneOf(["products", "with-preparation"])
      .default("products")
      .describe(
        "What the times of fits and charts are: the products alone, or the preparation before them too.",
      ),
  }).prefault({}),
});

/** A config with its defaults filled in. */
export type ExperimentConfig = z.output<typeof configSchema>;

/** A strategy as a config names it. */
export type StrategyEntry = ExperimentConfig["strategies"][number];

/**
 * The JSON Schema by which editors complete and check a config.
 *
 * @returns JSON text, ending with a newline; the same for the same registries of strategies and kernels
 */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(configSchema, { io: "input" });
  return `${JSON.stringify({ ...schema, title: "A jacobench experiment" }, null, 2)}\n`;
}
