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
 * A width of one place at which a mixed plan still wins and one more at which it does not, all else unchanged.
 *
 * The width is found by halving, about log₂(widest) plans. Both sides of it were tried; nothing is known of widths that
 * were not, and for some chains a mixed plan wins again further up.
 *
 * @param chainOfWidth - the chain with that place of a given width, e.g. through `buildShape` and `elementalsOf`
 * @param widest - the largest width to be tried
 * @param memory - bound on the tape of an adjoint
 * @returns w, where a mixed plan wins at w and does not at w + 1; `widest` if it wins there; null if it does not win at 1
 */
export function switchWidth(
  chainOfWidth: (width: number) => readonly Elemental[],
  widest: number,
  memory = Infinity,
): number | null {
  return lastWinningWidth((width) => mixedWins(chainOfWidth(width), memory), widest);
}

/**
 * The same for any question of a width.
 *
 * @param wins - tried at about log₂(widest) widths, 1 and `widest` among them
 * @param widest - the largest width to be tried
 */
export function lastWinningWidth(wins: (width: number) => boolean, widest: number): number | null {
  if (!wins(1)) return null;
  if (wins(widest)) return widest;
  let [won, lost] = [1, widest];
  while (lost - won > 1) {
    const middle = Math.floor((won + lost) / 2);
    if (wins(middle)) won = middle;
    else lost = middle;
  }
  return won;
}
