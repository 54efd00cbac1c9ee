/** @file The crossover: the n/m at which forward takes as long as reverse, from paired ratios. */

import type { Estimate } from "../../src/statistics/interval.ts";
import { condition } from "../../src/statistics/least-squares.ts";
import { geometricMean } from "../../src/statistics/mean.ts";
import { median } from "../../src/statistics/quantile.ts";
import { robustCrossedRegression } from "../../src/statistics/robust-crossed-regression.ts";
import type { AnyResults } from "../config.ts";
import { groupBy, pairKey } from "../grouping.ts";
import { intervalBasis } from "./cells.ts";
import { type ClaimedCost, claimedCostOn } from "./claimed-cost.ts";
import {
  caseRatioEstimates,
  hullOf,
  type PairedRow,
  pairedRows,
  type VariantPair,
  withoutPreparation,
  withPreparation,
} from "./pairs.ts";
import { LEAST_FACTOR } from "./power-law.ts";
import { relationOf } from "./relation.ts";
import { count, fixed, number, type Sentence, says, sentenceText, stating, term } from "./sentence.ts";
import { type Comparison, compare } from "./statement.ts";

/** Along what a crossover is looked for: the ratio of the claimed costs, which is n/m where a product costs Σ in both modes. */
export type CrossoverAxis = "n/m" | "claimed cost forward/reverse";

/** Where forward and reverse take equally long, or why there is no such place in the grid. */
export type Crossover =
  | {
      readonly kind: "found";
      readonly axis: CrossoverAxis;
      /** The place on the axis; above it reverse is faster when `reverseAbove`. */
      readonly ratio: Estimate;
      readonly reverseAbove: boolean;
      /** Slope of log(forward/reverse) on the logarithm of the axis; 1 if both modes cost as claimed. */
      readonly slope: Estimate;
      /** The slope against 0, which decides on which side reverse is faster. */
      readonly direction: Comparison;
      readonly range: readonly [number, number];
      readonly noInterval: string | null;
    }
  | {
      readonly kind: "none";
      readonly axis: CrossoverAxis;
      /** The mode that is faster in every case, with its whole interval; null where neither is, or nothing was paired. */
      readonly faster: "forward" | "reverse" | null;
      readonly range: readonly [number, number] | null;
      /** The finding without a full stop; `reason` is it in print. */
      readonly sentence: Sentence;
      readonly reason: string;
    };

/** The crossovers of one pair of variants. */
export type PairCrossover = {
  readonly pair: VariantPair;
  /** Of the products alone. */
  readonly products: Crossover;
  /** With the preparation (primal evaluation and what must be kept) in both times. */
  readonly withPreparation: Crossover;
};

/**
 * Finds the crossover of a pair, with and without preparation.
 *
 * The logarithm of the paired ratio forward/reverse is fitted by a + b·log x, where x is the ratio of the claimed costs
 * (n/m for dense unit seeds); the crossover is x = exp(−a/b), its interval by the delta method on the logarithm (Casella
 * and Berger, Statistical Inference, 2nd ed., 5.5.4) with the clustered covariance of {@link robustCrossedRegression}.
 * All cases take part, n = m included. A crossover is stated only where cases on both sides of it were measured, never
 * extrapolated, and where the sign of b is decided. One mode is called faster in every case where each case's whole
 * interval says so.
 *
 * @param results - of one experiment
 * @param pair - see {@link variantPairs}
 */
export function crossover(results: AnyResults, pair: VariantPair): PairCrossover {
  const known = cached.get(results) ?? new Map<string, PairCrossover>();
  cached.set(results, known);
  const key = pairKey(pair.forward.label, pair.reverse.label);
  const before = known.get(key);
  if (before !== undefined) return { ...before, pair };
  const rows = pairedRows(results, pair.forward.label, pair.reverse.label);
  const found = {
    pair,
    products: findCrossover(results, pair, rows, "products"),
    withPreparation: findCrossover(results, pair, rows, "with preparation"),
  };
  known.set(key, found);
  return found;
}

const cached = new WeakMap<AnyResults, Map<string, PairCrossover>>();

const TIMES = { products: withoutPreparation, "with preparation": withPreparation } as const;

/** A crossover as a half sentence, e.g. `n/m = 0.97 [0.93, 1.01]`. */
export function crossoverSentence(found: Crossover): Sentence {
  return found.kind === "none" ? found.sentence : says`${term(found.axis)} = ${fixed(found.ratio)}`;
}

/** {@link crossoverSentence} in print. */
export function crossoverText(found: Crossover): string {
  return sentenceText(crossoverSentence(found));
}

/** What stands in for n/m: the ratio of the claimed costs of a case; n/m too where one of them claims nothing. */
function axisOf(
  pair: VariantPair,
  rows: readonly PairedRow[],
): { readonly axis: CrossoverAxis; place(row: PairedRow): number } {
  const claims = (["forward", "reverse"] as const).map((mode) =>
    claimedCostOn(
      pair[mode],
      rows.map((row) => row[mode]),
    ),
  );
  const [forward, reverse] = claims as [ClaimedCost | null, ClaimedCost | null];
  if (forward === null || reverse === null || (forward.exponents !== null && reverse.exponents !== null)) {
    return { axis: "n/m", place: (row) => row.forward.inputs / row.forward.m };
  }
  return {
    axis: "claimed cost forward/reverse",
    place: (row) => forward.cost(row.forward) / reverse.cost(row.reverse),
  };
}

function findCrossover(
  results: AnyResults,
  pair: VariantPair,
  rows: readonly PairedRow[],
  what: keyof typeof TIMES,
): Crossover {
  const { axis, place: placeOf } = axisOf(pair, rows);
  if (rows.length === 0) {
    const sentence = says`no round in which both were measured`;
    return { kind: "none", axis, faster: null, range: null, sentence, reason: sentenceText(sentence) };
  }
  const time = TIMES[what];
  const ratios = caseRatioEstimates(results, rows, time);
  const places = new Map(rows.map((row) => [row.case, placeOf(row)]));
  const range = [Math.min(...places.values()), Math.max(...places.values())] as const;
  const none = (rest: Sentence, faster: "forward" | "reverse" | null = null): Crossover => {
    const sentence =
      range[0] === range[1]
        ? says`${term(axis)} = ${number(range[0])} in all cases; ${rest}`
        : says`none within ${term(axis)} ∈ [${number(range[0])}, ${number(range[1])}]; ${rest}`;
    return { kind: "none", axis, faster, range, sentence, reason: sentenceText(sentence) };
  };
  const values = [...ratios.values()];
  const every = everyCase(pair, what, values);
  const side = Math.sign(Math.log(values[0]!.estimate));
  if (values.every(({ estimate }) => Math.sign(Math.log(estimate)) === side)) {
    const faster = every.relation === "above" ? "reverse" : every.relation === "below" ? "forward" : null;
    return none(everySentence(every, values), faster);
  }
  const cells = [...groupBy(rows, (row) => pairKey(row.case, row.process)).values()].map((group) => ({
    case: group[0]!.case,
    process: group[0]!.process,
    x: [1, Math.log(places.get(group[0]!.case)!)],
    y: median(group.map((row) => Math.log(time(row.forward) / time(row.reverse)))),
  }));
  if (range[1] / range[0] < LEAST_FACTOR || ratios.size < 3 || condition(cells.map(({ x }) => x)) > 1e6) {
    return none(says`too few different ${term(axis)} to find one`);
  }
  const fit = robustCrossedRegression(cells);
  const [a, b] = fit.coefficients as [number, number];
  const { noInterval } = intervalBasis(
    results,
    rows.map((row) => row.forward),
  );
  const slope: Estimate = noInterval === null ? fit.coefficient(1) : { estimate: b, interval95: null };
  if (slope.interval95 !== null && relationOf(slope, 0) === "undecided") {
    return none(
      says`whether forward / reverse rises or falls with it is not decided (slope ${fixed(slope)})`,
    );
  }
  const place = -a / b;
  if (!(place >= Math.log(range[0]) && place <= Math.log(range[1]))) {
    return none(says`neither is faster in every case, but the fitted ratio does not reach ${count(1)} in it`);
  }
  // log x* = −a/b moves by −(δa + place·δb)/b.
  const moved = fit.combine([-1 / b, -place / b]).interval95;
  const half = moved === null ? null : (moved[1] - moved[0]) / 2;
  return {
    kind: "found",
    axis,
    ratio: {
      estimate: Math.exp(place),
      interval95:
        noInterval !== null || half === null ? null : [Math.exp(place - half), Math.exp(place + half)],
    },
    reverseAbove: b > 0,
    slope,
    direction: compare({
      subject: pair.name,
      quantity: `slope of forward / reverse, ${what}`,
      value: slope,
      reference: 0,
    }),
    range,
    noInterval,
  };
}

/** All cases together: from the lowest lower to the highest upper end, so that it lies on a side where all of them do. */
function everyCase({ name }: VariantPair, what: keyof typeof TIMES, ratios: readonly Estimate[]): Comparison {
  return compare({
    subject: name,
    quantity: `forward / reverse in every case, ${what}`,
    value: { estimate: geometricMean(ratios.map(({ estimate }) => estimate)), interval95: hullOf(ratios) },
    reference: 1,
  });
}

/** Who is faster where all estimates lie on one side: in every case, or in those whose interval says so. */
function everySentence(every: Comparison, ratios: readonly Estimate[]): Sentence {
  const isReverse = ratios[0]!.estimate > 1;
  const faster = isReverse ? says`reverse` : says`forward`;
  if (ratios.length === 1 && every.relation !== "undecided")
    return says`${faster} ${stating(every, "faster")}`;
  if (every.relation !== "undecided") return says`${faster} ${stating(every, "always faster")}`;
  if (every.value.interval95 === null) {
    return says`${faster} faster by the estimate of every case, without intervals`;
  }
  const sure = ratios.filter((ratio) => relationOf(ratio, 1) === (isReverse ? "above" : "below")).length;
  return sure === 0
    ? says`${stating(every, "in no case decided which is faster")}`
    : says`${faster} ${stating(every, "faster")} in ${count(sure)} of ${count(ratios.length)} cases, not decided in the others`;
}
