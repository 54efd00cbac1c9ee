/** @file The config of a measurement in the browser: one that the command can run too. How many rounds fit into the time. Pure. */

import type { ExperimentConfig } from "../../experiment/config.ts";
import { MIN_CLOCK_STEPS } from "../../measure/diagnose.ts";
import { SINGLE_SAMPLE_SECONDS } from "../../measure/sampler.ts";
import { MINIMUM_PROCESSES, MINIMUM_ROUNDS } from "../../statistics/interval.ts";
import { type Speed, sigmaOf } from "./plan.ts";
import type { MeasurementRequest } from "./request.ts";

/** How long the rounds of a full measurement should take; more of them are made until then, within bounds. */
const FULL_SECONDS = 24;
const MOST_ROUNDS = 30;
/** A quick measurement: two processes, so that a fresh one is among them. */
const QUICK = { rounds: 4, processes: 2 } as const;
/** As the command's default: a sample lasts so long, and of a fine clock three are taken. */
const SAMPLE_SECONDS = 0.003;
const FINE_SAMPLES = 3;
/** From this step on one long sample is taken in place of three. */
const ONE_SAMPLE_CLOCK_SECONDS = 3e-4;
/** A clock that moves more coarsely would make each sample last longer than half a second. */
export const COARSEST_CLOCK_SECONDS = 0.005;
/** What a visit takes beside its samples: probe, preparation, comparison. */
const VISIT_SECONDS = 0.006;
/** Samples are made longer than asked by about so much. */
const SAMPLE_MARGIN = 1.5;
/** A long run is probed once a process, and timed once a visit. */
const LONG_RUN_VISITS = 1 + MINIMUM_PROCESSES / MINIMUM_ROUNDS;

/** The config, and how long it should take. */
export type PlannedConfig = { readonly config: ExperimentConfig; readonly seconds: number };

/**
 * Makes the config.
 *
 * @param request - of the page
 * @param widths - of the cases
 * @param device - its speed, and the step of its clock; finite
 */
export function planConfig(
  request: MeasurementRequest,
  widths: readonly (readonly number[])[],
  device: Speed & { readonly clockResolutionSeconds: number },
): PlannedConfig {
  const { clockResolutionSeconds, secondsPerFma } = device;
  const minTimeSeconds = significant(Math.max(SAMPLE_SECONDS, MIN_CLOCK_STEPS * clockResolutionSeconds));
  const minSamples = clockResolutionSeconds < ONE_SAMPLE_CLOCK_SECONDS ? FINE_SAMPLES : 1;
  const samplesSeconds = (minSamples + 0.5) * SAMPLE_MARGIN * minTimeSeconds;
  const roundSeconds = widths
    .flatMap((one) => [one[0]!, one.at(-1)!].map((products) => products * sigmaOf(one) * secondsPerFma))
    .reduce((sum, run) => {
      const measuring =
        run > SINGLE_SAMPLE_SECONDS ? LONG_RUN_VISITS * run : Math.max(samplesSeconds, 4 * run);
      return sum + VISIT_SECONDS + measuring;
    }, 0);
  const { rounds, processes } = request.length === "quick" ? QUICK : fullRounds(roundSeconds);
  const config: ExperimentConfig = {
    name: "explorer",
    title: `Measured in a browser: ${request.widths.join("-")} and its form at other sizes`,
    chain: {
      list: widths.map((one) => [...one]),
      ...(request.activation !== undefined && { activation: request.activation }),
    },
    strategies: ["forward", "reverse"],
    kernels: [(request.kernel ?? "typed") as ExperimentConfig["kernels"][number]],
    unitSeeds: "dense",
    linearisation: "shared",
    timing: { minTimeSeconds, minSamples, maxTimeSeconds: 0 },
    rounds,
    processes,
    repetitions: 1,
    forecast: false,
    rngSeed: request.rngSeed ?? 1,
    defaultSweep: false,
    report: { charts: ["scaling", "exponents", "ratio", "collapse", "counted"], time: "products" },
  };
  return { config, seconds: rounds * roundSeconds };
}

function fullRounds(roundSeconds: number): { rounds: number; processes: number } {
  const affordable = MINIMUM_PROCESSES * Math.floor(FULL_SECONDS / roundSeconds / MINIMUM_PROCESSES);
  const rounds = Math.min(MOST_ROUNDS, Math.max(MINIMUM_ROUNDS, affordable));
  return { rounds, processes: MINIMUM_PROCESSES };
}

/** A number of a config that people read. */
function significant(value: number): number {
  return Number(value.toPrecision(3));
}
