/** @file Which layers a checkpointed reverse sweep runs, in what order, and where in memory its snapshots lie. */

import { FLOAT64_BYTES } from "../array.ts";
import type { ChainShape } from "../chain/shape.ts";
import { JacobenchError } from "../errors.ts";
import { binomialSchedule } from "../planner/binomial-schedule.ts";
import { type CheckpointAction, planCheckpoints } from "../planner/checkpointing.ts";
import type { StrategyOptions } from "./types.ts";

/** Up to this many layers the schedule is found by dynamic programming, over the layers' own costs and sizes. */
export const MOST_PLANNED_LAYERS = 60;

/** Where a state x_k is: the chain's input for k = 0, a snapshot at an offset, or (null) the buffer of its boundary. */
export type Place = { readonly state: number; readonly offset: number | null };

/** What a run does, one after another. Layers are numbered from 1, state k stands after layer k. */
export type CheckpointStep =
  /** Values of layers `first` … `last`, without their partial derivatives. */
  | {
      readonly kind: "advance";
      readonly first: number;
      readonly last: number;
      readonly input: Place;
      readonly output: Place;
    }
  /** Value and partial derivatives of one layer, and the cotangents pulled back through it. */
  | { readonly kind: "reverse"; readonly layer: number; readonly input: Place };

/** A schedule with its memory. */
export type CheckpointLayout = {
  readonly steps: readonly CheckpointStep[];
  /** Largest number of float64 entries of all snapshots together, the chain's input left out: it is the caller's. */
  readonly snapshotEntries: number;
};

const cached = new WeakMap<ChainShape, Map<number | "all", CheckpointLayout>>();

/**
 * Plans a checkpointed reverse sweep.
 *
 * With s snapshots, as much memory as s states of the widest kind take is used, the input counted as one of them (it is
 * never copied). Up to {@link MOST_PLANNED_LAYERS} layers the exact dynamic program finds the least FMA run again in
 * that memory; longer chains, and those that it refuses, get the binomial schedule of equal layers.
 *
 * @param shape - of the chain
 * @param snapshots - s, or `all` to keep every state
 */
export function checkpointLayout(
  shape: ChainShape,
  snapshots: Required<StrategyOptions>["snapshots"],
): CheckpointLayout {
  const known = cached.get(shape)?.get(snapshots);
  if (known !== undefined) return known;
  const layout = layOut(scheduleOf(shape, snapshots), shape.widths);
  cached.set(shape, (cached.get(shape) ?? new Map()).set(snapshots, layout));
  return layout;
}

function scheduleOf(shape: ChainShape, snapshots: number | "all"): readonly CheckpointAction[] {
  const L = shape.layers.length;
  const states = shape.widths.slice(0, L);
  const interior = states.slice(1);
  const total = interior.reduce((sum, width) => sum + width, 0);
  const budget = snapshots === "all" ? total : (snapshots - 1) * Math.max(0, ...interior);
  if (budget >= total) return binomialSchedule(L, Infinity);
  if (L > MOST_PLANNED_LAYERS) return binomialSchedule(L, snapshots as number);
  try {
    return planCheckpoints({
      stepCosts: shape.layers.map((layer) => layer.valueFma),
      snapshotBytes: states.map((width) => width * FLOAT64_BYTES),
      budgetBytes: (states[0]! + budget) * FLOAT64_BYTES,
    }).actions;
  } catch (error) {
    if (error instanceof JacobenchError && error.code === "ERR_RANGE") {
      return binomialSchedule(L, snapshots as number);
    }
    throw error;
  }
}

/** Snapshots are given up in the reverse order of their storing, so that one stack of memory holds them all. */
function layOut(actions: readonly CheckpointAction[], widths: readonly number[]): CheckpointLayout {
  const stored = new Map<number, number | null>();
  const steps: CheckpointStep[] = [];
  let current: Place = { state: 0, offset: null };
  let used = 0;
  let snapshotEntries = 0;
  for (const [i, action] of actions.entries()) {
    switch (action.kind) {
      case "store":
        if (action.state === 0) stored.set(0, null);
        break;
      case "restore":
        current = { state: action.state, offset: stored.get(action.state)! };
        break;
      case "drop":
        stored.delete(action.state);
        if (action.state > 0) used -= widths[action.state]!;
        break;
      case "advance": {
        // What is to be stored is computed into its place: storing itself has nothing left to do.
        const next = actions[i + 1]!;
        const output = { state: action.to, offset: next.kind === "store" ? used : null };
        if (next.kind === "store") {
          stored.set(action.to, used);
          used += widths[action.to]!;
          snapshotEntries = Math.max(snapshotEntries, used);
        }
        steps.push({ kind: "advance", first: action.from + 1, last: action.to, input: current, output });
        current = output;
        break;
      }
      case "reverse":
        steps.push({ kind: "reverse", layer: action.step, input: current });
        break;
    }
  }
  return { steps, snapshotEntries };
}
