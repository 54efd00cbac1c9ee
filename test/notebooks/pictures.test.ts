/** @file The pictures of the lessons: valid specs that draw without a warning, and what they show. */

import type { TopLevelSpec } from "vega-lite";
import { expect, test } from "vitest";
import { renderSvg } from "../../analysis/render/svg.ts";
import { bars } from "../../notebooks/tools/bars.ts";
import { checkpointPicture, scheduleLines } from "../../notebooks/tools/checkpoint-picture.ts";
import { type CurvesOptions, curves } from "../../notebooks/tools/curves.ts";
import { evenly, type Frame, fillingMatrix } from "../../notebooks/tools/filling.ts";
import { readResults } from "../../notebooks/tools/read-results.ts";
import { planSnapshots, revolveUntapedSteps } from "../../src/index.ts";
import { vegaLiteProblem } from "../support/vega-lite-schema.ts";

const problemOf = vegaLiteProblem();

async function drawn(spec: TopLevelSpec): Promise<string> {
  expect(problemOf(spec)).toBeNull();
  return renderSvg(spec, "picture");
}

const SERIES = [1, 10, 100].map((x) => ({ x, y: x ** 2 }));

const options = (more: Partial<CurvesOptions> = {}): CurvesOptions => ({
  title: "Squares",
  note: "How to read it",
  x: { title: "x", scale: "log" },
  y: { title: "y", scale: "log", quantity: "power" },
  curves: [
    { name: "squares", places: SERIES },
    { name: "line", places: SERIES, draw: "line" },
    { name: "points", places: SERIES, draw: "points" },
  ],
  references: [{ name: "slope 2", places: SERIES, nameAt: SERIES[0]! }],
  ...more,
});

test("curves: a line or points or both a curve, references by name, one legend", async () => {
  const svg = await drawn(curves(options()));
  for (const text of ["Squares", "squares", "line", "points", "slope 2", "How to read it"])
    expect(svg).toContain(text);
  expect(svg.match(/class="mark-symbol role-mark/g)).toHaveLength(1);
  expect(svg.match(/mark-line role-mark/g)!.length).toBeGreaterThanOrEqual(3);
  const linear = curves(
    options({ x: { title: "x", domain: [0, 200], ticks: [0, 100, 200] }, y: { title: "y" } }),
  );
  expect(await drawn(linear)).toContain(">200<");
});

test("curves: a place that an axis cannot show is refused by name", () => {
  const at = (places: readonly { x: number; y: number }[]) => () =>
    curves(options({ curves: [{ name: "bad", places }] }));
  expect(at([{ x: 0, y: 1 }])).toThrow('curves: "bad" has x = 0');
  expect(at([{ x: 1, y: Number.NaN }])).toThrow('"bad" has y = NaN');
});

test("bars: their numbers, the marked one in the strong colour", async () => {
  const svg = await drawn(
    bars({
      title: "Bars",
      axis: "FMA",
      names: "plan",
      bars: [
        { name: "a", value: 12345, marked: true },
        { name: "b", value: 20000 },
      ],
    }),
  );
  expect(svg).toContain("12\u202f345");
  expect(svg.match(/fill="#D55E00"/g)).toHaveLength(1);
});

test("a matrix fills: so many cells, new ones dark, numbers only where there is room", async () => {
  const entries = [
    [0.25, null, null],
    [-1, null, null],
  ];
  const frame: Frame = { mode: "forward", caption: "JVP with e₁", entries, fresh: 0 };
  const row: Frame = {
    mode: "reverse",
    caption: "VJP with e₂",
    entries: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    fresh: 1,
  };
  const svg = await drawn(fillingMatrix("Filling", "note", [frame, row]));
  expect(svg.match(/fill="#0072B2"/g)).toHaveLength(2);
  expect(svg.match(/fill="#D55E00"/g)).toHaveLength(3);
  expect(svg.match(/fill="#F4CDB4"/g)).toHaveLength(3);
  expect(svg).toContain("−1.00");
  const wide = Array.from({ length: 3 }, () => Array<number>(60).fill(1));
  const crowded = await drawn(fillingMatrix("Wide", "note", [{ ...row, entries: wide }]));
  expect(crowded).not.toContain("1.00");
});

test("frames are chosen evenly, with the first and the last", () => {
  expect(evenly(4, 6)).toEqual([0, 1, 2, 3]);
  expect(evenly(100, 5)).toEqual([0, 25, 50, 74, 99]);
});

test.each([
  [10, 3],
  [17, 1],
  [24, 5],
])("a schedule of %i steps with %i states", async (steps, states) => {
  const { actions, untapedCost } = planSnapshots(Array<number>(steps).fill(1), states);
  const lines = scheduleLines(actions);
  const run = lines.advances.reduce((sum, { x, x2 }) => sum + x2 - x, 0);
  expect(run).toBe(untapedCost);
  expect(run).toBe(revolveUntapedSteps(steps, states));
  expect(lines.reversals.map(({ y }) => y)).toEqual(Array.from({ length: steps }, (_, i) => steps - i));
  expect(lines.length).toBe(run + steps);
  for (let time = 0.5; time < lines.length; time++) {
    const stored = lines.stored.filter(({ x, x2 }) => x < time && time < x2);
    expect(stored.length).toBeLessThanOrEqual(states);
  }
  expect(await drawn(checkpointPicture({ title: "Schedule", steps, actions }))).toContain("stored state");
});

test("the results that the lessons draw are in the repository", () => {
  for (const name of ["scaling", "cheap-gradient", "memory", "bottleneck"]) {
    expect(readResults(name).measurements.length).toBeGreaterThan(0);
  }
});
