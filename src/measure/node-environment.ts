/** @file The machine and the software that a measurement ran on, as Node knows them. (N) */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";
import { packageRoot, packageVersion } from "../package-root.ts";
import type { Environment } from "../results/types.ts";
import { clockResolutionSeconds } from "./clock.ts";
import { readCacheBytes } from "./cpu-caches.ts";
import { readGitCommit } from "./git-commit.ts";
import { oneMinuteLoad } from "./load.ts";

/** The packages whose code runs inside a timed section or decides what is run there. */
const MEASURING_PACKAGES = ["ndarray", "ndarray-ops", "benchmark", "pure-rand"] as const;

/** What identifies a machine with its software: all fields that stay the same from one session to the next. */
export type LastingEnvironment = Omit<
  Environment,
  "id" | "clockResolutionSeconds" | "startedAt" | "finishedAt" | "loadAtStart" | "loadAtEnd"
>;

/**
 * Reads the environment at the start of a measuring session. It holds no host name, user name or path.
 *
 * @returns `finishedAt` and `loadAtEnd` null; completed by {@link finishEnvironment}
 */
export async function readEnvironment(): Promise<Environment> {
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
    packages: { jacobench: packageVersion(), ...Object.fromEntries(MEASURING_PACKAGES.map(versionEntry)) },
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
 * Completes an environment at the end of its session.
 *
 * @param environment - from {@link readEnvironment}; not modified
 * @returns a copy with the time and the load of now
 */
export function finishEnvironment(environment: Environment): Environment {
  return { ...environment, finishedAt: new Date().toISOString(), loadAtEnd: oneMinuteLoad() };
}

/**
 * Names a machine with its software, for the column `machine`: equal fields give equal names.
 *
 * Memory goes in as whole gibibytes, since the operating system's total differs by some pages from boot to boot.
 *
 * @param environment - the lasting fields; others are ignored
 * @returns 10 hex digits of a SHA-256
 */
export function environmentId(environment: LastingEnvironment): string {
  const { memoryBytes, packages, cacheBytes } = environment;
  const fields = [
    environment.runtime,
    environment.runtimeVersion,
    environment.v8,
    environment.os,
    environment.architecture,
    environment.cpuModel,
    environment.cores,
    memoryBytes === null ? null : Math.round(memoryBytes / 2 ** 30),
    [cacheBytes.l1, cacheBytes.l2, cacheBytes.l3],
    Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)),
    environment.gitCommit,
  ];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex").slice(0, 10);
}

/**
 * Names this machine with its Node and package versions, whatever the commit: what a stored calibration belongs to.
 *
 * @returns 10 hex digits of a SHA-256
 */
export async function machineFingerprint(): Promise<string> {
  return environmentId({ ...(await readEnvironment()), gitCommit: null });
}

/** Memory of the machine, or of the container where its limit is lower. */
function usableMemoryBytes(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(totalmem(), limit) : totalmem();
}

function versionEntry(name: string): [string, string] {
  const path = findPackageJSON(name, import.meta.url);
  const manifest = path === undefined ? {} : (JSON.parse(readFileSync(path, "utf8")) as { version?: string });
  return [name, manifest.version ?? "unknown"];
}
