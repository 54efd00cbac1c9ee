/** @file The nine forms that the cost of a Jacobian is compared with. Pure. */

import type { TimeCell } from "./cells.ts";
import { CLAIMED_COSTS, type ClaimedCost } from "./claimed-cost.ts";

/** A form g of the cost: t = c·g with one constant c. */
export type Candidate = {
  /** a-z and -. */
  readonly id: string;
  /** As people write it. */
  readonly symbol: string;
  /** The cost of a case, in FMA but for the constant; 0 where the form makes no sense of a case. */
  cost(cell: TimeCell): number;
};

/** One of the claims, which compete with the other forms. */
function claimed(id: ClaimedCost["id"]): Candidate {
  return CLAIMED_COSTS.find((one) => one.id === id)!;
}

/**
 * All candidates, the claims among them (see {@link CLAIMED_COSTS}). The last two are 0 for one layer, and then no
 * candidates.
 */
export const CANDIDATES: readonly Candidate[] = [
  claimed("n-sigma"),
  claimed("m-sigma"),
  { id: "sum-sigma", symbol: "(n+m)·Σ", cost: ({ inputs, m, sigma }) => (inputs + m) * sigma },
  { id: "sigma", symbol: "Σ", cost: ({ sigma }) => sigma },
  { id: "product-sigma", symbol: "n·m·Σ", cost: ({ inputs, m, sigma }) => inputs * m * sigma },
  { id: "n-sigma-squared", symbol: "n·Σ²", cost: ({ inputs, sigma }) => inputs * sigma ** 2 },
  { id: "max-sigma", symbol: "max(n,m)·Σ", cost: ({ inputs, m, sigma }) => Math.max(inputs, m) * sigma },
  claimed("right-to-left"),
  claimed("left-to-right"),
];
