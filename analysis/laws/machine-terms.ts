/** @file The terms of the machine model on a design: which there are, and which it cannot tell apart. Pure. */

import { nearDependency } from "../../src/statistics/separability.ts";
import type { CacheRegime } from "./cache-regime.ts";
import { REGIMES } from "./cache-regime.ts";
import type { TimeCell } from "./cells.ts";
import type { ClaimedCost } from "./claimed-cost.ts";
import { exactly, listing, type Sentence, says, sentenceText, term } from "./sentence.ts";

/** What a coefficient is paid for. */
export type TermKind = "call" | "layer" | "fma" | "width";

/** A term of the model: seconds per unit of something that each case has so much of. */
export type MachineTerm = {
  readonly kind: TermKind;
  /** The cache that the term is for; null where the design has one regime only, and for all but FMAs. */
  readonly regime: CacheRegime | null;
  /** `α0`, `α1`, `β`, `β within L2`, `γ`; `α` where α0 and α1·K are one. */
  readonly symbol: string;
  /** What it is paid for, e.g. `an FMA`. */
  readonly unit: string;
  /** Units of it in one product of a case. */
  amount(cell: TimeCell): number;
};

/** Terms that stay in a fit, and what is said of those that do not. */
export type SeparableTerms = {
  readonly terms: readonly MachineTerm[];
  /** Symbols whose values cannot be stated each by itself, in groups, with the reason as a sentence. */
  readonly refusals: readonly Refusal[];
};

/** Symbols that cannot be told apart, and why: as pieces, and in print. */
export type Refusal = {
  readonly symbols: readonly string[];
  readonly sentence: Sentence;
  readonly reason: string;
};

function refusal(symbols: readonly string[], sentence: Sentence): Refusal {
  return { symbols, sentence, reason: sentenceText(sentence) };
}

/** A regime with fewer cases is counted to its neighbour: a cost an FMA of its own would be noise. */
const LEAST_CASES = 3;

/** What is left out first where terms cannot be told apart. */
const LEAVE_OUT: readonly TermKind[] = ["width", "layer", "call", "fma"];

/** The term of a fixed cost a call; with all its layers in it where their number never varies. */
const CALL: MachineTerm = {
  kind: "call",
  regime: null,
  symbol: "α0",
  unit: "a call",
  amount: (cell) => cell.calls! / cell.products!,
};

const LAYER: MachineTerm = {
  kind: "layer",
  regime: null,
  symbol: "α1",
  unit: "a layer",
  amount: (cell) => (cell.depth * cell.calls!) / cell.products!,
};

const WIDTH: MachineTerm = {
  kind: "width",
  regime: null,
  symbol: "γ",
  unit: "a unit of width",
  amount: (cell) => cell.widths.reduce((sum, width) => sum + width, 0),
};

/**
 * Finds the terms that a design can tell apart.
 *
 * Wherever columns of the design, weighted for relative errors, depend on each other nearly (see
 * {@link nearDependency}), all coefficients that take part are refused by name, and the least of them (γ before α1
 * before α0 before β) leaves the fit, until the rest stands apart.
 *
 * @param cells - one a case is enough; of a forward or reverse variant
 * @param regimeOf - see {@link cacheRegimes}; null for one β
 * @param claim - what a product is claimed to cost in FMA
 */
export function separableTerms(
  cells: readonly TimeCell[],
  regimeOf: ((footprintBytes: number) => CacheRegime) | null,
  claim: Pick<ClaimedCost, "product">,
): SeparableTerms {
  const depths = new Set(cells.map(({ depth }) => depth));
  const refusals: Refusal[] = [];
  let terms: MachineTerm[];
  if (depths.size === 1) {
    const depth = cells[0]!.depth;
    const [first, second] = [term("α0"), term("α1")];
    refusals.push(
      refusal(
        ["α0", "α1"],
        says`${first} and ${second} cannot be told apart: K is ${exactly(depth)} in every case; α is their sum, ${first} + ${exactly(depth)}·${second}`,
      ),
    );
    terms = [{ ...CALL, symbol: "α" }, ...fmaTerms(cells, regimeOf, claim), WIDTH];
  } else {
    terms = [CALL, LAYER, ...fmaTerms(cells, regimeOf, claim), WIDTH];
  }
  for (;;) {
    const taking = nearDependency(
      cells.map((cell) => terms.map((term) => (term.amount(cell) * cell.products!) / cell.seconds)),
    ).map((j) => terms[j]!);
    if (taking.length === 0) return { terms, refusals };
    const left = [...taking].sort((a, b) => LEAVE_OUT.indexOf(a.kind) - LEAVE_OUT.indexOf(b.kind))[0]!;
    const symbols = taking.map(({ symbol }) => symbol);
    refusals.push(
      refusal(
        symbols,
        says`${listing(symbols.map(term))} cannot be told apart in this design; the fit goes on without ${term(left.symbol)}`,
      ),
    );
    terms = terms.filter((term) => term !== left);
  }
}

function fmaTerms(
  cells: readonly TimeCell[],
  regimeOf: ((footprintBytes: number) => CacheRegime) | null,
  claim: Pick<ClaimedCost, "product">,
): MachineTerm[] {
  const beta = { kind: "fma", unit: "an FMA" } as const;
  const one: MachineTerm = { ...beta, regime: null, symbol: "β", amount: (cell) => claim.product(cell) };
  if (regimeOf === null) return [one];
  const cases = new Map(cells.map((cell) => [cell.case, regimeOf(cell.footprintBytes)]));
  const count = (regime: CacheRegime): number =>
    [...cases.values()].filter((value) => value === regime).length;
  const kept = REGIMES.filter((regime) => count(regime) >= LEAST_CASES);
  if (kept.length < 2) return [one];
  // A regime with too few cases goes with the nearest that is kept, the farther one first.
  const nearest = (regime: CacheRegime): CacheRegime => {
    const distance = (other: CacheRegime): number =>
      Math.abs(REGIMES.indexOf(other) - REGIMES.indexOf(regime) - 0.1);
    return [...kept].sort((a, b) => distance(a) - distance(b))[0]!;
  };
  const keptFor = new Map(REGIMES.map((regime) => [regime, nearest(regime)]));
  return kept.map((regime) => ({
    ...beta,
    regime,
    symbol: regime === "memory" ? "β beyond L3" : `β within ${regime}`,
    amount: (cell) => (keptFor.get(regimeOf(cell.footprintBytes)) === regime ? claim.product(cell) : 0),
  }));
}
