/** @file Schedules on several workers: sound, never worse than list scheduling, and shortest by exhaustion for few tasks. */

import { expect, test } from "vitest";
import { planChain } from "../../src/planner/chain-product.ts";
import { denseElemental } from "../../src/planner/elemental.ts";
import {
  criticalPath,
  listSchedule,
  MOST_SEARCHED_TASKS,
  type Schedule,
  scheduleTasks,
  type Task,
  tasksOf,
} from "../../src/planner/schedule.ts";
import { createRandom, type Random } from "../../src/random.ts";
import { shortestMakespan } from "../support/brute-force-schedule.ts";

function expectSound({ placements, makespan }: Schedule, tasks: readonly Task[], workers: number): void {
  expect(placements).toHaveLength(tasks.length);
  expect(makespan).toBe(Math.max(0, ...placements.map(({ end }) => end)));
  for (const [i, { worker, start, end }] of placements.entries()) {
    expect(worker).toBeLessThan(workers);
    expect(end - start).toBe(tasks[i]!.cost);
    expect(tasks[i]!.inputs.every((input) => placements[input]!.end <= start)).toBe(true);
  }
  for (const [i, a] of placements.entries()) {
    for (const b of placements.slice(i + 1)) {
      if (a.worker !== b.worker || a.start === a.end || b.start === b.end) continue;
      expect(a.end <= b.start || b.end <= a.start).toBe(true);
    }
  }
}

/** Tasks with random inputs among those before; a plan's tasks are trees, these need not be. */
function drawTasks(random: Random, most: number): Task[] {
  return Array.from({ length: random.integer(1, most) }, (_, i) => ({
    cost: random.integer(0, 9),
    inputs: [...new Set([random.integer(-2, i - 1), random.integer(-2, i - 1)])].filter((at) => at >= 0),
  }));
}

const sum = (tasks: readonly Task[]): number => tasks.reduce((total, { cost }) => total + cost, 0);

test("up to 6 tasks: the makespan is the shortest of all assignments and orders, and is said to be", () => {
  const random = createRandom(51);
  let betterThanList = 0;
  for (let i = 0; i < 600; i++) {
    const tasks = drawTasks(random, 6);
    const workers = random.integer(1, 3);
    const schedule = scheduleTasks(tasks, workers);
    expectSound(schedule, tasks, workers);
    expect(schedule.makespan).toBe(shortestMakespan(tasks, workers));
    expect(schedule.optimal).toBe(true);
    const listed = listSchedule(tasks, workers);
    expectSound(listed, tasks, workers);
    if (schedule.makespan < listed.makespan) betterThanList++;
  }
  expect(betterThanList).toBeGreaterThan(0); // otherwise the search would never have been needed
});

test("one worker takes the sum of all costs, unlimited workers the critical path", () => {
  const random = createRandom(52);
  for (let i = 0; i < 200; i++) {
    const tasks = drawTasks(random, 30);
    expect(scheduleTasks(tasks, 1)).toMatchObject({ makespan: sum(tasks), optimal: true });
    expect(scheduleTasks(tasks, Infinity)).toMatchObject({ makespan: criticalPath(tasks), optimal: true });
    expect(scheduleTasks(tasks, tasks.length).makespan).toBe(criticalPath(tasks));
  }
});

test("in between: never longer than the list's, never shorter than both bounds, at most 2 − 1/P times them", () => {
  const random = createRandom(53);
  for (let i = 0; i < 100; i++) {
    const tasks = drawTasks(random, 18);
    const workers = random.integer(2, 4);
    const schedule = scheduleTasks(tasks, workers);
    const bound = Math.max(criticalPath(tasks), sum(tasks) / workers);
    expectSound(schedule, tasks, workers);
    expect(schedule.makespan).toBeLessThanOrEqual(listSchedule(tasks, workers).makespan);
    expect(schedule.makespan).toBeGreaterThanOrEqual(bound);
    expect(listSchedule(tasks, workers).makespan).toBeLessThanOrEqual((2 - 1 / workers) * 2 * bound);
  }
});

test("a schedule that the list misses: two pairs of tasks that fit side by side", () => {
  // Longest first on two workers: 5+3, 4+3, then 3 more is 11. Best: 5+4 and 3+3+3.
  const tasks = [5, 4, 3, 3, 3].map((cost) => ({ cost, inputs: [] }));
  expect(listSchedule(tasks, 2)).toMatchObject({ makespan: 10, optimal: false });
  expect(scheduleTasks(tasks, 2)).toMatchObject({ makespan: 9, optimal: true });
});

test("a plan with two independent halves takes half the time on two workers, but for the product", () => {
  const widths = [60, 40, 3, 40, 60];
  const plan = planChain(
    widths.slice(1).map((m, i) => denseElemental({ n: widths[i]!, m, edges: widths[i]! * m })),
  );
  const tasks = tasksOf(plan.operations);
  const half = 3 * (60 * 40 + 40 * 3);
  expect(scheduleTasks(tasks, 1).makespan).toBe(plan.fma);
  expect(scheduleTasks(tasks, 2).makespan).toBe(half + 60 * 3 * 60);
  expect(criticalPath(tasks)).toBe(half + 60 * 3 * 60);
});

test("long plans are scheduled by the list", () => {
  const random = createRandom(54);
  const widths = Array.from({ length: 201 }, () => random.integer(1, 40));
  const plan = planChain(widths.slice(1).map((m, i) => denseElemental({ n: widths[i]!, m })));
  const tasks = tasksOf(plan.operations);
  expect(tasks.length).toBeGreaterThan(MOST_SEARCHED_TASKS);
  const makespans = [1, 2, 4, Infinity].map((workers) => scheduleTasks(tasks, workers).makespan);
  expect(makespans[0]).toBe(plan.fma);
  expect(makespans[1]).toBeLessThan(makespans[0]!);
  expect(makespans.at(-1)).toBe(criticalPath(tasks));
});

test("nothing to do takes no time", () => {
  expect(scheduleTasks([], 3)).toEqual({ makespan: 0, placements: [], optimal: true });
});

test.each([0, -1, 1.5, Number.NaN])("%s workers are refused", (workers) => {
  expect(() => scheduleTasks([{ cost: 1, inputs: [] }], workers)).toThrow(/expected a positive integer/);
});

test("tasks that cannot be are refused", () => {
  expect(() => scheduleTasks([{ cost: -1, inputs: [] }], 2)).toThrow(/task 1 costs -1/);
  expect(() =>
    scheduleTasks(
      [
        { cost: 1, inputs: [1] },
        { cost: 1, inputs: [] },
      ],
      2,
    ),
  ).toThrow(/task 1 stands before/);
});
