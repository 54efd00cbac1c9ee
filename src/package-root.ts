/** @file Where this package stands on disk: the same answer from a clone (src/) and from an installation (dist/src/). (N) */

import { readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { JacobenchError } from "./errors.ts";

/** The part of package.json that the program itself needs. */
export type PackageManifest = { readonly name: string; readonly version: string };

/**
 * Finds the folder of jacobench's package.json.
 *
 * @param from - URL of a module of jacobench; this one unless a test brings its own
 * @returns absolute path, without a slash at its end
 * @throws {JacobenchError} `ERR_FILE` if no folder above holds a package.json named jacobench
 */
export function packageRoot(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from));
  for (;;) {
    if (readManifest(folder)?.name === "jacobench") return folder;
    const parent = dirname(folder);
    if (parent === folder) {
      throw new JacobenchError(
        "ERR_FILE",
        "packageRoot: no package.json of jacobench above the program's files; expected a clone or an installation, " +
          "not single files copied out of one",
      );
    }
    folder = parent;
  }
}

/**
 * Reads the version from package.json.
 *
 * @returns e.g. `1.2.3`
 */
export function packageVersion(): string {
  return readManifest(packageRoot())!.version;
}

/**
 * The folder of the shipped experiments and their JSON Schema, in a clone and in an installation.
 *
 * @returns absolute path of `analysis/experiments`
 */
export function shippedExperimentsFolder(): string {
  return join(packageRoot(), "analysis", "experiments");
}

/**
 * Names a module beside another one, for what is not an import (the entry of a child process or a worker): `.ts` in a
 * clone, `.js` in an installation, since the compiler rewrites imports only.
 *
 * @param here - `import.meta.url` of the module that asks
 * @param stem - the other one's path relative to it, without its extension, e.g. `./child`
 * @returns absolute path
 */
export function siblingModule(here: string, stem: string): string {
  return fileURLToPath(new URL(`${stem}${extname(fileURLToPath(here))}`, here));
}

function readManifest(folder: string): PackageManifest | null {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageManifest;
  } catch {
    return null;
  }
}
