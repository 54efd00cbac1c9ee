/**
 * @file Binomial checkpointing of equal steps without a table: for chains that are too long for the dynamic program.
 *
 * Source: A. Griewank and A. Walther, "Algorithm 799: revolve", ACM Transactions on Mathematical Software 26 (2000),
 * 19–45. With β(s, r) = C(s + r, s), the number of steps that s snapshots and r repetitions can reverse, and
 * β(s, r − 1) < L ≤ β(s, r), every first snapshot k with β(s, r − 2) ≤ k ≤ β(s, r − 1) and
 * β(s − 1, r − 1) ≤ L − k ≤ β(s − 1, r) is optimal.
 */

import { JacobenchError } from "../errors.ts";
import type { CheckpointAction } from "./checkpointing.ts";

/**
 * Writes a schedule that runs as few of L equal steps without taping as any: r·L − C(s + r, r − 1).
 *
 * Time: O(actions); no table is filled.
 *
 * @param steps - L, at least 1
 * @param snapshots - s, at least 1, the chain's input counted as one; Infinity to keep every state
 * @returns in the order of their execution
 * @throws {JacobenchError} `ERR_RANGE` for numbers that cannot be
 */
export function binomialSchedule(steps: number, snapshots: number): CheckpointAction[] {
  for (const [name, value] of Object.entries({ steps, snapshots })) {
    if (value >= 1 && (Number.isSafeInteger(value) || (name === "snapshots" && value === Infinity))) continue;
    throw new JacobenchError(
      "ERR_RANGE",
      `binomial schedule: ${name} is ${value}; expected a positive integer`,
    );
  }
  const actions: CheckpointAction[] = [{ kind: "store", state: 0 }];
  // Ranges still to be written, the next one last: with many snapshots they nest as deep as the chain is long.
  const open: (CheckpointAction | Range)[] = [{ from: 0, to: steps, free: Math.min(snapshots, steps) }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ("kind" in next) actions.push(next);
    else if (next.free === 1 || next.to - next.from === 1) actions.push(...restarted(next.from, next.to));
    else open.push(...splitRange(next).reverse());
  }
  actions.push({ kind: "drop", state: 0 });
  return actions;
}

/** Steps from + 1 … to, whose first state is stored and current; `free` snapshots, that state's own among them. */
type Range = { readonly from: number; readonly to: number; readonly free: number };

function splitRange({ from, to, free }: Range): (CheckpointAction | Range)[] {
  const state = from + firstSnapshot(to - from, free);
  return [
    { kind: "advance", from, to: state },
    { kind: "store", state },
    { from: state, to, free: Math.min(free - 1, to - state) },
    { kind: "drop", state },
    { kind: "restore", state: from },
    { from, to: state, free: Math.min(free, state - from) },
  ];
}

/** Every step is started again from the one state that is stored. */
function restarted(from: number, to: number): CheckpointAction[] {
  const actions: CheckpointAction[] = [];
  for (let t = to - 1; t >= from; t--) {
    if (t < to - 1) actions.push({ kind: "restore", state: from });
    if (t > from) actions.push({ kind: "advance", from, to: t });
    actions.push({ kind: "reverse", step: t + 1 });
  }
  return actions;
}

/** The largest optimal distance of the first snapshot, for L ≥ 2 steps and s ≥ 2 snapshots. */
function firstSnapshot(L: number, s: number): number {
  let r = 0;
  let most = 1; // β(s, r)
  let before = 1; // β(s, r − 1)
  while (most < L) {
    r++;
    before = most;
    most = (most * (s + r)) / r;
  }
  // β(s − 1, r − 1) = β(s, r − 1)·s / (s + r − 1).
  return Math.min(before, L - (before * s) / (s + r - 1));
}
