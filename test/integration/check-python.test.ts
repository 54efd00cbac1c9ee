/** @file The Python example of notebooks/README.md: it is taken from there, run, and its answer is right. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPython } from "../support/python.ts";
import { runJacobench, runProcess } from "../support/run-command.ts";

const python = findPython("json", "math");
const readme = readFileSync(new URL("../../notebooks/README.md", import.meta.url), "utf8");
const script = /^```python\n(import json, math\n.*?)^```/ms.exec(readme)?.[1];

describe.skipIf(python === null)("the example in Python", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "jacobench-check-python-"));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function answer(text: string) {
    const instance = await runJacobench(["check", "problem3", "--instance"]);
    writeFileSync(join(folder, "problem3.json"), instance.stdout);
    const run = await runProcess(python!, ["-c", text], { cwd: folder });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    return runJacobench(["check", "problem3", "--answer", "mine.json"], { cwd: folder });
  }

  it("has about ten lines, and is right", async () => {
    expect(script!.trim().split("\n").length).toBeLessThanOrEqual(10);
    const { code, stdout } = await answer(script!);
    expect(stdout).toMatch(/^problem3: right\./);
    expect(code).toBe(0);
  });

  it("without e_y is told so", async () => {
    const slipped = script!.replace("v - (i == y)", "v");
    expect(slipped).not.toBe(script);
    const { code, stdout } = await answer(slipped);
    expect(stdout).toContain("e_y is missing");
    expect(code).toBe(1);
  });
});
