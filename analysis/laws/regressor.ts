/** @file What the power law lets time depend on: n, m, Σ and K, with their symbols and their values. Pure. */

import type { TimeCell } from "./cells.ts";

/** What time may depend on. `n` is the number of columns of J: the parameters, where J is taken with respect to them. */
export type Regressor = "n" | "m" | "sigma" | "depth";

/** The regressors in the order in which they are printed. */
export const REGRESSORS: readonly Regressor[] = ["n", "m", "sigma", "depth"];

/** Those that the claims n·Σ and m·Σ speak of; the depth K is beside them, and fitted only where it can be told apart. */
export const CLAIMED = ["n", "m", "sigma"] as const satisfies readonly Regressor[];

/** Symbols for people. */
export const SYMBOL: Readonly<Record<Regressor, string>> = { n: "n", m: "m", sigma: "Σ", depth: "K" };

/** A regressor that varies by less than this factor over the cases is left out: its exponent would be noise. */
export const LEAST_FACTOR = 1.5;

/** The value of a regressor in a cell. */
export function regressorOf(cell: TimeCell, regressor: Regressor): number {
  return regressor === "n" ? cell.inputs : cell[regressor];
}
