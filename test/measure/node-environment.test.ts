/** @file Tests of what is recorded of the machine, and of what must not be. */

import { homedir, hostname, userInfo } from "node:os";
import { expect, test } from "vitest";
import { environmentId } from "../../src/measure/environment-id.ts";
import { finishEnvironment, readEnvironment } from "../../src/measure/node-environment.ts";
import { packageRoot } from "../../src/package-root.ts";

const environment = await readEnvironment();

test("the fields that Node always knows are there", () => {
  expect(environment.runtime).toBe("node");
  expect(environment.runtimeVersion).toBe(process.versions.node);
  expect(environment.v8).toBe(process.versions.v8);
  expect(environment.cores).toBeGreaterThan(0);
  expect(environment.memoryBytes).toBeGreaterThan(2 ** 20);
  expect(environment.clockResolutionSeconds).toBeGreaterThan(0);
  expect(environment.id).toMatch(/^[0-9a-f]{10}$/);
  expect(new Date(environment.startedAt).toISOString()).toBe(environment.startedAt);
});

test("versions of the packages that take part are read from them", () => {
  expect(Object.keys(environment.packages)).toEqual([
    "jacobench",
    "ndarray",
    "ndarray-ops",
    "benchmark",
    "pure-rand",
  ]);
  for (const version of Object.values(environment.packages)) expect(version).toMatch(/^\d+\.\d+\.\d+/);
});

test("no host name, user, home or folder is recorded", () => {
  // `runtime` is one of two words; a machine or a user may well be called "node".
  const { runtime: _, ...fields } = environment;
  for (const folder of [homedir(), packageRoot()].filter((path) => path.length > 1)) {
    expect(JSON.stringify(fields)).not.toContain(folder);
  }
  const words = Object.values(fields).flatMap((value) => String(value).split(" "));
  expect(words).not.toContain(hostname());
  expect(words).not.toContain(userInfo().username);
});

test("the end adds only the time and the load", () => {
  expect(environment.finishedAt).toBeNull();
  expect(environment.loadAtEnd).toBeNull();
  const { finishedAt, loadAtEnd, ...rest } = finishEnvironment(environment);
  expect({ ...rest, finishedAt: null, loadAtEnd: null }).toEqual(environment);
  expect(Date.parse(finishedAt!)).toBeGreaterThanOrEqual(Date.parse(environment.startedAt));
  expect(loadAtEnd === null).toBe(process.platform === "win32");
});

test("the id is the same for the same machine and software, whenever and however busy", async () => {
  const again = await readEnvironment();
  expect(again.id).toBe(environment.id);
  expect(environmentId({ ...environment, memoryBytes: environment.memoryBytes! + 4096 })).toBe(
    environment.id,
  );
});

test.each([
  { runtimeVersion: "24.0.0" },
  { v8: "1" },
  { os: "Plan 9" },
  { architecture: "riscv64" },
  { cpuModel: "another" },
  { cores: 999 },
  { memoryBytes: 2 ** 50 },
  { cacheBytes: { l1: 1, l2: null, l3: null } },
  { packages: { ...environment.packages, ndarray: "0.0.1" } },
  { gitCommit: "f".repeat(40) },
  { runtime: "browser" as const },
])("the id changes with %o", (change) => {
  expect(environmentId({ ...environment, ...change })).not.toBe(environment.id);
});

test("the order of the packages does not matter for the id", () => {
  const packages = Object.fromEntries(Object.entries(environment.packages).reverse());
  expect(environmentId({ ...environment, packages })).toBe(environment.id);
});
