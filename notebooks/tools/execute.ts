/** @file Runs notebooks headless: writes them to scratch, lets Python drive the kernel, reads back what it gave. (N) */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createFolder } from "../../src/files.ts";
import { codeLines, KERNEL_NAME, type Notebook, notebookOf, notebookText, readNotebook } from "./notebook.ts";
import { FOLDERS, KERNEL_FOLDER } from "./paths.ts";
import { findEnvironment, jupyterVariables } from "./python.ts";
import { type Lesson, sourcePath, type Version } from "./source.ts";

/** A cell may run this long. */
const TIMEOUT_SECONDS = 300;

/** A notebook that was run, or why it was not. */
export type Execution = {
  readonly lesson: Lesson;
  readonly version: Version;
  /** With outputs; null if a cell failed. */
  readonly notebook: Notebook | null;
  /** Place in the source, cell, and error; null if all is well. */
  readonly failure: string | null;
  readonly seconds: number;
};

/** What the Python program says, a line each. */
type Event =
  | { readonly event: "begin"; readonly path: string; readonly cells: number }
  | { readonly event: "cell"; readonly path: string; readonly index: number }
  | { readonly event: "done"; readonly path: string; readonly seconds: number }
  | { readonly event: "failed"; readonly path: string; readonly index: number; readonly reason: string };

/** How far the execution is. */
export type ExecutionProgress = {
  /** Something to say on a line of its own. */
  readonly say: (line: string) => void;
  /** A cell begins: its number from 1. */
  readonly cell: (lesson: Lesson, version: Version, cell: number, cells: number) => void;
  readonly end: (execution: Execution) => void;
};

/**
 * Runs lessons one after the other, each in a kernel of its own.
 *
 * @param lessons - from their sources
 * @param version - with solutions or with stubs
 * @param progress - told while it runs
 * @returns one entry a lesson, in order; a failed cell ends its notebook, not the others
 * @throws {JacobenchError} `ERR_ABSENT` if Python, Jupyter or Deno is missing
 */
export async function execute(
  lessons: readonly Lesson[],
  version: Version,
  progress: ExecutionProgress,
): Promise<Execution[]> {
  const python = await findEnvironment("run", progress.say);
  createFolder(FOLDERS.work);
  const scratch = mkdtempSync(join(FOLDERS.work, "run-"));
  try {
    const pathOf = (lesson: Lesson): string => join(scratch, `${lesson.name}.ipynb`);
    for (const lesson of lessons) writeFileSync(pathOf(lesson), notebookText(notebookOf(lesson, version)));
    const job = join(scratch, "job.json");
    const log = join(scratch, "kernel.log");
    writeFileSync(
      job,
      JSON.stringify({
        kernel: KERNEL_NAME,
        folder: KERNEL_FOLDER,
        log,
        timeout_seconds: TIMEOUT_SECONDS,
        notebooks: lessons.map(pathOf),
      }),
    );
    const byPath = new Map(lessons.map((lesson) => [pathOf(lesson), lesson]));
    const cellsOf = new Map<Lesson, number>();
    const finished = new Map<Lesson, Execution>();
    const stderr = await runPython(python, [join(FOLDERS.notebooks, "tools", "execute.py"), job], (event) => {
      const lesson = byPath.get(event.path)!;
      if (event.event === "begin") cellsOf.set(lesson, event.cells);
      if (event.event === "cell") progress.cell(lesson, version, event.index + 1, cellsOf.get(lesson) ?? 0);
      if (event.event !== "done" && event.event !== "failed") return;
      const execution: Execution =
        event.event === "done"
          ? {
              lesson,
              version,
              notebook: readNotebook(readFileSync(event.path, "utf8")),
              failure: null,
              seconds: event.seconds,
            }
          : {
              lesson,
              version,
              notebook: null,
              failure: failureText(lesson, version, event.index, event.reason, log),
              seconds: 0,
            };
      finished.set(lesson, execution);
      progress.end(execution);
    });
    return lessons.map(
      (lesson) =>
        finished.get(lesson) ?? {
          lesson,
          version,
          notebook: null,
          failure: `${lesson.name}: the program that drives the kernel ended early: ${stderr.trim().split("\n").at(-1)}`,
          seconds: 0,
        },
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function failureText(lesson: Lesson, version: Version, index: number, reason: string, log: string): string {
  const lines = codeLines(lesson, version);
  if (index < 0) return `${lesson.name}: ${reason}; the kernel said: ${lastLines(log)}`;
  const who = version === "student" ? " of the student's version" : "";
  return `${sourcePath(lesson.name)}:${lines[index]}: code cell ${index + 1} of ${lines.length}${who}: ${reason}`;
}

function lastLines(path: string): string {
  try {
    return readFileSync(path, "utf8").trim().split("\n").slice(-3).join(" | ") || "nothing";
  } catch {
    return "nothing";
  }
}

/** Runs the program until it ends; returns what it wrote to standard error. */
function runPython(python: string, args: readonly string[], on: (event: Event) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, {
      env: { ...process.env, ...jupyterVariables() },
      stdio: ["ignore", "pipe", "pipe"],
    });
    // An interrupted command must not leave a kernel behind: Python ends it on its way out.
    const stop = (): void => {
      child.kill("SIGINT");
    };
    process.once("SIGINT", stop).once("SIGTERM", stop);
    let rest = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      for (const line of lines) if (line.startsWith("{")) on(JSON.parse(line) as Event);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", () => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve(stderr);
    });
  });
}
