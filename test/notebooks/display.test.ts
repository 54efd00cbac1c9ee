/** @file What cells show: values, tables and charts as text and as bundles for every viewer; what a chart must say. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import type { TopLevelSpec } from "vega-lite";
import { describe, expect, test } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import { chartFaults } from "../../notebooks/tools/display/check-chart.ts";
import { formatValue } from "../../notebooks/tools/display/format-value.ts";
import { settleOutputs } from "../../notebooks/tools/display/settle.ts";
import { tableText } from "../../notebooks/tools/display/table-text.ts";
import { chart, type Displayed, display, markdown, show, table } from "../../notebooks/tools/display.ts";
import { matrix, vector } from "../../src/array.ts";
import { JacobenchError } from "../../src/errors.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { REPOSITORY } from "../support/run-command.ts";

const bundleOf = (shown: Displayed) =>
  (shown as unknown as Record<symbol, () => Promise<Record<string, unknown>>>)[
    Symbol.for("Jupyter.display")
  ]!();

const SPEC = {
  title: "The error falls",
  data: { values: [{ h: 1, error: 2 }] },
  mark: "point",
  encoding: {
    x: { field: "h", type: "quantitative", title: "step h" },
    y: { field: "error", type: "quantitative", axis: { title: "relative error" } },
  },
} as unknown as TopLevelSpec;
const TEXT = "Points of the relative error against the step: one point, at step 1.";

describe("a value", () => {
  test.each([
    [1 / 3, "0.333333"],
    [567434, "567434"],
    [-0, "0"],
    [1.5e-9, "1.5e-9"],
    [2.5e20, "2.5e20"],
    [Number.NaN, "NaN"],
    [-Infinity, "-Infinity"],
    ["as it is", "as it is"],
    [true, "true"],
    [null, "null"],
    [undefined, "undefined"],
    [[1, 0.1 + 0.2], "[1, 0.3]"],
    [Float64Array.of(1, 2), "[1, 2]"],
    [{ n: 3, sigma: 1 / 7 }, "n:     3\nsigma: 0.142857"],
    [vector([1, -2.5]), "[ 1  -2.5 ]"],
    [
      [
        [1, 20],
        [-3, 4],
      ],
      "[  1  20 ]\n[ -3   4 ]",
    ],
    [{ J: [[1], [2]] }, "J:\n  [ 1 ]\n  [ 2 ]"],
    [new JacobenchError("ERR_SHAPE", "wrong"), "JacobenchError: wrong"],
  ])("%j is text without colours", (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  test("that is a matrix has aligned columns, also transposed; a large one is cut and says how large it is", () => {
    const J = matrix([
      [1, -0.25, 100],
      [1e-3, 2, 3],
    ]);
    expect(formatValue(J)).toBe("[     1  -0.25  100 ]\n[ 0.001      2    3 ]");
    expect(formatValue(J.transpose(1, 0))).toBe("[     1  0.001 ]\n[ -0.25      2 ]\n[   100      3 ]");
    const large = formatValue(matrix(Array.from({ length: 20 }, () => Array.from({ length: 30 }, () => 1))));
    expect(large).toContain("… 30 entries");
    expect(large).toContain("… 20 rows");
    expect(large.split("\n").length).toBeLessThan(15);
  });
});

describe("a table", () => {
  test("is Markdown and aligned text", () => {
    const rows = [
      { mode: "forward", fma: 444158000, ratio: 1, note: "a | b" },
      { mode: "reverse", fma: 5665, ratio: 1 / 7, note: null },
    ];
    const { markdown: text, plain } = tableText(rows);
    expect(text.split("\n")).toEqual([
      "| mode | fma | ratio | note |",
      "| --- | ---: | ---: | --- |",
      "| forward | 444,158,000 | 1 | a \\| b |",
      "| reverse | 5665 | 0.1429 |  |",
    ]);
    expect(plain.split("\n")).toEqual([
      "mode             fma   ratio  note",
      "───────  ───────────  ──────  ─────",
      "forward  444,158,000       1  a | b",
      "reverse         5665  0.1429",
    ]);
  });

  test("takes columns with titles and formats", () => {
    const { plain } = tableText(
      [{ a: 0.5, b: 2 }],
      [{ key: "b", title: "$b$", format: (b: number) => `${b} s` }],
    );
    expect(plain).toBe("$b$\n───\n2 s");
  });

  test("without rows or with a column that is not there is refused", () => {
    expect(() => tableText([])).toThrow(/there are no rows/);
    expect(() => tableText([{ a: 1 }], ["b"])).toThrow(/no row has a field "b"; expected one of a/);
  });
});

describe("a chart", () => {
  test("is a bundle: a spec of version 5, a picture, and its description as text", async () => {
    const bundle = await bundleOf(chart(SPEC, TEXT));
    expect(Object.keys(bundle).sort()).toEqual([
      "application/vnd.vegalite.v5+json",
      "image/png",
      "text/plain",
    ]);
    const spec = bundle["application/vnd.vegalite.v5+json"] as TopLevelSpec;
    expect(spec.$schema).toBe("https://vega.github.io/schema/vega-lite/v5.json");
    expect(spec.description).toBe(TEXT);
    expect(PNG.sync.read(Buffer.from(String(bundle["image/png"]), "base64")).width).toBeGreaterThan(200);
    expect(bundle["text/plain"]).toBe(`Chart: The error falls\n${TEXT}`);
  });

  test.each([
    ["a description", SPEC, "short", /the description is "short"/],
    ["a title", { ...SPEC, title: undefined }, TEXT, /there is no title/],
    [
      "a title of the x axis",
      { ...SPEC, encoding: { ...(SPEC as { encoding: object }).encoding, x: { field: "h" } } },
      TEXT,
      /the x axis has no title; expected encoding\.x\.title/,
    ],
    [
      "titles in each of its views",
      {
        title: "T",
        data: { values: [] },
        hconcat: [SPEC, { mark: "bar", encoding: { y: { field: "error" } } }],
      },
      TEXT,
      /the y axis of view 2 has no title/,
    ],
  ])("needs %s", (_, spec, text, message) => {
    expect(() => chart(spec as unknown as TopLevelSpec, text)).toThrow(message);
  });

  test("may leave out the title of an axis that is not drawn, or that another layer names", () => {
    const layered = {
      title: "T",
      layer: [
        { mark: "line", encoding: { x: { field: "a", title: "a (s)" }, y: { field: "b", axis: null } } },
        { mark: "rule", encoding: { x: { field: "c" }, y: { value: 3 } } },
      ],
    };
    expect(chartFaults(layered as unknown as TopLevelSpec, TEXT)).toEqual([]);
  });

  test("of the project's own says all of it", () => {
    for (const one of [
      "scaling",
      "ratio",
      "exponents",
      "residuals",
      "cheap-gradient",
      "bottleneck",
      "depth",
    ].map(chartById)) {
      const results = Object.values(CHART_RESULTS).find((some) => one.wants(some) === null);
      const spec = one.draw(results!);
      expect(chartFaults(spec, String(spec.description)), one.id).toEqual([]);
    }
  });
});

test("text, Markdown and tables are bundles too", async () => {
  expect(await bundleOf(show([0.1 + 0.2]))).toEqual({ "text/plain": "[0.3]" });
  expect(await bundleOf(markdown("$x$"))).toEqual({ "text/markdown": "$x$", "text/plain": "$x$" });
  expect(Object.keys(await bundleOf(table([{ a: 1 }])))).toEqual(["text/markdown", "text/plain"]);
  await expect(display(show(1))).rejects.toThrow(/there is no Jupyter kernel here/);
});

test("outputs are given time to leave the kernel, once, and only where there is one", async () => {
  const internal = Symbol("internal");
  const calls: unknown[] = [];
  const jupyter = { broadcastResult: async (...args: unknown[]) => void calls.push(args) };
  settleOutputs();
  const global = globalThis as { Deno?: unknown };
  global.Deno = { internal, [internal]: { jupyter } };
  try {
    settleOutputs();
    const settled = jupyter.broadcastResult;
    settleOutputs();
    expect(jupyter.broadcastResult).toBe(settled);
    let done = false;
    const waiting = settled(1, "value").then(() => {
      done = true;
    });
    await Promise.resolve();
    expect(calls).toEqual([[1, "value"]]);
    expect(done).toBe(false);
    await waiting;
    expect(done).toBe(true);
  } finally {
    delete global.Deno;
  }
});

test("the kernel's spec names a program that the PATH leads to, and no colours", () => {
  const spec = JSON.parse(readFileSync(join(REPOSITORY, "notebooks/kernels/deno/kernel.json"), "utf8"));
  expect(spec.argv).toEqual(["deno", "jupyter", "--kernel", "--conn", "{connection_file}"]);
  expect(spec.env.NO_COLOR).toBe("1");
});
