/** @file Results of a machine that obeys a known law, with known noise: what tests of the analysis are judged against. */

import type { ExperimentConfigLike } from "../../analysis/config.ts";
import { createRandom, type Random } from "../../src/random.ts";
import type {
  CaseRecord,
  CostRecord,
  Environment,
  Measurement,
  Results,
  VariantRecord,
} from "../../src/results/types.ts";

/** Standard deviations of the logarithm of time, by what they belong to. */
export type Noise = {
  /** A case that is slower or faster than the law, the same in all rounds and variants' own. */
  readonly case: number;
  /** A whole process. */
  readonly process: number;
  /** One measurement. */
  readonly round: number;
};

/** Settings of {@link syntheticResults}; every one has a default. */
export type SyntheticOptions = {
  readonly widths?: readonly (readonly number[])[];
  readonly variants?: readonly VariantRecord[];
  /** Seconds of one product beside its FMAs. */
  readonly secondsPerProduct?: number;
  readonly secondsPerFma?: number;
  /** Seconds of one run; default: products·(α + β·Σ). */
  readonly law?: (record: CaseRecord, variant: VariantRecord) => number;
  readonly secondsPrepare?: (record: CaseRecord, variant: VariantRecord) => number;
  /** Seconds of the primal value alone; not timed unless given. */
  readonly secondsValue?: (record: CaseRecord) => number;
  /** Counted and predicted bytes; by default those of the Jacobian and two vectors. */
  readonly bytes?: (record: CaseRecord, variant: VariantRecord) => number;
  readonly noise?: Noise;
  readonly rounds?: number;
  readonly processes?: number;
  readonly repetitions?: number;
  readonly rngSeed?: number;
  readonly quick?: boolean;
  readonly experiment?: string;
  readonly title?: string;
  readonly config?: ExperimentConfigLike;
};

/** A variant with everything at its default. */
export function variantOf(strategy: string, more: Partial<VariantRecord> = {}): VariantRecord {
  const mode = strategy.startsWith("forward") ? "forward" : strategy.startsWith("reverse") ? "reverse" : null;
  return {
    label: strategy,
    strategy,
    mode,
    kernel: "typed",
    blockSize: strategy.endsWith("blocked") ? 16 : null,
    linearisation: "shared",
    unitSeeds: "dense",
    withRespectTo: "input",
    ...more,
  };
}

/** Every n with every m with every hidden width, four dense layers: [n, h, h, h, m]. */
export function gridWidths(
  n: readonly number[],
  m: readonly number[],
  hidden: readonly number[],
): number[][] {
  return n.flatMap((inputs) => m.flatMap((outputs) => hidden.map((h) => [inputs, h, h, h, outputs])));
}

/** The grid that stands for the shipped scaling experiment. */
export const SCALING_WIDTHS = gridWidths([4, 16, 64], [4, 16, 64], [16, 48, 144]);

/** A case with dense layers alone. */
export function caseOf(widths: readonly number[]): CaseRecord {
  const sigma = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
  const biases = widths.slice(1).reduce((sum, width) => sum + width, 0);
  return {
    id: widths.join("-"),
    widths,
    n: widths[0]!,
    m: widths.at(-1)!,
    depth: widths.length - 1,
    sigma,
    parameters: sigma + biases,
    weightBytes: 8 * (sigma + biases),
  };
}

/** Exact cost of a variant on a case of dense layers, in the closed forms of the issue. */
export function costOf(record: CaseRecord, variant: VariantRecord): CostRecord {
  const { widths, n, m, sigma } = record;
  const forward = n * (sigma - (variant.unitSeeds === "read" ? n * widths[1]! : 0));
  const reverse = m * (sigma - (variant.unitSeeds === "read" ? m * widths.at(-2)! : 0));
  const fma = variant.mode === "forward" ? forward : variant.mode === "reverse" ? reverse : n * m;
  const bytes = 8 * (n * m + 2 * Math.max(...widths));
  return {
    case: record.id,
    variant: variant.label,
    fmaPredicted: fma,
    fmaCounted: fma,
    primalEvaluations: variant.mode === null ? n + 1 : 1,
    primalFmaPredicted: variant.mode === null ? (n + 1) * sigma : sigma,
    primalFmaCounted: variant.mode === null ? (n + 1) * sigma : sigma,
    timedPrimalFma:
      variant.mode === null ? (n + 1) * sigma : variant.linearisation === "recomputed" ? sigma : 0,
    bytesPredicted: bytes,
    bytesCounted: bytes,
    footprintBytes: record.weightBytes + bytes,
    warnings: [],
  };
}

/** A draw from the standard normal distribution (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

/** The environment of the synthetic machine. */
export const SYNTHETIC_ENVIRONMENT: Environment = {
  id: "synthetic",
  runtime: "node",
  runtimeVersion: "v24.21.0",
  v8: "13.6",
  os: "none 1.0",
  architecture: "x64",
  cpuModel: "Known Law 3000",
  cores: 2,
  memoryBytes: 8 * 2 ** 30,
  cacheBytes: { l1: 32768, l2: 1048576, l3: null },
  clockResolutionSeconds: 1e-7,
  packages: { jacobench: "0.1.0", benchmark: "2.1.4" },
  gitCommit: "0123456789abcdef0123456789abcdef01234567",
  startedAt: "2026-11-24T05:00:00.000Z",
  finishedAt: "2026-11-24T05:04:00.000Z",
  loadAtStart: 0.1,
  loadAtEnd: 1.1,
};

/**
 * Makes results whose law is known.
 *
 * t = law(case, variant) · exp(case effect + process effect + round noise); three samples a measurement, whose median
 * is t. `processes` processes share the `rounds` rounds of a repetition in turn.
 *
 * @returns the same for the same options, on every machine
 */
export function syntheticResults(options: SyntheticOptions = {}): Results<ExperimentConfigLike> {
  const {
    widths = SCALING_WIDTHS,
    variants = [variantOf("forward"), variantOf("reverse")],
    secondsPerProduct: alpha = 0,
    secondsPerFma: beta = 1e-9,
    law = (record, variant) =>
      (variant.mode === "reverse" ? record.m : record.n) * (alpha + beta * record.sigma),
    secondsPrepare = (record) => 1e-7 + 2e-9 * record.sigma,
    noise = { case: 0.03, process: 0.02, round: 0.03 },
    rounds = 15,
    processes = 5,
    repetitions = 1,
    rngSeed = 1,
  } = options;
  const random = createRandom(rngSeed);
  const cases = widths.map(caseOf);
  const caseEffects = new Map(
    cases.flatMap((record) =>
      variants.map(({ label }) => [`${record.id}/${label}`, noise.case * normal(random)] as const),
    ),
  );
  const measurements: Measurement[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const processEffects = Array.from({ length: processes }, () => noise.process * normal(random));
    for (let round = 0; round < rounds; round++) {
      const process = Math.floor((round * processes) / rounds);
      for (const record of cases) {
        for (const variant of variants) {
          const effect =
            caseEffects.get(`${record.id}/${variant.label}`)! +
            processEffects[process]! +
            noise.round * normal(random);
          const seconds = law(record, variant) * Math.exp(effect);
          measurements.push({
            case: record.id,
            variant: variant.label,
            machine: SYNTHETIC_ENVIRONMENT.id,
            role: "main",
            repetition,
            process,
            round,
            secondsPrepare: secondsPrepare(record, variant),
            ...(options.secondsValue && { secondsValue: options.secondsValue(record) }),
            samples: [seconds * 0.999, seconds, seconds * 1.002],
            runsPerSample: 10,
            maxAbsError: 1e-16,
            maxAbsReference: 1,
            warnings: [],
          });
        }
      }
    }
  }
  return {
    schemaVersion: 1,
    experiment: options.experiment ?? "synthetic",
    title: options.title ?? "A machine that obeys a known law",
    quick: options.quick ?? false,
    config: { rounds, processes, repetitions, rngSeed, ...options.config },
    configHash: "0".repeat(64),
    environments: [SYNTHETIC_ENVIRONMENT],
    cases,
    variants,
    costs: cases.flatMap((record) =>
      variants.map((variant) => {
        const cost = costOf(record, variant);
        const bytes = options.bytes?.(record, variant) ?? cost.bytesCounted;
        return { ...cost, bytesPredicted: bytes, bytesCounted: bytes };
      }),
    ),
    measurements,
  };
}
