/** @file Shards by cases as a user runs them, and the lines of the GitHub Actions example, run as they stand there. */

import { readFileSync, rmSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { courseFolder, EXAMPLES } from "../support/cluster.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench, runProcess } from "../support/run-command.ts";
import { measuredKeys } from "../support/sweep.ts";

const path = temporaryFolder();
const run = (...args: readonly string[]) => runJacobench(args, { cwd: path() });

beforeAll(() => courseFolder(path()));

/** The `run:` lines of a job of the example that name jacobench. */
function commandsOf(job: string): string[] {
  const text = readFileSync(`${EXAMPLES}/github-actions.yml`, "utf8");
  const start = text.indexOf(`\n  ${job}:`);
  const next = text.slice(start + 1).search(/\n {2}[a-z]+:/);
  const part = text.slice(start, next < 0 ? undefined : start + 1 + next);
  return [...part.matchAll(/- run: (npm run .*jacobench.*)/g)].map((match) => match[1]!);
}

describe("the GitHub Actions example", () => {
  test("measures four shards, and merges them into one report", async () => {
    const [measure] = commandsOf("shard");
    const [merge] = commandsOf("merge");
    for (const shard of [1, 2, 3, 4]) {
      const command = measure!.replaceAll(/\$\{\{ matrix\.shard \}\}/g, String(shard));
      const done = await runProcess("bash", ["-c", command], {
        cwd: path(),
        env: { EXPERIMENT: "tiny.json" },
      });
      expect(done, done.stderr).toMatchObject({ code: 0 });
    }
    const merged = await runProcess("bash", ["-c", merge!], { cwd: path() });
    expect(merged, merged.stderr).toMatchObject({ code: 0 });
    // 6 cases × 2 strategies × 4 rounds; 3 anchors in the 3 shards that do not own them.
    const keys = measuredKeys(path("reports", "tiny"));
    expect(keys).toHaveLength(6 * 2 * 4 + 3 * 3 * 2 * 4);
    expect(new Set(keys).size).toBe(6 * 2 * 4);
    const report = readFileSync(path("reports", "tiny", "index.md"), "utf8");
    expect(report).toContain("## Machines");
    expect(readFileSync(path("reports", "tiny", "results.csv"), "utf8")).toContain("anchor");
  });

  test("a shard that died is named, and its command puts it right", async () => {
    rmSync(path("shards", "3"), { recursive: true });
    const missing = await run("merge", "shards/1", "shards/2", "shards/3", "shards/4", "--out", "again");
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain(
      "missing 1 of 4 shards; expected all of them:\n" +
        "  3/4: measure it with: jacobench sweep tiny.json --shard 3/4 --out shards/3",
    );
    const command = /with: jacobench (.*)/.exec(missing.stderr)![1]!.split(" ");
    expect((await run(...command)).code).toBe(0);
    expect((await run("merge", "shards/1", "shards/2", "shards/3", "shards/4", "--out", "again")).code).toBe(
      0,
    );
  });
});

test("more shards than cases go by processes, and then by number", async () => {
  const refused = await run("sweep", "tiny.json", "--shard", "1/7", "--out", "s");
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("7 shards for 2 processes") });
  const byCases = await run("sweep", "tiny.json", "--shard", "1/7", "--shard-by", "cases", "--out", "s");
  expect(byCases).toMatchObject({ code: 2, stderr: expect.stringContaining("7 shards for 6 cases") });
});
