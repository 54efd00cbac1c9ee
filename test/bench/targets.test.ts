/** @file The table of targets: what is met, missed or absent, from rows that are made up; nothing is timed. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEnvironment } from "../../src/measure/node-environment.ts";
import { REPOSITORY, runProcess } from "../support/run-command.ts";
import { inRounds, isMet, ratioRow, type TargetRow } from "./rounds.ts";
import { formatTargets, markdownTargets, writeTargets } from "./targets.ts";

const LEAST = { kind: "least", value: 0.7 } as const;
const MOST = { kind: "most", value: 3 } as const;

test("a ratio is the median over rounds, with its range, and judged by its target's direction", () => {
  const row = ratioRow("x", LEAST, [1, 2, 3], [2, 2, 2]);
  expect(row).toMatchObject({ ratio: 1, low: 0.5, high: 1.5 });
  expect(isMet(row)).toBe(true);
  expect(isMet(ratioRow("x", LEAST, [1], [2]))).toBe(false);
  expect(isMet(ratioRow("x", MOST, [6], [2]))).toBe(true);
  expect(isMet(ratioRow("x", MOST, [7], [2]))).toBe(false);
  expect(isMet({ label: "x", target: MOST, missing: "not there" })).toBeNull();
});

test("contenders take turns, in turned order, and the first round is dropped", async () => {
  const order: string[] = [];
  let calls = 0;
  const contender = (name: string) => () => {
    order.push(name);
    return ++calls;
  };
  const seconds = await inRounds({ a: contender("a"), b: contender("b"), c: contender("c") });
  expect(order.slice(0, 9).join("")).toBe("abccbaabc");
  expect(seconds.a!.length).toBe(order.length / 3 - 1);
  expect(seconds.a![0]).toBe(6);
});

test("the table names what was met, missed and is absent, how to install it, the choice and the machine", async () => {
  const rows: TargetRow[] = [
    ratioRow("matvec 256, wasm / openblas", LEAST, [1], [1.25]),
    { ...ratioRow("Jacobian 4-8-4 / JAX", LEAST, [1], [2]), note: "reverse on wasm" },
    { label: "matmul 512, openblas / numpy", target: LEAST, missing: "needs NumPy: pip install numpy" },
    { label: "matmul 256, openblas / numpy", target: LEAST, missing: "needs NumPy: pip install numpy" },
  ];
  const python = { python: "3.11.7", numpy: null, jax: "0.10.2" };
  const environment = await readEnvironment();
  const text = formatTargets({ environment, python, rows });
  expect(text).toMatch(/^matvec 256, wasm \/ openblas +0\.80 +0\.80 – 0\.80 +≥ 0\.7 +met$/m);
  expect(text).toMatch(/^Jacobian 4-8-4 \/ JAX +0\.50 .* MISSED$/m);
  expect(text).toMatch(/^matmul 512, openblas \/ numpy +– +≥ 0\.7 +absent$/m);
  expect(text).toContain("1 met, 1 missed, 2 absent");
  expect(text.match(/pip install numpy/g)).toHaveLength(1);
  expect(text).toContain("Jacobian 4-8-4 / JAX: reverse on wasm");
  expect(text).toContain("NumPy absent");
  expect(text).toContain(`Node ${process.versions.node}`);
  for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  const markdown = markdownTargets({ environment, python, rows });
  expect(markdown).toContain("| matvec 256, wasm / openblas | ≥ 0.7 | 0.80 | 0.80 – 0.80 | met |");
  expect(markdown).toContain("| Jacobian 4-8-4 / JAX (reverse on wasm) | ≥ 0.7 | 0.50 |");
  expect(markdown).toContain("| matmul 512, openblas / numpy | ≥ 0.7 | – | | absent |");
  const folder = mkdtempSync(join(tmpdir(), "jacobench-bench-"));
  const report = { environment, python, rows };
  writeTargets(report, join(folder, "targets.json"));
  expect(JSON.parse(readFileSync(join(folder, "targets.json"), "utf8"))).toEqual(
    JSON.parse(JSON.stringify(report)),
  );
  rmSync(folder, { recursive: true });
});

test("an unknown name, and --json without targets, are refused before anything is timed", async () => {
  const run = (...args: string[]) =>
    runProcess(process.execPath, ["test/bench/main.ts", ...args], { cwd: REPOSITORY });
  expect(await run("kernals")).toMatchObject({ code: 2, stdout: "" });
  expect((await run("kernals")).stderr).toContain("targets, kernels, overhead, blocked, planner");
  expect(await run("kernels", "--json", "x.json")).toMatchObject({ code: 2, stdout: "" });
  expect((await run("--help")).stdout).toContain("--json FILE");
});
