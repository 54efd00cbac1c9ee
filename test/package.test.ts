/** @file The published package: built, packed, installed in an empty folder, and used from there. */

import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeVersionProblem } from "../src/cli/node-version.ts";
import { packageVersion } from "../src/package-root.ts";
import { findOldNode, isNetworkFailure, runNpm } from "./support/npm.ts";
import { type Finished, REPOSITORY, runProcess } from "./support/run-command.ts";

let folder: string;
let tarball: string;
let packed: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jacobench-package-"));
  const build = await runNpm("npm", ["run", "build"], REPOSITORY);
  expect({ code: build.code, output: build.code === 0 ? "" : build.stdout }).toEqual({ code: 0, output: "" });
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const pack = await runNpm("npm", args, REPOSITORY);
  expect(pack.code).toBe(0);
  const [about] = JSON.parse(pack.stdout);
  tarball = join(folder, about.filename);
  packed = about.files.map((file: { path: string }) => file.path);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the tarball", () => {
  test("holds the built modules, their types, the experiments, and the papers", () => {
    const needed = [
      "dist/src/index.js",
      "dist/src/index.d.ts",
      "dist/analysis/index.js",
      "dist/analysis/index.d.ts",
      "dist/src/cli/bin.js",
      "dist/src/cli/main.js",
      "analysis/experiments/scaling.json",
      "analysis/experiments/peers/peers.json",
      "src/peers/python/runner.py",
      "src/peers/python/jax_ways.py",
      "src/peers/python/requirements.txt",
      "LICENSE",
      "README.md",
      "CHANGELOG.md",
      "CITATION.cff",
      "package.json",
    ];
    expect(packed).toEqual(expect.arrayContaining(needed));
  });

  test("holds no sources, tests or reports", () => {
    const unwanted = packed.filter((path) =>
      /^(src(?!\/peers\/python)|test|reports|notebooks)\/|(?<!\.d)\.ts$|\.map$/.test(path),
    );
    expect(unwanted).toEqual([]);
  });
});

describe("installed in an empty folder", () => {
  let home: string;
  let install: Finished;

  beforeAll(async () => {
    home = join(folder, "user");
    mkdirSync(home);
    writeFileSync(join(home, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
    const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--fetch-retries=0", tarball];
    install = await runNpm("npm", args, home);
    if (isNetworkFailure(install)) {
      console.warn("SKIPPED: no package registry is reachable, so the packed package could not be installed");
    }
  });

  /** Ends a test early where no registry could be reached; any other failed installation is an error. */
  function needInstall(skip: (note: string) => void): void {
    if (isNetworkFailure(install)) skip("no registry is reachable");
    expect({ code: install.code, stderr: install.code === 0 ? "" : install.stderr }).toEqual({
      code: 0,
      stderr: "",
    });
  }

  test("npx jacobench --version", async ({ skip }) => {
    needInstall(skip);
    const { code, stdout } = await runNpm("npx", ["jacobench", "--version"], home);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${packageVersion()}\n` });
  });

  test("npx jacobench cost", async ({ skip }) => {
    needInstall(skip);
    const { code, stdout } = await runNpm(
      "npx",
      ["jacobench", "cost", "--widths", "3,5,2", "--format", "json"],
      home,
    );
    expect(code).toBe(0);
    const forward = JSON.parse(stdout).strategies.find(
      (row: { strategy: string }) => row.strategy === "forward",
    );
    expect(forward.fma).toBe(3 * (3 * 5 + 5 * 2));
  });

  test("the public names of jacobench and jacobench/analysis", async ({ skip }) => {
    needInstall(skip);
    const script = `
      import { buildChain, prepareJacobian, vector } from "jacobench";
      import * as analysis from "jacobench/analysis";
      import manifest from "jacobench/package.json" with { type: "json" };
      const chain = buildChain({ widths: [3, 5, 2], activation: "tanh", rngSeed: 7 });
      const x = vector([0.1, -0.4, 0.7]);
      const forward = prepareJacobian(chain, x, { strategy: "forward" }).run();
      const reverse = prepareJacobian(chain, x, { strategy: "reverse" }).run();
      const difference = Math.max(...forward.data.map((value, i) => Math.abs(value - reverse.data[i])));
      console.log(JSON.stringify({
        shape: forward.shape, difference, names: Object.keys(analysis).length, version: manifest.version,
      }));`;
    writeFileSync(join(home, "use.js"), script);
    const { code, stdout, stderr } = await runProcess(process.execPath, ["use.js"], { cwd: home });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { shape, difference, names, version } = JSON.parse(stdout);
    expect(shape).toEqual([2, 3]);
    expect(difference).toBeLessThan(1e-14);
    expect(names).toBeGreaterThan(3);
    expect(version).toBe(packageVersion());
  });

  test("its types stand on their own, without skipLibCheck, and are not all `any`", async ({ skip }) => {
    needInstall(skip);
    const script = `
      import { buildChain, prepareJacobian, vector } from "jacobench";
      import type * as analysis from "jacobench/analysis";
      export type Names = keyof typeof analysis;
      const chain = buildChain({ widths: [3, 5, 2] });
      export const fine: number[] = prepareJacobian(chain, vector([1, 2, 3]), { strategy: "forward" }).run().shape;
      // @ts-expect-error a shape is no text
      export const wrong: string = prepareJacobian(chain, vector([1, 2, 3]), { strategy: "forward" }).run().shape;`;
    writeFileSync(join(home, "use.ts"), script);
    const tsc = join(REPOSITORY, "node_modules", "typescript", "bin", "tsc");
    const args = [tsc, "--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "use.ts"];
    const { code, stdout } = await runProcess(process.execPath, args, { cwd: home });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  });

  test("measures in child processes of its own: npx jacobench time", async ({ skip }) => {
    needInstall(skip);
    const args = ["jacobench", "time", "--widths", "6,5,2", "--budget", "2", "--format", "json"];
    const { code, stdout, stderr } = await runNpm("npx", args, home);
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("forward");
  });

  test("compares with frameworks, whose runners it brings along: npx jacobench peers", async ({ skip }) => {
    needInstall(skip);
    const args = ["jacobench", "peers", "--quick", "--only", "jacobench,autograd", "--out", "peers"];
    const { code, stderr } = await runNpm("npx", args, home);
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    const { peers } = JSON.parse(readFileSync(join(home, "peers/peers/results.json"), "utf8")).peers;
    const status = (id: string): string => peers.find(({ peer }: { peer: string }) => peer === id).status;
    expect(status("jacobench")).toBe("measured");
    // With autograd or without, with Python or without: a runner that is not in the package would have failed.
    expect(["measured", "absent"]).toContain(status("autograd"));
  });

  test("writes a report with charts of a shipped experiment: npx jacobench sweep", async ({ skip }) => {
    needInstall(skip);
    const args = ["jacobench", "sweep", "--quick", "--only", "kernels", "--out", "out"];
    const { code, stderr } = await runNpm("npx", args, home);
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    const report = globSync("**/*", { cwd: join(home, "out/kernels") });
    expect(report).toEqual(expect.arrayContaining(["index.md", "results.json", "results.csv"]));
    expect(report.some((path) => path.endsWith(".svg"))).toBe(true);
  });

  test("finds the experiments that came with it", async ({ skip }) => {
    needInstall(skip);
    const root = join(home, "node_modules/jacobench/dist/src/package-root.js");
    const script = `const m = await import(${JSON.stringify(root)}); console.log(m.shippedExperimentsFolder());`;
    const { stdout } = await runProcess(process.execPath, ["--input-type=module", "-e", script], {
      cwd: home,
    });
    expect(existsSync(join(stdout.trim(), "scaling.json"))).toBe(true);
    expect(stdout).toContain("node_modules");
  });
});

test("on an old Node the command says which one it needs, in one line", async ({ skip }) => {
  const old = findOldNode((version) => nodeVersionProblem(version) !== null);
  if (old === null) {
    console.warn("SKIPPED: no Node older than 22.18 is on the PATH, so the command was not tried with one");
    skip("no old Node is on the PATH");
    return;
  }
  const bin = join(REPOSITORY, "dist/src/cli/bin.js");
  const { code, stdout, stderr } = await runProcess(old.program, [bin, "--version"]);
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: "",
    stderr: `${nodeVersionProblem(old.version)}\n`,
  });
});
