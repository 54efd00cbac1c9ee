/** @file What the page asks of a measurement, what it is told meanwhile, and what it gets: the contract with the page. */

import type { TopLevelSpec } from "vega-lite";
import type { ChartOptions } from "../../../analysis/charts/look.ts";
import type { AnyResults } from "../../../analysis/config.ts";
import type { Crossover } from "../../../analysis/laws/crossover.ts";
import type { PowerLaw } from "../../../analysis/laws/power-law.ts";
import type { ActivationKind } from "../../chain/activation.ts";
import type { Environment } from "../../results/types.ts";
import type { Warning } from "../../warnings.ts";

/** What is to be measured. */
export type MeasurementRequest = {
  /** The network on the page, d_0 = n to d_K = m; its form is kept, its size varied. A loss behind it is left out. */
  readonly widths: readonly number[];
  /** After every dense layer except the last. */
  readonly activation?: ActivationKind | undefined;
  /** `full`: as the command measures, with intervals. `quick`: a third of the time or less, estimates alone. */
  readonly length: "full" | "quick";
  /** Name of the kernel; `typed` if left out. */
  readonly kernel?: string | undefined;
  /** Starts the generators of weights, points and orders; 1 if left out. */
  readonly rngSeed?: number | undefined;
  /** Of what the page was built, from `measuringSoftware` of src/measure/node-environment.ts. */
  readonly software: Pick<Environment, "packages" | "gitCommit">;
};

/** One measurement as a point on the log-log chart. */
export type MeasuredPoint = {
  readonly case: string;
  readonly mode: "forward" | "reverse";
  /** Predicted FMA: n·Σ or m·Σ. */
  readonly work: number;
  /** Of one run, all the products. */
  readonly seconds: number;
};

/** How far a measurement is. */
export type MeasurementProgress = {
  /** `pilot`: how fast is this device; `counting`: FMA, one by one; `measuring`: the rounds. */
  readonly phase: "pilot" | "counting" | "measuring";
  /** Measurements that are done, of how many; both 0 until that is known. */
  readonly done: number;
  readonly total: number;
  /** Null as long as it is not known. */
  readonly secondsLeft: number | null;
  /** The last measurement; null before the first. */
  readonly latest: MeasuredPoint | null;
  /** What is doubtful already, e.g. a coarse clock. */
  readonly warnings: readonly Warning[];
};

/** What was found. */
export type Measured = {
  /** `complete`, or `partial` where it was cancelled after at least two whole rounds. */
  readonly kind: "complete" | "partial";
  readonly results: AnyResults;
  /** The content of results.json, and of results.csv with the columns of the command's. */
  readonly json: string;
  readonly csv: string;
  /** A name for both files, without ending, e.g. `jacobench-chrome-147-2026-11-24-101502`. */
  readonly fileName: string;
  /** Exponents with intervals, or why there are none (`refusal`, `noInterval`). */
  readonly forward: PowerLaw;
  readonly reverse: PowerLaw;
  /** The n/m at which both take equally long, or why there is none. */
  readonly crossover: Crossover;
  /** The finding in sentences. */
  readonly sentences: readonly string[];
  /** One point a case and mode: medians. */
  readonly points: readonly MeasuredPoint[];
  /** Of the whole session, each once. */
  readonly warnings: readonly Warning[];
  /** Times against predicted work, log-log, with fit and band. */
  scalingChart(options?: ChartOptions): TopLevelSpec;
  /** Exponents beside the predicted ones; null where nothing could be fitted. */
  exponentsChart(options?: ChartOptions): TopLevelSpec | null;
};

/** How a measurement ended: with results, or cancelled before there was enough for any. */
export type MeasurementOutcome = Measured | { readonly kind: "cancelled" };

/** A measurement under way. */
export type RunningMeasurement = {
  /** Rejects with a `JacobenchError` whose message is for the reader. */
  readonly finished: Promise<MeasurementOutcome>;
  /** Ends it at once; what was measured is kept if it is enough. */
  cancel(): void;
};
