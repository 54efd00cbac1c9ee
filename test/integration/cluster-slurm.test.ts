/** @file The Slurm example on a real cluster of one node: a job array, one shard a task, then merge. */

import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { courseFolder, EXAMPLES } from "../support/cluster.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";
import { canRunSlurm, type Slurm, startSlurm, until } from "../support/slurm.ts";
import { measuredKeys } from "../support/sweep.ts";

describe.skipIf(!canRunSlurm())("Slurm", () => {
  const path = temporaryFolder();
  let slurm: Slurm;

  beforeAll(async () => {
    courseFolder(path());
    slurm = await startSlurm(path());
  }, 120_000);
  afterAll(() => slurm?.stop());

  test("an array of three tasks measures three shards; merged, they are the whole sweep", async () => {
    const script = `${EXAMPLES}/slurm.sh`;
    const answer = slurm.run(
      "sbatch",
      ["--parsable", "--array=1-3", "--cpus-per-task=1", script, "tiny.json"],
      path(),
    );
    const job = answer.trim();
    const logs = (): string =>
      [1, 2, 3]
        .map((i) => path(`jacobench-${i}.log`))
        .map((file) => (existsSync(file) ? readFileSync(file, "utf8") : `${file}: none`))
        .join("\n") + slurm.run("squeue", [], path());
    await until(() => slurm.run("squeue", ["-h", "-j", job], path()).trim() === "", logs, 120);
    for (const i of [1, 2, 3]) {
      expect(existsSync(path("shards", String(i), "tiny", "results.json")), logs()).toBe(true);
    }
    const merged = await runJacobench(["merge", "shards/1", "shards/2", "shards/3", "--out", "reports"], {
      cwd: path(),
    });
    expect(merged, merged.stderr).toMatchObject({ code: 0 });
    // 6 cases × 2 strategies × 4 rounds, and 3 anchors in each of the 2 shards that do not own them.
    expect(measuredKeys(path("reports", "tiny"))).toHaveLength(6 * 2 * 4 + 3 * 2 * 2 * 4);
    expect(merged.stdout).toMatch(/machines: [^:]* by\s+3\s+common\s+cases/);
  });
});
