/** @file Runs the command as a user does, in a process of its own, and keeps what it prints. */

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The folder of the checkout. */
export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** The command's entry in a clone. */
export const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** How a process ended; `code` is null if a signal ended it. */
export type Finished = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };

/** Where and with what a process runs. */
export type RunOptions = {
  cwd?: string;
  /** Added to this process's environment; undefined removes a variable. */
  env?: Record<string, string | undefined>;
  /** Options of node itself, before the script. */
  nodeOptions?: readonly string[];
};

/** Runs `jacobench ARGS` with the Node that runs the tests. */
export function runJacobench(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return runProcess(process.execPath, [...(options.nodeOptions ?? []), MAIN, ...args], options);
}

/** Runs any program and waits for its end; never rejects for an exit code. */
export function runProcess(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...options.env };
    const child = spawn(program, args, { cwd: options.cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, ...output }));
  });
}
