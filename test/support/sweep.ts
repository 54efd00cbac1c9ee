/** @file Small sweeps for tests: a config of tiny cases, what it has measured, and processes to interrupt. */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { MAIN } from "./run-command.ts";

/** A config that is measured within a second: 2 cases, 2 strategies, 4 rounds in 2 processes. */
export function tinyConfig(changes: object = {}) {
  return {
    name: "tiny",
    title: "A tiny experiment",
    chain: {
      list: [
        [3, 5, 2],
        [2, 4, 3],
      ],
    },
    timing: { minTimeSeconds: 0.0002, minSamples: 1, maxTimeSeconds: 0 },
    rounds: 4,
    processes: 2,
    report: { charts: [] },
    ...changes,
  };
}

/** Writes a config file; returns its path. */
export function writeConfig(path: string, changes: object = {}): string {
  writeFileSync(path, JSON.stringify(tinyConfig(changes)));
  return path;
}

/** What identifies each measurement of a finished experiment, sorted. */
export function measuredKeys(folder: string): string[] {
  const { measurements } = JSON.parse(readFileSync(`${folder}/results.json`, "utf8"));
  return measurements
    .map((one: Record<string, unknown>) =>
      [one.repetition, one.process, one.round, one.case, one.variant].join(" "),
    )
    .sort();
}

/** Measurements in a journal so far. */
export function journaled(journal: string): number {
  return existsSync(journal) ? readFileSync(journal, "utf8").split('{"kind":"measurement"').length - 1 : 0;
}

/** A sweep in a process of its own that goes on while the test looks. */
export type RunningSweep = {
  readonly process: ChildProcess;
  readonly ended: Promise<{
    code: number | null;
    signal: NodeJS.Signals | null;
    stdout: string;
    stderr: string;
  }>;
};

/** Starts `jacobench sweep ARGS`. */
export function startSweep(args: readonly string[], cwd: string): RunningSweep {
  const child = spawn(process.execPath, [MAIN, "sweep", ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  const ended = new Promise<Awaited<RunningSweep["ended"]>>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, ...output }));
  });
  return { process: child, ended };
}

/** Waits until something is the case, looking every few milliseconds. */
export async function until(happened: () => boolean, running: RunningSweep): Promise<void> {
  let over = false;
  void running.ended.then(() => {
    over = true;
  });
  while (!over && !happened()) await new Promise((resolve) => setTimeout(resolve, 2));
}
