/** @file A folder for one test file, removed at its end. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/**
 * Makes a folder that is removed when the tests of the file have ended.
 *
 * @returns a function from names to paths inside of it
 */
export function temporaryFolder(): (...names: readonly string[]) => string {
  const folder = mkdtempSync(join(tmpdir(), "jacobench-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (...names) => join(folder, ...names);
}
