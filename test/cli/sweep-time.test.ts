/** @file Sweeps with plans for time: they take or make a calibration, store it, and keep it when they go on. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { machineFingerprint } from "../../src/measure/node-environment.ts";
import { temporaryFolder } from "../support/folder.ts";
import { calibrationFile, evenCalibration, randomCalibration } from "../support/random-calibration.ts";
import { runJacobench } from "../support/run-command.ts";
import { journaled, startSweep, until, writeConfig } from "../support/sweep.ts";

const at = temporaryFolder();
const strategies = ["forward", { strategy: "optimal", minimize: "time" }];
let config: string;
let environment: string;

/** Fills a cache folder with a calibration of this machine. */
function cache(name: string, kernel = evenCalibration()): { folder: string; measuredAt: string } {
  const folder = at(name);
  mkdirSync(folder, { recursive: true });
  const content = {
    ...calibrationFile(environment, [kernel]),
    measuredAt: `2026-01-01T00:00:00.${name.length}Z`,
  };
  writeFileSync(`${folder}/calibration.json`, JSON.stringify(content));
  return { folder, measuredAt: content.measuredAt };
}

const results = (out: string) => JSON.parse(readFileSync(at(out, "tiny", "results.json"), "utf8"));

beforeAll(async () => {
  config = writeConfig(at("tiny.json"), { strategies });
  environment = await machineFingerprint();
});

test("a fresh calibration of the cache is used, named, and stored with the results", async () => {
  const { folder, measuredAt } = cache("used");
  const args = ["sweep", config, "--out", at("out"), "--cache", folder];
  const { code, stderr } = await runJacobench(args, { cwd: at() });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).toContain(`calibration of ${measuredAt} taken from ${folder}`);
  const stored = results("out");
  expect(stored.calibration).toEqual(JSON.parse(readFileSync(`${folder}/calibration.json`, "utf8")));
  expect(stored.variants[1]).toMatchObject({ label: "optimal (time)", minimize: "time", unitSeeds: "read" });
  expect(stored.variants[0]).not.toHaveProperty("minimize");
  const costs = stored.costs.filter((cost: { variant: string }) => cost.variant === "optimal (time)");
  expect(costs).toHaveLength(2);
  for (const cost of costs) expect(cost.fmaCounted).toBe(cost.fmaPredicted);
  // A report can be made again from it.
  const again = await runJacobench(["report", at("out", "tiny")], { cwd: at() });
  expect({ code: again.code, stderr: again.stderr }).toMatchObject({ code: 0 });
  // What is complete is neither measured nor calibrated again.
  const resumed = await runJacobench([...args.slice(0, -1), at("no-cache"), "--resume"], { cwd: at() });
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toContain("complete already");
  expect(existsSync(at("no-cache"))).toBe(false);
});

test("an interrupted sweep goes on with the calibration that it began with", async () => {
  const first = cache("first", randomCalibration(1));
  const slow = writeConfig(at("slow.json"), { strategies, rounds: 16, processes: 4 });
  const args = [slow, "--out", at("resumed")];
  const running = startSweep([...args, "--cache", first.folder], at());
  const journal = at("resumed", "tiny.partial", "journal.ndjson");
  await until(() => journaled(journal) > 3, running);
  running.process.kill("SIGINT");
  expect((await running.ended).code).toBe(130);
  const second = cache("the-second", randomCalibration(2));
  const { code, stderr } = await runJacobench(["sweep", ...args, "--cache", second.folder, "--resume"], {
    cwd: at(),
  });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).toContain(`goes on with the calibration of ${first.measuredAt}`);
  expect(results("resumed").calibration.measuredAt).toBe(first.measuredAt);
});

test("a shard is refused, since each machine would plan for itself", async () => {
  const args = ["sweep", config, "--out", at("shard"), "--shard", "1/2", "--cache", at("used")];
  const { code, stderr } = await runJacobench(args, { cwd: at() });
  expect(code).toBe(2);
  expect(stderr).toMatch(/minimize "time".*without --shard/);
});

describe("without one that fits", () => {
  test("the machine is calibrated first, and the cache filled", async () => {
    const folder = at("stale");
    mkdirSync(folder);
    writeFileSync(`${folder}/calibration.json`, JSON.stringify(calibrationFile("0123456789")));
    const args = ["sweep", config, "--out", at("fresh"), "--cache", folder];
    const { code, stderr } = await runJacobench(args, { cwd: at() });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain("calibrating typed");
    const { calibration } = results("fresh");
    expect(calibration.environment).toBe(environment);
    expect(JSON.parse(readFileSync(`${folder}/calibration.json`, "utf8"))).toEqual(calibration);
  }, 60_000);
});
