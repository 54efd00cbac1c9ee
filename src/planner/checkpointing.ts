/**
 * @file Optimal checkpointing: the reverse sweep of a chain of steps when not every state can be kept. Which states to
 * store, and from where to run steps again.
 *
 * Sources: A. Griewank and A. Walther, "Algorithm 799: revolve: an implementation of checkpointing for the reverse or
 * adjoint mode of computational differentiation", ACM Transactions on Mathematical Software 26 (2000), 19–45 (binomial
 * schedules for equal steps); the same, Evaluating Derivatives, 2nd ed. (SIAM, 2008), chapter 12.
 *
 * States x_0 (the chain's input) … x_{L−1} stand before steps 1 … L. Reversing a step means to run it once more while
 * taping, from the state before it, and to pull the adjoint back through the tape; that taped run is the same for every
 * schedule and is not counted. What is counted are runs without taping.
 */

import { JacobenchError } from "../errors.ts";
import { type CheckpointTable, cornerAt, type Frontier, fillCheckpointTable } from "./checkpoint-table.ts";
import { LARGEST_COST } from "./exact.ts";

/** One action of a schedule. Steps are numbered from 1, state k stands after step k. */
export type CheckpointAction =
  /** Keeps the current state as a snapshot. */
  | { readonly kind: "store"; readonly state: number }
  /** Makes a snapshot the current state; it stays stored. */
  | { readonly kind: "restore"; readonly state: number }
  /** Gives a snapshot's memory back. */
  | { readonly kind: "drop"; readonly state: number }
  /** Runs steps from + 1 … to without taping; the current state was `from` and becomes `to`. */
  | { readonly kind: "advance"; readonly from: number; readonly to: number }
  /** Runs the step with taping, from the current state, and pulls the adjoint back through it. */
  | { readonly kind: "reverse"; readonly step: number };

/** A chain of steps to be reversed. */
export type CheckpointProblem = {
  /** Cost of one run of each step, in any unit. */
  readonly stepCosts: readonly number[];
  /** Size of the state before each step; the first is the chain's input. */
  readonly snapshotBytes: readonly number[];
  /** Memory for snapshots, the input's included. */
  readonly budgetBytes: number;
};

/** An optimal schedule. */
export type CheckpointPlan = {
  /** Cost of all runs without taping: the first way through, and what is run again. */
  readonly untapedCost: number;
  /** Largest total size of stored snapshots, the input's included. */
  readonly peakSnapshotBytes: number;
  /** Largest number of stored snapshots, the input included. */
  readonly peakSnapshots: number;
  readonly actions: readonly CheckpointAction[];
};

/** The most steps for which a schedule is computed. */
export const MOST_STEPS = 100;

/**
 * The number of steps that an optimal schedule runs without taping, for L equal steps and s snapshots (the input
 * counted as one): r·L − C(s+r, r−1), where C(s+r−1, s) < L ≤ C(s+r, s).
 *
 * Source: Griewank and Walther (2000), the binomial optimum of `revolve`.
 *
 * @param steps - L, from 1 to 10^9
 * @param snapshots - s, at least 1
 * @throws {JacobenchError} `ERR_RANGE`, also where the result is beyond 2^53 − 1
 */
export function revolveUntapedSteps(steps: number, snapshots: number): number {
  checkCount("revolve", "steps", steps, 1e9);
  checkCount("revolve", "snapshots", snapshots, LARGEST_COST);
  const [L, s] = [BigInt(steps), BigInt(snapshots)];
  if (s === 1n) return checked((L * (L - 1n)) / 2n);
  let r = 0n;
  let most = 1n; // C(s+r, s)
  let before = 0n; // C(s+r, r−1)
  while (most < L) {
    r += 1n;
    most = (most * (s + r)) / r;
    before = (most * r) / (s + 1n);
  }
  return checked(r * L - before);
}

/**
 * Finds a schedule with the least work done again.
 *
 * @param problem - step costs, snapshot sizes, budget; up to {@link MOST_STEPS} steps
 * @returns the best of all schedules that keep a snapshot until its step is reversed; for snapshots of equal size no
 *   other is better
 * @throws {JacobenchError} `ERR_RANGE` for numbers that cannot be, `ERR_MEMORY` where the input alone exceeds the budget
 */
export function planCheckpoints(problem: CheckpointProblem): CheckpointPlan {
  const { snapshotBytes, budgetBytes } = problem;
  const { sums, table } = solve(problem, budgetBytes);
  const L = snapshotBytes.length;
  const input = snapshotBytes[0]!;
  if (!(input <= budgetBytes)) {
    throw new JacobenchError(
      "ERR_MEMORY",
      `checkpoints: the budget is ${budgetBytes} bytes, but the chain's input alone takes ${input}; it is always kept`,
    );
  }
  const actions: CheckpointAction[] = [];
  writeSchedule({ sums, table, sizes: snapshotBytes, actions }, L, budgetBytes - input);
  const frontier = table[0]![L]!;
  const untapedCost = frontier.costs[cornerAt(frontier, budgetBytes - input)]!;
  return { untapedCost, ...peakOf(actions, snapshotBytes), actions };
}

/**
 * Finds a schedule for a number of equal snapshots instead of bytes.
 *
 * @param stepCosts - cost of one run of each step
 * @param snapshots - how many states can be stored, the chain's input counted as one
 * @throws {JacobenchError} as {@link planCheckpoints}
 */
export function planSnapshots(stepCosts: readonly number[], snapshots: number): CheckpointPlan {
  checkCount("checkpoints", "snapshots", snapshots, LARGEST_COST);
  return planCheckpoints({ stepCosts, snapshotBytes: stepCosts.map(() => 1), budgetBytes: snapshots });
}

/**
 * Memory against work: every budget at which more memory saves work.
 *
 * @param problem - step costs and snapshot sizes
 * @returns rising budgets (the input included) with the falling cost of runs without taping; the first is the input alone
 * @throws {JacobenchError} as {@link planCheckpoints}
 */
export function checkpointTradeoff(
  problem: Omit<CheckpointProblem, "budgetBytes">,
): { budgetBytes: number; untapedCost: number }[] {
  const { table } = solve(problem, Infinity);
  const frontier: Frontier = table[0]![problem.stepCosts.length]!;
  return Array.from(frontier.bytes, (bytes, i) => ({
    budgetBytes: bytes + problem.snapshotBytes[0]!,
    untapedCost: frontier.costs[i]!,
  }));
}

function solve(
  { stepCosts, snapshotBytes }: Omit<CheckpointProblem, "budgetBytes">,
  budgetBytes: number,
): { sums: number[]; table: CheckpointTable } {
  checkProblem(stepCosts, snapshotBytes, budgetBytes);
  const sums = [0];
  for (const cost of stepCosts) sums.push(sums.at(-1)! + cost);
  // The dearest schedule, every step started again from the input: no other number is larger.
  const dearest = sums.slice(1, -1).reduce((sum, cost) => sum + cost, 0);
  if (dearest > LARGEST_COST) {
    throw new JacobenchError(
      "ERR_RANGE",
      `checkpoints: step costs are so large that work done again is beyond 2^53 − 1 = ${LARGEST_COST}; ` +
        "use a larger unit of cost",
    );
  }
  return { sums, table: fillCheckpointTable(sums, snapshotBytes, budgetBytes - snapshotBytes[0]!) };
}

type Writer = {
  readonly sums: readonly number[];
  readonly table: CheckpointTable;
  readonly sizes: readonly number[];
  readonly actions: CheckpointAction[];
};

function writeSchedule(writer: Writer, L: number, free: number): void {
  writer.actions.push({ kind: "store", state: 0 });
  writeRange(writer, 0, L, free);
  writer.actions.push({ kind: "drop", state: 0 });
}

/** Reverses steps i+1 … j; x_i is stored and current. */
function writeRange(writer: Writer, i: number, j: number, free: number): void {
  const { table, sizes, actions } = writer;
  const frontier = table[i]![j]!;
  const k = frontier.splits[cornerAt(frontier, free)]!;
  if (k < 0) {
    for (let t = j - 1; t >= i; t--) {
      if (t < j - 1) actions.push({ kind: "restore", state: i });
      if (t > i) actions.push({ kind: "advance", from: i, to: t });
      actions.push({ kind: "reverse", step: t + 1 });
    }
    return;
  }
  actions.push({ kind: "advance", from: i, to: k }, { kind: "store", state: k });
  writeRange(writer, k, j, free - sizes[k]!);
  actions.push({ kind: "drop", state: k }, { kind: "restore", state: i });
  writeRange(writer, i, k, free);
}

function peakOf(
  actions: readonly CheckpointAction[],
  sizes: readonly number[],
): { peakSnapshotBytes: number; peakSnapshots: number } {
  let [bytes, count, peakSnapshotBytes, peakSnapshots] = [0, 0, 0, 0];
  for (const action of actions) {
    if (action.kind !== "store" && action.kind !== "drop") continue;
    const sign = action.kind === "store" ? 1 : -1;
    bytes += sign * sizes[action.state]!;
    count += sign;
    peakSnapshotBytes = Math.max(peakSnapshotBytes, bytes);
    peakSnapshots = Math.max(peakSnapshots, count);
  }
  return { peakSnapshotBytes, peakSnapshots };
}

function checkProblem(
  stepCosts: readonly number[],
  snapshotBytes: readonly number[],
  budgetBytes: number,
): void {
  const refuse = (message: string): never => {
    throw new JacobenchError("ERR_RANGE", `checkpoints: ${message}`);
  };
  const L = stepCosts.length;
  if (L < 1 || L > MOST_STEPS) refuse(`${L} steps given; expected 1 to ${MOST_STEPS}`);
  if (snapshotBytes.length !== L) {
    refuse(`${snapshotBytes.length} snapshot sizes given for ${L} steps; expected one before each step`);
  }
  for (const [i, cost] of stepCosts.entries()) {
    if (!(cost >= 0 && cost < Infinity)) refuse(`step ${i + 1} costs ${cost}; expected a number from 0 on`);
  }
  for (const [i, size] of snapshotBytes.entries()) {
    if (!Number.isSafeInteger(size) || size < 1) {
      refuse(`the state before step ${i + 1} has ${size} bytes; expected a positive integer`);
    }
  }
  if (!(budgetBytes >= 0)) refuse(`the budget is ${budgetBytes} bytes; expected a number from 0 on`);
}

function checkCount(where: string, name: string, value: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return;
  throw new JacobenchError(
    "ERR_RANGE",
    `${where}: ${name} is ${value}; expected an integer from 1 to ${most}`,
  );
}

function checked(steps: bigint): number {
  if (steps <= BigInt(LARGEST_COST)) return Number(steps);
  throw new JacobenchError("ERR_RANGE", `revolve: ${steps} steps, beyond 2^53 − 1 = ${LARGEST_COST}`);
}
