/** @file The command `plan` inside of the test's process: its text, its JSON, or its refusal. */

import { expect } from "vitest";
import { runInside } from "./run-inside.ts";

/** Runs `plan`, which must succeed; returns what it prints. */
export async function plan(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runInside(["plan", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** The same as JSON, parsed. */
export async function planJson(...args: readonly string[]) {
  return JSON.parse(await plan("--format", "json", ...args));
}

/** Expects exit code 2 and one message; returns it. */
export async function refused(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runInside(["plan", ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(
    stderr
      .trim()
      .split("\n")
      .filter((line) => line.startsWith("jacobench:")),
  ).toHaveLength(1);
  return stderr;
}
