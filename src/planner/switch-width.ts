/** @file How narrow a place in the chain must be for a mixed plan to beat both pure modes. */

import { planChain } from "./chain-product.ts";
import type { Elemental } from "./elemental.ts";
import { adjointCost, tangentCost } from "./homogeneous.ts";

/**
 * Whether the optimum is strictly cheaper than both pure modes.
 *
 * @param elementals - F_1 … F_p
 * @param memory - bound on the tape of an adjoint
 */
export function mixedWins(elementals: readonly Elemental[], memory = Infinity): boolean {
  const pure = Math.min(tangentCost(elementals) ?? Infinity, adjointCost(elementals, memory) ?? Infinity);
  return planChain(elementals, { memory }).fma < pure;
}

/**
 * The largest width of one place at which a mixed plan still wins, all else unchanged.
 *
 * It is found by halving, about log₂(widest) plans: the width from which on a pure mode is as good is taken to be one
 * point, as it is for chains with a single bottleneck.
 *
 * @param chainOfWidth - the chain with that place of a given width, e.g. through `buildShape` and `elementalsOf`
 * @param widest - the largest width to be looked at
 * @param memory - bound on the tape of an adjoint
 * @returns a width from 1 to `widest`; null if a mixed plan does not win even at width 1
 */
export function switchWidth(
  chainOfWidth: (width: number) => readonly Elemental[],
  widest: number,
  memory = Infinity,
): number | null {
  if (!mixedWins(chainOfWidth(1), memory)) return null;
  let wins = 1;
  let loses = widest + 1;
  while (loses - wins > 1) {
    const middle = Math.floor((wins + loses) / 2);
    if (mixedWins(chainOfWidth(middle), memory)) wins = middle;
    else loses = middle;
  }
  return wins;
}
