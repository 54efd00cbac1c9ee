/** @file Programs that build course notes, for integration tests: where they are, or how to get them. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Versions that the integration tests were written against; .ci/run installs the same. */
const VERSIONS = { "@marp-team/marp-cli": "4.5.1", vitepress: "1.6.4", mystmd: "1.8.3" } as const;

/** A builder from npm that is no dependency of this project. */
export type NpmBuilder = keyof typeof VERSIONS;

/** The folder outside of the project where such builders are installed. */
export const BUILDERS_FOLDER =
  process.env.JACOBENCH_SITE_BUILDERS ?? join(homedir(), ".cache", "jacobench", "site-builders");

/**
 * Looks for a builder from npm.
 *
 * @param name - of the package
 * @param bin - of its command
 * @returns path of the command, or null after a warning with the command that installs it
 */
export function findBuilder(name: NpmBuilder, bin: string): string | null {
  const path = join(
    BUILDERS_FOLDER,
    "node_modules",
    ".bin",
    process.platform === "win32" ? `${bin}.cmd` : bin,
  );
  if (existsSync(path)) return path;
  console.warn(
    `SKIPPED: ${name} was not found in ${BUILDERS_FOLDER}. To run these tests:\n` +
      `  npm install --prefix ~/.cache/jacobench/site-builders --ignore-scripts ${name}@${VERSIONS[name]}`,
  );
  return null;
}

/**
 * Looks for programs on the PATH.
 *
 * @param programs - names, and the Debian packages that bring them
 * @returns true if all are there; else false after a warning with the command that installs them
 */
export function findPrograms(programs: Readonly<Record<string, string>>): boolean {
  const missing = Object.keys(programs).filter(
    (name) => spawnSync(name, ["-v"], { stdio: "ignore" }).error !== undefined,
  );
  if (missing.length === 0) return true;
  const packages = [...new Set(missing.map((name) => programs[name]!))];
  console.warn(
    `SKIPPED: ${missing.join(", ")} not found. To run these tests (Debian, Ubuntu):\n` +
      `  apt-get install --no-install-recommends ${packages.join(" ")}`,
  );
  return false;
}
