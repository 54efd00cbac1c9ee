/** @file `init` and `schema` as a user runs them. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";

const path = temporaryFolder();
const run = (...args: readonly string[]) => runJacobench(args, { cwd: path() });

test("init writes a config that runs, with the schema that it points to", async () => {
  expect(await run("init", "mine")).toMatchObject({ code: 0, stdout: "mine.json\n" });
  const config = JSON.parse(readFileSync(path("mine.json"), "utf8"));
  expect(config.name).toBe("mine");
  expect(existsSync(path(config.$schema))).toBe(true);
  const quick = await run("sweep", "mine.json", "--quick", "--out", "out");
  expect(quick.code).toBe(0);
  expect(existsSync(path("out", "mine", "index.md"))).toBe(true);
});

test("init does not overwrite", async () => {
  writeFileSync(path("there.json"), "precious");
  const refused = await run("init", "there");
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("there.json already") });
  expect(readFileSync(path("there.json"), "utf8")).toBe("precious");
});

test.each(["../up", "Upper", "a b", ""])("init refuses the name %j", async (name) => {
  const refused = await run("init", name);
  expect(refused).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("$.name") });
});

test("schema prints what init writes", async () => {
  await run("init", "other");
  const printed = await run("schema");
  expect(printed).toMatchObject({ code: 0, stderr: "" });
  expect(printed.stdout).toBe(readFileSync(path("experiment.schema.json"), "utf8"));
});
