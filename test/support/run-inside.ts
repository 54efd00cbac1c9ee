/** @file Runs the command within the test's own process: as complete as a process of its own, and a hundred times as fast. */

import { vi } from "vitest";
import { createProgram, runProgram } from "../../src/cli/program.ts";

/** How a command ended, and what it printed. */
export type Ended = { code: number; stdout: string; stderr: string };

/**
 * Runs `jacobench ARGS`; for commands that start no processes and need no working directory. One at a time.
 *
 * @param args - what the user types after `jacobench`
 */
export async function runInside(args: readonly string[]): Promise<Ended> {
  const output = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      output[name] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await runProgram(createProgram(), args);
    return { code: Number(process.exitCode ?? 0), ...output };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}
