/**
 * @file A measurement as the page runs it: a pilot, then rounds in fresh Web Workers one after another, with progress,
 * cancelled at any moment.
 */

import { JacobenchError } from "../../errors.ts";
import { runPlansIn } from "../../experiment/run-plans.ts";
import { schedule } from "../../experiment/schedule.ts";
import { clockWarning } from "../../measure/clock.ts";
import type { Measurement } from "../../results/types.ts";
import { median } from "../../statistics/quantile.ts";
import type { Warning } from "../../warnings.ts";
import { type BrowserGlobals, browserEnvironment } from "./browser-environment.ts";
import { COARSEST_CLOCK_SECONDS, planConfig } from "./config.ts";
import { distinct, outcomeOf, pointOf } from "./outcome.ts";
import { planCases } from "./plan.ts";
import type {
  MeasurementOutcome,
  MeasurementProgress,
  MeasurementRequest,
  RunningMeasurement,
} from "./request.ts";
import { startWorkerProcess, type WorkerLike, type WorkerProcess } from "./worker-process.ts";

/** Costs of more FMA are not counted one by one: that takes seconds on a telephone. */
const COUNT_LIMIT_FMA = { full: 1e7, quick: 2e6 } as const;

/** What a session needs of its page; tests bring their own. */
export type Surroundings = {
  readonly globals: BrowserGlobals;
  readonly startWorker: () => WorkerLike;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** True while the page is in the background. */
  readonly hidden: () => boolean;
};

/**
 * Starts a measurement. Its workers are made from a text, since a page that was opened from disk may load no file.
 *
 * @param request - what to measure
 * @param workerSource - src/explorer/measure/worker.ts, bundled into one script
 * @param onProgress - told at every step, from the first on
 */
export function startMeasurement(
  request: MeasurementRequest,
  workerSource: string,
  onProgress: (progress: MeasurementProgress) => void,
): RunningMeasurement {
  const address = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
  const running = runSession(request, onProgress, {
    globals: globalThis as unknown as BrowserGlobals,
    startWorker: () => new Worker(address) as unknown as WorkerLike,
    now: () => Date.now(),
    hidden: () => document.visibilityState === "hidden",
  });
  const release = (): void => URL.revokeObjectURL(address);
  running.finished.then(release, release);
  return running;
}

/**
 * {@link startMeasurement} in any surroundings.
 *
 * @param request - what to measure
 * @param onProgress - told at every step
 * @param around - clock, workers, what the browser says of itself
 */
export function runSession(
  request: MeasurementRequest,
  onProgress: (progress: MeasurementProgress) => void,
  around: Surroundings,
): RunningMeasurement {
  let cancelled = false;
  let current: WorkerProcess | null = null;
  const start = (): WorkerProcess => {
    current = startWorkerProcess(around.startWorker);
    // Cancelled between two workers.
    if (cancelled) current.interrupt();
    return current;
  };
  // In a later turn, so that the caller has what it can cancel before it is told anything.
  const finished = Promise.resolve().then(() =>
    measured(request, onProgress, around, start, () => cancelled),
  );
  return {
    finished,
    cancel: () => {
      cancelled = true;
      current?.interrupt();
    },
  };
}

async function measured(
  request: MeasurementRequest,
  onProgress: (progress: MeasurementProgress) => void,
  around: Surroundings,
  start: () => WorkerProcess,
  isCancelled: () => boolean,
): Promise<MeasurementOutcome> {
  const startedAt = new Date(around.now()).toISOString();
  const prepared = await preparedSession(request, onProgress, start, isCancelled);
  if (prepared === null) return { kind: "cancelled" };
  const { config, layOut, clockResolutionSeconds, leftOut, seconds } = prepared;
  const environment = browserEnvironment(around.globals, request.software, clockResolutionSeconds, startedAt);
  const cases = new Map(layOut.cases.map((record) => [record.id, record]));
  const modes = new Map(layOut.variants.map(({ label, mode }) => [label, mode]));
  const total = config.rounds * layOut.cases.length * layOut.variants.length;
  const measurements: Measurement[] = [];
  const begin = around.now();
  const doubts = (): Warning[] => {
    const coarse = clockWarning(clockResolutionSeconds, config.timing.minTimeSeconds);
    return [...(coarse === null ? [] : [coarse]), ...(around.hidden() ? [HIDDEN] : [])];
  };
  const tell = (latest: MeasurementProgress["latest"]): void => {
    const done = measurements.length;
    const elapsed = (around.now() - begin) / 1000;
    const secondsLeft = done === 0 ? seconds : (elapsed / done) * (total - done);
    const warnings = distinct(measurements.flatMap((one) => one.warnings));
    onProgress({ phase: "measuring", done, total, secondsLeft, latest, warnings });
  };
  tell(null);
  const complete = await runPlansIn({
    assignment: layOut.assignment,
    plans: schedule(
      config,
      layOut.cases.map(({ id }) => id),
      layOut.variants.map(({ label }) => label),
      null,
    ),
    machine: environment.id,
    startProcess: start,
    warningsAtStart: doubts,
    onMeasurement: (measurement) => {
      measurements.push(measurement);
      const mode = modes.get(measurement.variant) ?? "forward";
      tell(pointOf(cases.get(measurement.case)!, mode, median(measurement.samples)));
    },
    shouldStop: isCancelled,
  });
  const outcome = outcomeOf({
    config,
    quick: request.length === "quick",
    layOut,
    environment: { ...environment, finishedAt: new Date(around.now()).toISOString() },
    measurements,
    complete,
    leftOut,
  });
  return outcome ?? { kind: "cancelled" };
}

const HIDDEN: Warning = {
  code: "load-high",
  message:
    "the page was in the background, where browsers slow it down; measure again with the page in front and the screen on",
};

/** The pilot, from which the sizes follow, and the exact costs; null where it was cancelled. */
async function preparedSession(
  request: MeasurementRequest,
  onProgress: (progress: MeasurementProgress) => void,
  start: () => WorkerProcess,
  isCancelled: () => boolean,
) {
  const tell = (phase: "pilot" | "counting"): void =>
    onProgress({ phase, done: 0, total: 0, secondsLeft: null, latest: null, warnings: [] });
  tell("pilot");
  const worker = start();
  try {
    const { secondsPerFma, clockResolutionSeconds } = await worker.askFor(
      { kind: "probe", kernel: request.kernel ?? "typed", activation: request.activation ?? null },
      "probed",
      "pilot",
    );
    expectClock(clockResolutionSeconds);
    const { widths, leftOut } = planCases(request, { secondsPerFma });
    const { config, seconds } = planConfig(request, widths, { secondsPerFma, clockResolutionSeconds });
    tell("counting");
    const limitFma = COUNT_LIMIT_FMA[request.length];
    const layOut = await worker.askFor({ kind: "lay-out", config, limitFma }, "laid-out", "counting");
    return { config, seconds, layOut, leftOut, clockResolutionSeconds };
  } catch (error) {
    if (isCancelled()) return null;
    throw error;
  } finally {
    await worker.end();
  }
}

function expectClock(resolutionSeconds: number): void {
  if (resolutionSeconds <= COARSEST_CLOCK_SECONDS) return;
  const found = Number.isFinite(resolutionSeconds)
    ? `moves in steps of ${Number((1000 * resolutionSeconds).toPrecision(3))} ms`
    : "does not move";
  throw new JacobenchError(
    "ERR_MEASURE",
    `measuring: the clock of this browser ${found}; expected steps of at most ${1000 * COARSEST_CLOCK_SECONDS} ms: a ` +
      "setting against fingerprinting (resistFingerprinting) makes it so; measure in another browser or profile",
  );
}
