/** @file Every chart for page, slide and column, light and dark: valid, right size, legible text, in one's own words. */

import { beforeAll, describe, expect, it } from "vitest";
import { ENGLISH } from "../../analysis/charts/english.ts";
import { CHARTS, chartById } from "../../analysis/charts/index.ts";
import type { ChartOptions } from "../../analysis/charts/look.ts";
import { INK } from "../../analysis/charts/theme.ts";
import { sayIn, type Words } from "../../analysis/charts/words.ts";
import { renderSvg } from "../../analysis/render/svg.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { vegaLiteProblem } from "../support/vega-lite-schema.ts";

const SIZES = ["page", "slide", "column"] as const;
const THEMES = ["light", "dark"] as const;
const PX = { page: 11, slide: 18, column: 32 / 3 } as const;

const subjects = CHARTS.map((chart) => {
  const [name, results] = Object.entries(CHART_RESULTS).find(([, one]) => chart.wants(one) === null)!;
  return { id: chart.id, chart, name, results };
});
const combinations = subjects.flatMap((subject) =>
  SIZES.flatMap((size) => THEMES.map((theme) => ({ ...subject, size, theme }))),
);
/** Charts whose results hold many variants, in the narrow sizes. */
const crowded = ["twoKernels", "blocks"].flatMap((name) =>
  CHARTS.flatMap((chart) => {
    const results = CHART_RESULTS[name as "blocks"];
    return chart.wants(results) === null
      ? (["slide", "column"] as const).map((size) => ({ id: chart.id, chart, name, results, size }))
      : [];
  }),
);

type Unit = { readonly encoding?: Readonly<Record<string, Readonly<Record<string, unknown>>>> } & Readonly<
  Record<string, unknown>
>;

/** All units and layers of a spec, and whether a unit is a first layer or alone. */
function units(spec: Unit, first = true): { unit: Unit; first: boolean }[] {
  const inside = (key: string): Unit[] => (spec[key] as Unit[] | undefined) ?? [];
  return [
    ...(spec.encoding === undefined ? [] : [{ unit: spec, first }]),
    ...inside("layer").flatMap((layer, i) => units(layer, i === 0)),
    ...[...inside("hconcat"), ...inside("vconcat")].flatMap((panel) => units(panel)),
    ...(spec.spec === undefined ? [] : units(spec.spec as Unit)),
  ];
}

function root(svg: string): { width: number; height: number; box: number[] } {
  const [, width, height, box] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)" viewBox="([^"]+)"/.exec(svg)!;
  return { width: Number(width), height: Number(height), box: box!.split(" ").map(Number) };
}

function textSizes(svg: string): number[] {
  return [...svg.matchAll(/<text[^>]* font-size="([\d.]+)px"/g)].map(([, px]) => Number(px));
}

describe("every chart at every size and theme", () => {
  let problemOf: (spec: unknown) => string | null;
  beforeAll(() => {
    problemOf = vegaLiteProblem();
  });

  it.each(combinations)("$id ($size, $theme)", async ({ chart, results, size, theme }) => {
    const spec = chart.draw(results, { size, theme });
    expect(problemOf(spec)).toBeNull();
    const svg = await renderSvg(spec, chart.id);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(Math.min(...textSizes(svg))).toBeGreaterThanOrEqual(PX[size] - 0.01);
    expect(svg).toContain(`fill="${INK[theme].background}"`);
    const { width, height, box } = root(svg);
    if (size === "slide") expect([width, height, ...box.slice(2)]).toEqual([1280, 720, 1280, 720]);
    if (size === "column") {
      expect([width, box[2]]).toEqual([326.4, 326.4]);
      expect(spec).not.toHaveProperty("title");
      expect(height).toBeLessThan(700);
    }
    const meta = (spec.usermeta as { jacobench: { finding: string; notes: string[] } }).jacobench;
    expect(spec.description).toBe([meta.finding, ...meta.notes].join(". "));
    expect(svg).toContain("<title id=");
    const words = (text: string): string => text.replace(/<[^>]+>/g, " ");
    const shown = words(svg.slice(svg.indexOf("</desc>"))).replace(/\s+/g, " ");
    const opening = meta.finding.split(" ").slice(0, 4).join(" ");
    expect(shown.includes(opening.replaceAll(">", "&gt;"))).toBe(size !== "column");
  });

  it.each(crowded)("$id of $name fits its $size without shrinking", async ({ chart, results, size }) => {
    const svg = await renderSvg(chart.draw(results, { size }), chart.id);
    const { width, box } = root(svg);
    expect(box[2]! / width).toBeLessThan(1.005);
  });

  it.each(combinations)("$id ($size, $theme) uses nothing that 5.6 and 6.5 draw differently", (subject) => {
    const spec = subject.chart.draw(subject.results, subject) as unknown as Unit;
    expect(spec.$schema).toMatch(/vega-lite\/v5\.json$/);
    const text = JSON.stringify(spec);
    expect(text).not.toMatch(/"legend":null|errorband|errorbar|"repeat"/);
    for (const { unit, first } of units(spec)) {
      const scaled = ["color", "shape", "strokeDash", "size", "opacity", "fill", "stroke"].filter(
        (channel) => unit.encoding![channel]?.field !== undefined,
      );
      expect(scaled.length).toBeLessThanOrEqual(1);
      if (unit.params !== undefined) expect(first).toBe(true);
      const mark = typeof unit.mark === "string" ? unit.mark : (unit.mark as { type: string }).type;
      if (mark === "area") expect(unit.encoding!.y!.stack).toBe(null);
    }
  });
});

describe("grey", () => {
  it("in a column, forward and reverse differ in lightness, dash and shape, and the legend shows the shape", async () => {
    const spec = chartById("scaling").draw(CHART_RESULTS.standard, { size: "column" });
    const encoding = (spec as unknown as { layer: Unit[] }).layer[0]!.encoding!;
    const shape = encoding.shape as { scale: { range: string[] } };
    expect(new Set(shape.scale.range).size).toBe(2);
    const { condition } = encoding.color as unknown as { condition: { value: string }[] };
    const grey = condition.map(({ value }) => {
      const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(value.slice(at, at + 2), 16)) as [
        number,
        number,
        number,
      ];
      return 0.299 * r + 0.587 * g + 0.114 * b;
    });
    expect(Math.abs(grey[0]! - grey[1]!)).toBeGreaterThan(60);
    const svg = await renderSvg(spec, "scaling");
    expect(svg).toContain('stroke-dasharray="5,3"');
    expect(svg.match(/role-legend"/g)).toHaveLength(1);
  });
});

describe("words", () => {
  it("puts one's own words and notation in titles, axes and notes", async () => {
    const words: Partial<Words> = {
      sigma: "S",
      timeAxis: "{time}: Zeit (Sekunden)",
      scalingFinding: "Die Zeit wächst wie {parts}",
      andAs: "und wie",
      forward: "vorwärts",
      reverse: "rückwärts",
    };
    const options: ChartOptions = { words };
    const svg = await renderSvg(chartById("scaling").draw(CHART_RESULTS.standard, options), "scaling");
    expect(svg).toMatch(/Die Zeit wächst wie \(n·S\)\^0\.\d\d vorwärts und wie \(m·S\)\^0\.\d\d/);
    expect(svg).toContain("t: Zeit (Sekunden)");
    expect(svg).not.toContain("Σ");
  });

  it("knows no text in any chart that the dictionary does not reach", () => {
    const blank = Object.fromEntries(Object.keys(ENGLISH).map((key) => [key, "¤"])) as Words;
    for (const { chart, results } of subjects) {
      const { finding, notes } = (
        chart.draw(results, { words: blank }).usermeta as {
          jacobench: { finding: string; notes: string[] };
        }
      ).jacobench;
      expect(finding).toMatch(/^[¤;,. ]+$/);
      // The last note of a measured chart names the machine.
      for (const note of notes.slice(0, -1)) expect(note.replace(/[¤;:.,\s+]/g, "")).toBe("");
    }
  });

  it("fills notation by itself, and names a place that nobody fills", () => {
    expect(sayIn({ n: "N" })("nWidthAxis")).toBe("N: columns of J");
    expect(() => sayIn({ slopeOne: "slope {one}" })("slopeOne")).toThrow(
      /words\.slopeOne: the place \{one\} is not known; expected one of n, m, sigma/,
    );
  });
});
