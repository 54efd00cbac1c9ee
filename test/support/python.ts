/** @file Finds a Python that has what an integration test needs, or says loudly how to get it. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./run-command.ts";

/**
 * Looks for a Python 3 with some modules: first in `.venv` of the checkout, then on the PATH, then that of the system, where its packages go.
 *
 * @param modules - names as after `import`
 * @returns the program, or null after a warning with the command that installs what is missing
 */
export function findPython(...modules: readonly string[]): string | null {
  return findPythonWith(modules, modules);
}

/**
 * {@link findPython} for modules whose packages have other names, or need a version.
 *
 * @param modules - names as after `import`
 * @param packages - as after `pip install`
 */
export function findPythonWith(modules: readonly string[], packages: readonly string[]): string | null {
  const environment = ["bin/python", "Scripts/python.exe"].map((path) => join(REPOSITORY, ".venv", path));
  for (const python of [
    ...environment.filter((path) => existsSync(path)),
    "python3",
    "python",
    "/usr/bin/python3",
  ]) {
    if (spawnSync(python, ["-c", `import ${modules.join(", ")}`], { stdio: "ignore" }).status === 0)
      return python;
  }
  const install = `python3 -m venv .venv && .venv/bin/python -m pip install ${packages.map((name) => (/[<>=]/.test(name) ? `"${name}"` : name)).join(" ")}`;
  console.warn(
    `SKIPPED: no Python 3 with ${modules.join(", ")} was found. To run these tests:\n  ${install}`,
  );
  return null;
}
