/** @file Tests of the check that comes before everything else, and of its agreement with package.json. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NEEDED_NODE, nodeVersionProblem } from "../../src/cli/node-version.ts";
import { REPOSITORY } from "../support/run-command.ts";

test.each(["22.18.0", "22.18", "22.19.1", "23.0.0", "24.21.0", "100.0.0"])(
  "Node %s is new enough",
  (version) => {
    expect(nodeVersionProblem(version)).toBeNull();
  },
);

test.each(["22.17.9", "20.20.2", "18.0.0", "9.99.0", "0.12.18"])("Node %s is too old", (version) => {
  const line = nodeVersionProblem(version)!;
  expect(line).toContain(version);
  expect(line).toContain("22.18 or newer");
  expect(line).not.toContain("\n");
});

test("engines in package.json says the same", () => {
  const manifest = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
  expect(manifest.engines.node).toBe(`>=${NEEDED_NODE}`);
});

test("nothing is imported before the check, so that an old Node gets as far as it", () => {
  const imports = (file: string): string[] =>
    [...readFileSync(join(REPOSITORY, "src/cli", file), "utf8").matchAll(/^import .*?"([^"]+)"/gm)].map(
      (m) => m[1]!,
    );
  expect(imports("bin.ts")).toEqual(["./node-version.ts"]);
  expect(imports("node-version.ts")).toEqual([]);
});
