/** @file Shards, `merge` and `report` as a user runs them. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";
import { measuredKeys, writeConfig } from "../support/sweep.ts";

const path = temporaryFolder();
const run = (...args: readonly string[]) => runJacobench(args, { cwd: path() });
const results = (...names: readonly string[]) =>
  JSON.parse(readFileSync(path(...names, "results.json"), "utf8"));

beforeAll(async () => {
  writeConfig(path("tiny.json"), { repetitions: 2, report: { charts: ["counted"] } });
  for (const shard of ["1", "2"]) {
    const by = ["--shard-by", "processes"];
    const done = await run("sweep", "tiny.json", "--shard", `${shard}/2`, ...by, "--out", `shard-${shard}`);
    expect(done).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`tiny: shard ${shard}/2 is in shard-${shard}`),
    });
  }
});

test("each shard has every second process of each repetition, and all cases", () => {
  for (const [i, folder] of ["shard-1", "shard-2"].entries()) {
    const keys = measuredKeys(path(folder, "tiny"));
    expect(keys).toHaveLength(16);
    for (const key of keys) expect(key).toMatch(new RegExp(`^[01] ${i} `));
    expect(new Set(keys.map((key) => key.split(" ")[3]))).toEqual(new Set(["3-5-2", "2-4-3"]));
  }
});

describe("merge", () => {
  test("puts them together with a report, and keeps both environments", async () => {
    const merged = await run("merge", "shard-2", "shard-1", "--out", "merged");
    expect(merged).toMatchObject({ code: 0, stderr: "" });
    expect(merged.stdout).toContain("Report: merged/tiny/index.md");
    expect(measuredKeys(path("merged", "tiny"))).toEqual(
      [...measuredKeys(path("shard-1", "tiny")), ...measuredKeys(path("shard-2", "tiny"))].sort(),
    );
    expect(results("merged", "tiny").environments).toHaveLength(2);
    expect(readFileSync(path("merged", "tiny", "index.md"), "utf8")).toContain("A tiny experiment");
  });

  test.each([
    [
      "a missing shard",
      ["shard-1"],
      "missing 1 of 2 shards; expected all of them:\n  2/2: measure it with: jacobench sweep tiny.json --shard-by " +
        "processes --shard 2/2 --out shard-2",
    ],
    ["a shard whose folder is not there", ["shard-1", "shard-9"], "missing 1 of 2 shards"],
    ["a shard twice", ["shard-1", "shard-2", "shard-1/tiny"], "both are shard 1/2"],
    ["a folder without results", ["."], "found no results.json"],
    ["a missing folder", ["nowhere"], "no such file or folder"],
  ])("refuses %s", async (_, folders, message) => {
    const refused = await run("merge", ...folders, "--out", "refused");
    expect(refused).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
  });

  test("refuses to take the place of an interrupted sweep", async () => {
    mkdirSync(path("busy", "tiny.partial"), { recursive: true });
    writeFileSync(path("busy", "tiny.partial", "journal.ndjson"), "precious");
    const refused = await run("merge", "shard-1", "shard-2", "--out", "busy");
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("found an interrupted sweep") });
    expect(readFileSync(path("busy", "tiny.partial", "journal.ndjson"), "utf8")).toBe("precious");
  });

  test("refuses shards of different configs", async () => {
    writeConfig(path("other.json"), { repetitions: 2, rngSeed: 7 });
    const by = ["--shard-by", "processes"];
    expect((await run("sweep", "other.json", "--shard", "2/2", ...by, "--out", "other")).code).toBe(0);
    const refused = await run("merge", "shard-1", "other", "--out", "refused");
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("differ in the config") });
  });
});

describe("report", () => {
  test("renders again, byte for byte", async () => {
    const names = ["index.md", "embed.md", "results.csv", "charts/counted.vl.json", "charts/counted.svg"];
    const read = () => names.map((name) => readFileSync(path("merged", "tiny", name), "utf8"));
    const before = read();
    for (const name of names) rmSync(path("merged", "tiny", name));
    const again = await run("report", "merged");
    expect(again).toMatchObject({ code: 0, stdout: "merged/tiny/index.md\n", stderr: "" });
    expect(read()).toEqual(before);
  });

  test("refuses a shard alone", async () => {
    const refused = await run("report", "shard-1/tiny");
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("found shard 1/2 alone") });
  });

  test("refuses results of another version", async () => {
    const file = path("merged", "tiny", "results.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"schemaVersion": 1', '"schemaVersion": 99'));
    const refused = await run("report", "merged/tiny");
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("schemaVersion is 99") });
  });
});
