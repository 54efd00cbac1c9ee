/** @file The result file of one experiment: everything that was measured, and on what. The contract that analysis reads. */

import type { Calibration } from "../planner/calibration.ts";
import type { Warning } from "../warnings.ts";

/** Version of the form of results.json; raised when a reader would misunderstand. */
export const RESULTS_SCHEMA_VERSION = 1;

/** One way to accumulate, as a config names it: a strategy with its kernel and options, under a label. */
export type VariantRecord = {
  /** Unique in the experiment, e.g. `forward`, `forward-blocked[8]`, `reverse · reference`. */
  readonly label: string;
  readonly strategy: string;
  /** forward, reverse, or null where the strategy is neither (finite differences). */
  readonly mode: "forward" | "reverse" | null;
  readonly kernel: string;
  /** Seeds at once; null for strategies that know no blocks. */
  readonly blockSize: number | "all" | null;
  /** Threads of a blocked strategy, where it is more than one. */
  readonly threads?: number | undefined;
  /** States that a checkpointed sweep has memory for; null, or left out, for all other strategies. */
  readonly snapshots?: number | "all" | null | undefined;
  readonly linearisation: "shared" | "recomputed";
  readonly unitSeeds: "dense" | "read";
  /** `time` for a plan that minimizes seconds, see `calibration` of the results; left out for all others. */
  readonly minimize?: "fma" | "time" | undefined;
  readonly withRespectTo: "input" | "parameters";
  /** Which way of which framework it is; left out in experiments of our own strategies alone. */
  readonly peer?: PeerWay | undefined;
};

/** A way of a framework to accumulate, at a number of threads. `kernel` of the variant names all three for people. */
export type PeerWay = {
  /** Id of the peer, e.g. `jax`; jacobench itself is one, the baseline. */
  readonly peer: string;
  /** Id of the way, e.g. `jacfwd-jit`. */
  readonly way: string;
  readonly threads: 1 | "all";
};

/** One chain of the experiment. */
export type CaseRecord = {
  /** Unique in the experiment, e.g. `64-128-128-128-8`. */
  readonly id: string;
  /** [n, …, m] after each layer that changes width (activations left out). */
  readonly widths: readonly number[];
  readonly n: number;
  readonly m: number;
  /** K: the number of layers that change the space, widths.length − 1. */
  readonly depth: number;
  /** Σ over dense layers of d_i·d_{i−1}: FMA of one JVP through them. */
  readonly sigma: number;
  /** Entries of all weights and biases. */
  readonly parameters: number;
  /** Bytes of weights, biases and given Jacobians. */
  readonly weightBytes: number;
};

/** Predicted and counted cost of one variant on one case: exact, the same on every machine. */
export type CostRecord = {
  readonly case: string;
  readonly variant: string;
  /** Derivative arithmetic, in fused multiply-adds. */
  readonly fmaPredicted: number;
  /** The same, counted one by one; null where it was skipped (see warnings). */
  readonly fmaCounted: number | null;
  readonly primalEvaluations: number;
  readonly primalFmaPredicted: number;
  readonly primalFmaCounted: number | null;
  /** The part of the primal FMA that a run does, inside the clock; counted where FMA were counted, else predicted. */
  readonly timedPrimalFma: number;
  /** Peak bytes of what the strategy allocates. */
  readonly bytesPredicted: number;
  readonly bytesCounted: number;
  /** Bytes that a run touches: weights and what the strategy allocated. */
  readonly footprintBytes: number;
  readonly warnings: readonly Warning[];
};

/** One visit of one variant on one case: the unit that is journaled. */
export type Measurement = {
  readonly case: string;
  readonly variant: string;
  /** `id` of the environment that measured. */
  readonly machine: string;
  /**
   * `pilot`: measured before all others, in all its rounds, for the forecast of the rest; `anchor`: a case of another
   * shard, measured here too so that machines can be compared; `main`: all else.
   */
  readonly role: "main" | "pilot" | "anchor";
  /** From 0; more than one only in experiments that repeat themselves whole (A/A). */
  readonly repetition: number;
  /** From 0, number of the child process (unique in its repetition). */
  readonly process: number;
  /** From 0, unique in its repetition (not only in its process). */
  readonly round: number;
  /** Seconds of one primal evaluation and of storing what the products need. */
  readonly secondsPrepare: number;
  /** Seconds of one primal value alone, nothing kept; null, or left out, where the config does not ask for it. */
  readonly secondsValue?: number | null | undefined;
  /** Seconds of one run (all the products), one entry a sample. */
  readonly samples: readonly number[];
  /** Runs in each sample. */
  readonly runsPerSample: number;
  /** max |J − J_reference|, computed after the timing. */
  readonly maxAbsError: number;
  /** max |J_reference|, for scale. */
  readonly maxAbsReference: number;
  readonly warnings: readonly Warning[];
};

/** The machine and the software of one measuring session. What a browser can't know is null. */
export type Environment = {
  /** Short hash of the hardware and software fields; the `machine` of measurements. */
  readonly id: string;
  readonly runtime: "node" | "browser";
  readonly runtimeVersion: string | null;
  readonly v8: string | null;
  readonly os: string | null;
  readonly architecture: string | null;
  readonly cpuModel: string | null;
  readonly cores: number | null;
  readonly memoryBytes: number | null;
  /** Level 1 data, 2 and 3, as far as the operating system tells. */
  readonly cacheBytes: { readonly l1: number | null; readonly l2: number | null; readonly l3: number | null };
  /** Smallest step of the clock that was seen, in seconds. */
  readonly clockResolutionSeconds: number;
  /** Version of jacobench and of the packages that take part in a measurement. */
  readonly packages: Readonly<Record<string, string>>;
  readonly gitCommit: string | null;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** One-minute load average. */
  readonly loadAtStart: number | null;
  readonly loadAtEnd: number | null;
  /** Whether the page was cross-origin isolated, which makes the clock finer; left out outside of browsers. */
  readonly crossOriginIsolated?: boolean | null | undefined;
};

/** What was predicted of one case under one variant before it was timed. */
export type ForecastPrediction = {
  readonly case: string;
  readonly variant: string;
  /** As analysis takes times: of the products, or with the preparation (`report.time` of the config). */
  readonly seconds: number;
  /** Where the measured time of the case should lie; null where there is too little data for an interval. */
  readonly interval95: readonly [number, number] | null;
};

/** A forecast as a model makes it: plain data. */
export type ForecastFit = {
  /** The model with its coefficients, for people and for a check. */
  readonly model: Readonly<Record<string, unknown>>;
  /** Of the cases that had not been timed. */
  readonly predictions: readonly ForecastPrediction[];
};

/** forecast.json: what was predicted from the pilots, written before the rest was timed. */
export type Forecast = ForecastFit & {
  readonly experiment: string;
  readonly configHash: string;
  /** `id` of the environment. */
  readonly machine: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** Ids of the cases from which it was made. */
  readonly pilots: readonly string[];
  /** How many measurements it used: all of role `pilot`. */
  readonly measurements: number;
  /** SHA-256 of their lines in the journal, newlines included, in hex; see `forecastSource` in src/experiment. */
  readonly journalSha256: string;
};

/** A forecast as results.json holds it. */
export type ForecastRecord = Forecast & {
  /** Name of the file beside results.json. */
  readonly file: string;
  /** SHA-256 of that file, in hex. */
  readonly sha256: string;
};

/** What became of one way of a framework. */
export type PeerWayRecord = {
  readonly way: string;
  /** For people, e.g. `jacfwd, jitted`. */
  readonly title: string;
  /** Label of the variant; of one that was not measured too. */
  readonly variant: string;
  /** `refused`: its Jacobian is not ours; `failed`: it threw, crashed or hung; `skipped`: every chain is beyond its limits. */
  readonly status: "measured" | "refused" | "failed" | "skipped";
  /** Why it is not measured, or not on all chains; null where it is. */
  readonly message: string | null;
  /** Of the Jacobian that it gave; null where it gave none. */
  readonly dtype: string | null;
  /** Largest max |J − J_reference| / max |J_reference| of all chains; null where none was compared. */
  readonly relativeError: number | null;
  /** CPU seconds of all threads over seconds by the clock, over all timed batches; null where it was not timed. */
  readonly cpuPerWall: number | null;
};

/** What became of a framework at a number of threads. */
export type PeerRecord = {
  readonly peer: string;
  /** Its name for people. */
  readonly title: string;
  readonly threads: 1 | "all";
  readonly status: "measured" | "absent" | "failed";
  /** What is missing, or how it failed; null where it was measured. */
  readonly message: string | null;
  /** The command that installs what is missing; null where nothing is. */
  readonly install: string | null;
  /** Versions of the framework and of what it runs on. */
  readonly versions: Readonly<Record<string, string>>;
  readonly device: string | null;
  readonly ways: readonly PeerWayRecord[];
};

/** The composition that a plan prints, with its cost beside those of both modes, by the convention of the plan. */
export type PeersPlan = {
  readonly fma: number;
  readonly forwardFma: number;
  readonly reverseFma: number;
  /** Its statements in Python, by framework. */
  readonly code: Readonly<Record<string, string>>;
};

/** What a comparison with frameworks knows beside its measurements. */
export type PeersRecord = {
  readonly peers: readonly PeerRecord[];
  /** Null, or left out, where no plan was run. */
  readonly plan?: PeersPlan | null | undefined;
};

/** results.json of one experiment. */
export type Results<Config = unknown> = {
  readonly schemaVersion: typeof RESULTS_SCHEMA_VERSION;
  readonly experiment: string;
  readonly title: string;
  /** True when made by `--quick`: few rounds, no intervals. */
  readonly quick: boolean;
  readonly config: Config;
  /** SHA-256 of the config in canonical form. */
  readonly configHash: string;
  readonly environments: readonly Environment[];
  readonly cases: readonly CaseRecord[];
  readonly variants: readonly VariantRecord[];
  readonly costs: readonly CostRecord[];
  readonly measurements: readonly Measurement[];
  /** By which variants that minimize time were planned; null, or left out, where there are none. */
  readonly calibration?: Calibration | null | undefined;
  /** Null, or left out, where none was asked for. */
  readonly forecast?: ForecastRecord | null | undefined;
  /** What is known of the frameworks of a comparison; null, or left out, in experiments of our own strategies. */
  readonly peers?: PeersRecord | null | undefined;
};
