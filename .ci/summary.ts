/** @file Sums up steps and vitest reports as `N passed, N failed`; exit code 1 if anything failed or is missing. */

import { readFileSync } from "node:fs";

type Report = { readonly numPassedTests: number; readonly numFailedTests: number; readonly success: boolean };

const [stepsPassed, stepsFailed, ...reports] = process.argv.slice(2);
let passed = Number(stepsPassed);
let failed = Number(stepsFailed);

for (const path of reports) {
  try {
    const report = JSON.parse(readFileSync(path, "utf8")) as Report;
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    // A run can fail without a failed test: a file that does not load, an error outside of the tests.
    if (!report.success && report.numFailedTests === 0) failed++;
  } catch {
    failed++;
    process.stdout.write(`${path}: no report; the run ended before it was written\n`);
  }
}

process.stdout.write(`${passed} passed, ${failed} failed\n`);
if (!(failed === 0 && passed > 0)) process.exitCode = 1;
