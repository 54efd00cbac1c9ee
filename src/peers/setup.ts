/** @file Makes the virtual environment of the Python peers in a cache folder, with the interpreter's own venv and pip. (N) */

import { spawn } from "node:child_process";
import { join } from "node:path";
import { JacobenchError } from "../errors.ts";
import { createFolder } from "../files.ts";
import { pythonFolder, setupPython } from "./commands.ts";

/** What to install, and where. */
export type SetupOptions = {
  /** The cache folder; the environment is `peers-venv` in it. */
  readonly cache: string;
  /** The interpreter that makes it. */
  readonly python: string;
  /** PyTorch too. */
  readonly torch: boolean;
  readonly onNotice: (sentence: string) => void;
};

/**
 * Installs the Python packages that peers need, from the package index that pip is set to.
 *
 * @returns the environment's interpreter
 * @throws {JacobenchError} `ERR_ABSENT` if Python or its venv is missing, `ERR_MEASURE` if pip fails; what they print goes to stderr
 */
export async function setUpPeers({ cache, python, torch, onNotice }: SetupOptions): Promise<string> {
  createFolder(cache);
  const folder = join(cache, "peers-venv");
  const inside = setupPython(cache);
  onNotice(`making a virtual environment in ${folder}`);
  if ((await runVisibly(python, ["-m", "venv", folder])) !== 0) {
    throw new JacobenchError(
      "ERR_ABSENT",
      `--setup: ${python} could not make a virtual environment in ${folder}; expected Python 3 with its module venv ` +
        "(on Debian: apt-get install python3-venv), or another interpreter by --python",
    );
  }
  const packages = ["-r", join(pythonFolder(), "requirements.txt"), ...(torch ? ["torch"] : [])];
  onNotice(`installing ${torch ? "JAX, autograd and PyTorch" : "JAX and autograd"} by pip`);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", ...packages];
  if ((await runVisibly(inside, pip)) !== 0) {
    throw new JacobenchError(
      "ERR_MEASURE",
      `--setup: pip could not install the packages into ${folder} (its own message is above); expected a package index ` +
        "that it reaches: check its settings, and try again",
    );
  }
  return inside;
}

/** Runs a program with its output on our stderr; −1 if it is not there. */
function runVisibly(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", 2, 2] });
    child.on("error", () => resolve(-1));
    child.on("close", (code) => resolve(code ?? -1));
  });
}
