/** @file The findings of the later charts: known numbers in, the right direction out; and the marks that carry them. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CHARTS, chartById } from "../../analysis/charts/index.ts";
import { networkOf } from "../../analysis/charts/network.ts";
import { predicted } from "../../analysis/charts/predicted.ts";
import type { AnyResults } from "../../analysis/config.ts";
import { renderSvg } from "../../analysis/render/svg.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { gridWidths, syntheticResults, variantOf } from "../support/synthetic-results.ts";

const QUIET = { case: 0, process: 0, round: 0 };
const { standard, depth, isoSigma, blocks, aa } = CHART_RESULTS;

function findingOf(spec: object): string {
  const { usermeta } = spec as { usermeta: { jacobench: { finding: string } } };
  return usermeta.jacobench.finding;
}

function finding(id: string, results: AnyResults): string {
  return findingOf(chartById(id).draw(results));
}

/** Marks of one kind, one number a layer. */
async function marks(id: string, results: AnyResults, kind: string): Promise<number[]> {
  const svg = await renderSvg(chartById(id).draw(results), id);
  const groups = svg.split(`class="mark-${kind} role-mark`).slice(1);
  return groups.map((group) => (group.split("</g>")[0]!.match(/<(path|line|rect|text)[ >]/g) ?? []).length);
}

describe("iso-sigma", () => {
  const widths = isoSigma.cases.map((record) => record.widths);

  it("says that shape does not matter where it does not, and by how much where it does", () => {
    expect(finding("iso-sigma", syntheticResults({ widths, noise: QUIET }))).toMatch(
      /^At equal Σ no shape is told from another: the dearest takes 1\.\d+ \[[\d., ]+\] times as long/,
    );
    const deepDearer = syntheticResults({
      widths,
      noise: QUIET,
      law: ({ n, m, sigma, depth: layers }, { mode }) =>
        (mode === "forward" ? n : m) * (1e-9 * sigma + 1e-5 * layers),
    });
    // 2 layers 44.6 µs, 4 layers 64.6 µs a product.
    expect(finding("iso-sigma", deepDearer)).toMatch(
      /up to 1\.4\d+ \[[\d., ]+\] times as long, by shape; dearest: 32-(32-360|360-32)-32-16/,
    );
  });

  it("draws each chain under each variant, and wants three of equal Σ", async () => {
    expect(await marks("iso-sigma", isoSigma, "symbol")).toEqual([8]);
    expect(await marks("iso-sigma", isoSigma, "rule")).toEqual([8, 1]);
    expect(chartById("iso-sigma").wants(depth)).toMatch(/three cases of equal Σ/);
  });
});

describe("ratio", () => {
  it("draws the crossover where it is: through the middle of the fields with n = m", () => {
    const even = syntheticResults({ noise: QUIET });
    const curveOf = (results: AnyResults) =>
      (
        chartById("ratio").draw(results) as { data: { values: { kind: string; x: number; y: number }[] } }
      ).data.values.filter(({ kind }) => kind === "crossover");
    for (const { x, y } of curveOf(even)) expect(x).toBeCloseTo(y, 4);
    const shifted = syntheticResults({
      noise: QUIET,
      law: ({ n, m, sigma }, { mode }) => 1e-9 * sigma * (mode === "forward" ? n / 4 : m),
    });
    // The grid is 4, 16, 64: n = 4·m is one field to the right.
    for (const { x, y } of curveOf(shifted)) expect(x - y).toBeCloseTo(1, 4);
    const none = syntheticResults({
      noise: QUIET,
      law: ({ sigma }, { mode }) => sigma * (mode === "forward" ? 1 : 2),
    });
    expect(curveOf(none)).toEqual([]);
  });
});

describe("predicted", () => {
  const law = syntheticResults({ noise: QUIET });
  const times = (factor: number) =>
    law.cases.flatMap((record) =>
      law.variants.map(({ label, mode }) => ({
        case: record.id,
        variant: label,
        seconds: 1e-9 * factor * record.sigma * (mode === "forward" ? record.n : record.m),
      })),
    );

  it("counts what lies within 10 %, and on which side the rest lies", () => {
    expect(findingOf(predicted(law, { forecast: times(1) }))).toBe(
      "54 of 54 times (100 %) lie within 10 % of the prediction; 0 slower, 0 faster",
    );
    expect(findingOf(predicted(law, { forecast: times(0.5) }))).toMatch(/^0 of 54 .*; 54 slower, 0 faster$/);
    expect(findingOf(predicted(law, { forecast: times(2) }))).toMatch(/^0 of 54 .*; 0 slower, 54 faster$/);
  });

  it("says whether it was predicted before or fitted after", () => {
    expect(predicted(law).description).toMatch(/fitted to the same measurements/);
    expect(predicted(law, { forecast: times(1) }).description).toMatch(/Predicted before these cases/);
  });
});

describe("residuals", () => {
  it("finds no trend in noise, and one that was put there, with its sign", () => {
    expect(finding("residuals", standard)).toMatch(/^The fit leaves ±\d %, without a certain trend/);
    const power = (exponent: number) =>
      syntheticResults({
        noise: QUIET,
        law: ({ n, m, sigma }, { mode }) =>
          1e-9 * sigma * (mode === "forward" ? n * m ** exponent : m * n ** exponent),
      });
    expect(finding("residuals", power(0.3))).toMatch(
      /(forward \(typed\) rises with m|reverse \(typed\) rises with n) \(r = [01]\.\d+\)/,
    );
    expect(finding("residuals", power(-0.3))).toMatch(
      /(forward \(typed\) falls with m|reverse \(typed\) falls with n) \(r = −[01]\.\d+\)/,
    );
  });

  it("draws every case in each of three plots", async () => {
    expect(await marks("residuals", standard, "symbol")).toEqual([54, 54, 54]);
  });
});

describe("exponents", () => {
  it("counts those as predicted, and those that certainly differ", () => {
    const good = syntheticResults({ noise: { case: 0.005, process: 0.005, round: 0.005 } });
    expect(finding("exponents", good)).toBe("6 of 6 exponents are as predicted to ±0.05; 0 certainly differ");
    const wrong = syntheticResults({
      noise: { case: 0.005, process: 0.005, round: 0.005 },
      law: ({ n, m, sigma }, { mode }) => 1e-9 * sigma * (mode === "forward" ? n ** 1.2 : m),
    });
    expect(finding("exponents", wrong)).toBe(
      "5 of 6 exponents are as predicted to ±0.05; 1 certainly differ",
    );
    expect(finding("exponents", CHART_RESULTS.quick)).toMatch(/without intervals/);
  });

  it("draws a point, an interval and a prediction for each", async () => {
    expect(await marks("exponents", standard, "symbol")).toEqual([2, 2, 2]);
    expect((await marks("exponents", standard, "rule")).filter((count) => count === 2)).toHaveLength(3);
  });
});

describe("cost", () => {
  it("names the fastest and the slowest, and whether the count agrees", () => {
    const widths = [[40, 16, 10]];
    const by = (forward: number, reverse: number) =>
      syntheticResults({
        widths,
        noise: QUIET,
        law: (_, { mode }) => (mode === "forward" ? forward : reverse),
      });
    expect(finding("cost", by(4e-6, 1e-6))).toBe(
      "reverse (typed) is fastest, with the fewest FMA; forward (typed) takes 4 times as long",
    );
    expect(finding("cost", by(1e-6, 4e-6))).toBe(
      "forward (typed) is fastest, though reverse (typed) has the fewest FMA; reverse (typed) takes 4 times as long",
    );
  });

  it("draws bars from zero", async () => {
    expect(await marks("cost", standard, "rect")).toEqual([2, 2]);
    expect(await marks("cost", blocks, "rect")).toEqual([8, 8]);
  });
});

describe("depth", () => {
  it("sets time's growth against Σ's", () => {
    const widths = depth.cases.map((record) => record.widths);
    const times = (law?: Parameters<typeof syntheticResults>[0]) =>
      finding("depth", syntheticResults({ widths, noise: QUIET, ...law }));
    expect(times()).toBe("From 1 to 16 layers a product takes 140 times as long, where Σ grows 140-fold");
    expect(times({ secondsPerFma: 0, secondsPerProduct: 1e-6 })).toBe(
      "From 1 to 16 layers a product takes 1 times as long, where Σ grows 140-fold",
    );
    expect(chartById("depth").wants(standard)).toMatch(/three depths/);
  });
});

describe("blocks", () => {
  const withSpeed = (speed: number) =>
    syntheticResults({
      widths: gridWidths([16, 64], [12, 48], [32]),
      noise: QUIET,
      variants: [
        variantOf("forward"),
        variantOf("forward-blocked", { label: "b4", blockSize: 4 }),
        variantOf("forward-blocked", { label: "b8", blockSize: 8 }),
      ],
      law: ({ n, sigma }, { blockSize }) =>
        (n * 1e-9 * sigma) / (blockSize === 8 ? speed : blockSize === 4 ? 0.5 : 1),
    });

  it("says what the best block gains, or that none does", () => {
    expect(finding("blocks", withSpeed(3))).toBe(
      "Blocks help: 8 seeds at once are 3 times as fast as single ones (forward (typed))",
    );
    expect(finding("blocks", withSpeed(0.8))).toBe(
      "Blocks do not help: the best, of 8 seeds, runs at 0.8 times the speed of single ones (forward (typed))",
    );
  });

  it("draws each size of both modes", async () => {
    expect(await marks("blocks", blocks, "symbol")).toEqual([6]);
  });
});

describe("memory", () => {
  it("says which mode needs more", () => {
    const { costs, ...rest } = standard;
    const scaled = (factor: number) => ({
      ...rest,
      costs: costs.map((cost) =>
        cost.variant === "reverse" ? { ...cost, bytesCounted: cost.bytesCounted * factor } : cost,
      ),
    });
    expect(finding("memory", scaled(1))).toBe("Forward and reverse need the same memory");
    expect(finding("memory", scaled(3))).toBe("Reverse needs 3 times the memory of forward");
    expect(finding("memory", scaled(0.5))).toBe("Reverse needs less memory than forward: 0.5 of it");
  });

  it("draws each case under each variant", async () => {
    expect(await marks("memory", standard, "symbol")).toEqual([54]);
  });
});

describe("drift", () => {
  it("finds a drift and its direction, and none in noise", () => {
    const drifting = (factor: number): AnyResults => {
      const base = syntheticResults({ noise: { case: 0, process: 0, round: 0.002 } });
      return {
        ...base,
        measurements: base.measurements.map((one) => ({
          ...one,
          samples: one.samples.map((sample) => sample * factor ** (one.round / 14)),
        })),
      };
    };
    expect(finding("drift", drifting(1.3))).toMatch(/became slower by 2[01] % /);
    expect(finding("drift", drifting(1 / 1.3))).toMatch(/became faster by (16|17) % /);
    expect(finding("drift", drifting(1))).toMatch(
      /^No drift is told from noise: rounds stay within ±0\.\d % /,
    );
  });

  it("draws every round of every variant, and where processes begin", async () => {
    expect(await marks("drift", standard, "symbol")).toEqual([30]);
    expect(await marks("drift", standard, "rule")).toEqual([4]);
    expect(await marks("drift", aa, "symbol")).toEqual([360]);
  });
});

describe("network", () => {
  const boxesOf = (spec: object) =>
    (
      spec as {
        layer: { data: { values: { part: string; x: number; x2: number; y: number; y2: number }[] } }[];
      }
    ).layer[0]!.data.values;
  const inkOf = (spec: object, part: string): number =>
    boxesOf(spec)
      .filter((box) => box.part === part)
      .reduce((sum, box) => sum + (box.x2 - box.x) * (box.y2 - box.y), 0);

  it("says which mode takes more work", () => {
    expect(findingOf(networkOf([40, 30, 10]))).toMatch(/^Forward takes 4 times the work of reverse: n = 40 /);
    expect(findingOf(networkOf([10, 30, 40]))).toMatch(/^Reverse takes 4 times the work of forward: m = 40 /);
    expect(findingOf(networkOf([10, 30, 10]))).toMatch(
      /^Forward and reverse take the same work: n = m = 10 /,
    );
  });

  it("gives each Jacobian the area of its FMA, and the copies n and m times the ink", () => {
    const spec = networkOf([24, 40, 32, 8]);
    const blocksOf = boxesOf(spec).filter(({ part }) => part === "jacobian");
    const areas = blocksOf.map((box) => (box.x2 - box.x) * (box.y2 - box.y));
    const fma = [24 * 40, 40 * 32, 32 * 8];
    for (const [i, area] of areas.entries()) expect(area / areas[0]!).toBeCloseTo(fma[i]! / fma[0]!, 2);
    expect(inkOf(spec, "forward") / inkOf(spec, "reverse")).toBeCloseTo(24 / 8, 1);
    expect(boxesOf(spec).filter(({ part }) => part === "forward")).toHaveLength(24 * 3);
    expect(boxesOf(spec).filter(({ part }) => part === "reverse")).toHaveLength(8 * 3);
  });

  it("lets one small chain stand for several copies where there are hundreds, and says so", () => {
    const spec = networkOf([784, 32, 10]);
    expect(boxesOf(spec).filter(({ part }) => part === "forward")).toHaveLength(196 * 2);
    expect((spec as { description: string }).description).toMatch(/one small chain stands for 4 copies/);
  });

  it("stays within its plot for wide, narrow, deep and single-layer chains", () => {
    for (const widths of [
      [1, 1],
      [1000, 1],
      [1, 1000],
      [3, ...Array<number>(20).fill(7), 2],
      [5, 3],
    ]) {
      for (const size of ["page", "slide", "column"] as const) {
        const spec = networkOf(widths, { size }) as { width: number; height: number };
        for (const box of boxesOf(spec)) {
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.x2).toBeLessThanOrEqual(spec.width);
          expect(box.y2).toBeLessThanOrEqual(spec.height + 1);
          expect(box.x2).toBeGreaterThan(box.x);
          expect(box.y2).toBeGreaterThan(box.y);
        }
      }
    }
  });
});

describe("skip", () => {
  it("draws six nodes, and both flows on the row's five edges and on the skip", async () => {
    expect(await marks("skip", standard, "rect")).toEqual([6]);
    expect(await marks("skip", standard, "symbol")).toEqual([12]);
    const svg = await renderSvg(chartById("skip").draw(standard), "skip");
    expect(svg).toContain("δx = W₁ᵀ ( 1[W₁x &gt; 0] ⊙ W₂ᵀ δy ) + δy");
  });
});

it("every chart of the catalogue has its finding tested, here or in another file of this folder", () => {
  const folder = new URL(".", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
  const texts = files.map((name) => readFileSync(new URL(name, folder), "utf8"));
  const untested = CHARTS.filter(({ id }) => {
    const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const call = new RegExp(
      `(finding|titleOf|findingOf)\\(\\s*("${id}"|${name}(Of)?\\()|chartById\\("${id}"\\)\\.draw`,
    );
    // The skip's title is a sentence of mathematics that no data can turn.
    return id !== "skip" && !texts.some((text) => call.test(text));
  });
  expect(untested.map(({ id }) => id)).toEqual([]);
});
