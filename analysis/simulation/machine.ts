/** @file Results of a made-up machine whose law and noise are known, on a given design: what coverage is judged on. Pure. */

import type { Random } from "../../src/random.ts";
import type { CaseRecord, Environment, Measurement, VariantRecord } from "../../src/results/types.ts";
import type { AnyResults } from "../config.ts";

/** Standard deviations of log t, and how the noise of the rounds is made. */
export type NoiseModel = {
  readonly name: string;
  /** A case against the law, for each variant its own, in all processes. */
  readonly case: number;
  /** A whole process. */
  readonly process: number;
  /** One measurement. */
  readonly round: number;
  /** The exponent of Σ in one process (its JIT treats large cases differently). */
  readonly slope?: number;
  /** `heavy`: Student's t with 3 degrees of freedom; `outliers`: one in twenty is 2 to 8 times too slow. */
  readonly tails?: "normal" | "heavy" | "outliers";
  /** Correlation of successive rounds of a case. */
  readonly lag1?: number;
  /** Cases of a forecast: measured before the others, in processes and rounds of their own. */
  readonly pilots?: number;
  /** How much slower the machine is at the last round than at the first; exact in the middle. */
  readonly drift?: number;
};

/** Seconds of a product by mode; t = products · that. */
export type ProductLaw = (record: CaseRecord, mode: "forward" | "reverse") => number;

/** Rounds and processes of a run. */
export const ROUNDS = 15;
/** Each has three rounds. */
export const PROCESSES = 5;

const VARIANTS: readonly VariantRecord[] = (["forward", "reverse"] as const).map((strategy) => ({
  label: strategy,
  strategy,
  mode: strategy,
  kernel: "typed",
  blockSize: null,
  linearisation: "shared",
  unitSeeds: "dense",
  withRespectTo: "input",
}));

/** A machine with a level 2 cache of 1 MiB, so that the largest chains of the shipped design leave it. */
const ENVIRONMENT: Environment = {
  id: "simulated",
  runtime: "node",
  runtimeVersion: null,
  v8: null,
  os: null,
  architecture: null,
  cpuModel: null,
  cores: null,
  memoryBytes: null,
  cacheBytes: { l1: 32768, l2: 2 ** 20, l3: 2 ** 25 },
  clockResolutionSeconds: 1e-9,
  packages: {},
  gitCommit: null,
  startedAt: "2026-01-01T00:00:00.000Z",
  finishedAt: null,
  loadAtStart: null,
  loadAtEnd: null,
};

/** The chain of a list of widths, dense layers only. */
export function caseRecord(widths: readonly number[]): CaseRecord {
  const sigma = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
  const parameters = sigma + widths.slice(1).reduce((sum, width) => sum + width, 0);
  return {
    id: widths.join("-"),
    widths,
    n: widths[0]!,
    m: widths.at(-1)!,
    depth: widths.length - 1,
    sigma,
    parameters,
    weightBytes: 8 * parameters,
  };
}

/**
 * Measures a design on the made-up machine: forward and reverse, 15 rounds in 5 processes.
 *
 * @param cases - the design
 * @param law - seconds of a product
 * @param noise - see {@link NoiseModel}
 * @param random - a seeded stream
 */
export function simulateResults(
  cases: readonly CaseRecord[],
  law: ProductLaw,
  noise: NoiseModel,
  random: Random,
): AnyResults {
  const pilots = pilotCases(cases, noise.pilots ?? 0);
  const processes = Array.from({ length: (pilots.size > 0 ? 2 : 1) * PROCESSES }, () => ({
    offset: noise.process * normal(random),
    slope: (noise.slope ?? 0) * normal(random),
  }));
  const centre = cases.reduce((sum, { sigma }) => sum + Math.log(sigma), 0) / cases.length;
  const measurements: Measurement[] = [];
  for (const record of cases) {
    for (const variant of VARIANTS) {
      const mode = variant.mode!;
      const products = mode === "forward" ? record.n : record.m;
      const exact = Math.log(products * law(record, mode)) + noise.case * normal(random);
      let state = normal(random);
      const before = pilots.size > 0 && !pilots.has(record) ? 1 : 0;
      for (let round = 0; round < ROUNDS; round++) {
        const process = before * PROCESSES + Math.floor((round * PROCESSES) / ROUNDS);
        const lag1 = noise.lag1 ?? 0;
        state = lag1 * state + Math.sqrt(1 - lag1 ** 2) * normal(random);
        const { offset, slope } = processes[process]!;
        const log =
          exact +
          offset +
          slope * (Math.log(record.sigma) - centre) +
          noise.round * tailed(state, noise.tails ?? "normal", random) +
          outlier(noise.tails ?? "normal", random) +
          Math.log1p((noise.drift ?? 0) * (round / (ROUNDS - 1) - 0.5));
        measurements.push(
          measurement(record.id, variant.label, process, before * ROUNDS + round, Math.exp(log)),
        );
      }
    }
  }
  return {
    schemaVersion: 1,
    experiment: "simulated",
    title: "A made-up machine",
    quick: false,
    config: {},
    configHash: "",
    environments: [ENVIRONMENT],
    cases,
    variants: VARIANTS,
    costs: cases.flatMap((record) => VARIANTS.map((variant) => cost(record, variant))),
    measurements,
  };
}

/** So many cases, the middle ones of as many strata of n·m·Σ. */
function pilotCases(cases: readonly CaseRecord[], count: number): Set<CaseRecord> {
  const sorted = [...cases].sort((a, b) => a.n * a.m * a.sigma - b.n * b.m * b.sigma);
  return new Set(
    Array.from({ length: count }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / count)]!),
  );
}

function measurement(
  caseId: string,
  variant: string,
  process: number,
  round: number,
  seconds: number,
): Measurement {
  return {
    case: caseId,
    variant,
    machine: ENVIRONMENT.id,
    role: "main",
    repetition: 0,
    process,
    round,
    secondsPrepare: 0,
    samples: [seconds],
    runsPerSample: 1,
    maxAbsError: 0,
    maxAbsReference: 1,
    warnings: [],
  };
}

function cost(record: CaseRecord, { label, mode }: VariantRecord): AnyResults["costs"][number] {
  const fma = (mode === "forward" ? record.n : record.m) * record.sigma;
  return {
    case: record.id,
    variant: label,
    fmaPredicted: fma,
    fmaCounted: fma,
    primalEvaluations: 1,
    primalFmaPredicted: record.sigma,
    primalFmaCounted: record.sigma,
    timedPrimalFma: 0,
    bytesPredicted: 0,
    bytesCounted: 0,
    footprintBytes: record.weightBytes,
    warnings: [],
  };
}

/** A standard normal number (Box and Muller, A note on the generation of random normal deviates, 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

/** Student's t with three degrees of freedom from a normal number and three more; else the number itself. */
function tailed(value: number, tails: "normal" | "heavy" | "outliers", random: Random): number {
  if (tails !== "heavy") return value;
  const square = normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2;
  return value / Math.sqrt(square / 3);
}

function outlier(tails: "normal" | "heavy" | "outliers", random: Random): number {
  return tails === "outliers" && random.uniform() < 0.05 ? Math.log(2 + 6 * random.uniform()) : 0;
}
