/** @file Branch and bound for the shortest schedule of a few tasks on P workers. */

import type { Placement, Schedule, Task } from "./schedule.ts";

/** The search gives up after this many partial schedules; the best found so far is returned as not proven. */
const MOST_VISITS = 300_000;

/**
 * Searches for the shortest schedule.
 *
 * Each task, in an order that respects inputs, starts as early as a worker and its inputs allow: one of these schedules
 * is optimal. Starts are taken in rising order, which leaves out orders that give the same schedule. A branch is cut
 * where the longest way behind an open task, or the open work shared out evenly, ends no earlier than the best schedule.
 *
 * @param tasks - each after its inputs
 * @param workers - P
 * @param tails - longest way from each task's start to the end
 * @param first - a schedule to begin with
 */
export function searchSchedule(
  tasks: readonly Task[],
  workers: number,
  tails: readonly number[],
  first: Schedule,
): Schedule {
  const count = tasks.length;
  const free = new Array<number>(Math.min(workers, count)).fill(0);
  const placements = new Array<Placement | undefined>(count).fill(undefined);
  const byUrgency = [...tasks.keys()].sort((a, b) => tails[b]! - tails[a]!);
  let best = first;
  let visits = 0;

  const visit = (placed: number, openWork: number, latest: number, previous: number): void => {
    if (++visits > MOST_VISITS) return;
    if (placed === count) {
      if (latest < best.makespan) {
        best = { makespan: latest, placements: placements.map((each) => each!), optimal: false };
      }
      return;
    }
    const idle = Math.min(...free);
    const worker = free.indexOf(idle);
    const even = (openWork + free.reduce((sum, at) => sum + at, 0)) / free.length;
    if (even >= best.makespan) return;
    const starts = byUrgency.map((i) => startOf(i, idle));
    if (starts.some((start, at) => start !== null && start + tails[byUrgency[at]!]! >= best.makespan)) return;
    for (const [at, i] of byUrgency.entries()) {
      const start = starts[at];
      if (start === null || start === undefined || start < previous) continue;
      const end = start + tasks[i]!.cost;
      placements[i] = { worker, start, end };
      free[worker] = end;
      visit(placed + 1, openWork - tasks[i]!.cost, Math.max(latest, end), start);
      free[worker] = idle;
      placements[i] = undefined;
    }
  };
  /** The earliest start of a task that can be placed next; null if it is placed, or an input is not. */
  const startOf = (i: number, idle: number): number | null => {
    if (placements[i] !== undefined) return null;
    let start = idle;
    for (const input of tasks[i]!.inputs) {
      const before = placements[input];
      if (before === undefined) return null;
      start = Math.max(start, before.end);
    }
    return start;
  };

  visit(
    0,
    tasks.reduce((sum, { cost }) => sum + cost, 0),
    0,
    0,
  );
  return { ...best, optimal: visits <= MOST_VISITS };
}
