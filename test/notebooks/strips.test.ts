/** @file The picture of all values at each place: valid for Vega-Lite, drawn whole, and nothing that a logarithm cannot show. */

import { beforeAll, describe, expect, it } from "vitest";
import { renderSpec } from "../../analysis/render/render-spec.ts";
import { chartFaults } from "../../notebooks/tools/display/check-chart.ts";
import { type StripsOptions, strips } from "../../notebooks/tools/strips.ts";
import { vegaLiteProblem } from "../support/vega-lite-schema.ts";

const place = (x: number, values: readonly number[]) => ({ x, values, middle: values[1] ?? null });
const OPTIONS: StripsOptions = {
  title: "Values spread",
  note: "Dots: values; line: the middle one",
  x: { title: "blocks K", ticks: [1, 2, 4] },
  y: { title: "values", domain: [1e-6, 1e3], ticks: [1e-6, 1e-3, 1, 1e3] },
  strips: [
    {
      name: "second in the alphabet",
      places: [place(1, [2, 1, 0.5]), place(2, [3, 0.1, 0.01]), place(4, [4])],
    },
    { name: "first", places: [place(1, [2, 1]), place(4, [20, 10, 5])] },
  ],
};
const DESCRIPTION = "Two panels with values against the number of blocks, both logarithmic.";

let problemOf: (spec: unknown) => string | null;
beforeAll(() => {
  problemOf = vegaLiteProblem();
});

describe("strips", () => {
  it("is a valid spec with titles", () => {
    expect(problemOf(strips(OPTIONS))).toBeNull();
    expect(chartFaults(strips(OPTIONS), DESCRIPTION)).toEqual([]);
  });

  it("draws every value as a dot, one line a panel, the panels in the order given", async () => {
    const svg = await renderSpec(strips(OPTIONS), "svg");
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(svg.indexOf("second in the alphabet")).toBeLessThan(svg.indexOf(">first<"));
    expect(svg).toContain("1e-3");
    // Every dot and every line has a description for screen readers.
    expect(svg.match(/aria-roledescription="point"/g)?.length).toBe(12);
    expect(svg.match(/aria-roledescription="line mark"/g)?.length).toBe(2);
    const { data } = strips(OPTIONS) as unknown as { data: { values: { part: string }[] } };
    expect(data.values.filter(({ part }) => part === "all").length).toBe(12);
    expect(data.values.filter(({ part }) => part === "middle").length).toBe(4);
  });

  it("refuses what a logarithmic axis cannot show", () => {
    for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const broken = { ...OPTIONS, strips: [{ name: "broken", places: [place(1, [1, bad])] }] };
      expect(() => strips(broken)).toThrow(RangeError);
    }
  });
});
