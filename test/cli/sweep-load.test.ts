/** @file `sweep` on a busy machine: told at the start, and recorded once a process. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseResults } from "../../src/results/parse.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";
import { writeConfig } from "../support/sweep.ts";

const path = temporaryFolder();
const FAKE_LOAD = fileURLToPath(new URL("../support/fake-load.ts", import.meta.url));

async function sweepUnder(load: string) {
  writeConfig(path("tiny.json"));
  const run = await runJacobench(["sweep", "tiny.json", "--out", load], {
    cwd: path(),
    nodeOptions: ["--import", FAKE_LOAD],
    env: { FAKE_LOAD: load },
  });
  expect(run.code).toBe(0);
  const file = path(load, "tiny", "results.json");
  return { run, results: parseResults(JSON.parse(readFileSync(file, "utf8")), file) };
}

test.skipIf(process.platform === "win32")("a high load", async () => {
  const { run, results } = await sweepUnder("999");
  expect(run.stderr).toMatch(/^warning: the load of the last minute was 999\.0 at the start/);
  const warned = results.measurements.filter(({ warnings }) =>
    warnings.some(({ code }) => code === "load-high"),
  );
  // The first of each of the two processes.
  const first = (process: number) => results.measurements.find((one) => one.process === process);
  expect(warned).toEqual([first(0), first(1)]);
  expect(results.environments[0]!.loadAtStart).toBe(999);
});

test.skipIf(process.platform === "win32")("no load", async () => {
  const { run, results } = await sweepUnder("0");
  expect(run.stderr).not.toContain("the load of the last minute");
  expect(JSON.stringify(results.measurements)).not.toContain("load-high");
});
