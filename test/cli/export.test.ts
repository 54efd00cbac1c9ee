/** @file `jacobench export`: all charts as files, every stated number under a name that TeX and MyST accept. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";
import { gridWidths, syntheticResults } from "../support/synthetic-results.ts";

const inside = temporaryFolder();

beforeAll(() => {
  for (const name of ["first", "second"]) {
    mkdirSync(inside("reports", name), { recursive: true });
    const results = syntheticResults({
      widths: gridWidths([4, 16, 64], [4, 16, 64], [16, 144]),
      experiment: name,
      secondsPerProduct: 5e-7,
      config: { report: { charts: ["ratio", "scaling"] } },
    });
    writeFileSync(inside("reports", name, "results.json"), JSON.stringify(results));
  }
});

const exported = (...args: readonly string[]) => runJacobench(["export", ...args], { cwd: inside() });

describe("--formats", () => {
  test("writes every chart of a report in all formats, and names the files", async () => {
    const { code, stdout, stderr } = await exported("reports/first", "--into", "figures");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const names = ["ratio", "scaling"].flatMap((id) =>
      ["html", "pdf", "png", "svg", "vl.json"].map((format) => `first-${id}.${format}`),
    );
    expect(readdirSync(inside("figures"))).toEqual(names);
    expect(stdout.trim().split("\n").sort()).toEqual(names.map((name) => `figures/${name}`));
    expect(readFileSync(inside("figures/first-ratio.png")).subarray(1, 4).toString()).toBe("PNG");
    expect(readFileSync(inside("figures/first-ratio.html"), "utf8")).toMatch(/^<!doctype html>/);
  });

  test("takes several reports, some formats and a size, and the shared script once", async () => {
    const { code } = await exported("reports", "--formats", "svg, js", "--size", "slide");
    expect(code).toBe(0);
    expect(readdirSync(inside("export"))).toEqual([
      "first-ratio-slide.svg",
      "first-scaling-slide.svg",
      "jacobench-charts.js",
      "second-ratio-slide.svg",
      "second-scaling-slide.svg",
    ]);
    expect(readFileSync(inside("export/first-ratio-slide.svg"), "utf8")).toMatch(/^<svg[^>]*width="1280"/);
  });
});

describe("--format", () => {
  test("prints TeX macros", async () => {
    const { code, stdout, stderr } = await exported("reports/first", "--format", "tex-macros");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^\\newcommand\{\\crossoverTyped\}\{\d\.\d\d\}$/m);
    for (const line of stdout.trim().split("\n"))
      expect(line).toMatch(/^(%.*|\\newcommand\{\\[A-Za-z]+\}\{.*\})$/);
  });

  test("prefixes the names of several reports by the experiment, and writes files where told", async () => {
    const { code, stdout } = await exported("reports", "--format", "tex-macros");
    expect(code).toBe(0);
    expect(stdout).toMatch(/\\newcommand\{\\firstCrossoverTyped\}/);
    expect(stdout).toMatch(/\\newcommand\{\\secondCrossoverTyped\}/);
    const yaml = await exported(
      "reports",
      "--format",
      "myst-substitutions",
      "--into",
      "numbers",
      "--prefix",
      "my",
    );
    expect(yaml.stdout).toBe("numbers/first-numbers.yml\nnumbers/second-numbers.yml\n");
    expect(readFileSync(inside("numbers/first-numbers.yml"), "utf8")).toMatch(
      /^myst:\n {2}substitutions:\n(?: {4}\w+: ".*"\n)* {4}myCrossoverTyped: "\d\.\d\d"\n/m,
    );
  });
});

test.each([
  ["a folder that is not there", ["nowhere"], /nowhere: .*ENOENT/],
  [
    "a folder without results",
    ["figures-none"],
    /figures-none: found no results\.json in it or in its folders/,
  ],
  [
    "an unknown format",
    ["reports", "--formats", "svg,gif"],
    /--formats "gif" is not known; known are svg, png, pdf, html, vl\.json, js/,
  ],
  [
    "an unknown form of numbers",
    ["reports", "--format", "tex"],
    /--format "tex" is not known; known are tex-macros, myst-substitutions/,
  ],
  [
    "both",
    ["reports", "--format", "tex-macros", "--formats", "svg"],
    /both --formats and --format were given/,
  ],
  [
    "several YAML documents at once",
    ["reports", "--format", "myst-substitutions"],
    /2 reports give 2 YAML documents; expected --into DIR/,
  ],
  ["an unknown size", ["reports", "--size", "big"], /--size "big" is not known/],
] as const)("%s is bad input: one sentence, exit code 2", async (_, args, message) => {
  mkdirSync(inside("figures-none"), { recursive: true });
  const { code, stdout, stderr } = await exported(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
