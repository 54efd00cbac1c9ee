/** @file The short name of a machine with its software: equal fields give equal names, in Node and in a browser. Pure. */

import type { Environment } from "../results/types.ts";
import { sha256 } from "../sha256.ts";

/** What identifies a machine with its software: all fields that stay the same from one session to the next. */
export type LastingEnvironment = Omit<
  Environment,
  "id" | "clockResolutionSeconds" | "startedAt" | "finishedAt" | "loadAtStart" | "loadAtEnd"
>;

/**
 * Names a machine with its software, for the column `machine`: equal fields give equal names.
 *
 * Memory goes in as whole gibibytes, since the operating system's total differs by some pages from boot to boot.
 *
 * @param environment - the lasting fields; others are ignored
 * @returns 10 hex digits of a SHA-256
 */
export function environmentId(environment: LastingEnvironment): string {
  const { memoryBytes, packages, cacheBytes, crossOriginIsolated } = environment;
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
    // Of browsers alone: without it the names of other machines stay what they were.
    ...(crossOriginIsolated == null ? [] : [crossOriginIsolated]),
  ];
  return sha256(JSON.stringify(fields)).slice(0, 10);
}
