/** @file The nine forms that the cost of a Jacobian is compared with. Pure. */

import type { TimeCell } from "./cells.ts";

/** A form g of the cost: t = c·g with one constant c. */
export type Candidate = {
  /** a-z and -. */
  readonly id: string;
  /** As people write it. */
  readonly symbol: string;
  /** The cost of a case, in FMA but for the constant; 0 where the form makes no sense of a case. */
  cost(cell: TimeCell): number;
};

/** Σ without what a read unit seed saves, n times (forward) or m times (reverse): products of the explicit Jacobians. */
function bracketed(ends: "input" | "output"): (cell: TimeCell) => number {
  return ({ inputs, m, sigma, widths }) =>
    ends === "input" ? inputs * (sigma - widths[0]! * widths[1]!) : m * (sigma - m * widths.at(-2)!);
}

/**
 * All candidates. The last two are what multiplying the explicit Jacobians out costs, from the right and from the left
 * (see the closed forms in src/strategies); for one layer they are 0, and no candidates.
 */
export const CANDIDATES: readonly Candidate[] = [
  { id: "n-sigma", symbol: "n·Σ", cost: ({ inputs, sigma }) => inputs * sigma },
  { id: "m-sigma", symbol: "m·Σ", cost: ({ m, sigma }) => m * sigma },
  { id: "sum-sigma", symbol: "(n+m)·Σ", cost: ({ inputs, m, sigma }) => (inputs + m) * sigma },
  { id: "sigma", symbol: "Σ", cost: ({ sigma }) => sigma },
  { id: "product-sigma", symbol: "n·m·Σ", cost: ({ inputs, m, sigma }) => inputs * m * sigma },
  { id: "n-sigma-squared", symbol: "n·Σ²", cost: ({ inputs, sigma }) => inputs * sigma ** 2 },
  { id: "max-sigma", symbol: "max(n,m)·Σ", cost: ({ inputs, m, sigma }) => Math.max(inputs, m) * sigma },
  { id: "right-to-left", symbol: "n·(Σ − n·d_1)", cost: bracketed("input") },
  { id: "left-to-right", symbol: "m·(Σ − m·d_{K−1})", cost: bracketed("output") },
];
