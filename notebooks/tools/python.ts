/** @file Python environments of the lessons, made on first use by the ordinary pip from pinned requirements. (N) */

import { type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { JacobenchError } from "../../src/errors.ts";
import { createFolder, removePath, writeFileAtomic } from "../../src/files.ts";
import { FOLDERS, ROOT } from "./paths.ts";

/** An environment: where it stands, what is in it, and what for. */
export type EnvironmentName = "run" | "open";

const ENVIRONMENTS = {
  run: {
    folder: "notebooks-python",
    requirements: "requirements.txt",
    what: "Jupyter's client, about 50 MB",
  },
  open: { folder: "lab-python", requirements: "requirements-lab.txt", what: "JupyterLab, about 250 MB" },
} as const;

/**
 * The Python of an environment, which is made first where it is missing or its requirements have changed.
 *
 * @param name - `run` for headless execution, `open` for JupyterLab
 * @param say - told before something is installed: it takes a while
 * @returns path of the program
 * @throws {JacobenchError} `ERR_ABSENT` if there is no Python 3, no venv, or pip fails; with the way out
 */
export async function findEnvironment(name: EnvironmentName, say: (line: string) => void): Promise<string> {
  const { folder: folderName, requirements, what } = ENVIRONMENTS[name];
  const folder = join(FOLDERS.work, folderName);
  const file = join(FOLDERS.notebooks, requirements);
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  const stamp = join(folder, "requirements.sha256");
  const python = join(
    folder,
    ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
  );
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, "utf8").trim() === hash) return python;

  const base = findPython();
  say(`Making a Python environment in ${relative(ROOT, folder)} (${what}) …`);
  removePath(folder);
  createFolder(FOLDERS.work);
  const made = await run(base, ["-m", "venv", folder]);
  if (made.code !== 0) {
    removePath(folder);
    throw new JacobenchError(
      "ERR_ABSENT",
      `notebooks: "${base} -m venv" failed: ${lastLine(made.output)}; on Debian and Ubuntu install python3-venv`,
    );
  }
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", file];
  const installed = await run(python, install);
  if (installed.code !== 0) {
    removePath(folder);
    throw new JacobenchError(
      "ERR_ABSENT",
      `notebooks: pip could not install notebooks/${requirements}: ${lastLine(installed.output)}; expected a package index that can be reached, and Python 3.10 or newer`,
    );
  }
  // Scripts in there must not take this project's package.json for theirs.
  writeFileAtomic(join(folder, "package.json"), '{ "type": "commonjs", "private": true }\n');
  writeFileAtomic(stamp, `${hash}\n`);
  return python;
}

/**
 * What the kernel and its front ends need in their environment: the kernel spec and Deno of this project, and nothing
 * of Jupyter's or Deno's in the home folder.
 *
 * @throws {JacobenchError} `ERR_ABSENT` if the package deno is not installed for this system
 */
export function jupyterVariables(): Record<string, string> {
  const jupyter = join(FOLDERS.work, "jupyter");
  return {
    JUPYTER_PATH: FOLDERS.notebooks,
    JUPYTER_RUNTIME_DIR: join(jupyter, "runtime"),
    JUPYTER_DATA_DIR: join(jupyter, "data"),
    JUPYTER_CONFIG_DIR: join(jupyter, "config"),
    DENO_DIR: join(FOLDERS.work, "deno"),
    DENO_NO_UPDATE_CHECK: "1",
    PATH: [denoFolder(), process.env.PATH ?? ""].join(process.platform === "win32" ? ";" : ":"),
  };
}

/**
 * The folder of the Deno program. Not `node_modules/.bin`: what stands there may be a script that starts Deno as a child,
 * which lives on when the script is ended.
 */
function denoFolder(): string {
  const program = process.platform === "win32" ? "deno.exe" : "deno";
  const scope = join(ROOT, "node_modules", "@deno");
  const target = `${process.platform}-${process.arch}`;
  const folders = ["", "-glibc", "-musl"].map((library) => join(scope, target + library));
  const folder = folders.find((path) => existsSync(join(path, program)));
  if (folder === undefined) {
    throw new JacobenchError(
      "ERR_ABSENT",
      `notebooks: Deno, which runs the cells, is not installed for ${target}; run npm ci (without --omit=optional)`,
    );
  }
  return folder;
}

function findPython(): string {
  const candidates = process.platform === "win32" ? ["python", "python3", "py"] : ["python3", "python"];
  const test = "import sys; sys.exit(sys.version_info < (3, 10))";
  const found = candidates.find(
    (program) => spawnSync(program, ["-c", test], { stdio: "ignore" }).status === 0,
  );
  if (found === undefined) {
    throw new JacobenchError(
      "ERR_ABSENT",
      "notebooks: there is no Python 3.10 or newer on the PATH; Jupyter needs one, see https://www.python.org/downloads/",
    );
  }
  return found;
}

/** How a program ended, with all that it printed. */
function run(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}
