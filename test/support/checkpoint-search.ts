/** @file The least work of any checkpointing schedule of a few steps, by shortest paths over all situations. */

import type { CheckpointProblem } from "../../src/planner/checkpointing.ts";

/** A situation: which states are stored (bits), which one is current (−1: none), how many steps are still to be reversed. */
type Situation = { readonly stored: number; readonly current: number; readonly open: number };

/**
 * Dijkstra's algorithm over situations. Moves: run a step without taping (costs it), store, restore, drop, reverse.
 *
 * @param problem - up to about 7 steps
 * @param options - `persistent`: a snapshot may be dropped only after its step was reversed
 */
export function leastUntapedCost(
  { stepCosts, snapshotBytes, budgetBytes }: CheckpointProblem,
  { persistent }: { persistent: boolean },
): number {
  const L = stepCosts.length;
  const key = ({ stored, current, open }: Situation): number =>
    (stored * (L + 2) + current + 1) * (L + 1) + open;
  const bytesOf = (stored: number): number =>
    snapshotBytes.reduce((sum, size, k) => sum + ((stored >> k) & 1) * size, 0);
  const least = new Map<number, number>();
  const settled = new Set<number>();
  const queue: { cost: number; at: Situation }[] = [];
  const push = (cost: number, at: Situation): void => {
    if (cost >= (least.get(key(at)) ?? Infinity)) return;
    least.set(key(at), cost);
    queue.push({ cost, at });
  };
  push(0, { stored: 1, current: 0, open: L }); // the input is stored from the start
  while (queue.length > 0) {
    const nearest = queue.reduce((best, { cost }, i) => (cost < queue[best]!.cost ? i : best), 0);
    const [{ cost, at }] = queue.splice(nearest, 1) as [{ cost: number; at: Situation }];
    if (settled.has(key(at))) continue;
    settled.add(key(at));
    const { stored, current, open } = at;
    if (open === 0) return cost;
    if (current >= 0 && current < L) {
      push(cost + stepCosts[current]!, { ...at, current: current + 1 });
      if (current === open - 1) push(cost, { stored, current: -1, open: open - 1 });
      const more = stored | (1 << current);
      if (bytesOf(more) <= budgetBytes) push(cost, { ...at, stored: more });
    }
    for (let k = 0; k < L; k++) {
      if (((stored >> k) & 1) === 0) continue;
      push(cost, { ...at, current: k });
      if (!persistent || open <= k) push(cost, { ...at, stored: stored & ~(1 << k) });
    }
  }
  throw new Error("no schedule reverses all steps");
}
