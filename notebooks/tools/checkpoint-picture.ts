/** @file Picture: a checkpointing schedule, states over the work that is done. Pure. */

import type { TopLevelSpec } from "vega-lite";
import { frameOf } from "../../analysis/charts/frame.ts";
import { lookOf } from "../../analysis/charts/look.ts";
import { OKABE_ITO, STRATEGY_COLOURS } from "../../analysis/charts/theme.ts";
import type { CheckpointAction } from "../../src/planner/checkpointing.ts";

type Segment = { readonly x: number; readonly x2: number; readonly y: number; readonly y2: number };

/** Lines of a schedule: runs without taping, reversed steps, and stored states. */
export type ScheduleLines = {
  readonly advances: readonly Segment[];
  readonly reversals: readonly Segment[];
  readonly stored: readonly Segment[];
  /** Steps of work in all. */
  readonly length: number;
};

/**
 * Lays a schedule out: each step that is run takes one unit, taped or not; storing and restoring take none.
 *
 * @param actions - of a plan, see `planSnapshots`
 */
export function scheduleLines(actions: readonly CheckpointAction[]): ScheduleLines {
  const advances: Segment[] = [];
  const reversals: Segment[] = [];
  const stored: Segment[] = [];
  const since = new Map<number, number>();
  let time = 0;
  for (const action of actions) {
    if (action.kind === "store") since.set(action.state, time);
    if (action.kind === "drop") {
      stored.push({ x: since.get(action.state)!, x2: time, y: action.state, y2: action.state });
    }
    if (action.kind === "advance") {
      const end = time + action.to - action.from;
      advances.push({ x: time, x2: end, y: action.from, y2: action.to });
      time = end;
    }
    if (action.kind === "reverse") {
      reversals.push({ x: time, x2: time + 1, y: action.step, y2: action.step - 1 });
      time += 1;
    }
  }
  return { advances, reversals, stored, length: time };
}

/**
 * Draws a schedule.
 *
 * @param options - `title`: the finding, without a full stop; `steps`: L; `actions`: of the plan
 * @returns a Vega-Lite spec with its data inside
 */
export function checkpointPicture(options: {
  readonly title: string;
  readonly steps: number;
  readonly actions: readonly CheckpointAction[];
}): TopLevelSpec {
  const look = lookOf();
  const lines = scheduleLines(options.actions);
  const kinds = ["stored state", "step run without taping", "step taped and reversed"];
  const range = [OKABE_ITO.orange, STRATEGY_COLOURS.light.forward!, STRATEGY_COLOURS.light.reverse!];
  const values = [lines.stored, lines.advances, lines.reversals].flatMap((segments, i) =>
    segments.map((segment) => ({ ...segment, kind: kinds[i]!, series: i })),
  );
  return {
    ...frameOf(
      look,
      {
        finding: options.title,
        notes: [
          "State k stands after step k; state 0 is the input. Forward runs climb, reversed steps descend",
        ],
      },
      {},
    ),
    width: 620,
    height: 300,
    data: { values },
    mark: { type: "rule", strokeCap: "round" },
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        title: "work done (steps run, taped or not)",
        scale: { domain: [0, lines.length], nice: false },
        axis: { tickMinStep: 1, format: "d" },
      },
      x2: { field: "x2" },
      y: {
        field: "y",
        type: "quantitative",
        title: "state",
        scale: { domain: [0, options.steps], nice: false },
        axis: { tickMinStep: 1, format: "d" },
      },
      y2: { field: "y2" },
      color: {
        field: "kind",
        type: "nominal",
        title: null,
        scale: { domain: kinds, range },
        legend: { orient: "bottom" },
      },
      size: { condition: { test: "datum.series === 0", value: 5 }, value: 2.5 },
      strokeDash: { condition: { test: "datum.series === 2", value: [5, 3] }, value: [1, 0] },
    },
  } as TopLevelSpec;
}
