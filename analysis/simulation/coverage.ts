/** @file How often the project's intervals hold the truth on synthetic data: the ground on which their methods were chosen. */

import { createRandom, deriveSeed, type Random } from "../../src/random.ts";
import {
  bootstrapStandardError,
  pigeonholeStandardErrors,
  resampleCounts,
} from "../../src/statistics/bootstrap.ts";
import { type Cell, crossedRegression } from "../../src/statistics/crossed-regression.ts";
import { covers, type Interval } from "../../src/statistics/interval.ts";
import { leastSquares } from "../../src/statistics/least-squares.ts";
import { median, quantile } from "../../src/statistics/quantile.ts";
import { studentTQuantile } from "../../src/statistics/student-t.ts";
import { clusteredInterval } from "../laws/case-interval.ts";

/** Standard deviations of log t. */
export type Scenario = {
  readonly name: string;
  /** A case against the law, in all processes. */
  readonly case: number;
  /** A whole process. */
  readonly process: number;
  /** An exponent in one process (its JIT treats large cases differently). */
  readonly slope: number;
  /** One case in one process. */
  readonly cell: number;
};

/** From what is usual to what is extreme. */
export const SCENARIOS: readonly Scenario[] = [
  { name: "case effects and noise", case: 0.05, process: 0.05, slope: 0, cell: 0.05 },
  { name: "processes differ in slope", case: 0.05, process: 0.05, slope: 0.02, cell: 0.05 },
  { name: "slopes only", case: 0, process: 0.05, slope: 0.02, cell: 0.05 },
  { name: "large case effects", case: 0.1, process: 0, slope: 0, cell: 0.02 },
  { name: "noise only", case: 0, process: 0, slope: 0, cell: 0.05 },
];

/** Ways to make intervals of exponents. */
export const EXPONENT_METHODS = ["crossed", "by case", "pigeonhole"] as const;
/** One of {@link EXPONENT_METHODS}. */
export type ExponentMethod = (typeof EXPONENT_METHODS)[number];

/** The exponents (n, m, Σ) that the synthetic machine has. */
const TRUTH = [1, 0, 1] as const;
const PROCESSES = 5;

/** Share of repetitions whose interval holds the truth, for n, m and Σ, and the mean width of Σ's. */
export type Coverage = { readonly shares: readonly number[]; readonly meanWidth: number };

/**
 * Simulates the coverage of the exponents' intervals on a 3 × 3 × 3 grid of n, m and hidden width (four layers), in 5
 * processes.
 *
 * @param settings - scenario, method, number of repetitions and rngSeed
 */
export function exponentCoverage(settings: {
  readonly scenario: Scenario;
  readonly method: ExponentMethod;
  readonly repetitions: number;
  readonly rngSeed: number;
}): Coverage {
  const random = createRandom(deriveSeed(settings.rngSeed, settings.scenario.name));
  const held = [0, 0, 0];
  let width = 0;
  for (let repetition = 0; repetition < settings.repetitions; repetition++) {
    const intervals = exponentIntervals(drawCells(settings.scenario, random), settings.method, random);
    for (const [j, interval] of intervals.entries()) if (covers(interval, TRUTH[j]!)) held[j]! += 1;
    width += intervals[2]![1] - intervals[2]![0];
  }
  return {
    shares: held.map((count) => count / settings.repetitions),
    meanWidth: width / settings.repetitions,
  };
}

/**
 * Simulates the coverage of a case's interval: the t interval of the project and a percentile bootstrap of the median
 * of process medians, on the same data.
 *
 * @param settings - rounds a process, standard deviations of process and round, lag-1 correlation of the rounds
 */
export function caseCoverage(settings: {
  readonly roundsPerProcess: number;
  readonly process: number;
  readonly round: number;
  readonly lag1: number;
  readonly repetitions: number;
  readonly rngSeed: number;
}): { readonly t: number; readonly percentile: number } {
  const random = createRandom(settings.rngSeed);
  let t = 0;
  let percentile = 0;
  for (let repetition = 0; repetition < settings.repetitions; repetition++) {
    const logs = Array.from({ length: PROCESSES }, () => drawRounds(settings, random));
    const found = clusteredInterval(
      logs.map((group) => group.map(Math.exp)),
      { quick: false, rngSeed: repetition },
    );
    if (found.interval95 !== null && covers(found.interval95, 1)) t += 1;
    const medians = logs.map(median);
    const draws = Array.from({ length: 400 }, () => {
      const counts = resampleCounts(PROCESSES, random);
      return median(medians.flatMap((value, i) => new Array<number>(counts[i]!).fill(value)));
    });
    if (covers([quantile(draws, 0.025), quantile(draws, 0.975)], 0)) percentile += 1;
  }
  return { t: t / settings.repetitions, percentile: percentile / settings.repetitions };
}

function drawRounds(
  settings: { roundsPerProcess: number; process: number; round: number; lag1: number },
  random: Random,
): number[] {
  const offset = settings.process * normal(random);
  let state = normal(random);
  return Array.from({ length: settings.roundsPerProcess }, () => {
    const value = offset + settings.round * state;
    state = settings.lag1 * state + Math.sqrt(1 - settings.lag1 ** 2) * normal(random);
    return value;
  });
}

function drawCells(scenario: Scenario, random: Random): Cell[] {
  const sizes = [4, 16, 64].flatMap((n) =>
    [4, 16, 64].flatMap((m) => [16, 48, 144].map((h) => [n, m, n * h + 2 * h * h + h * m])),
  );
  const effects = sizes.map(() => scenario.case * normal(random));
  return Array.from({ length: PROCESSES }, (_, process) => {
    const offset = scenario.process * normal(random);
    const slopes = TRUTH.map((exponent) => exponent + scenario.slope * normal(random));
    return sizes.map((size, i): Cell => {
      const x = size.map((value, j) => Math.log(value) - [2.8, 2.8, 8.9][j]!);
      const law = slopes.reduce((sum, slope, j) => sum + slope * x[j]!, 0);
      const y = law + offset + effects[i]! + scenario.cell * normal(random);
      return { case: String(i), process: String(process), x: [1, ...x], y };
    });
  }).flat();
}

function exponentIntervals(cells: readonly Cell[], method: ExponentMethod, random: Random): Interval[] {
  if (method === "crossed") {
    const fit = crossedRegression(cells);
    return [1, 2, 3].map((j) => fit.coefficient(j).interval95!);
  }
  const cases = [...new Set(cells.map((cell) => cell.case))];
  const estimate = coefficients(cells);
  const errors =
    method === "by case"
      ? [1, 2, 3].map((j) =>
          bootstrapStandardError(cases, (drawn) => resampled(cells, cases, drawn)[j]!, random, 60),
        )
      : pigeonholeStandardErrors(
          { rows: cases.length, columns: PROCESSES },
          (rows, columns) =>
            weighted(cells, (cell) => rows[Number(cell.case)]! * columns[Number(cell.process)]!).slice(1),
          random,
          60,
        );
  const degrees = method === "by case" ? cases.length - estimate.length : PROCESSES - 1;
  const t = studentTQuantile(0.975, degrees);
  return errors.map((error, j) => [estimate[j + 1]! - t * error, estimate[j + 1]! + t * error]);
}

function resampled(
  cells: readonly Cell[],
  cases: readonly string[],
  drawn: readonly string[],
): readonly number[] {
  const counts = new Map(cases.map((id) => [id, 0]));
  for (const id of drawn) counts.set(id, counts.get(id)! + 1);
  return weighted(cells, (cell) => counts.get(cell.case)!);
}

function weighted(cells: readonly Cell[], weight: (cell: Cell) => number): readonly number[] {
  const kept = cells.filter((cell) => weight(cell) > 0);
  return coefficients(
    kept.map((cell) => {
      const root = Math.sqrt(weight(cell));
      return { ...cell, x: cell.x.map((value) => value * root), y: cell.y * root };
    }),
  );
}

function coefficients(cells: readonly Cell[]): readonly number[] {
  return leastSquares(
    cells.map((cell) => cell.x),
    cells.map((cell) => cell.y),
  ).coefficients;
}

/** A standard normal number (Box and Muller, A note on the generation of random normal deviates, 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

if (import.meta.main) {
  const repetitions = Number(process.argv[2] ?? 1000);
  console.log(
    `Coverage of 95 % intervals of exponents, ${repetitions} repetitions (bootstraps: a tenth of them)`,
  );
  for (const scenario of SCENARIOS) {
    for (const method of EXPONENT_METHODS) {
      const count = method === "crossed" ? repetitions : Math.ceil(repetitions / 10);
      const { shares, meanWidth } = exponentCoverage({ scenario, method, repetitions: count, rngSeed: 1 });
      const percent = shares.map((share) => (100 * share).toFixed(1).padStart(5)).join(" ");
      console.log(
        `${scenario.name.padEnd(26)} ${method.padEnd(11)} n m Σ: ${percent}   width of Σ: ${meanWidth.toFixed(4)}`,
      );
    }
  }
  console.log(`Coverage of 95 % intervals of a case's time, ${repetitions} repetitions`);
  for (const [process, round, lag1] of [
    [0.05, 0.05, 0],
    [0, 0.05, 0],
    [0.02, 0.05, 0.6],
  ] as const) {
    const settings = { roundsPerProcess: 3, process, round, lag1, repetitions, rngSeed: 2 };
    const shares = Object.entries(caseCoverage(settings)).map(
      ([name, share]) => `${name} ${(100 * share).toFixed(1)}`,
    );
    console.log(`process ${process}, round ${round}, lag-1 ${lag1}: ${shares.join(", ")}`);
  }
}
