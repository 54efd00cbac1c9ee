/** @file `compare` as a user runs it: one line where nothing changed, exit codes, refusals, the tracker's JSON. */

import { mkdirSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { formatResults } from "../../src/results/parse.ts";
import type { Results } from "../../src/results/types.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";
import { gridWidths, type SyntheticOptions, syntheticResults } from "../support/synthetic-results.ts";

const path = temporaryFolder();
const widths = gridWidths([4, 16], [4, 16], [16, 48]);
const compare = (...args: readonly string[]) => runJacobench(["compare", ...args], { cwd: path() });

function store(folder: string, results: Results): void {
  mkdirSync(path(folder), { recursive: true });
  writeFileSync(path(folder, "results.json"), formatResults(results));
}

const run = (rngSeed: number, more: SyntheticOptions = {}) =>
  syntheticResults({ widths, rngSeed, noise: { case: 0, process: 0.01, round: 0.02 }, ...more });

const slower: SyntheticOptions = {
  law: ({ id, n, m, sigma }, { mode }) =>
    (mode === "reverse" ? m : n) * sigma * 1e-9 * (id === "16-48-48-48-16" ? 1.2 : 1),
};

beforeAll(() => {
  store("a", run(1));
  store("same", run(2));
  store("slower", run(3, slower));
  store("fewer", run(4, { widths: widths.slice(1) }));
  store("quick", run(5, { quick: true }));
  store("sweep-a/one", run(1, { experiment: "one" }));
  store("sweep-a/two", run(2, { experiment: "two" }));
  store("sweep-b/one", run(6, { experiment: "one" }));
  store("sweep-b/two", run(7, { experiment: "two", ...slower }));
  store("sweep-c/one", run(8, { experiment: "one" }));
  store("sweep-c/three", run(9, { experiment: "three" }));
  mkdirSync(path("empty"));
  store("shard", run(10));
  writeFileSync(path("shard", "shard.json"), '{"index":1,"count":2}\n');
});

test("nothing changed: a single line, exit code 0", async () => {
  const { code, stdout, stderr } = await compare("a", "same", "--fail-on-regression", "0");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^Nothing changed: 16 times compared, largest [+−]\d\.\d % \[.*\] alone\.\n$/);
  expect(stdout.length).toBeLessThanOrEqual(81);
});

describe("what changed", () => {
  test("is listed with its interval, within 80 columns", async () => {
    const { code, stdout } = await compare("a", "slower");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 of 16 times changed; all together \+2\.\d %:\n/);
    expect(stdout).toMatch(/^16-48-48-48-16, forward .* \+(19|2\d) % +\+\d+ %, \+\d+ %$/m);
    for (const line of stdout.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });

  test.each([
    [
      "slower by more than allowed",
      ["a", "slower"],
      "5",
      1,
      "Regression: 2 times have grown by more than 5 %.",
    ],
    ["slower by less than allowed", ["a", "slower"], "50", 0, "No regression"],
    ["faster", ["slower", "a"], "5", 0, "No regression"],
  ])("%s", async (_, folders, limit, code, sentence) => {
    const run = await compare(...folders, "--fail-on-regression", limit);
    expect(run).toMatchObject({ code, stderr: "", stdout: expect.stringContaining(sentence) });
  });

  test("in JSON", async () => {
    const { code, stdout } = await compare("a", "slower", "--format", "json", "--fail-on-regression", "5");
    expect(code).toBe(1);
    const { rows, changed, regressions, noInterval } = JSON.parse(stdout);
    expect([rows.length, changed.length, regressions.length, noInterval]).toEqual([16, 2, 2, null]);
    expect(changed[0]).toMatchObject({ experiment: "synthetic", case: "16-48-48-48-16", changed: true });
  });
});

test("sweeps of several experiments are compared together, each name in front", async () => {
  const { code, stdout } = await compare("sweep-a", "sweep-b");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^2 of 32 times changed/);
  expect(stdout).toMatch(/^two: 16-48-48-48-16, forward /m);
});

test("github-action-benchmark: the times of B", async () => {
  const { code, stdout } = await compare("a", "slower", "--format", "github-action-benchmark");
  expect(code).toBe(0);
  const entries = JSON.parse(stdout);
  expect(entries).toHaveLength(16);
  for (const entry of entries) {
    expect(Object.keys(entry)).toEqual(["name", "unit", "value", "range", "extra"]);
    expect(entry.name).toMatch(/^synthetic: \d+(-\d+)+, (forward|reverse)$/);
    expect(entry.unit).toBe("seconds");
    expect(entry.value).toBeGreaterThan(0);
    expect(entry.range).toMatch(/^± \d/);
  }
  expect(new Set(entries.map(({ name }: { name: string }) => name)).size).toBe(16);
});

describe("what both have is compared where that is asked for", () => {
  test("cases", async () => {
    const { code, stdout } = await compare("a", "fewer", "--allow-different");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing changed: 14 times/);
    expect(stdout).toContain("note: only in A, not compared: synthetic: 4-16-16-16-4, forward;");
  });

  test("experiments", async () => {
    const { code, stdout } = await compare("sweep-a", "sweep-c", "--allow-different");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^Nothing changed: 16 times/),
    });
  });
});

test("quick runs: the times alone, and no word of a change", async () => {
  const { code, stdout } = await compare("a", "quick");
  expect(code).toBe(0);
  expect(stdout.replaceAll("\n", " ")).toMatch(
    /^No intervals \(a quick run\): what changed cannot be told from noise/,
  );
});

test.each([
  [
    "other cases",
    ["a", "fewer"],
    "differ in cases or strategies: only one has synthetic: 4-16-16-16-4, forward",
  ],
  ["other experiments", ["sweep-a", "sweep-c"], "differ in experiments: only one has two; three"],
  ["no results", ["a", "empty"], "empty: found no results.json in it"],
  ["a missing folder", ["a", "nowhere"], "nowhere: reading the folder it failed with ENOENT"],
  ["a shard", ["a", "shard"], "shard: found shard 1/2 alone"],
  [
    "a regression without intervals",
    ["a", "quick", "--fail-on-regression", "5"],
    "cannot tell a regression from noise: a quick run;",
  ],
  ["a negative limit", ["a", "same", "--fail-on-regression", "-1"], "--fail-on-regression"],
  ["no number", ["a", "same", "--fail-on-regression", "much"], "--fail-on-regression is `much`"],
  ["one folder", ["a"], "missing required argument 'B'"],
  ["an unknown format", ["a", "same", "--format", "xml"], "xml"],
])("%s: exit code 2, a sentence, nothing on stdout", async (_, args, message) => {
  const { code, stdout, stderr } = await compare(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});
