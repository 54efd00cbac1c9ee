/** @file The command `env` as a user runs it. */

import { expect, test } from "vitest";
import { runJacobench } from "../support/run-command.ts";

test("the table names the processor, Node and the packages", async () => {
  const { code, stdout, stderr } = await runJacobench(["env"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^machine +[0-9a-f]{10}$/m);
  expect(stdout).toContain(`${process.versions.node} (V8 ${process.versions.v8})`);
  expect(stdout).toMatch(/^ndarray-ops +\d/m);
  expect(stdout).not.toContain("null");
  expect(stdout).not.toContain("undefined");
});

test("JSON has the fields of a record, and the same machine each time", async () => {
  const [first, second] = await Promise.all([1, 2].map(() => runJacobench(["env", "--format", "json"])));
  const environment = JSON.parse(first!.stdout);
  expect(environment.runtime).toBe("node");
  expect(environment.finishedAt).toBeNull();
  expect(environment.packages.benchmark).toMatch(/^2\./);
  expect(JSON.parse(second!.stdout).id).toBe(environment.id);
});
