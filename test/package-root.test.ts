/** @file Tests of how the program finds its own folder, experiments and modules. */

import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { packageRoot, shippedExperimentsFolder, siblingModule } from "../src/package-root.ts";
import { REPOSITORY } from "./support/run-command.ts";

test("a clone finds itself: its root, its experiments, its child modules", () => {
  expect(join(packageRoot(), ".")).toBe(join(REPOSITORY, "."));
  expect(shippedExperimentsFolder()).toBe(join(packageRoot(), "analysis", "experiments"));
  expect(existsSync(siblingModule(import.meta.url, "./architecture.test"))).toBe(true);
  const elsewhere = new URL("file:///nowhere/dist/src/cli/main.js").href;
  expect(siblingModule(elsewhere, "./child").replaceAll("\\", "/")).toMatch(
    /\/nowhere\/dist\/src\/cli\/child\.js$/,
  );
});

test("files copied out of the package are not taken for it", () => {
  const lost = pathToFileURL(join(tmpdir(), "x.js")).href;
  expect(() => packageRoot(lost)).toThrow("expected a clone or an installation");
});
