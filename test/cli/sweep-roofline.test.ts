/** @file The roofline of a sweep: drawn where the cache holds a calibration, which a quick run does not measure. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { machineFingerprint } from "../../src/measure/node-environment.ts";
import { parseCalibration } from "../../src/planner/calibration-schema.ts";
import { temporaryFolder } from "../support/folder.ts";
import { calibrationFile } from "../support/random-calibration.ts";
import { ROOFLINE_CALIBRATION } from "../support/roofline-results.ts";
import { runJacobench } from "../support/run-command.ts";

const at = temporaryFolder();
const CONFIG = {
  name: "mine",
  title: "Mine",
  chain: {
    list: [
      [3, 4, 2],
      [5, 8, 4],
    ],
  },
  strategies: ["forward", { strategy: "reverse-blocked", blockSize: 2 }],
  rounds: 2,
  processes: 1,
  timing: { minTimeSeconds: 0.0005, minSamples: 2 },
  report: { charts: ["roofline"] },
};

async function sweep(...more: readonly string[]) {
  writeFileSync(at("mine.json"), JSON.stringify(CONFIG));
  const args = ["sweep", at("mine.json"), "--out", at("out"), "--cache", at("cache"), ...more];
  const { code, stderr } = await runJacobench(args, { cwd: at() });
  expect(code, stderr).toBe(0);
  const folder = at("out", "mine");
  const results = JSON.parse(readFileSync(`${folder}/results.json`, "utf8"));
  const report = readFileSync(`${folder}/index.md`, "utf8");
  return { stderr, results, report, isDrawn: existsSync(`${folder}/charts/roofline.svg`) };
}

test("a quick run without a calibration says what the chart wants; with one it draws it", async () => {
  const without = await sweep("--quick");
  expect(without.isDrawn).toBe(false);
  expect(without.results.calibration).toBeUndefined();
  expect(without.report).toContain("jacobench calibrate");
  expect(existsSync(at("cache"))).toBe(false);

  const calibration = { ...ROOFLINE_CALIBRATION, environment: await machineFingerprint() };
  mkdirSync(at("cache"));
  writeFileSync(at("cache", "calibration.json"), JSON.stringify(calibration));
  const quick = await sweep("--quick");
  expect(quick.isDrawn).toBe(true);
  expect(quick.results.calibration).toEqual(calibration);
});

test("a whole run measures what a calibration of an earlier version lacks, and keeps its kernels", async () => {
  const older = calibrationFile(await machineFingerprint());
  mkdirSync(at("cache"), { recursive: true });
  writeFileSync(at("cache", "calibration.json"), JSON.stringify(older));
  const { isDrawn, stderr, results } = await sweep();
  expect(stderr).toContain("calibrating memory (some seconds)");
  expect(isDrawn).toBe(true);
  const stored = parseCalibration(
    JSON.parse(readFileSync(at("cache", "calibration.json"), "utf8")),
    "stored",
  );
  expect(stored.kernels).toEqual(older.kernels);
  expect(stored.memory!.at(-1)!.level).toBe("memory");
  expect(results.calibration).toEqual(stored);
});
