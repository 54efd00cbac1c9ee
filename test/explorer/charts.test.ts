/** @file The explorer's charts: drawn without a warning in both schemes, and the grid says what the costs say. */

import { expect, it } from "vitest";
import { renderSpec } from "../../analysis/render/render-spec.ts";
import { barsSpec } from "../../src/explorer/charts/bars.ts";
import { gridFields, gridSpec } from "../../src/explorer/charts/grid.ts";
import { modelOf } from "../../src/explorer/model.ts";
import { PRESETS } from "../../src/explorer/presets.ts";

const networks = [
  ...PRESETS.map(({ network }) => network),
  { widths: [1, 1], activation: "relu", loss: "softmaxCrossEntropy" },
  { widths: [1_000_000, 900_000, 1_000_000], activation: "none", loss: "none" },
] as const;

it.each(networks)("bars and grid of $widths are drawn without a warning", async (network) => {
  for (const theme of ["light", "dark"] as const) {
    for (const width of [310, 1000]) {
      const bars = await renderSpec(barsSpec(modelOf(network), { width, theme }), "svg");
      const grid = await renderSpec(gridSpec(network, { width: Math.min(width, 500), theme }), "svg");
      expect(String(bars)).toContain("FMA for the whole Jacobian");
      expect(String(grid)).toContain("n, inputs");
    }
  }
});

it("the grid's ratio is n/m, and a bottleneck makes mixed plans cheaper where n and m are wider", () => {
  const fields = gridFields({ widths: [512, 512, 8, 512, 512], activation: "none", loss: "none" });
  expect(fields).toHaveLength(49);
  for (const { n, m, ratio, mixed } of fields) {
    expect(ratio).toBeCloseTo(n / m, 12);
    if (mixed) expect(Math.min(n, m)).toBeGreaterThan(8);
    if (Math.min(n, m) >= 64) expect(mixed).toBe(true);
  }
});

it("the bars stand in the order of the table, with every way that has a cost", () => {
  const spec = barsSpec(modelOf(PRESETS[0]!.network), { width: 900, theme: "light" }) as unknown as {
    data: { values: { way: string; fma: number }[] };
  };
  expect(spec.data.values.map(({ fma }) => fma)).toEqual([85608096, 109194, 109194, 6932128, 109184, 109184]);
});
