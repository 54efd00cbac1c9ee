/** @file `time` as a user runs it: counts by the closed forms, intervals where the rounds fit, ranges where they do not. */

import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { TimeReport } from "../../src/cli/run-time.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";

const path = temporaryFolder();
const run = (...args: readonly string[]) => runJacobench(["time", ...args], { cwd: path() });

test("JSON: counted FMA, medians with intervals, the paired ratio, memory", async () => {
  const { code, stdout, stderr } = await run("--widths", "12,20,3", "--format", "json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const report: TimeReport = JSON.parse(stdout);
  expect(report).toMatchObject({ rounds: 15, processes: 5, chain: { n: 12, m: 3, sigma: 300 } });
  const [forward, reverse] = report.strategies;
  expect(forward).toMatchObject({
    label: "forward",
    fmaPredicted: 3600,
    fmaCounted: 3600,
    ratioToFirst: null,
  });
  expect(reverse).toMatchObject({ label: "reverse", fmaPredicted: 900, fmaCounted: 900 });
  for (const { seconds, interval95Seconds: interval, rangeSeconds: range } of report.strategies) {
    expect(range[0]).toBeLessThanOrEqual(seconds);
    expect(seconds).toBeLessThanOrEqual(range[1]);
    expect(interval![0]).toBeLessThan(interval![1]);
    expect(interval![0]).toBeGreaterThan(0);
  }
  expect(reverse!.ratioToFirst!.interval95![0]).toBeLessThan(reverse!.ratioToFirst!.estimate);
  expect(reverse!.bytes).toBeGreaterThan(0);
});

describe("a small budget", () => {
  test("gives median and range, a warning, and no interval", async () => {
    const { code, stdout } = await run("--widths", "30,20,10", "--budget", "0.001");
    expect(code).toBe(0);
    expect(stdout).toContain("range");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain("95% interval");
    expect(stdout).toMatch(
      /warning: forward: too-few-samples: no interval: 1 rounds \(an interval needs\s+15\)/,
    );
  });
});

test("the table: primal and total FMA beside the derivative's, SI counts, within 80 columns whatever the names", async () => {
  const names = "forward-blocked,finite-differences-central,reverse";
  const options = ["--linearisation", "recomputed", "--unit-seeds", "read", "--budget", "0.001"];
  const { code, stdout } = await run("--widths", "300,200,100,40", "--strategies", names, ...options);
  expect(code).toBe(0);
  for (const line of stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
  expect(stdout).toMatch(/Σ = 84,000 FMA per\sproduct/);
  // 600 evaluations of 84,000 FMA, which a count one by one would take too long for: predicted.
  expect(stdout).toMatch(/^ *24,000\*? .* 50\.40 M\*? +600 +50\.42 M\*?/m);
  expect(stdout).toContain("forward-blocked[16] (read, recomputed)\n");
  expect(stdout).toMatch(/^warning: .*\n(?: {2}.*\n)*/m);
});

test("a model file, several strategies, a kernel and options", async () => {
  const model = {
    layers: [
      {
        type: "dense",
        weights: [
          [1, 2, 3],
          [0, 1, 0],
        ],
        bias: [0, 1],
      },
      { type: "relu" },
    ],
  };
  writeFileSync(path("model.json"), JSON.stringify(model));
  const names = "reverse,forward-blocked,forward";
  const args = ["--model", "model.json", "--strategies", names, "--kernel", "reference", "--block-size", "2"];
  const { code, stdout } = await run(
    ...args,
    "--unit-seeds",
    "read",
    "--budget",
    "0.001",
    "--format",
    "json",
  );
  expect(code).toBe(0);
  const { strategies }: TimeReport = JSON.parse(stdout);
  expect(strategies.map((item) => [item.label, item.kernel, item.unitSeeds])).toEqual([
    ["reverse (read)", "reference", "read"],
    ["forward-blocked[2] (read)", "reference", "read"],
    ["forward (read)", "reference", "read"],
  ]);
  for (const item of strategies) expect(item.fmaCounted).toBe(item.fmaPredicted);
});

test.each([
  ["no chain", [], "time: no chain was given; expected --widths"],
  ["an unknown strategy", ["--widths", "2,3", "--strategies", "foward"], 'did you mean "forward"?'],
  ["an unknown kernel", ["--widths", "2,3", "--kernel", "tiped"], 'did you mean "typed"?'],
  [
    "a strategy twice",
    ["--widths", "2,3", "--strategies", "forward,forward"],
    'found the label "forward" again',
  ],
  ["a width of zero", ["--widths", "2,0"], "--widths: width 2 of 2 is `0`"],
  ["a budget of zero", ["--widths", "2,3", "--budget", "0"], "--budget is `0`"],
  ["more than the machine holds", ["--widths", "1000000,1000000"], "1000000-1000000 (7450 GiB)"],
])("%s is bad input", async (_, args, message) => {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});
