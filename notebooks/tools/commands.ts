/** @file What `npm run notebooks` does: build, check, student, pages, open; each says in 80 columns what it did. (N) */

import { join, relative } from "node:path";
import { createFolder, pathExists, readTextFile, writeFileAtomic } from "../../src/files.ts";
import { outputFaults } from "./cell-checks.ts";
import { checkTypes } from "./check-types.ts";
import { differences } from "./compare.ts";
import { type Execution, execute } from "./execute.ts";
import { notebookText, readNotebook } from "./notebook.ts";
import { ROOT } from "./paths.ts";
import type { Places } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import type { Lesson } from "./source.ts";
import { writeStudentNotebooks } from "./student.ts";

/** What a command works on. */
export type Task = {
  readonly lessons: readonly Lesson[];
  readonly places: Places;
  readonly reporter: Reporter;
};

/**
 * Runs the lessons and writes their notebooks, MyST pages and HTML pages.
 *
 * @returns the exit code: 0, or 1 if a cell failed or is of a wrong type; nothing of such a lesson is written
 */
export async function build(task: Task): Promise<number> {
  const { lessons, places, reporter } = task;
  if (!(await cellsAreSound(task))) return 1;
  const executions = await execute(lessons, "teacher", reporter.execution);
  createFolder(places.notebooks);
  const done = executions.filter(({ notebook }) => notebook !== null);
  for (const { lesson, notebook } of done)
    writeFileAtomic(notebookPath(places, lesson.name), notebookText(notebook!));
  if (done.length > 0)
    reporter.say(`Wrote ${counted(done.length, "notebook")} to ${shown(places.notebooks)}`);
  if (done.length === executions.length) await writeMystAndPages(task);
  return summary(reporter, executions);
}

/**
 * Runs the lessons into scratch and compares with what is committed; runs the students' versions too.
 *
 * @returns 0 if everything is the same and runs, else 1
 */
export async function check(task: Task): Promise<number> {
  const { lessons, places, reporter } = task;
  if (!(await cellsAreSound(task))) return 1;
  const executions = await execute(lessons, "teacher", reporter.execution);
  let different = 0;
  for (const { lesson, notebook } of executions) {
    if (notebook === null) continue;
    const path = notebookPath(places, lesson.name);
    const found = pathExists(path)
      ? differences(readNotebook(readTextFile(path)), notebook)
      : ["it is not there"];
    for (const text of found) reporter.problem(`${shown(path)}: ${text}`);
    if (found.length > 0) different++;
  }
  if (different > 0) {
    reporter.problem(
      `${counted(different, "notebook")} not what a run gives; to write anew: npm run notebooks`,
    );
  }
  const students = await execute(lessons, "student", reporter.execution);
  const code = summary(reporter, [...executions, ...students]);
  return different > 0 ? 1 : code;
}

/** Writes the students' notebooks. @returns 0 */
export async function student(task: Task, replace: boolean): Promise<number> {
  const { lessons, places, reporter } = task;
  for (const { path, state } of writeStudentNotebooks(lessons, places, replace)) {
    reporter.say(
      state === "written"
        ? `${shown(path)}: written`
        : `${shown(path)}: kept, it has work of yours (--replace overwrites it)`,
    );
  }
  return 0;
}

/** Copies the project for students. @returns 0 */
export async function handOutTo({ lessons, places, reporter }: Task, folder: string): Promise<number> {
  const { handOut } = await import("./hand-out.ts");
  const files = handOut(lessons, places, folder);
  reporter.say(`Copied ${files} files and ${counted(lessons.length, "notebook")} for students to ${folder}`);
  return 0;
}

/** Writes MyST and HTML pages from the notebooks that are there, running nothing. @returns 0 */
export async function pages(task: Task): Promise<number> {
  await writeMystAndPages(task);
  return 0;
}

async function writeMystAndPages({ places, reporter }: Task): Promise<void> {
  const [{ writeMyst }, { writePages }] = await Promise.all([import("./myst.ts"), import("./pages.ts")]);
  const myst = writeMyst(places);
  reporter.say(`Wrote ${counted(myst.length, "MyST page")} to ${shown(places.myst)}`);
  const { paths, bytes } = await writePages(places);
  reporter.say(
    `Wrote ${counted(paths.length, "page")} to ${shown(places.pages)} (${Math.round(bytes / 1024)} KiB)`,
  );
}

/** Types and lost outputs; prints what is wrong. */
async function cellsAreSound({ lessons, reporter }: Task): Promise<boolean> {
  const problems = [...lessons.flatMap(outputFaults), ...(await checkTypes(lessons))];
  for (const text of problems) reporter.problem(text);
  if (problems.length > 0) reporter.problem(`${counted(problems.length, "fault")} in cells; nothing was run`);
  return problems.length === 0;
}

function summary(reporter: Reporter, executions: readonly Execution[]): number {
  const failed = executions.filter(({ failure }) => failure !== null);
  if (failed.length === 0) return 0;
  reporter.problem(
    `${counted(failed.length, "notebook")} of ${executions.length} failed; see the ${failed.length === 1 ? "message" : "messages"} above`,
  );
  return 1;
}

/** Where a lesson's notebook stands. */
export function notebookPath(places: Places, name: string): string {
  return join(places.notebooks, `${name}.ipynb`);
}

function shown(path: string): string {
  const inside = relative(ROOT, path);
  return inside.startsWith("..") ? path : inside;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
