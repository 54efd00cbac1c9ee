/** @file The shortest schedule of a few tasks, by trying every assignment to workers and every order. */

import type { Task } from "../../src/planner/schedule.ts";

/**
 * Places the tasks one after another in every order that respects inputs, each on every worker, as early as it can be
 * there. Nothing is cut off; for up to 6 tasks.
 *
 * @param tasks - each after its inputs
 * @param workers - P
 */
export function shortestMakespan(tasks: readonly Task[], workers: number): number {
  const ends = tasks.map(() => -1);
  const free = new Array<number>(workers).fill(0);
  let shortest = Infinity;
  const place = (placed: number): void => {
    if (placed === tasks.length) {
      shortest = Math.min(shortest, Math.max(0, ...ends));
      return;
    }
    for (const [i, { cost, inputs }] of tasks.entries()) {
      if (ends[i]! >= 0 || inputs.some((input) => ends[input]! < 0)) continue;
      for (let worker = 0; worker < workers; worker++) {
        const before = free[worker]!;
        ends[i] = Math.max(before, ...inputs.map((input) => ends[input]!)) + cost;
        free[worker] = ends[i]!;
        place(placed + 1);
        ends[i] = -1;
        free[worker] = before;
      }
    }
  };
  place(0);
  return shortest;
}
