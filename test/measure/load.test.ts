/** @file The warning of a busy machine: from half of the cores above what a sweep makes itself. */

import { expect, test } from "vitest";
import { loadWarning, oneMinuteLoad } from "../../src/measure/load.ts";

test.each([
  [1.9, 2, false],
  [2, 2, true],
  [4.9, 8, false],
  [5, 8, true],
  [1.5, 1, true],
  [1.4, 1, false],
  [null, 8, false],
  [9, null, false],
])("load %s on %s cores: %s", (load, cores, warned) => {
  const warning = loadWarning(load, cores);
  expect(warning !== null).toBe(warned);
  if (warning !== null) {
    expect(warning.code).toBe("load-high");
    expect(warning.message).toContain(`was ${load!.toFixed(1)} at the start`);
    expect(warning.message).toContain(cores === 1 ? "on 1 core;" : `on ${cores} cores;`);
  }
});

test.skipIf(process.platform === "win32")("the load of this machine is a number that is not negative", () => {
  expect(oneMinuteLoad()).toBeGreaterThanOrEqual(0);
});
