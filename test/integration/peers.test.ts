/**
 * @file `jacobench peers` with real frameworks: JAX, autograd and @jax-js/jax prove their Jacobians and are timed, PyTorch
 * where it can be imported; what is known of @jax-js/jax is caught; the printed plan is run.
 */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parseResults } from "../../src/results/parse.ts";
import type { PeerWayRecord, Results } from "../../src/results/types.ts";
import { temporaryFolder } from "../support/folder.ts";
import { findPython } from "../support/python.ts";
import { type Finished, REPOSITORY, runJacobench } from "../support/run-command.ts";

const at = temporaryFolder();
const JAX = findPython("jax", "autograd");
const TORCH = findTorch();
const PYTHONS = [JAX, TORCH].flatMap((python) => (python === null ? [] : ["--python", python]));
const JAX_JS = hasJaxJs();

/** Debian's python3-torch belongs to the system's Python, which need not be the first on the PATH. */
function findTorch(): string | null {
  const system = "/usr/bin/python3";
  if (existsSync(system) && spawnSync(system, ["-c", "import torch"], { stdio: "ignore" }).status === 0)
    return system;
  const found = findPython("torch");
  if (found === null) console.warn("  or, on Debian: apt-get install python3-torch");
  return found;
}

function hasJaxJs(): boolean {
  try {
    createRequire(join(REPOSITORY, "package.json")).resolve("@jax-js/jax");
    return true;
  } catch {
    console.warn("SKIPPED: @jax-js/jax was not found. To run its tests:\n  npm install @jax-js/jax");
    return false;
  }
}

/** n, m and Σ vary; most chains are not square. */
const LIST = [
  [4, 8, 8, 12],
  [12, 8, 8, 4],
  [4, 40, 40, 12],
  [12, 40, 40, 4],
  [4, 20, 20, 4],
  [12, 20, 20, 12],
  [7, 40, 40, 7],
];

async function compare(name: string, changes: object, ...args: readonly string[]) {
  const file = at(`${name}.json`);
  const config = {
    ...{ name, title: "Real frameworks", rounds: 1, processes: 1 },
    chain: { activation: "relu", list: LIST },
    timing: { minTimeSeconds: 0.0002, minSamples: 1 },
    report: { charts: ["peers"] },
    ...changes,
  };
  writeFileSync(file, JSON.stringify(config));
  return finished(await runJacobench(["peers", file, "--out", at("out"), ...PYTHONS, ...args]), name);
}

function finished(
  run: Finished,
  name: string,
): { readonly run: Finished; readonly results: Results<unknown> } {
  expect({ code: run.code, stderr: run.code === 0 ? "" : run.stderr }).toEqual({ code: 0, stderr: "" });
  const path = at("out", name, "results.json");
  return { run, results: parseResults(JSON.parse(readFileSync(path, "utf8")), path) };
}

/** Every way of a peer, at every number of threads. */
function waysOf(results: Results<unknown>, id: string): PeerWayRecord[] {
  return results.peers!.peers.filter(({ peer }) => peer === id).flatMap(({ ways }) => ways);
}

/** Measured on every chain, by a Jacobian in float64 that is ours to rounding. */
function expectProven(results: Results<unknown>, ways: readonly PeerWayRecord[], count: number): void {
  expect(ways.map(({ way, status, message }) => ({ way, status, message }))).toEqual(
    ways.map(({ way }) => ({ way, status: "measured", message: null })),
  );
  expect(ways).toHaveLength(count);
  for (const { variant, dtype, relativeError, cpuPerWall } of ways) {
    expect(dtype).toBe("float64");
    expect(relativeError).toBeLessThan(1e-12);
    expect(cpuPerWall).toBeGreaterThan(0);
    const own = results.measurements.filter((one) => one.variant === variant);
    expect(new Set(own.map((one) => one.case)).size).toBe(results.cases.length);
  }
}

describe("on ReLU chains", () => {
  let results: Results<unknown>;
  beforeAll(async () => {
    if (JAX === null && TORCH === null && !JAX_JS) return;
    const peers = ["jacobench", "jax", "autograd", "pytorch", "jax-js"];
    results = (await compare("relu", { peers })).results;
  }, 240_000);

  test.skipIf(JAX === null)("JAX: jacfwd and jacrev, jitted and eager, with one thread and all", () => {
    expectProven(results, waysOf(results, "jax"), 8);
    const { versions } = results.peers!.peers.find(({ peer }) => peer === "jax")!;
    expect(versions.jax).toMatch(/^\d+\.\d+/);
  });

  test.skipIf(JAX === null)("one thread is one: CPU time is never above the time by the clock", () => {
    for (const { ways } of results.peers!.peers.filter(
      ({ peer, threads }) => peer === "jax" && threads === 1,
    )) {
      for (const { cpuPerWall } of ways) expect(cpuPerWall).toBeLessThan(1.1);
    }
  });

  test.skipIf(JAX === null)("autograd: jvp by seed, and jacobian", () => {
    expectProven(results, waysOf(results, "autograd"), 4);
  });

  test.skipIf(TORCH === null)("PyTorch: vectorised, by seed, and autograd by rows", () => {
    expectProven(results, waysOf(results, "pytorch"), 10);
  });

  test.skipIf(!JAX_JS)(
    "@jax-js/jax: jvp and vjp hold; jacfwd's transpose and jacrev's fault are caught",
    () => {
      const ways = waysOf(results, "jax-js");
      const own = ["jacfwd", "jacrev"];
      expectProven(
        results,
        ways.filter(({ way }) => !own.includes(way)),
        4,
      );
      const [jacfwd, jacrev] = own.map((id) => ways.find(({ way }) => way === id)!);
      expect(jacfwd).toMatchObject({
        status: "refused",
        message: expect.stringMatching(/it gives the transpose/),
      });
      expect(jacrev).toMatchObject({ status: "failed", message: expect.stringMatching(/shape/) });
    },
  );
});

test.skipIf(!JAX_JS)(
  "an inexact tanh is refused with its error",
  async () => {
    const { results, run } = await compare("tanh", {
      chain: { activation: "tanh", list: LIST.slice(0, 2) },
      peers: [
        { peer: "jacobench", ways: ["reverse-typed"] },
        { peer: "jax-js", ways: ["vjp-each"] },
      ],
    });
    const [way] = waysOf(results, "jax-js");
    // @jax-js/jax 0.1.25; should a later one be exact, it is measured.
    if (way!.status !== "measured") {
      expect(way).toMatchObject({
        status: "refused",
        message: expect.stringMatching(/differs from ours by .*e-8/),
      });
      expect(run.stdout).toContain("refused");
    } else {
      expect(way!.relativeError).toBeLessThan(1e-8);
    }
  },
  120_000,
);

test.skipIf(JAX === null && TORCH === null)(
  "the printed plan gives our Jacobian, and is faster than both modes",
  async () => {
    const out = at("out");
    const run = await runJacobench([
      "peers",
      "--plan",
      "200,200,3,200,200",
      "--quick",
      "--out",
      out,
      ...PYTHONS,
    ]);
    const { results } = finished(run, "peers-plan");
    for (const [id, found] of [
      ["jax", JAX],
      ["pytorch", TORCH],
    ] as const) {
      if (found === null) continue;
      const ways = waysOf(results, id).filter(({ way }) => way.startsWith("plan"));
      expect(ways.length).toBeGreaterThan(1);
      expectProven(results, ways, ways.length);
    }
    expect(results.peers!.plan!.forwardFma / results.peers!.plan!.fma).toBeGreaterThan(30);
    expect(run.stdout.replace(/\s+/g, " ")).toMatch(
      /the plan takes .* times as fast as (forward|reverse) mode .*, where FMA predict/,
    );
  },
  180_000,
);
