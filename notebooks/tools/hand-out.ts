/** @file A copy of the project for students: everything that lessons need, nothing that holds solutions. (N) */

import { spawnSync } from "node:child_process";
import { copyFileSync, lstatSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { JacobenchError } from "../../src/errors.ts";
import { createFolder, listFolder, pathExists, readTextFile, writeFileAtomic } from "../../src/files.ts";
import { ROOT } from "./paths.ts";
import type { Places } from "./places.ts";
import type { Lesson } from "./source.ts";
import { writeStudentNotebooks } from "./student.ts";

/** What holds solutions, or tests of it; paths from the top of the repository. */
const TEACHERS =
  /^(?:notebooks\/(?:source|myst)\/|notebooks\/\d\d-[^/]*\.ipynb$|reports\/lessons\/|test\/(?:notebooks|fixtures\/lessons)\/|test\/integration\/notebooks\.test\.ts$|student\/)/;

/** What is made on each machine; the last holds copies of notebooks that were open. */
const MADE_HERE = /^(?:\.git|\.jacobench|\.venv|node_modules|dist|coverage|\.ipynb_checkpoints)$/;

/**
 * Copies the project without solutions, and writes the students' notebooks into the copy, where they are to be committed.
 *
 * @param lessons - all of them
 * @param places - of this project
 * @param folder - must be empty or not exist yet
 * @returns how many files were copied
 * @throws {JacobenchError} `ERR_CONFIG` if the folder has something in it or lies in the project, `ERR_FILE`
 */
export function handOut(lessons: readonly Lesson[], places: Places, folder: string): number {
  const target = resolve(folder);
  if (`${target}/`.startsWith(`${resolve(ROOT)}/`)) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `notebooks: --hand-out ${folder} lies inside of the project; expected a folder beside it, e.g. ../lesson`,
    );
  }
  if (pathExists(target) && listFolder(target).length > 0) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `notebooks: --hand-out ${folder} is not empty; expected a new folder`,
    );
  }
  const files = projectFiles().filter((path) => !TEACHERS.test(path));
  for (const path of files) {
    createFolder(dirname(join(target, path)));
    copyFileSync(join(ROOT, path), join(target, path));
  }
  writeStudentNotebooks(lessons, { ...places, student: join(target, "student") }, false);
  // In the copy the notebooks belong to what is handed out.
  const ignored = join(target, ".gitignore");
  if (pathExists(ignored)) writeFileAtomic(ignored, readTextFile(ignored).replace(/^\/student\/\n/m, ""));
  return files.length;
}

/** The files of the project, as Git knows them, or, where there is no Git, all but what is made on each machine. */
function projectFiles(): string[] {
  const git = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const paths = git.status === 0 ? git.stdout.split("\0").filter((path) => path !== "") : walk("");
  return paths.filter((path) => pathExists(join(ROOT, path)) && lstatSync(join(ROOT, path)).isFile()).sort();
}

function walk(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return MADE_HERE.test(entry.name) ? [] : walk(path);
  });
}
