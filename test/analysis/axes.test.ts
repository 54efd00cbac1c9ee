/** @file Axes as a picture shows them: bytes in binary units, as every text has them, and a real minus. */

import type { TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import { renderSvg } from "../../analysis/render/svg.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";

async function labels(id: string): Promise<string[]> {
  const chart = chartById(id);
  const results = Object.values(CHART_RESULTS).find((one) => chart.wants(one) === null)!;
  return textsOf(await renderSvg(chart.draw(results), id));
}

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);
}

describe("an axis", () => {
  it.each(["memory", "memory-tradeoff"])("of bytes has whole numbers of binary units: %s", async (id) => {
    const texts = await labels(id);
    const bytes = texts.filter((text) => /^\d+ (?:B|KiB|MiB|GiB)$/.test(text));
    expect(new Set(bytes).size).toBeGreaterThanOrEqual(3);
    expect(texts.filter((text) => /\d ?[kMG]B\b/.test(text))).toEqual([]);
  });

  it("has a minus, no hyphen, before what is negative", async () => {
    const spec = {
      data: { values: [-1, 1].map((x) => ({ x })) },
      mark: "point",
      encoding: { x: { field: "x", type: "quantitative" } },
    } as TopLevelSpec;
    const texts = textsOf(await renderSvg(spec, "negative"));
    expect(texts).toContain("−1.0");
    expect(texts.join()).not.toContain("-");
  });
});
