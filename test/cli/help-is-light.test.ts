/** @file `--help` and `--version` load none of the heavy packages: what a process loads is written down by a hook. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProgram } from "../../src/cli/program.ts";
import { runJacobench } from "../support/run-command.ts";

const HEAVY = ["vega", "vega-lite", "benchmark", "zod", "ndarray-ops", "ajv", "fontkit", "ml-matrix"];
const HOOK = fileURLToPath(new URL("../support/log-modules.mjs", import.meta.url));

let folder: string;
let runs = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jacobench-light-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the command and gives the names of the packages that it loaded, and how many modules in all. */
async function loadedBy(...args: readonly string[]): Promise<{ packages: Set<string>; modules: number }> {
  const log = join(folder, `${runs++}.log`);
  writeFileSync(log, "");
  const { code, stderr } = await runJacobench(args, {
    nodeOptions: ["--import", HOOK],
    env: { MODULE_LOG: log },
  });
  expect(stderr).toBe("");
  expect(code).toBe(0);
  const urls = readFileSync(log, "utf8").trim().split("\n");
  const names = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
  return { packages: new Set(names), modules: urls.length };
}

const names = createProgram().commands.map((command) => command.name());

test("a command that needs heavy packages is seen to load them", async () => {
  const model = join(folder, "model.json");
  const layers = [{ type: "dense", weights: [[1, 2, 3]], bias: [0] }];
  writeFileSync(model, JSON.stringify({ layers, input: [1, 1, 1] }));
  const { packages } = await loadedBy("jacobian", "--model", model, "--strategy", "reverse");
  expect(packages).toContain("commander");
  expect(packages).toContain("zod");
});

test.each([["--version"], ["--help"], ["help"], ...names.map((name) => [name, "--help"])])(
  "jacobench %s %s",
  async (...args) => {
    const { packages, modules } = await loadedBy(...args.filter((arg) => arg !== undefined));
    expect(packages).toContain("commander");
    for (const name of HEAVY) expect(packages).not.toContain(name);
    expect(modules).toBeLessThan(60);
  },
);
