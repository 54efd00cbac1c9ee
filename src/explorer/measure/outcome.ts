/** @file From measurements in the browser to results, files, laws and charts: by the same functions as the command's. Pure. */

import { drawableLaws, exponents } from "../../../analysis/charts/exponents.ts";
import { scaling } from "../../../analysis/charts/scaling.ts";
import type { AnyResults } from "../../../analysis/config.ts";
import { caseSummaries } from "../../../analysis/laws/case-interval.ts";
import { type Crossover, crossover, crossoverText } from "../../../analysis/laws/crossover.ts";
import { variantPairs } from "../../../analysis/laws/pairs.ts";
import { CLAIMED, fitPowerLaw, type PowerLaw, SYMBOL } from "../../../analysis/laws/power-law.ts";
import { toCsv } from "../../../analysis/report/csv.ts";
import { formatEstimate, listed } from "../../../analysis/text.ts";
import type { ExperimentConfig } from "../../experiment/config.ts";
import { configHash } from "../../experiment/config-hash.ts";
import { formatResults } from "../../results/format.ts";
import {
  type CaseRecord,
  type Environment,
  type Measurement,
  RESULTS_SCHEMA_VERSION,
} from "../../results/types.ts";
import type { Warning } from "../../warnings.ts";
import type { LayOutReply } from "./messages.ts";
import type { Measured, MeasuredPoint } from "./request.ts";

/** Fewer whole rounds are no result. */
export const FEWEST_ROUNDS = 2;

/** What a session has gathered. */
export type Gathered = {
  readonly config: ExperimentConfig;
  readonly quick: boolean;
  readonly layOut: Pick<LayOutReply, "cases" | "variants" | "costs">;
  /** `finishedAt` is filled in. */
  readonly environment: Environment;
  readonly measurements: readonly Measurement[];
  /** False where it was cancelled. */
  readonly complete: boolean;
  /** Why the reader's own network is not among the cases; null where it is. */
  readonly leftOut: string | null;
};

/**
 * Makes the outcome of a session.
 *
 * @param gathered - of a cancelled one only whole rounds are kept
 * @returns null where there are fewer than {@link FEWEST_ROUNDS} whole rounds
 */
export function outcomeOf(gathered: Gathered): Measured | null {
  const measurements = wholeRounds(gathered);
  const rounds = new Set(measurements.map(({ round }) => round)).size;
  if (rounds < FEWEST_ROUNDS) return null;
  const results = resultsOf(gathered, measurements, rounds);
  const [forward, reverse] = [fitPowerLaw(results, FORWARD), fitPowerLaw(results, REVERSE)];
  const crossing = crossover(results, variantPairs(results)[0]!).products;
  return {
    kind: gathered.complete ? "complete" : "partial",
    results,
    json: formatResults(results),
    csv: toCsv(results),
    fileName: fileNameOf(gathered.environment),
    forward,
    reverse,
    crossover: crossing,
    sentences: [
      lawSentence("Forward", forward),
      lawSentence("Reverse", reverse),
      crossoverSentence(crossing),
      ...(gathered.leftOut === null ? [] : [gathered.leftOut]),
    ],
    points: pointsOf(results),
    warnings: distinct(measurements.flatMap(({ warnings }) => warnings)),
    scalingChart: (options) => scaling(results, options),
    exponentsChart: (options) => (drawableLaws(results).length > 0 ? exponents(results, options) : null),
  };
}

const FORWARD = { strategy: "forward" } as const;
const REVERSE = { strategy: "reverse" } as const;

/** A measurement as a point on the chart. */
export function pointOf(
  { n, m, sigma, id }: Pick<CaseRecord, "n" | "m" | "sigma" | "id">,
  mode: "forward" | "reverse",
  seconds: number,
): MeasuredPoint {
  return { case: id, mode, work: (mode === "forward" ? n : m) * sigma, seconds };
}

/** Each warning once by its code, the first of each. */
export function distinct(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.toReversed().map((warning) => [warning.code, warning])).values()].toReversed();
}

function wholeRounds({ measurements, layOut }: Gathered): Measurement[] {
  const size = layOut.cases.length * layOut.variants.length;
  const counts = new Map<number, number>();
  for (const { round } of measurements) counts.set(round, (counts.get(round) ?? 0) + 1);
  return measurements.filter(({ round }) => counts.get(round) === size);
}

function resultsOf(
  { config, quick, layOut, environment }: Gathered,
  measurements: readonly Measurement[],
  rounds: number,
): AnyResults & { readonly config: ExperimentConfig } {
  // What was done, not what was meant to be done.
  const processes = new Set(measurements.map(({ process }) => process)).size;
  const done = { ...config, rounds, processes };
  return {
    schemaVersion: RESULTS_SCHEMA_VERSION,
    experiment: done.name,
    title: done.title,
    quick,
    config: done,
    configHash: configHash(done),
    environments: [environment],
    cases: layOut.cases,
    variants: layOut.variants,
    costs: layOut.costs,
    measurements,
  };
}

function pointsOf(results: AnyResults): MeasuredPoint[] {
  return caseSummaries(results).flatMap(({ record, variant, seconds }) =>
    variant.mode === null ? [] : [pointOf(record, variant.mode, seconds)],
  );
}

function lawSentence(name: string, law: PowerLaw): string {
  const fitted = CLAIMED.flatMap((regressor) => {
    const estimate = law.exponents[regressor];
    return estimate === null ? [] : [`${SYMBOL[regressor]} to the power ${formatEstimate(estimate)}`];
  });
  if (fitted.length === 0) return `${name}: no exponents, since it is a ${law.refusal}.`;
  const predicted = law.variant.mode === "reverse" ? "m and Σ to the power 1" : "n and Σ to the power 1";
  const why = law.noInterval === null ? "" : `; no intervals: ${law.noInterval}`;
  return `${name}: time grows as ${listed(fitted)} (predicted: ${predicted})${why}.`;
}

function crossoverSentence(found: Crossover): string {
  return found.kind === "found"
    ? `Both modes take equally long at ${crossoverText(found)} (predicted: n/m = 1).`
    : `No crossover: ${crossoverText(found)}.`;
}

function fileNameOf({ runtimeVersion, startedAt }: Environment): string {
  const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const browser = runtimeVersion === null ? "browser" : slug(runtimeVersion);
  return `jacobench-${browser}-${startedAt.slice(0, 10)}-${startedAt.slice(11, 19).replaceAll(":", "")}`;
}
