/** @file Whether what a report states is true: results of a machine whose law is known, and what is true of it. Pure. */

import { createRandom, deriveSeed } from "../../src/random.ts";
import type { CaseRecord } from "../../src/results/types.ts";
import { CONFIDENCE, STRICT_CONFIDENCE } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { claimedLaws } from "../laws/claimed-law.ts";
import { variantPairs } from "../laws/pairs.ts";
import { REGRESSORS, SYMBOL } from "../laws/power-law.ts";
import type { Comparison, Statement } from "../laws/statement.ts";
import { reportStatements } from "../report/statements.ts";
import { type NoiseModel, type ProductLaw, simulateResults } from "./machine.ts";

/** A machine: a forward product takes α + β·Σ^power, a reverse one `crossing` times that. */
export type Truth = {
  readonly name: string;
  readonly alpha: number;
  readonly beta: number;
  readonly power: number;
  readonly crossing: number;
  /** Whether the claims n·Σ and m·Σ hold: as upper bounds, within the tolerance. */
  readonly holds: boolean;
};

/** Machines that obey the claims in different ways, and two that do not. */
export const TRUTHS: readonly Truth[] = [
  { name: "n·Σ and m·Σ", alpha: 0, beta: 1e-9, power: 1, crossing: 1, holds: true },
  { name: "a dearer reverse product", alpha: 0, beta: 1e-9, power: 1, crossing: 1.1, holds: true },
  { name: "a fixed cost", alpha: 1e-5, beta: 1e-9, power: 1, crossing: 1.05, holds: true },
  { name: "cheaper by the FMA in large chains", alpha: 0, beta: 1e-8, power: 0.8, crossing: 1, holds: true },
  { name: "dearer by the FMA in large chains", alpha: 0, beta: 1e-10, power: 1.2, crossing: 1, holds: false },
];

/** How often statements were true. */
export type TruthTally = {
  /** By quantity: how often it was held against something, how often decided, and how often the contrary was true. */
  readonly comparisons: Map<string, { looked: number; stated: number; wrong: number }>;
  /** Verdicts that are not true: a right claim refuted, a wrong one confirmed; and causes that are none. */
  readonly wrongVerdicts: string[];
  /** Quantities of which no truth is known. */
  readonly unknown: Set<string>;
};

const QUIET: NoiseModel = { name: "none", case: 0, process: 0, round: 0 };

/** Charts whose findings state something on such results. */
const STATING_CHARTS = ["cost", "drift", "residuals"];

/**
 * Simulates a machine again and again, and holds every statement of its reports against what is true.
 *
 * @param settings - cases of the design, the machine, the noise, repetitions and rngSeed; with `belief` the statements are
 *   held against another machine, which must be found out
 */
export function truthTally(settings: {
  readonly cases: readonly CaseRecord[];
  readonly truth: Truth;
  readonly noise: NoiseModel;
  readonly repetitions: number;
  readonly rngSeed: number;
  readonly belief?: Truth;
}): TruthTally {
  const { cases, truth, noise, repetitions } = settings;
  const belief = settings.belief ?? truth;
  const random = createRandom(deriveSeed(settings.rngSeed, truth.name, noise.name));
  const exact = exactValues(simulateResults(cases, lawOf(belief), QUIET, createRandom(1)));
  const tally: TruthTally = { comparisons: new Map(), wrongVerdicts: [], unknown: new Set() };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const results = simulateResults(cases, lawOf(truth), noise, random);
    const known = { truth: belief, exact, results, hasCaseEffects: noise.case > 0 };
    for (const statement of reportStatements(results, STATING_CHARTS)) {
      hold(statement, known, tally);
    }
  }
  return tally;
}

function lawOf({ alpha, beta, power, crossing }: Truth): ProductLaw {
  return ({ sigma }, mode) => (alpha + beta * sigma ** power) * (mode === "reverse" ? crossing : 1);
}

/**
 * How many of so many statements 95 % intervals may miss: the number that a binomial count exceeds once in a thousand.
 *
 * @param looked - statements
 */
export function mostWrong(looked: number): number {
  const miss = 1 - CONFIDENCE;
  let [count, chance] = [0, CONFIDENCE ** looked];
  for (let below = chance; below < STRICT_CONFIDENCE; below += chance) {
    chance *= ((looked - count) / (count + 1)) * (miss / CONFIDENCE);
    count += 1;
  }
  return count;
}

/** The exponents that the fit finds without noise: of a sum they are no whole numbers. */
function exactValues(results: AnyResults): Map<string, number> {
  return new Map(
    claimedLaws(results).flatMap(({ variant, law }) =>
      REGRESSORS.flatMap((regressor) => {
        const exponent = law.exponents[regressor];
        return exponent === null
          ? []
          : [[`${variant.label} exponent of ${SYMBOL[regressor]}`, exponent.estimate] as const];
      }),
    ),
  );
}

/** What is known of results. */
type Known = {
  readonly truth: Truth;
  readonly exact: ReadonlyMap<string, number>;
  readonly results: AnyResults;
  /** A case whose own effect was drawn is truly faster or slower than the law. */
  readonly hasCaseEffects: boolean;
};

function hold(statement: Statement, known: Known, tally: TruthTally): void {
  const { truth } = known;
  if (statement.kind === "verdict") {
    const { status, cause, subject } = statement;
    const wrong = truth.holds ? status === "refuted" : status === "confirmed";
    if (wrong) tally.wrongVerdicts.push(`${subject}: ${status}`);
    if (cause === "fixed cost" && truth.alpha === 0) {
      tally.wrongVerdicts.push(`${subject}: ${cause}`);
    }
    return;
  }
  const range = trueRange(statement, known);
  const kind = kindOf(statement);
  if (range === null) {
    tally.unknown.add(kind);
    return;
  }
  const entry = tally.comparisons.get(kind) ?? { looked: 0, stated: 0, wrong: 0 };
  tally.comparisons.set(kind, entry);
  entry.looked += 1;
  if (statement.relation === "undecided") return;
  entry.stated += 1;
  if (!isTrue(statement, range)) entry.wrong += 1;
}

/** The quantity without the case that it is of. */
function kindOf({ quantity }: Comparison): string {
  return quantity.replace(/ on .*$| from \d.*$/, "");
}

function isTrue(
  { relation, reference, tolerance }: Comparison,
  [low, high]: readonly [number, number],
): boolean {
  if (relation === "above") return low > reference + tolerance;
  if (relation === "below") return high < reference - tolerance;
  return low >= reference - tolerance && high <= reference + tolerance;
}

/** What the quantity of a statement truly is, from the least to the largest over what it speaks of; null where it is not known. */
function trueRange(
  { subject, quantity }: Comparison,
  { truth, exact, results, hasCaseEffects }: Known,
): readonly [number, number] | null {
  const alone = (value: number | undefined): readonly [number, number] | null =>
    value === undefined ? null : [value, value];
  const known = exact.get(`${subject} ${quantity}`);
  if (known !== undefined) return alone(known);
  if (quantity.endsWith(", fixed cost divided out")) {
    const own = quantity.includes(" n,") === (subject === "forward");
    return alone(own ? 1 : 0);
  }
  if (quantity === "fixed cost per product") return alone(truth.alpha);
  if (quantity === "last third / first third") return alone(1);
  if (quantity.startsWith("correlation of measured / fitted") && truth.power === 1) return alone(0);
  if (quantity.startsWith("slope of forward / reverse")) return alone(1);
  if (hasCaseEffects) return null;
  if (quantity.startsWith("forward / reverse in every case") && subject === variantPairs(results)[0]!.name) {
    const ratios = results.cases.map(({ n, m }) => n / (m * truth.crossing));
    return [Math.min(...ratios), Math.max(...ratios)];
  }
  const on = quantity.match(/^time \/ that of (forward|reverse) on (.*)$/);
  const record = results.cases.find(({ id }) => id === on?.[2]);
  if (record === undefined) return null;
  const forwardOverReverse = record.n / (record.m * truth.crossing);
  return alone(subject === "forward" ? forwardOverReverse : 1 / forwardOverReverse);
}
