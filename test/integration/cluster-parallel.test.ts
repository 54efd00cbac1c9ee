/** @file The GNU parallel example, on this machine alone: shards one after another, then merge. */

import { describe, expect, test } from "vitest";
import { courseFolder, EXAMPLES } from "../support/cluster.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runProcess } from "../support/run-command.ts";
import { findPrograms } from "../support/site-builders.ts";
import { measuredKeys } from "../support/sweep.ts";

describe.skipIf(!findPrograms({ parallel: "parallel" }))("GNU parallel", () => {
  const path = temporaryFolder();

  test("two shards over the host : are measured and merged", async () => {
    courseFolder(path());
    const done = await runProcess(`${EXAMPLES}/parallel.sh`, ["2", ":", "tiny.json"], { cwd: path() });
    expect(done, done.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Report: reports/tiny/index.md"),
    });
    expect(measuredKeys(path("reports", "tiny"))).toHaveLength(6 * 2 * 4 + 3 * 2 * 4);
  });

  test("a shard that fails is named at the end, with its command", async () => {
    const { code, stderr } = await runProcess(
      `${EXAMPLES}/parallel.sh`,
      ["7", ":", "tiny.json", "--shard-by", "cases"],
      {
        cwd: path(),
      },
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain("some shards did not end");
  });
});
