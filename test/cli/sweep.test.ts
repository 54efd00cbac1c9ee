/** @file The command `sweep` as a user runs it: its files, its output, bad input, full disks. */

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { parseResults } from "../../src/results/parse.ts";
import { temporaryFolder } from "../support/folder.ts";
import { type Finished, runJacobench } from "../support/run-command.ts";
import { measuredKeys, writeConfig } from "../support/sweep.ts";

const path = temporaryFolder();
const FAIL_WRITE = fileURLToPath(new URL("../support/fail-write.ts", import.meta.url));
const sweep = (args: readonly string[], options: object = {}) =>
  runJacobench(["sweep", ...args], { cwd: path(), ...options });

describe("a finished sweep", () => {
  let done: Finished;
  beforeAll(async () => {
    writeConfig(path("tiny.json"), { report: { charts: ["counted"] } });
    done = await sweep(["tiny.json", "--out", "out"], { env: { NO_COLOR: "1" } });
  });

  test("prints the answer and where the report is, and ends with 0", () => {
    expect(done).toMatchObject({ code: 0, signal: null });
    expect(done.stdout).toMatch(/^tiny: A tiny experiment/);
    expect(done.stdout).toContain("Report: out/tiny/index.md");
  });

  test("shows plain lines of progress without colours or carriage returns", () => {
    expect(done.stderr).toMatch(
      // A warning of a busy machine may come first.
      /^(warning: .*\n)?tiny: 0 of 16 measurements; \d+ s left\ntiny: 16 of 16 measurements; 0 s left\n$/,
    );
  });

  test("leaves the report alone in its folder: no journal, lock or partial folder", () => {
    expect(readdirSync(path("out"))).toEqual(["index.html", "index.md", "tiny"]);
    expect(readdirSync(path("out", "tiny")).sort()).toEqual([
      "charts",
      "embed.md",
      "index.html",
      "index.md",
      "results.csv",
      "results.json",
    ]);
  });

  test("results.json holds every sample of every visit, accurate, counted as predicted", () => {
    const results = parseResults(
      JSON.parse(readFileSync(path("out", "tiny", "results.json"), "utf8")),
      "results",
    );
    expect(results.measurements).toHaveLength(16);
    expect(new Set(results.measurements.map((one) => one.process))).toEqual(new Set([0, 1]));
    for (const one of results.measurements) {
      expect(one.samples.every((seconds) => seconds > 0 && Number(seconds.toPrecision(6)) === seconds)).toBe(
        true,
      );
      expect(one.maxAbsError).toBeLessThanOrEqual(1e-10 * one.maxAbsReference);
      expect(one.machine).toBe(results.environments[0]!.id);
    }
    expect(results.costs.map((cost) => [cost.case, cost.variant, cost.fmaCounted])).toEqual([
      ["3-5-2", "forward", 3 * 25],
      ["3-5-2", "reverse", 2 * 25],
      ["2-4-3", "forward", 2 * 20],
      ["2-4-3", "reverse", 3 * 20],
    ]);
    for (const cost of results.costs) {
      expect(cost.fmaPredicted).toBe(cost.fmaCounted);
      expect(cost.bytesPredicted).toBe(cost.bytesCounted);
    }
    expect(results.environments[0]!.finishedAt).not.toBeNull();
  });

  test("a second sweep takes its place", async () => {
    writeFileSync(path("out", "tiny", "index.md"), "old");
    expect((await sweep(["tiny.json", "--out", "out"])).code).toBe(0);
    expect(readFileSync(path("out", "tiny", "index.md"), "utf8")).not.toBe("old");
  });

  test("--resume does not measure again what is complete", async () => {
    const before = readFileSync(path("out", "tiny", "results.json"), "utf8");
    const again = await sweep(["tiny.json", "--out", "out", "--resume"]);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain("tiny: complete already");
    expect(again.stdout).toContain("Report: out/tiny/index.md");
    expect(readFileSync(path("out", "tiny", "results.json"), "utf8")).toBe(before);
  });

  test("--unit-seeds read is another count", async () => {
    const read = await sweep(["tiny.json", "--out", "read", "--unit-seeds", "read"]);
    expect(read.code).toBe(0);
    const { costs } = JSON.parse(readFileSync(path("read", "tiny", "results.json"), "utf8"));
    expect(costs[0]).toMatchObject({ variant: "forward (read)", fmaCounted: 3 * (25 - 15) });
  });
});

test("--quick measures few rounds and says so", async () => {
  writeConfig(path("tiny.json"));
  expect((await sweep(["tiny.json", "--quick"])).code).toBe(0);
  const results = JSON.parse(readFileSync(path("reports", "quick", "tiny", "results.json"), "utf8"));
  expect(results.quick).toBe(true);
  expect(measuredKeys(path("reports", "quick", "tiny"))).toHaveLength(8);
  expect(readFileSync(path("reports", "quick", "tiny", "index.md"), "utf8")).toMatch(/quick/i);
});

describe("bad input: exit code 2, one line, no stack, nothing written", () => {
  /** A config with some changes under the name of the test, and more arguments. */
  const config =
    (changes: object, ...more: readonly string[]) =>
    (file: string): string[] => [writeConfig(path(file), changes), ...more];
  const folder = (file: string): string[] => {
    mkdirSync(path(file));
    return [file];
  };
  const broken = (file: string): string[] => {
    writeFileSync(path(file), '{"name": "x",\n}');
    return [file];
  };

  const bad: [string, (file: string) => string[], string][] = [
    ["a missing file", () => ["nowhere.json"], "nowhere.json: reading it failed with ENOENT"],
    ["a folder", folder, "it is a folder; expected a file"],
    ["broken JSON", broken, ":2:1: found `}`"],
    ["an unknown key", config({ kernel: "typed" }), 'did you mean "kernels"?'],
    ["a zero width", config({ chain: { list: [[3, 0]] } }), "$.chain.list[0][1]: found 0"],
    ["more than memory", config({ chain: { list: [[1e6, 1e6]] } }), "1000000-1000000 (7450 GiB)"],
    ["an unknown chart", config({ report: { charts: ["scalling"] } }), 'did you mean "scaling"?'],
    ["too many shards", config({}, "--shard", "1/3"), "3 shards for 2 processes"],
    ["no shard", config({}, "--shard", "0/2"), '--shard: found "0/2"'],
    ["an unknown experiment", () => ["--only", "scalign"], 'did you mean "scaling"?'],
    ["one name twice", (file) => [...config({})(file), ...config({})(file)], '$.name: found "tiny" again'],
    ["an unknown option", () => ["--quik"], "--quik"],
  ];

  test.each(bad)("%s", async (name, prepare, message) => {
    const file = `${name.replaceAll(" ", "-")}.json`;
    const { code, stdout, stderr } = await sweep([...prepare(file), "--out", "nothing"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^jacobench: /);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(path("nothing"))).toBe(false);
  });
});

describe("files that cannot be written: exit code 1, a clear sentence, the old report whole", () => {
  // 1: the lock, 2: the journal's header, 5 and 9: in its costs and measurements, 23: in the report.
  test.each([
    ["ENOSPC", 1],
    ["ENOSPC", 2],
    ["ENOSPC", 5],
    ["ENOSPC", 9],
    ["ENOSPC", 23],
    ["EROFS", 1],
    ["EROFS", 9],
  ])("%s at write %i", async (code, after) => {
    writeConfig(path("tiny.json"));
    const out = `full-${code}-${after}`;
    mkdirSync(path(out, "tiny"), { recursive: true });
    writeFileSync(path(out, "tiny", "index.md"), "the old report");
    const run = await sweep(["tiny.json", "--out", out], {
      nodeOptions: ["--import", FAIL_WRITE],
      env: { FAIL_WRITE: `${code}:${after}` },
    });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(code === "ENOSPC" ? /the disk is full/ : /the file system is read-only/);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(readFileSync(path(out, "tiny", "index.md"), "utf8")).toBe("the old report");
    // Once there is space again, it goes on.
    const again = await sweep(["tiny.json", "--out", out, "--resume"]);
    expect(again.code).toBe(0);
    expect(measuredKeys(path(out, "tiny"))).toHaveLength(16);
  });

  test.skipIf(process.getuid?.() === 0)("a folder without permission", async () => {
    writeConfig(path("tiny.json"));
    mkdirSync(path("closed"));
    chmodSync(path("closed"), 0o500);
    const run = await sweep(["tiny.json", "--out", "closed/out"]);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("permission denied") });
  });

  test("a file where the folder should be", async () => {
    writeConfig(path("tiny.json"));
    writeFileSync(path("file"), "");
    const run = await sweep(["tiny.json", "--out", "file/out"]);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("a part of the path is a file") });
  });
});
