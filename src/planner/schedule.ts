/**
 * @file Executing a plan's operations on several workers: when each starts and where, and how long the whole takes.
 *
 * Operations depend on those whose blocks they read; one operation runs on one worker without interruption. List
 * scheduling takes, whenever a worker is free, the ready operation with the longest way to the end (critical path
 * priority; R. Graham, "Bounds on multiprocessing timing anomalies", SIAM Journal on Applied Mathematics 17 (1969): at
 * most 2 − 1/P times the optimum). For Jacobian chains see "Scheduled Jacobian Chaining"
 * (arXiv:2505.06056), where branch and bound finds the optimum too.
 */

import { JacobenchError } from "../errors.ts";
import { searchSchedule } from "./schedule-search.ts";

/** What is scheduled: a cost in any unit, and the places in the list of what must be done before. */
export type Task = { readonly cost: number; readonly inputs: readonly number[] };

/** When and where a task runs. */
export type Placement = { readonly worker: number; readonly start: number; readonly end: number };

/** A schedule of all tasks. */
export type Schedule = {
  /** When the last task ends, in the unit of the costs. */
  readonly makespan: number;
  /** One for each task, in their order; workers are numbered from 0. */
  readonly placements: readonly Placement[];
  /** True if it is proven that no schedule ends earlier. */
  readonly optimal: boolean;
};

/** The most tasks for which a better schedule than that of the list is searched for. */
export const MOST_SEARCHED_TASKS = 20;

/**
 * The tasks of a plan's operations.
 *
 * @param operations - as a plan has them, in an order in which they can be executed
 */
export function tasksOf(
  operations: readonly { readonly fma: number; readonly times: number; readonly inputs: readonly number[] }[],
): Task[] {
  return operations.map(({ fma, times, inputs }) => ({ cost: fma * times, inputs }));
}

/**
 * For each task the length of the longest way from its start to the end of the whole, its own cost included.
 *
 * @param tasks - each after its inputs
 */
export function tailsOf(tasks: readonly Task[]): number[] {
  const tails = tasks.map(() => 0);
  for (let i = tasks.length - 1; i >= 0; i--) {
    tails[i] = tails[i]! + tasks[i]!.cost; // the longest way behind it is known: all that read it come later
    for (const input of tasks[i]!.inputs) tails[input] = Math.max(tails[input]!, tails[i]!);
  }
  return tails;
}

/**
 * The time that no number of workers can beat: the longest way through the tasks.
 *
 * @param tasks - each after its inputs
 */
export function criticalPath(tasks: readonly Task[]): number {
  return tailsOf(tasks).reduce((most, tail) => Math.max(most, tail), 0);
}

/**
 * List scheduling by critical path.
 *
 * @param tasks - each after its inputs
 * @param workers - P; Infinity for no limit
 */
export function listSchedule(tasks: readonly Task[], workers: number): Schedule {
  const tails = tailsOf(tasks);
  const free = new Array<number>(Math.min(workers, Math.max(tasks.length, 1))).fill(0);
  const placements = new Array<Placement>(tasks.length);
  const open = new Set(tasks.keys());
  const readyAt = (i: number): number =>
    tasks[i]!.inputs.reduce((latest, input) => Math.max(latest, placements[input]!.end), 0);
  while (open.size > 0) {
    const ready = [...open].filter((i) => tasks[i]!.inputs.every((input) => !open.has(input)));
    const idle = Math.min(...free);
    // The first moment at which a worker is idle and a task can start, and the most urgent task then.
    const moment = Math.max(idle, Math.min(...ready.map(readyAt)));
    const next = ready
      .filter((i) => readyAt(i) <= moment)
      .reduce((best, i) => (tails[i]! > tails[best]! ? i : best));
    const worker = free.indexOf(idle);
    const end = moment + tasks[next]!.cost;
    placements[next] = { worker, start: moment, end };
    free[worker] = end;
    open.delete(next);
  }
  const makespan = placements.reduce((latest, { end }) => Math.max(latest, end), 0);
  return { makespan, placements, optimal: makespan <= lowerBound(tasks, workers) };
}

/**
 * The best schedule that is found: by the list, and for short chains by branch and bound.
 *
 * One worker takes the sum of all costs; as many workers as tasks, or Infinity, the critical path.
 *
 * @param tasks - each after its inputs, see {@link tasksOf}
 * @param workers - P, a positive integer or Infinity
 * @throws {JacobenchError} `ERR_RANGE` for a number of workers that cannot be, or a task listed before its inputs
 */
export function scheduleTasks(tasks: readonly Task[], workers: number): Schedule {
  checkTasks(tasks, workers);
  const listed = listSchedule(tasks, workers);
  if (listed.optimal || tasks.length > MOST_SEARCHED_TASKS) return listed;
  return searchSchedule(tasks, workers, tailsOf(tasks), listed);
}

/** No schedule ends before the longest way, nor before all work is shared out evenly. */
function lowerBound(tasks: readonly Task[], workers: number): number {
  const work = tasks.reduce((sum, { cost }) => sum + cost, 0);
  return Math.max(criticalPath(tasks), work / workers);
}

function checkTasks(tasks: readonly Task[], workers: number): void {
  const refuse = (message: string): never => {
    throw new JacobenchError("ERR_RANGE", `schedule: ${message}`);
  };
  if (workers !== Infinity && !(Number.isSafeInteger(workers) && workers >= 1)) {
    refuse(`workers is ${workers}; expected a positive integer`);
  }
  for (const [i, { cost, inputs }] of tasks.entries()) {
    if (!(cost >= 0 && cost < Infinity)) refuse(`task ${i + 1} costs ${cost}; expected a number from 0 on`);
    if (inputs.some((input) => !(input >= 0 && input < i))) refuse(`task ${i + 1} stands before its inputs`);
  }
}
