/** @file The machine and the software that a measurement ran on, as Node knows them. (N) */

import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { arch, availableParallelism, cpus, release, type } from "node:os";
import { kernelById } from "../kernels/index.ts";
import { packageRoot, packageVersion } from "../package-root.ts";
import type { Environment } from "../results/types.ts";
import { clockResolutionSeconds } from "./clock.ts";
import { readCacheBytes } from "./cpu-caches.ts";
import { environmentId, type LastingEnvironment } from "./environment-id.ts";
import { readGitCommit } from "./git-commit.ts";
import { oneMinuteLoad } from "./load.ts";
import { usableMemoryBytes } from "./usable-memory.ts";

/** The packages whose code runs inside a timed section or decides what is run there. */
const MEASURING_PACKAGES = ["ndarray", "ndarray-ops", "benchmark", "pure-rand"] as const;

/**
 * Reads the environment at the start of a measuring session. It holds no host name, user name or path.
 *
 * @param kernels - those that measure: the native libraries that they run on are named beside the packages
 * @returns `finishedAt` and `loadAtEnd` null; completed by {@link finishEnvironment}
 */
export async function readEnvironment(kernels: readonly string[] = []): Promise<Environment> {
  const lasting: LastingEnvironment = {
    runtime: "node",
    runtimeVersion: process.versions.node,
    v8: process.versions.v8,
    os: `${type()} ${release()}`,
    architecture: arch(),
    cpuModel: cpus()[0]?.model.trim() || null,
    cores: availableParallelism(),
    memoryBytes: usableMemoryBytes(),
    cacheBytes: readCacheBytes(),
    packages: {
      jacobench: packageVersion(),
      ...Object.fromEntries(MEASURING_PACKAGES.map(versionEntry)),
      ...Object.fromEntries(kernels.flatMap(libraryEntry)),
    },
    gitCommit: readGitCommit(packageRoot()),
  };
  return {
    id: environmentId(lasting),
    ...lasting,
    clockResolutionSeconds: clockResolutionSeconds(),
    startedAt: new Date().toISOString(),
    finishedAt: null,
    loadAtStart: oneMinuteLoad(),
    loadAtEnd: null,
  };
}

/**
 * The software that measures: what a page for browsers is built from, too.
 *
 * @returns versions of jacobench and of the packages that take part, and the commit; null outside of a clone
 */
export function measuringSoftware(): Pick<Environment, "packages" | "gitCommit"> {
  return {
    packages: { jacobench: packageVersion(), ...Object.fromEntries(MEASURING_PACKAGES.map(versionEntry)) },
    gitCommit: readGitCommit(packageRoot()),
  };
}

/**
 * Completes an environment at the end of its session.
 *
 * @param environment - from {@link readEnvironment}; not modified
 * @returns a copy with the time and the load of now
 */
export function finishEnvironment(environment: Environment): Environment {
  return { ...environment, finishedAt: new Date().toISOString(), loadAtEnd: oneMinuteLoad() };
}

/**
 * Names this machine with its Node and package versions, whatever the commit: what a stored calibration belongs to.
 *
 * @returns 10 hex digits of a SHA-256
 */
export async function machineFingerprint(): Promise<string> {
  return environmentId({ ...(await readEnvironment()), gitCommit: null });
}

function versionEntry(name: string): [string, string] {
  const path = findPackageJSON(name, import.meta.url);
  const manifest = path === undefined ? {} : (JSON.parse(readFileSync(path, "utf8")) as { version?: string });
  return [name, manifest.version ?? "unknown"];
}

function libraryEntry(kernel: string): [string, string][] {
  const library = kernelById(kernel).library?.() ?? null;
  return library === null ? [] : [[kernel, library]];
}
