/** @file Opens notebooks in JupyterLab, with the kernel of this project and nothing of it in the home folder. (N) */

import { spawn } from "node:child_process";
import { join, relative } from "node:path";
import { JacobenchError } from "../../src/errors.ts";
import { createFolder, pathExists, writeFileAtomic } from "../../src/files.ts";
import { ROOT } from "./paths.ts";
import { lessonNames, type Places, readLessons, studentNames } from "./places.ts";
import { findEnvironment, jupyterVariables } from "./python.ts";
import type { Reporter } from "./reporter.ts";
import { writeStudentNotebooks } from "./student.ts";

/** How to open. */
export type OpenOptions = {
  /** The notebooks with solutions instead of the student's. */
  readonly teacher: boolean;
  /** Start the browser, or only print the address. */
  readonly browser: boolean;
};

/**
 * Starts JupyterLab on the first of the lessons and waits for its end. The student's notebooks are written first where
 * they are not there; where they are, they are left as they are. In a copy for students there are no sources: then the
 * notebooks are those that are there.
 *
 * @param places - where notebooks are
 * @param wanted - parts of names
 * @returns the exit code of JupyterLab
 * @throws {JacobenchError} `ERR_ABSENT` if Python, JupyterLab or Deno is missing
 */
export async function open(
  places: Places,
  wanted: readonly string[],
  options: OpenOptions,
  reporter: Reporter,
): Promise<number> {
  const names = pathExists(places.source) ? lessonNames(places, wanted) : studentNames(places, wanted);
  const folder = options.teacher ? places.notebooks : places.student;
  const [first] = names;
  if (first === undefined) throw new JacobenchError("ERR_ABSENT", "notebooks: there are no lessons to open");
  if (!options.teacher) {
    const all = pathExists(places.source) ? lessonNames(places) : names;
    const absent = all.filter((name) => !pathExists(join(folder, `${name}.ipynb`)));
    writeStudentNotebooks(readLessons(places, absent), places, false);
    if (absent.length > 0) reporter.say(`Wrote your notebooks to ${relative(ROOT, folder)}`);
  }
  const file = relative(ROOT, join(folder, `${first}.ipynb`));
  if (file.startsWith("..")) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `notebooks: ${folder} is outside of the project, where imports of "../src/…" lead nowhere; expected a folder beside notebooks/`,
    );
  }
  declineNews();
  const python = await findEnvironment("open", reporter.say);
  reporter.say(`Opening ${file} in JupyterLab; save your work there, and end it here with Ctrl+C twice`);
  const args = [
    "-m",
    "jupyterlab",
    `--ServerApp.root_dir=${ROOT}`,
    // The address that is printed leads to the lesson too.
    `--LabApp.default_url=/lab/tree/${file.replaceAll("\\", "/")}`,
    // It would ask the network for news and newer versions.
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    ...(options.browser ? [] : ["--no-browser"]),
    // Containers run as root; it listens on this machine alone, behind a token.
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
    "--ServerApp.log_level=WARN",
    "--LabApp.log_level=WARN",
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, {
      cwd: ROOT,
      env: { ...process.env, ...jupyterVariables() },
      stdio: "inherit",
    });
    // Ctrl+C goes to JupyterLab as well, which asks whether to end.
    const stay = (): void => {};
    process.on("SIGINT", stay);
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("SIGINT", stay);
      resolve(code ?? 1);
    });
  });
}

/** JupyterLab would ask at its first start whether it may fetch news. Settings of one's own are left as they are. */
function declineNews(): void {
  const folder = join(
    jupyterVariables().JUPYTER_CONFIG_DIR!,
    "lab",
    "user-settings",
    "@jupyterlab",
    "apputils-extension",
  );
  const file = join(folder, "notification.jupyterlab-settings");
  if (pathExists(file)) return;
  createFolder(folder);
  writeFileAtomic(file, '{ "fetchNews": "false" }\n');
}
