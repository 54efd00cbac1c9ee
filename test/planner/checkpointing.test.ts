/** @file Optimal checkpointing: the binomial closed form, exhaustive search, and schedules that are carried out. */

import { expect, test } from "vitest";
import { fillCheckpointTable } from "../../src/planner/checkpoint-table.ts";
import {
  type CheckpointPlan,
  type CheckpointProblem,
  checkpointTradeoff,
  planCheckpoints,
  planSnapshots,
  revolveUntapedSteps,
} from "../../src/planner/checkpointing.ts";
import { createRandom, type Random } from "../../src/random.ts";
import { leastUntapedCost } from "../support/checkpoint-search.ts";

/** Carries a schedule out and counts, refusing every action that is not possible. */
function carryOut(plan: CheckpointPlan, { stepCosts, snapshotBytes, budgetBytes }: CheckpointProblem) {
  const L = stepCosts.length;
  const stored = new Set<number>();
  let current: number | null = 0;
  let next = L;
  let [cost, bytes] = [0, 0];
  for (const action of plan.actions) {
    switch (action.kind) {
      case "store":
        expect(current).toBe(action.state);
        expect(stored.has(action.state)).toBe(false);
        stored.add(action.state);
        bytes += snapshotBytes[action.state]!;
        expect(bytes).toBeLessThanOrEqual(budgetBytes);
        break;
      case "restore":
        expect(stored.has(action.state)).toBe(true);
        current = action.state;
        break;
      case "drop":
        expect(stored.delete(action.state)).toBe(true);
        bytes -= snapshotBytes[action.state]!;
        break;
      case "advance":
        expect(current).toBe(action.from);
        expect(action.to).toBeGreaterThan(action.from);
        for (let step = action.from; step < action.to; step++) cost += stepCosts[step]!;
        current = action.to;
        break;
      case "reverse":
        expect(action.step).toBe(next);
        expect(current).toBe(action.step - 1);
        next--;
        current = null; // taping runs the step: the state before it is gone
        break;
    }
  }
  expect(next).toBe(0);
  expect(stored.size).toBe(0);
  return cost;
}

const ones = (L: number) => new Array<number>(L).fill(1);

test("equal steps: the dynamic program is revolve's closed form, and its schedule costs that", () => {
  for (let L = 1; L <= 40; L++) {
    for (const s of [1, 2, 3, 4, 5, 8, 13, 40, 60]) {
      const plan = planSnapshots(ones(L), s);
      expect(plan.untapedCost).toBe(revolveUntapedSteps(L, s));
      const problem = { stepCosts: ones(L), snapshotBytes: ones(L), budgetBytes: s };
      expect(carryOut(plan, problem)).toBe(plan.untapedCost);
      expect(plan.peakSnapshots).toBeLessThanOrEqual(Math.min(s, L));
    }
  }
});

test("60 steps, all numbers of snapshots", () => {
  for (const s of [1, 2, 3, 5, 10, 30, 60]) {
    expect(planSnapshots(ones(60), s).untapedCost).toBe(revolveUntapedSteps(60, s));
  }
});

test("the closed form by hand", () => {
  // One step needs nothing run again; one snapshot (the input) starts every step from there: 0 + 1 + … + (L − 1).
  expect(revolveUntapedSteps(1, 1)).toBe(0);
  expect([2, 3, 10, 100].map((L) => revolveUntapedSteps(L, 1))).toEqual([1, 3, 45, 4950]);
  // As many snapshots as steps: one way through, L − 1 steps.
  expect([2, 7, 30].map((L) => revolveUntapedSteps(L, L))).toEqual([1, 6, 29]);
  // s = 2: r = 2 covers C(4, 2) = 6 steps; 2·6 − C(4, 1) = 8. By hand: 3 to x_3, then 2 + 1, then 1 + 1.
  expect(revolveUntapedSteps(6, 2)).toBe(8);
  expect(revolveUntapedSteps(1e9, 3)).toBe(1816 * 1e9 - binomial(1819, 1815));
});

function binomial(n: number, k: number): number {
  let result = 1n;
  for (let i = 1; i <= Math.min(k, n - k); i++) result = (result * BigInt(n - i + 1)) / BigInt(i);
  return Number(result);
}

function drawProblem(random: Random, equalSizes: boolean): CheckpointProblem {
  const L = random.integer(1, 6);
  const stepCosts = Array.from({ length: L }, () => random.integer(0, 20));
  const snapshotBytes = stepCosts.map(() => (equalSizes ? 5 : random.integer(1, 9)));
  const most = snapshotBytes.reduce((sum, size) => sum + size, 0);
  return { stepCosts, snapshotBytes, budgetBytes: random.integer(snapshotBytes[0]!, most) };
}

test("unequal costs, equal snapshots: no schedule at all is better, by search over all", () => {
  const random = createRandom(31);
  for (let i = 0; i < 300; i++) {
    const problem = drawProblem(random, true);
    const plan = planCheckpoints(problem);
    expect(plan.untapedCost).toBe(leastUntapedCost(problem, { persistent: false }));
    expect(carryOut(plan, problem)).toBe(plan.untapedCost);
  }
});

test("unequal costs and sizes: none that keeps its snapshots until they are used up is better", () => {
  const random = createRandom(32);
  let again = 0;
  for (let i = 0; i < 400; i++) {
    const problem = drawProblem(random, false);
    const plan = planCheckpoints(problem);
    expect(plan.untapedCost).toBe(leastUntapedCost(problem, { persistent: true }));
    expect(carryOut(plan, problem)).toBe(plan.untapedCost);
    expect(plan.peakSnapshotBytes).toBeLessThanOrEqual(problem.budgetBytes);
    const once = problem.stepCosts.slice(0, -1).reduce((sum, cost) => sum + cost, 0);
    if (plan.untapedCost > once) again++;
  }
  expect(again).toBeGreaterThan(50); // budgets must be tight often enough
});

test("the trade-off: each of its budgets is needed, and none between helps", () => {
  const random = createRandom(33);
  const stepCosts = Array.from({ length: 14 }, () => random.integer(1, 9));
  const snapshotBytes = stepCosts.map(() => 8 * random.integer(1, 6));
  const corners = checkpointTradeoff({ stepCosts, snapshotBytes });
  expect(corners.length).toBeGreaterThan(5);
  expect(corners[0]!.budgetBytes).toBe(snapshotBytes[0]);
  expect(corners.at(-1)!.untapedCost).toBe(stepCosts.slice(0, -1).reduce((sum, cost) => sum + cost, 0));
  for (const [i, { budgetBytes, untapedCost }] of corners.entries()) {
    const problem = { stepCosts, snapshotBytes, budgetBytes };
    expect(planCheckpoints(problem).untapedCost).toBe(untapedCost);
    expect(planCheckpoints(problem).peakSnapshotBytes).toBe(budgetBytes);
    const next = corners[i + 1];
    if (next === undefined) continue;
    expect(next.untapedCost).toBeLessThan(untapedCost);
    expect(planCheckpoints({ ...problem, budgetBytes: next.budgetBytes - 1 }).untapedCost).toBe(untapedCost);
  }
});

test("60 steps of unequal cost and size are planned, and the schedule is sound", () => {
  const random = createRandom(34);
  const stepCosts = Array.from({ length: 60 }, () => random.integer(1, 1_000_000));
  const snapshotBytes = stepCosts.map(() => 8 * random.integer(1, 1000));
  const budgetBytes = Math.floor(snapshotBytes.reduce((sum, size) => sum + size, 0) / 5);
  const problem = { stepCosts, snapshotBytes, budgetBytes };
  const plan = planCheckpoints(problem);
  expect(carryOut(plan, problem)).toBe(plan.untapedCost);
});

test.each([
  ["no steps", { stepCosts: [], snapshotBytes: [], budgetBytes: 1 }, "ERR_RANGE", /0 steps given/],
  ["too many", { stepCosts: ones(101), snapshotBytes: ones(101), budgetBytes: 9 }, "ERR_RANGE", /101 steps/],
  [
    "a size missing",
    { stepCosts: [1, 2], snapshotBytes: [1], budgetBytes: 9 },
    "ERR_RANGE",
    /1 snapshot sizes/,
  ],
  [
    "a negative cost",
    { stepCosts: [1, -2], snapshotBytes: [1, 1], budgetBytes: 9 },
    "ERR_RANGE",
    /step 2 costs -2/,
  ],
  [
    "a cost of NaN",
    { stepCosts: [Number.NaN], snapshotBytes: [1], budgetBytes: 9 },
    "ERR_RANGE",
    /costs NaN/,
  ],
  ["half a byte", { stepCosts: [1, 1], snapshotBytes: [1, 0.5], budgetBytes: 9 }, "ERR_RANGE", /0\.5 bytes/],
  [
    "a budget of NaN",
    { stepCosts: [1], snapshotBytes: [1], budgetBytes: Number.NaN },
    "ERR_RANGE",
    /budget is NaN/,
  ],
  [
    "too little memory",
    { stepCosts: [1, 1], snapshotBytes: [8, 1], budgetBytes: 7 },
    "ERR_MEMORY",
    /input alone takes 8/,
  ],
  [
    "costs beyond 2^53",
    { stepCosts: [2 ** 52, 2 ** 52, 1], snapshotBytes: [1, 1, 1], budgetBytes: 3 },
    "ERR_RANGE",
    /2\^53/,
  ],
])("refused: %s", (_, problem, code, message) => {
  expect(() => planCheckpoints(problem)).toThrow(expect.objectContaining({ code }));
  expect(() => planCheckpoints(problem)).toThrow(message);
});

test("refused: sizes so diverse that too many budgets matter", () => {
  const sums = [0, 1, 2, 3, 4, 5, 6];
  const sizes = [1, 2, 4, 8, 16, 32];
  expect(fillCheckpointTable(sums, sizes, 63, 8)[0]![6]!.bytes.length).toBeGreaterThan(4);
  expect(() => fillCheckpointTable(sums, sizes, 63, 4)).toThrow(/more than 4 different budgets matter/);
});

test("refused: numbers of snapshots and steps that cannot be", () => {
  expect(() => planSnapshots([1, 1], 0)).toThrow(/snapshots is 0/);
  expect(() => revolveUntapedSteps(5, 1.5)).toThrow(/snapshots is 1\.5/);
  expect(() => revolveUntapedSteps(0, 2)).toThrow(/steps is 0/);
  expect(revolveUntapedSteps(134_217_728, 1)).toBe(9_007_199_187_632_128);
  expect(() => revolveUntapedSteps(134_217_729, 1)).toThrow(/9007199321849856 steps, beyond 2\^53/);
});
