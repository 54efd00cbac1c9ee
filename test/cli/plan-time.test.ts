/** @file The command `plan` with a calibration: seconds instead of FMA. */

import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { machineFingerprint } from "../../src/measure/node-environment.ts";
import { temporaryFolder } from "../support/folder.ts";
import { plan, planJson, refused } from "../support/plan-command.ts";
import { calibrationFile, evenCalibration } from "../support/random-calibration.ts";

const at = temporaryFolder();

/** Stores a calibration under the machine's own environment, or another. */
async function cacheFolder(name: string, environment?: string): Promise<string> {
  const folder = at(name);
  mkdirSync(folder);
  const id = environment ?? (await machineFingerprint());
  writeFileSync(`${folder}/calibration.json`, JSON.stringify(calibrationFile(id, [evenCalibration(1e-9)])));
  return folder;
}

describe("plan --minimize time", () => {
  const chain = ["--widths", "30,40,4,40,30", "--minimize", "time"];

  test("needs a calibration, and says how to get one", async () => {
    expect(await refused(...chain, "--cache", at("nothing"))).toMatch(
      /no calibration of the kernel "typed"; run jacobench calibrate --kernel typed/,
    );
  });

  test("refuses one of another machine", async () => {
    const cache = await cacheFolder("stale", "0123456789");
    expect(await refused(...chain, "--cache", cache)).toMatch(
      /of environment 0123456789.*jacobench calibrate/,
    );
  });

  test("refuses one that is damaged", async () => {
    const cache = await cacheFolder("damaged");
    writeFileSync(`${cache}/calibration.json`, '{"version": 1}');
    expect(await refused(...chain, "--cache", cache)).toMatch(/is no calibration/);
  });

  test("predicts seconds with an interval, and sorts what fits by them", async () => {
    const cache = await cacheFolder("fresh");
    const { time, optimum } = await planJson(...chain, "--cache", cache);
    // One price for each FMA: the plan by FMA is the fastest.
    expect(time.fma).toBe(optimum.fma);
    expect(time.seconds).toBeCloseTo(optimum.fma * 1e-9, 12);
    expect(time.interval[0]).toBeLessThan(time.seconds);
    expect(time.interval[1]).toBeGreaterThan(time.seconds);
    const text = await plan(...chain, "--cache", cache, "--max-bytes", "1000000");
    expect(text).toMatch(/Fastest on this machine, by its calibration: [\d.]+ µs\s\[[\d.]+ µs, [\d.]+ µs\]/);
    expect(text).toMatch(/the\s+first\s+of\s+these\s+should\s+be\s+the\s+fastest/);
    expect(text).toMatch(/\noptimal \(time\) /);
  });

  test("is planned with matrices at hand, and says so", async () => {
    const cache = await cacheFolder("said");
    expect(await plan(...chain, "--cache", cache)).toContain("with the matrices of dense layers");
  });

  test("bounds on a tape and forgotten structure are of plans over matrices", async () => {
    expect(await refused("--widths", "3,4,2", "--memory", "5")).toMatch(/--memory .*add --convention given/);
    expect(await refused("--widths", "3,4,2", "--all-dense")).toMatch(/--all-dense .*add --convention given/);
  });

  test("is not mixed with what only counts", async () => {
    for (const [option, ...value] of [["--all-dense"], ["--memory", "5"], ["--convention", "matrix-free"]]) {
      expect(await refused(...chain, option!, ...value)).toContain(option!);
    }
    const file = at("chain.json");
    writeFileSync(file, JSON.stringify({ elementals: [{ n: 3, m: 2, edges: 6 }] }));
    expect(await refused("--chain", file, "--minimize", "time")).toMatch(/needs layers/);
  });
});
