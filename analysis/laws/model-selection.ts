/** @file Which of nine forms predicts cases best that it has not seen: leave-one-group-out error. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import { mean, variance } from "../../src/statistics/mean.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { CANDIDATES, type Candidate } from "./candidates.ts";
import { GROUP_WORDS, groupCases } from "./case-groups.ts";
import { selectVariant, type TimeCell, timeCells, type VariantSelector } from "./cells.ts";
import { verdictRule } from "./verdict-rule.ts";

/** How well one candidate predicts. */
export type CandidateScore = {
  readonly candidate: Candidate;
  /** Root mean square of log t − log fit over the cases of left-out groups; 0.05 is about 5 %. */
  readonly error: number;
  /** How much larger its error is than the best one's, and the standard error of that difference; 0 for the best. */
  readonly behind: number;
  readonly behindStandardError: number;
  /** True where the best one's win over it exceeds the rule's number of standard errors. */
  readonly beaten: boolean;
  /** Seconds an FMA over all cases, and κ, the FMA a call costs beside (null in the table without it). */
  readonly secondsPerFma: number;
  readonly callFma: number | null;
};

/** One table of a selection, the best candidate first. */
export type SelectionTable = {
  readonly scores: readonly CandidateScore[];
  /** Every candidate that is not beaten, the best among them; one alone is the winner. */
  readonly standing: readonly Candidate[];
};

/** What model selection finds for one variant. */
export type ModelSelection = {
  readonly variant: VariantRecord;
  /** t = c·g. */
  readonly pure: SelectionTable;
  /** t = c·(g + κ·calls), κ ≥ 0. */
  readonly withCalls: SelectionTable;
  /** What the left-out groups differ in, and how many there are. */
  readonly groupedBy: string;
  readonly groups: number;
  readonly cases: number;
};

/** Smallest difference of errors that is no rounding. */
const ROUNDING = 1e-9;

/** Cases below which nothing is compared. */
const LEAST_CASES = 4;

/**
 * Compares the candidates by the error on cases that took no part in the fit: each group of cases is left out in turn
 * (cross-validation: Stone, Journal of the Royal Statistical Society B 36 (1974) 111–147; by groups, since neighbours
 * in a grid know each other). Constants are fitted to the logarithms by their median, so that a case far off bends
 * them little.
 *
 * A win counts where it exceeds its own standard error `winStandardErrors` times (see {@link verdictRule}): that of the
 * paired differences of squared errors, by case or by group, whichever is larger (after the one-standard-error rule of
 * Breiman, Friedman, Olshen and Stone, Classification and Regression Trees, 1984, 3.4.3).
 *
 * @param results - of one experiment
 * @param selector - `{ variant: label }` or `{ strategy, kernel }`
 * @returns null for a strategy of neither mode, fewer than four cases, or cases that fall into no two groups
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if the selector fits none or several variants
 */
export function selectModel(results: AnyResults, selector: VariantSelector): ModelSelection | null {
  const variant = selectVariant(results, selector);
  const cases = caseTimes(timeCells(results, variant.label).cells);
  const rule = verdictRule(results);
  const grouped = groupCases(cases, rule.groups);
  if (variant.mode === null || cases.length < LEAST_CASES || grouped === null) return null;
  const candidates = CANDIDATES.filter(({ cost }) => cases.every((cell) => cost(cell) > 0));
  return {
    variant,
    pure: rank(candidates, grouped.groups, rule.winStandardErrors, () => 0),
    withCalls: rank(candidates, grouped.groups, rule.winStandardErrors, bestCallFma),
    groupedBy: GROUP_WORDS[grouped.kind],
    groups: grouped.groups.length,
    cases: cases.length,
  };
}

/** {@link selectModel} for every variant that has one, in their order. */
export function selectModels(results: AnyResults): ModelSelection[] {
  const known = cached.get(results);
  if (known) return known;
  const found = results.variants.flatMap(({ label }) => selectModel(results, { variant: label }) ?? []);
  cached.set(results, found);
  return found;
}

const cached = new WeakMap<AnyResults, ModelSelection[]>();

/** One cell a case: the geometric mean over its processes. */
function caseTimes(cells: readonly TimeCell[]): TimeCell[] {
  return [...groupBy(cells, (cell) => cell.case).values()].map((group) => ({
    ...group[0]!,
    seconds: Math.exp(mean(group.map(({ seconds }) => Math.log(seconds)))),
  }));
}

type CallFma = (candidate: Candidate, cases: readonly TimeCell[]) => number;

function rank(
  candidates: readonly Candidate[],
  groups: readonly (readonly TimeCell[])[],
  winStandardErrors: number,
  callFma: CallFma,
): SelectionTable {
  const all = groups.flat();
  const errors = candidates.map((candidate) => {
    const squares = groups.map((left) => {
      const rest = groups.filter((group) => group !== left).flat();
      const kappa = callFma(candidate, rest);
      const constant = median(logRatios(candidate, rest, kappa));
      return logRatios(candidate, left, kappa).map((value) => (value - constant) ** 2);
    });
    return { candidate, squares, error: Math.sqrt(mean(squares.flat())) };
  });
  // Forms that coincide in a design stay in the order of the catalogue, whatever rounding makes of them.
  errors.sort((a, b) => Math.round(a.error / ROUNDING) - Math.round(b.error / ROUNDING));
  const best = errors[0]!;
  const scores = errors.map(({ candidate, squares, error }): CandidateScore => {
    const behind = error - best.error;
    const behindStandardError = candidate === best.candidate ? 0 : differenceError(squares, best.squares);
    const kappa = callFma(candidate, all);
    return {
      candidate,
      error,
      behind,
      behindStandardError,
      beaten: behind > ROUNDING && behind > winStandardErrors * behindStandardError,
      secondsPerFma: Math.exp(median(logRatios(candidate, all, kappa))),
      callFma: callFma === bestCallFma ? kappa : null,
    };
  });
  return { scores, standing: scores.filter(({ beaten }) => !beaten).map(({ candidate }) => candidate) };
}

/** log t − log(g + κ·calls). */
function logRatios(candidate: Candidate, cases: readonly TimeCell[], kappa: number): number[] {
  return cases.map((cell) => Math.log(cell.seconds / (candidate.cost(cell) + kappa * cell.calls!)));
}

/** Standard error of the difference of two root mean squares, from the paired squares in their groups. */
function differenceError(
  squares: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
): number {
  const differences = squares.map((group, g) => group.map((value, i) => value - others[g]![i]!));
  const all = differences.flat();
  const byCase = Math.sqrt(variance(all) / all.length);
  const shares = differences.map((group) => (mean(group) * group.length * differences.length) / all.length);
  const byGroup = Math.sqrt(variance(shares) / shares.length);
  // √a − √b moves by (δa − δb)/(√a + √b).
  const sum = Math.sqrt(mean(squares.flat())) + Math.sqrt(mean(others.flat()));
  return sum === 0 ? 0 : Math.max(byCase, byGroup) / sum;
}

/** The κ ≥ 0 with the smallest spread of log t − log(g + κ·calls) on given cases: a grid, then golden section. */
function bestCallFma(candidate: Candidate, cases: readonly TimeCell[]): number {
  const perCall = cases.map((cell) => candidate.cost(cell) / cell.calls!);
  const spread = (logKappa: number): number => {
    const ratios = logRatios(candidate, cases, Math.exp(logKappa));
    const centre = mean(ratios);
    return ratios.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  };
  const low = Math.log(Math.min(...perCall)) - 7;
  const high = Math.log(Math.max(...perCall)) + 7;
  const step = (high - low) / GRID;
  const grid = Array.from({ length: GRID + 1 }, (_, i) => low + i * step);
  const places = grid.map(spread);
  const at = places.indexOf(Math.min(...places));
  let [left, right] = [grid[at]! - step, grid[at]! + step];
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 20; i++) {
    const [a, b] = [right - golden * (right - left), left + golden * (right - left)];
    if (spread(a) < spread(b)) right = b;
    else left = a;
  }
  const found = (left + right) / 2;
  return spread(found) < spread(Number.NEGATIVE_INFINITY) * (1 - 1e-9) ? Math.exp(found) : 0;
}

const GRID = 24;
