/** @file The command `calibrate` as a user runs it: what it stores, and that `plan` takes it up. No time is asserted. */

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseCalibration } from "../../src/planner/calibration-schema.ts";
import { temporaryFolder } from "../support/folder.ts";
import { calibrationFile, evenCalibration } from "../support/random-calibration.ts";
import { runJacobench } from "../support/run-command.ts";

const at = temporaryFolder();
const stored = () =>
  parseCalibration(JSON.parse(readFileSync(at(".jacobench", "calibration.json"), "utf8")), "stored");

test("stores what it measures beside other kernels of this machine, and plan predicts by it", async () => {
  const first = await runJacobench(["calibrate"], { cwd: at() });
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
  expect(first.stdout).toMatch(/kernel\s+width\s+matvec/);
  for (const line of first.stdout.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  expect(first.stdout).toMatch(/^Peak of any shape, GFMA\/s: typed \d/m);
  expect(first.stdout).toMatch(/^memory +\d.*GiB|^memory +\d.*MiB/m);
  const { environment, kernels, memory } = stored();
  expect(memory!.at(-1)).toMatchObject({ level: "memory", bytesPerSecond: expect.any(Number) });
  expect(kernels.map(({ kernel }) => kernel)).toEqual(["typed"]);

  const args = ["plan", "--widths", "40,60,5,60,40", "--minimize", "time", "--format", "json"];
  const plan = await runJacobench(args, { cwd: at() });
  expect({ code: plan.code, stderr: plan.stderr }).toEqual({ code: 0, stderr: "" });
  const { time } = JSON.parse(plan.stdout);
  expect(time.seconds).toBeGreaterThan(0);
  expect(time.interval[1] / time.interval[0]).toBeLessThan(9);

  // Another kernel's stays; a stale one of all is thrown away.
  const file = at(".jacobench", "calibration.json");
  const other = calibrationFile(environment, [evenCalibration(1e-9, "reference"), ...kernels]);
  writeFileSync(file, JSON.stringify(other));
  const again = await runJacobench(["calibrate", "--kernel", "typed"], { cwd: at() });
  expect(again.code).toBe(0);
  expect(stored().kernels.map(({ kernel }) => kernel)).toEqual(["reference", "typed"]);
  expect(stored().kernels[0]).toEqual(other.kernels[0]);
}, 120_000);

test("an unknown kernel is refused before anything is measured", async () => {
  const { code, stdout, stderr } = await runJacobench(["calibrate", "--kernel", "tpyed"], { cwd: at() });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/"tpyed".*did you mean "typed"/);
});
