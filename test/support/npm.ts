/** @file Runs npm and npx in a folder as a user would, without what the npm above this test run has put in the environment. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Finished, runProcess } from "./run-command.ts";

/** Settings of the outer npm that a user would have set too: which registry, which cache. */
const KEPT = /^npm_config_(registry|cache|userconfig|globalconfig|.*proxy|cafile)$/i;

/** Runs `npm ARGS` or `npx ARGS`. */
export function runNpm(program: "npm" | "npx", args: readonly string[], cwd: string): Promise<Finished> {
  const inherited = Object.keys(process.env).filter((name) =>
    /^(npm_|INIT_CWD$|NODE_ENV$|VITEST)/i.test(name),
  );
  const removed = inherited.filter((name) => !KEPT.test(name)).map((name) => [name, undefined]);
  const suffix = process.platform === "win32" ? ".cmd" : "";
  return runProcess(`${program}${suffix}`, args, { cwd, env: Object.fromEntries(removed) });
}

/** True if npm's output says that a registry could not be reached, not that something is wrong with the package. */
export function isNetworkFailure({ code, stdout, stderr }: Finished): boolean {
  const reasons =
    /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ENOTCACHED)\b/;
  return code !== 0 && reasons.test(stdout + stderr);
}

/**
 * Looks for an old Node on the PATH, outside of node_modules.
 *
 * @param isOld - judges a version like `20.11.1`
 * @returns the program and its version, or null
 */
export function findOldNode(
  isOld: (version: string) => boolean,
): { program: string; version: string } | null {
  const folders = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"));
  for (const folder of folders) {
    const program = join(folder, process.platform === "win32" ? "node.exe" : "node");
    if (!existsSync(program)) continue;
    const { status, stdout } = spawnSync(program, ["-p", "process.versions.node"], { encoding: "utf8" });
    const version = stdout?.trim() ?? "";
    if (status === 0 && isOld(version)) return { program, version };
  }
  return null;
}
