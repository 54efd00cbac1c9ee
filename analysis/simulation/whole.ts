/** @file Coverage of exponents, crossover and coefficients, from whole result files on a shipped design: tables. */

import { createRandom, deriveSeed } from "../../src/random.ts";
import type { CaseRecord } from "../../src/results/types.ts";
import { covers, type Interval } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { crossover } from "../laws/crossover.ts";
import { fitMachineModel } from "../laws/machine-model.ts";
import { variantPairs } from "../laws/pairs.ts";
import { fitPowerLaw } from "../laws/power-law.ts";
import { verdicts } from "../laws/verdict.ts";
import { type NoiseModel, type ProductLaw, simulateResults } from "./machine.ts";

/** Noise for which the intervals promise 95 %. */
export const USUAL: readonly NoiseModel[] = [
  { name: "case effect and round noise", case: 0.05, process: 0.03, round: 0.05 },
  { name: "small case effect, noisy rounds", case: 0.02, process: 0.03, round: 0.15 },
  { name: "processes differ in slope", case: 0.05, process: 0.03, round: 0.05, slope: 0.01 },
  { name: "five pilots in processes of their own", case: 0.05, process: 0.03, round: 0.05, pilots: 5 },
];

/** Noise that no model of the intervals speaks of. */
export const UNUSUAL: readonly NoiseModel[] = [
  { name: "drift by 30 %", case: 0.05, process: 0.03, round: 0.05, drift: 0.3 },
  { name: "correlated rounds (0.7)", case: 0.05, process: 0.03, round: 0.1, lag1: 0.7 },
  { name: "heavy tails (t, 3 d.f.)", case: 0.05, process: 0.03, round: 0.1, tails: "heavy" },
  { name: "5 % outliers (2 to 8 times)", case: 0.05, process: 0.03, round: 0.05, tails: "outliers" },
];

/** A reverse product of the made-up machine takes so much longer: where forward and reverse cross. */
const CROSSING = 1.1;

/** n·Σ and m·Σ exactly. */
const PURE: ProductLaw = ({ sigma }, mode) => 1e-9 * sigma * (mode === "reverse" ? CROSSING : 1);

/** All coefficients away from zero. */
const TRUTH = { α: 6e-6, "β within L2": 1e-9, "β within L3": 1.3e-9, β: 1e-9, γ: 5e-8 } as const;

/** Costs of a call, an FMA within and beyond L2, and a unit of width. */
function machine(cases: readonly CaseRecord[]): ProductLaw {
  const leaves = cases.some(({ weightBytes }) => weightBytes > 2 ** 20);
  return ({ sigma, widths, weightBytes }) => {
    const beta = !leaves ? TRUTH.β : TRUTH[weightBytes > 2 ** 20 ? "β within L3" : "β within L2"];
    return TRUTH.α + beta * sigma + TRUTH.γ * widths.reduce((sum, width) => sum + width, 0);
  };
}

/** Counts how often intervals hold the truth, quantity by quantity. */
export type Tally = Map<string, { held: number; count: number; width: number }>;

/**
 * Simulates a design again and again.
 *
 * @param settings - cases of the design, the noise, what to look at, repetitions and rngSeed
 * @returns quantity → how many intervals there were, how many held the truth, the sum of their widths
 */
export function wholeCoverage(settings: {
  readonly cases: readonly CaseRecord[];
  readonly noise: NoiseModel;
  readonly what: "exponents" | "coefficients" | "bound" | "verdicts";
  readonly repetitions: number;
  readonly rngSeed: number;
}): Tally {
  const { cases, noise, what, repetitions } = settings;
  const random = createRandom(deriveSeed(settings.rngSeed, noise.name, what));
  const law = what === "coefficients" ? machine(cases) : PURE;
  const look = { exponents, coefficients, bound, verdicts: refutations }[what];
  const tally: Tally = new Map();
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const results = simulateResults(cases, law, noise, random);
    look(results, (name, interval, truth) => {
      const entry = tally.get(name) ?? { held: 0, count: 0, width: 0 };
      tally.set(name, entry);
      entry.count += 1;
      if (interval !== null && covers(interval, truth)) entry.held += 1;
      if (interval !== null) entry.width += interval[1] - interval[0];
    });
  }
  return tally;
}

type See = (name: string, interval: Interval | null, truth: number) => void;

/** Exponents of both modes together, and the crossover. */
function exponents(results: AnyResults, see: See): void {
  for (const mode of ["forward", "reverse"] as const) {
    const law = fitPowerLaw(results, { variant: mode });
    const [own, other] = mode === "forward" ? (["n", "m"] as const) : (["m", "n"] as const);
    const parts = [
      [own, "own (n or m)", 1],
      [other, "other (m or n)", 0],
      ["sigma", "Σ", 1],
    ] as const;
    for (const [regressor, name, truth] of parts) {
      const exponent = law.exponents[regressor];
      if (exponent !== null) see(name, exponent.interval95, truth);
    }
  }
  const found = crossover(results, variantPairs(results)[0]!).products;
  if (found.kind === "found") {
    see("crossover", found.ratio.interval95, CROSSING);
    see("slope", found.slope.interval95, 1);
  }
}

function coefficients(results: AnyResults, see: See): void {
  for (const mode of ["forward", "reverse"]) {
    for (const { term, seconds } of fitMachineModel(results, { variant: mode })?.coefficients ?? []) {
      see(term.symbol, seconds?.interval95 ?? null, TRUTH[term.symbol as keyof typeof TRUTH]);
    }
  }
}

/** α and γ where they are zero. */
function bound(results: AnyResults, see: See): void {
  for (const mode of ["forward", "reverse"] as const) {
    for (const { term, seconds } of fitMachineModel(results, { variant: mode })?.coefficients ?? []) {
      const truth = term.kind === "fma" ? 1e-9 * (mode === "reverse" ? CROSSING : 1) : 0;
      see(`${term.symbol}${truth === 0 ? " = 0" : ""}`, seconds?.interval95 ?? null, truth);
    }
  }
}

/** Share of right claims that are confirmed, and that are not refuted (as intervals that hold 0). */
function refutations(results: AnyResults, see: See): void {
  for (const { status } of verdicts(results)) {
    see("confirmed", status === "confirmed" ? [0, 0] : null, 0);
    see("not refuted", status === "refuted" ? null : [0, 0], 0);
  }
}
