/** @file Every chart: valid by vega-lite's schema, drawn without warning or NaN, with the expected marks and a true title. */

import { beforeAll, describe, expect, it } from "vitest";
import { logTicks } from "../../analysis/charts/axes.ts";
import { CHARTS, chartById } from "../../analysis/charts/index.ts";
import { lookOf } from "../../analysis/charts/look.ts";
import { paletteOf } from "../../analysis/charts/palette.ts";
import { seedCosts } from "../../analysis/charts/unit-seeds.ts";
import { renderSvg, roundGeometry } from "../../analysis/render/svg.ts";
import { textWidth } from "../../analysis/render/text-width.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { syntheticResults, variantOf } from "../support/synthetic-results.ts";
import { vegaLiteProblem } from "../support/vega-lite-schema.ts";

const QUIET = { case: 0, process: 0, round: 0 };
const { standard, twoKernels, aa: aaResults, quick } = CHART_RESULTS;

const drawable = Object.entries(CHART_RESULTS).flatMap(([name, results]) =>
  CHARTS.filter((chart) => chart.wants(results) === null).map((chart) => ({
    name,
    id: chart.id,
    results,
    chart,
  })),
);

/** Marks of one role in the SVG, e.g. `mark-symbol role-mark`. */
function marks(svg: string, kind: string): number[] {
  const groups = svg.split(`class="mark-${kind} role-mark`).slice(1);
  return groups.map((group) => (group.split("</g>")[0]!.match(/<(path|line|rect|text)[ >]/g) ?? []).length);
}

describe("every chart", () => {
  let problemOf: (spec: unknown) => string | null;
  beforeAll(() => {
    problemOf = vegaLiteProblem();
  });

  it("is drawable from at least one of the result sets", () => {
    expect(new Set(drawable.map(({ id }) => id))).toEqual(new Set(CHARTS.map(({ id }) => id)));
  });

  it.each(drawable)(
    "$id of $name is valid, and drawn without warning, NaN or unrounded numbers",
    async ({ chart, results }) => {
      const spec = chart.draw(results);
      expect(problemOf(spec)).toBeNull();
      const svg = await renderSvg(spec, chart.id);
      expect(svg).not.toMatch(/NaN|Infinity|undefined|\[object/);
      expect(svg.match(/\s(?:d|transform|x|y|width|height)="[^"]*\.\d{4}/)).toBeNull();
      expect(svg).toMatch(
        /^<svg[^>]* role="img" aria-labelledby="[a-z-]+-title [a-z-]+-desc"><title id="[a-z-]+-title">[^<]+<\/title><desc/,
      );
      expect(spec.description!.length).toBeGreaterThan(40);
      expect(await renderSvg(spec, chart.id)).toBe(svg);
    },
  );

  it("is refused by the schema if a channel is misspelt", () => {
    const spec = JSON.parse(
      JSON.stringify(chartById("scaling").draw(standard)).replaceAll(
        '"strokeDash":{"condition"',
        '"strokedash":{"condition"',
      ),
    );
    expect(problemOf(spec)).toMatch(/encoding/);
  });
});

describe("marks", () => {
  it("scaling and collapse draw every case of both modes once, an interval each, and a line a variant", async () => {
    for (const id of ["scaling", "collapse"]) {
      const svg = await renderSvg(chartById(id).draw(standard), id);
      expect(marks(svg, "symbol")).toEqual([54]);
      // In collapse one more, where the weights fill the L1 cache.
      expect(marks(svg, "rule")).toEqual(id === "collapse" ? [54, 1] : [54]);
      expect(marks(svg, "line").slice(0, 2)).toEqual([1, 1]);
      expect(svg).toContain(">forward (typed)</text>");
      expect(svg).toContain(">reverse (typed)</text>");
    }
  });

  it("scaling has one legend, of the strategies", async () => {
    const svg = await renderSvg(chartById("scaling").draw(twoKernels), "scaling");
    expect(svg.match(/role-legend"/g)).toHaveLength(1);
    expect(svg.match(/>(forward|reverse) · (typed|reference)<\/text>/g)).toHaveLength(4);
  });

  it("ratio draws each field of the grid, its number, and a frame where n = m", async () => {
    const svg = await renderSvg(chartById("ratio").draw(standard), "ratio");
    expect(marks(svg, "rect")).toEqual([9, 3]);
    expect(marks(svg, "text")).toEqual([9]);
    const numbers = [...svg.matchAll(/>(\d+\.\d+)<\/text>/g)].map(([, text]) => Number(text));
    expect(numbers).toHaveLength(9);
    for (const number of numbers) {
      const exact = [1 / 16, 1 / 4, 1, 4, 16].find((power) => Math.abs(Math.log(number / power)) < 0.2);
      expect(exact).toBeDefined();
    }
  });

  it("counted draws every case under every variant, unit-seeds both conventions and both shares", async () => {
    const counted = await renderSvg(chartById("counted").draw(twoKernels), "counted");
    expect([marks(counted, "symbol"), marks(counted, "rule")]).toEqual([[32], [32]]);
    const seeds = await renderSvg(chartById("unit-seeds").draw(twoKernels), "unit-seeds");
    expect([marks(seeds, "symbol"), marks(seeds, "rule"), marks(seeds, "rect")]).toEqual([[16], [8], [16]]);
  });

  it("aa draws every repetition", async () => {
    const svg = await renderSvg(chartById("aa").draw(aaResults), "aa");
    expect(marks(svg, "symbol")).toEqual([12]);
    expect(marks(svg, "rule")).toEqual([12, 1]);
  });

  it("axes carry units without bare ones", async () => {
    const svg = await renderSvg(chartById("scaling").draw(standard), "scaling");
    expect(svg).toMatch(/>\d+µs<\/text>/);
    expect(svg).not.toMatch(/>s<\/text>/);
  });
});

describe("titles", () => {
  const titleOf = (id: string, results: typeof standard): string => {
    const { title } = chartById(id).draw(results) as { title: { text: string[] } };
    return title.text.join(" ");
  };

  it("ratio: says on which side reverse wins", () => {
    const at = (place: number) =>
      syntheticResults({
        noise: QUIET,
        law: ({ n, m, sigma }, { mode }) => 1e-9 * sigma * (mode === "forward" ? n / place : m),
      });
    expect(titleOf("ratio", at(2))).toMatch(/^Reverse wins above n\/m = 2\.00/);
    expect(titleOf("ratio", at(0.5))).toMatch(/^Reverse wins above n\/m = 0\.50/);
    // A machine on which the two are swapped: forward costs m products, reverse n.
    const swapped = syntheticResults({
      noise: QUIET,
      law: ({ n, m, sigma }, { mode }) => 1e-9 * sigma * (mode === "forward" ? m : n),
    });
    expect(titleOf("ratio", swapped)).toMatch(/^Reverse wins below n\/m = 1\.00/);
    expect(titleOf("ratio", at(1000))).toBe(
      "No crossover: none within n/m ∈ [0.0625, 16]; forward always faster",
    );
    expect(titleOf("ratio", at(0.001))).toBe(
      "No crossover: none within n/m ∈ [0.0625, 16]; reverse always faster",
    );
  });

  it("scaling: states the exponent of each mode", () => {
    expect(titleOf("scaling", syntheticResults({ noise: QUIET }))).toBe(
      "Time grows as (n·Σ)^1.00 forward and as (m·Σ)^1.00 reverse",
    );
    const bent = syntheticResults({
      noise: QUIET,
      law: ({ n, m, sigma }, { mode }) => 1e-9 * (mode === "forward" ? (n * sigma) ** 1.3 : m * sigma),
    });
    expect(titleOf("scaling", bent)).toMatch(/\(n·Σ\)\^1\.30 forward and as \(m·Σ\)\^1\.00 reverse/);
  });

  it("collapse: praises one curve only where there is one", () => {
    expect(titleOf("collapse", standard)).toMatch(/^Seconds a product depend on Σ alone, within ±\d %$/);
    const scattered = syntheticResults({ noise: { case: 0.5, process: 0, round: 0 } });
    expect(titleOf("collapse", scattered)).toMatch(
      /^Σ alone leaves ±\d\d % of the seconds a product unexplained$/,
    );
    const slow = syntheticResults({
      noise: QUIET,
      law: ({ n, m, sigma }, { mode }) => 1e-9 * sigma * (mode === "forward" ? n : 2 * m),
    });
    const { title } = chartById("collapse").draw(slow) as { title: { subtitle: string[] } };
    expect(title.subtitle.join(" ")).toContain("a VJP takes 2.00 times as long as a JVP");
    // Two curves a factor of 2 apart are not one: each is √2 from their middle, log √2 = 0.35.
    expect(titleOf("collapse", slow)).toBe("Σ alone leaves ±35 % of the seconds a product unexplained");
  });

  it("counted: seconds an FMA", () => {
    expect(titleOf("counted", syntheticResults({ noise: QUIET, secondsPerFma: 2e-9 }))).toBe(
      "An FMA takes 2 ns",
    );
  });

  it("unit-seeds: 410 against 13 for 4096-64-64-64-10", () => {
    const results = syntheticResults({
      widths: [
        [4096, 64, 64, 64, 10],
        [64, 64, 64, 64, 10],
      ],
      rounds: 1,
      processes: 1,
    });
    expect(titleOf("unit-seeds", results)).toMatch(
      /^In counted FMA forward \/ reverse is 410 with dense unit seeds and 13\.\d with read ones \(4096-64-64-64-10\); up to 97 %/,
    );
  });

  it("aa: counts the intervals that cover 1", () => {
    expect(titleOf("aa", aaResults)).toMatch(/^1[0-2] of 12 intervals cover 1/);
  });

  it("quick runs say that they are quick", () => {
    for (const { chart } of drawable.filter(({ name }) => name === "quick")) {
      if (["network", "skip"].includes(chart.id)) continue;
      expect(chart.draw(quick).description).toMatch(/QUICK RUN/);
    }
  });
});

describe("unit seeds", () => {
  it("derives read costs only where the records show dense layers alone, and prefers records", () => {
    const widths = [[6, 5, 4, 3]];
    const derived = seedCosts(syntheticResults({ widths, rounds: 1, processes: 1 }));
    const variants = (["dense", "read"] as const).flatMap((unitSeeds) => [
      variantOf("forward", { unitSeeds, label: `forward ${unitSeeds}` }),
      variantOf("reverse", { unitSeeds, label: `reverse ${unitSeeds}` }),
    ]);
    expect(seedCosts(syntheticResults({ widths, variants, rounds: 1, processes: 1 }))).toEqual(derived);
    expect(derived).toEqual([
      {
        case: "6-5-4-3",
        forwardDense: 6 * 62,
        forwardRead: 6 * 32,
        reverseDense: 3 * 62,
        reverseRead: 3 * 50,
      },
    ]);
    const active = syntheticResults({ widths, rounds: 1, processes: 1 });
    const costs = active.costs.map((cost) => ({
      ...cost,
      fmaPredicted: cost.fmaPredicted + 9,
      fmaCounted: null,
    }));
    expect(seedCosts({ ...active, costs })).toEqual([]);
  });
});

describe("rendering", () => {
  it("turns warnings into errors", async () => {
    const spec = {
      data: { values: [{ a: 0 }, { a: 10 }] },
      mark: "point",
      encoding: { x: { field: "a", type: "quantitative", scale: { type: "log" } } },
    } as const;
    await expect(renderSvg(spec, "bad")).rejects.toThrow(/chart bad: .*zero/);
    const remote = { data: { url: "https://example.org/a.csv" }, mark: "point", encoding: {} } as const;
    await expect(renderSvg(remote, "remote")).rejects.toThrow(/chart remote/);
  });

  it("measures text in the font", () => {
    // DejaVu Sans has 2048 units an em; its digits are 1303 wide, bold 1425.
    expect(textWidth("0", { fontSize: 2048 })).toBeCloseTo(1303, 6);
    expect(textWidth("0", { fontSize: 2048, fontWeight: "bold" })).toBeCloseTo(1425, 6);
  });

  it("rounds geometry alone", () => {
    expect(roundGeometry('<path d="M1.23456,-0.00001e0L1e-7,2"/><text x="0.12345">0.12345</text>')).toBe(
      '<path d="M1.235,0L0,2"/><text x="0.123">0.12345</text>',
    );
  });
});

describe("theme", () => {
  it("gives the decades, and steps between where there are few", () => {
    expect(logTicks([0.8, 1.2e6])).toEqual([1, 10, 100, 1000, 10000, 100000, 1000000]);
    expect(logTicks([1, 100])).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(logTicks([2, 6])).toEqual([2, 3, 4, 5, 6]);
  });

  it("keeps a strategy's colour, and sets kernels apart", () => {
    const look = lookOf();
    expect(paletteOf(standard.variants, look).series.map(({ colour }) => colour)).toEqual([
      "#0072B2",
      "#D55E00",
    ]);
    const { series } = paletteOf(twoKernels.variants, look);
    expect(series.slice(0, 2).map(({ colour }) => colour)).toEqual(["#0072B2", "#D55E00"]);
    for (const field of ["colour", "shape", "dash", "variant"] as const)
      expect(new Set(series.map((one) => String(one[field]))).size).toBe(4);
  });

  it("names a chart that is not there, with the nearest", () => {
    expect(() => chartById("scalign")).toThrow(
      /chart "scalign" is not known; known are scaling, .*did you mean "scaling"\?/,
    );
  });
});
