/** @file How far a sweep is: a bar with the time left on a terminal, plain lines elsewhere. */

import type { SingleBar } from "cli-progress";
import type { Job, Progress } from "../experiment/run-experiment.ts";

/** Between two plain lines of one experiment. */
const LINE_SECONDS = 10;
/** What a visit costs besides its products, and how often these are run, for a first guess. */
const VISIT_SECONDS = 0.03;
const RUNS_PER_VISIT = 4;
const FMA_PER_SECOND = 1e9;

/** Where to write, and how. */
export type ProgressOptions = {
  readonly write: (text: string) => void;
  /** A bar that redraws itself, or plain lines. */
  readonly bar: SingleBar | null;
  /** Seconds, from any start. */
  readonly now: () => number;
};

/**
 * True if a stream is a terminal whose user has not asked for plain output.
 *
 * @param stream - where the progress goes
 * @param environment - `NO_COLOR` or `CI`, if not empty, ask for plain lines
 */
export function wantsBar(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && !environment.NO_COLOR && !environment.CI;
}

/**
 * Starts the display of a sweep.
 *
 * The time left is of the whole sweep: what is left by prediction, scaled by how the prediction has held so far.
 *
 * @param jobs - all experiments of the sweep
 * @param visitsOf - number of measurements of a job
 */
export function createProgress(
  jobs: readonly Job[],
  visitsOf: (job: Job) => number,
  options: ProgressOptions,
): Progress {
  const { write, bar, now } = options;
  const weights = new Map(jobs.map((job) => [job, guessSeconds(job)]));
  /** Guessed seconds of the experiments after the current one. */
  const after = new Map<Job, number>();
  let sum = 0;
  for (const job of [...jobs].reverse()) {
    after.set(job, sum);
    sum += (weights.get(job) ?? 0) * visitsOf(job);
  }
  let job: Job | null = null;
  let total = 0;
  let done = 0;
  let guessedSoFar = 0;
  let measuredSince: number | null = null;
  let lastLine = 0;

  const secondsLeft = (): number => {
    const guess = (total - done) * (weights.get(job!) ?? 0) + (after.get(job!) ?? 0);
    if (measuredSince === null || guessedSoFar < 0.5) return guess;
    return (guess * (now() - measuredSince)) / guessedSoFar;
  };
  const line = (): void => {
    lastLine = now();
    write(`${job!.config.name}: ${done} of ${total} measurements; ${duration(secondsLeft())} left\n`);
  };
  return {
    begin: (next, nextTotal, nextDone) => {
      job = next;
      total = nextTotal;
      done = nextDone;
      if (bar === null) line();
      else bar.start(total, done, { experiment: job.config.name, left: duration(secondsLeft()) });
    },
    step: () => {
      done++;
      // From the end of the first measurement on: counting and starting before it are no guide.
      if (measuredSince === null) measuredSince = now();
      else guessedSoFar += weights.get(job!) ?? 0;
      if (bar !== null) bar.update(done, { left: duration(secondsLeft()) });
      else if (now() - lastLine >= LINE_SECONDS || done === total) line();
    },
    end: () => bar?.stop(),
  };
}

/** Seconds as a person says them. */
export function duration(seconds: number): string {
  if (seconds < 99.5) return `${Math.max(0, Math.round(seconds))} s`;
  return `${Math.floor(Math.round(seconds) / 60)} min ${Math.round(seconds) % 60} s`;
}

/** Mean seconds of a visit, roughly; its errors are scaled away while the sweep runs. */
function guessSeconds(job: Job): number {
  const { cases, variants, predict } = job.expanded;
  let fma = 0;
  for (const item of cases) {
    for (const variant of variants) {
      const predicted = predict(item, variant);
      fma += predicted.fma + predicted.timedPrimalFma;
    }
  }
  return VISIT_SECONDS + (RUNS_PER_VISIT * fma) / (cases.length * variants.length * FMA_PER_SECOND);
}
