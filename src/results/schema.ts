/** @file The form of results.json as a zod schema; types.ts says what the fields mean. */

import { z } from "zod";
import { calibrationSchema } from "../planner/calibration-schema.ts";
import { RESULTS_SCHEMA_VERSION } from "./types.ts";

const WARNING_CODES = [
  "timer-coarse",
  "zero-time",
  "too-few-samples",
  "jit-not-settled",
  "noisy",
  "non-finite",
  "inaccurate",
  "count-skipped",
  "rounds-correlated",
  "load-high",
  "clock-coarse",
] as const;

const index = z.int().min(0);
const count = z.number().min(0);
const seconds = z.number().min(0);
/** Not-a-number has no form in JSON: it is written as null and read back as NaN. */
const maybeNaN = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);

const threads = z.union([z.literal(1), z.literal("all")]);

/** A warning of the closed set. */
export const warningSchema = z.object({ code: z.enum(WARNING_CODES), message: z.string() });

/** One variant. */
export const variantSchema = z.object({
  label: z.string(),
  strategy: z.string(),
  mode: z.enum(["forward", "reverse"]).nullable(),
  kernel: z.string(),
  blockSize: z.union([z.int().min(1), z.literal("all")]).nullable(),
  threads: z.int().min(1).optional(),
  snapshots: z.union([z.int().min(1), z.literal("all")]).nullish(),
  linearisation: z.enum(["shared", "recomputed"]),
  unitSeeds: z.enum(["dense", "read"]),
  minimize: z.enum(["fma", "time"]).optional(),
  withRespectTo: z.enum(["input", "parameters"]),
  peer: z.object({ peer: z.string(), way: z.string(), threads }).optional(),
});

/** One case. */
export const caseSchema = z.object({
  id: z.string(),
  widths: z.array(z.int().min(1)).min(2),
  n: z.int().min(1),
  m: z.int().min(1),
  depth: z.int().min(1),
  sigma: count,
  parameters: count,
  weightBytes: count,
});

/** Cost of one variant on one case. */
export const costSchema = z.object({
  case: z.string(),
  variant: z.string(),
  fmaPredicted: count,
  fmaCounted: count.nullable(),
  primalEvaluations: count,
  primalFmaPredicted: count,
  primalFmaCounted: count.nullable(),
  timedPrimalFma: count,
  bytesPredicted: count,
  bytesCounted: count,
  footprintBytes: count,
  warnings: z.array(warningSchema),
});

/** One measurement. */
export const measurementSchema = z.object({
  case: z.string(),
  variant: z.string(),
  machine: z.string(),
  role: z.enum(["main", "pilot", "anchor"]),
  repetition: index,
  process: index,
  round: index,
  secondsPrepare: seconds,
  secondsValue: seconds.nullish(),
  samples: z.array(seconds).min(1),
  runsPerSample: z.number().min(1),
  maxAbsError: maybeNaN,
  maxAbsReference: maybeNaN,
  warnings: z.array(warningSchema),
});

/** A forecast, without what is known of its file. */
export const forecastSchema = z.object({
  experiment: z.string(),
  configHash: z.string(),
  machine: z.string(),
  madeAt: z.string(),
  pilots: z.array(z.string()).min(1),
  measurements: index,
  journalSha256: z.string(),
  model: z.record(z.string(), z.unknown()),
  predictions: z.array(
    z.object({
      case: z.string(),
      variant: z.string(),
      seconds,
      interval95: z.tuple([seconds, seconds]).nullable(),
    }),
  ),
});

/** One machine. */
export const environmentSchema = z.object({
  id: z.string(),
  runtime: z.enum(["node", "browser"]),
  runtimeVersion: z.string().nullable(),
  v8: z.string().nullable(),
  os: z.string().nullable(),
  architecture: z.string().nullable(),
  cpuModel: z.string().nullable(),
  cores: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  cacheBytes: z.object({ l1: z.number().nullable(), l2: z.number().nullable(), l3: z.number().nullable() }),
  clockResolutionSeconds: seconds,
  packages: z.record(z.string(), z.string()),
  gitCommit: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  loadAtStart: z.number().nullable(),
  loadAtEnd: z.number().nullable(),
  crossOriginIsolated: z.boolean().nullish(),
});

/** What is known of the frameworks of a comparison. */
export const peersSchema = z.object({
  peers: z.array(
    z.object({
      peer: z.string(),
      title: z.string(),
      threads,
      status: z.enum(["measured", "absent", "failed"]),
      message: z.string().nullable(),
      install: z.string().nullable(),
      versions: z.record(z.string(), z.string()),
      device: z.string().nullable(),
      ways: z.array(
        z.object({
          way: z.string(),
          title: z.string(),
          variant: z.string(),
          status: z.enum(["measured", "refused", "failed", "skipped"]),
          message: z.string().nullable(),
          dtype: z.string().nullable(),
          relativeError: z.number().nullable(),
          cpuPerWall: z.number().nullable(),
        }),
      ),
    }),
  ),
  plan: z
    .object({
      fma: count,
      forwardFma: count,
      reverseFma: count,
      code: z.record(z.string(), z.string()),
    })
    .nullish(),
});

/** What analysis reads of a stored config; all else is kept as it is. */
export const storedConfigSchema = z.looseObject({
  title: z.string().optional(),
  notes: z.string().optional(),
  rounds: z.number().optional(),
  processes: z.number().optional(),
  repetitions: z.number().optional(),
  rngSeed: z.number().optional(),
  report: z
    .looseObject({
      charts: z.array(z.string()).optional(),
      time: z.enum(["products", "with-preparation"]).optional(),
    })
    .optional(),
});

/** A config as results.json holds it. */
export type StoredConfig = z.infer<typeof storedConfigSchema>;

/** results.json. */
export const resultsSchema = z.object({
  schemaVersion: z.literal(RESULTS_SCHEMA_VERSION),
  experiment: z.string(),
  title: z.string(),
  quick: z.boolean(),
  config: storedConfigSchema,
  configHash: z.string(),
  environments: z.array(environmentSchema).min(1),
  cases: z.array(caseSchema),
  variants: z.array(variantSchema),
  costs: z.array(costSchema),
  measurements: z.array(measurementSchema),
  calibration: calibrationSchema.nullish(),
  forecast: forecastSchema.extend({ file: z.string(), sha256: z.string() }).nullish(),
  peers: peersSchema.nullish(),
});
