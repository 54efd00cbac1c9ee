/** @file The command `cost` as a user runs it, against numbers worked out by hand from the closed forms. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CostRow, FRAMEWORK_ROW } from "../../src/cli/cost.ts";
import { compareRows } from "../../src/cli/cost-rows.ts";
import { JacobenchError } from "../../src/errors.ts";
import { STRATEGIES } from "../../src/strategies/index.ts";
import { runJacobench } from "../support/run-command.ts";
import { runInside } from "../support/run-inside.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jacobench-cost-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Row = CostRow & Record<string, number>;

async function rows(...args: readonly string[]): Promise<Map<string, Row>> {
  const { code, stdout, stderr } = await runInside(["cost", "--format", "json", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return new Map(JSON.parse(stdout).strategies.map((row: Row) => [row.strategy, row]));
}

/** Σ of widths: FMA of one product through dense layers. */
const sigma = (widths: readonly number[]): number =>
  widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);

describe("JSON", () => {
  test("dense layers cost n·Σ and m·Σ, for every strategy of the registry a row", async () => {
    const widths = [784, 512, 256, 128, 10];
    const costs = await rows("--widths", widths.join(","));
    expect([...costs.keys()]).toEqual([...STRATEGIES.map(({ id }) => id), FRAMEWORK_ROW]);
    expect(costs.get("forward")!.fma).toBe(784 * sigma(widths));
    expect(costs.get("reverse")!.fma).toBe(10 * sigma(widths));
    expect(costs.get("forward-blocked")!.fma).toBe(784 * sigma(widths));
    expect(costs.get("forward")!.primalEvaluations).toBe(1);
  });

  test("read unit seeds save the first product of each seed", async () => {
    const widths = [7, 5, 4, 3];
    const costs = await rows("--widths", "7,5,4,3", "--unit-seeds", "read");
    expect(costs.get("forward")!.fma).toBe(7 * (sigma(widths) - 7 * 5));
    expect(costs.get("reverse")!.fma).toBe(3 * (sigma(widths) - 3 * 4));
    expect(costs.get("forward")).toMatchObject({ options: { unitSeeds: "read" } });
  });

  test("an activation adds its width to each product", async () => {
    const costs = await rows("--widths", "6,5,2", "--activation", "tanh");
    expect(costs.get("forward")!.fma).toBe(6 * (6 * 5 + 5 + 5 * 2));
    expect(costs.get("reverse")!.fma).toBe(2 * (6 * 5 + 5 + 5 * 2));
  });

  test("a scalar loss makes reverse one product", async () => {
    const costs = await rows("--widths", "20,10,5", "--loss", "softmaxCrossEntropy");
    expect(costs.get("reverse")!.fma).toBe(20 * 10 + 10 * 5 + 5);
    expect(costs.get("forward")!.fma).toBe(20 * (20 * 10 + 10 * 5 + 5));
  });

  test("totals follow from the rest, and ratios compare what a run does within one convention", async () => {
    const costs = [...(await rows("--widths", "9,8,3", "--activation", "sigmoid")).values()];
    for (const row of costs) {
      expect(row.totalFma).toBe(row.fma! + row.primalFma!);
      expect(row.bytes).toBeGreaterThan(0);
      const rivals = costs.filter(
        (other) => other.withRespectTo === row.withRespectTo && other.convention === row.convention,
      );
      const least = Math.min(...rivals.map(({ runFma }) => runFma!));
      expect(row.ratioToCheapest).toBeCloseTo(row.runFma! / least, 12);
    }
    const of = (id: string) => costs.find(({ strategy }) => strategy === id)!;
    // The evaluation before the run is left out of a ratio; evaluations inside of it are not.
    expect(of("forward").ratioToCheapest).toBe(3);
    expect(of("finite-differences-forward").runFma).toBe(of("finite-differences-forward").totalFma);
    expect([of("forward"), of("optimal"), of("complex-step")].map(({ convention }) => convention)).toEqual([
      "matrix-free",
      "given",
      "matrix-free",
    ]);
  });

  test.each([
    ["784,512,10", 784 / 10],
    ["1000000,10,3", 1_000_000 / 3],
    ["784,10", 784 / 10],
    ["8,4,8", 1],
    ["200,200,5,200,200", 1],
    ["512,512,8,512,512", 1],
    ["110,1000,10,100", 1.1],
  ])("one answer for %s: the ratio of the modes is that of plan", async (widths, ratio) => {
    const costs = await rows("--widths", widths);
    expect(costs.get("forward")!.ratioToCheapest! / costs.get("reverse")!.ratioToCheapest!).toBeCloseTo(
      ratio,
      9,
    );
    const { stdout } = await runInside(["plan", "--widths", widths, "--format", "json"]);
    const plan = JSON.parse(stdout);
    expect(plan.tangent.fma / plan.adjoint.fma).toBeCloseTo(ratio, 9);
    expect(costs.get(FRAMEWORK_ROW)).toMatchObject({ fma: plan.plan.fma, convention: "matrix-free" });
    expect(costs.get("forward")!.fma).toBe(plan.tangent.fma);
    // The ratios of the table are those that plan prints.
    expect(costs.get(FRAMEWORK_ROW)!.ratioToCheapest).toBe(1);
    expect(costs.get("forward")!.ratioToCheapest).toBeCloseTo(plan.tangent.fma / plan.plan.fma, 9);
  });

  test.each(["dense", "read"])("optimal is never dearer than any exact row: %s seeds", async (unitSeeds) => {
    // 8-4-8 was 384 FMA against 256 of the products beside it.
    const costs = [...(await rows("--widths", "8,4,8", "--unit-seeds", unitSeeds)).values()];
    expect(costs.find(({ strategy }) => strategy === "optimal")).toMatchObject({
      fma: 256,
      ratioToCheapest: 1,
    });
    const exact = costs.filter(
      ({ strategy, withRespectTo }) =>
        withRespectTo === "input" && !/^(finite-differences|complex-step)/.test(strategy),
    );
    expect(exact).toHaveLength(9);
    for (const row of exact) expect(row.fma).toBeGreaterThanOrEqual(256);
  });

  test("the plan's row: each layer evaluated once, memory with all seeds of a call at once", async () => {
    const costs = await rows("--widths", "40,30,3,30,50", "--activation", "tanh");
    const plan = costs.get(FRAMEWORK_ROW)!;
    expect(plan.primalEvaluations).toBe(1);
    expect(plan.primalFma).toBe(costs.get("forward")!.primalFma);
    // J1 is 3 × 40, J2 50 × 3, J 50 × 40.
    expect(plan.bytes).toBeGreaterThan(8 * (3 * 40 + 50 * 3 + 50 * 40));
    // A plan that is a mode takes what the mode takes.
    const all = ["--block-size", "all"];
    const pure = await rows("--widths", "40,30,30,3", ...all);
    expect(pure.get(FRAMEWORK_ROW)!.bytes).toBe(pure.get("reverse-blocked")!.bytes);
  });

  test("snapshots reach the checkpointed sweep; layers run again are parts of an evaluation", async () => {
    const widths = ["--widths", "20,20,20,20,20,3"];
    const few = (await rows(...widths, "--snapshots", "2")).get("reverse-checkpointed")!;
    const all = (await rows(...widths)).get("reverse-checkpointed")!;
    expect(few).toMatchObject({ options: { snapshots: 2 }, fma: all.fma });
    expect(few.bytes).toBeLessThan(all.bytes!);
    // 5 layers, 2 snapshots: 2·5 − C(4, 1) = 6 without taping, 5 with; all: 4 and 5.
    expect([few.primalEvaluations, all.primalEvaluations]).toEqual([11 / 5, 9 / 5]);
    const { stdout } = await runInside(["cost", ...widths, "--snapshots", "2"]);
    expect(stdout).toMatch(/^reverse-checkpointed .* 2\.20 /m);
  });

  test("block size and linearisation reach the strategies that take them", async () => {
    const few = await rows("--widths", "30,20,4", "--block-size", "2");
    const all = await rows("--widths", "30,20,4", "--block-size", "all");
    expect(few.get("forward-blocked")!.bytes).toBeLessThan(all.get("forward-blocked")!.bytes!);
    expect(few.get("forward")).toMatchObject({ options: {} });
    const recomputed = await rows(
      "--widths",
      "30,20,4",
      "--activation",
      "relu",
      "--linearisation",
      "recomputed",
    );
    expect(recomputed.get("forward")!.primalEvaluations).toBe(30);
  });

  test("a model file gives its own chain", async () => {
    const model = join(folder, "model.json");
    const dense = (rowsOf: number, columns: number) => ({
      type: "dense",
      weights: Array.from({ length: rowsOf }, () => Array(columns).fill(0.5)),
      bias: Array(rowsOf).fill(0),
    });
    writeFileSync(model, JSON.stringify({ layers: [dense(4, 3), { type: "relu" }, dense(2, 4)] }));
    const costs = await rows("--model", model);
    expect(costs.get("forward")!.fma).toBe(3 * (12 + 4 + 8));
  });
});

describe("table", () => {
  test("has a line for each strategy, fits 80 columns and says what is compared", async () => {
    const { code, stdout } = await runJacobench([
      "cost",
      "--widths",
      "784,512,256,128,10",
      "--activation",
      "relu",
    ]);
    expect(code).toBe(0);
    for (const { id } of STRATEGIES) expect(stdout).toMatch(new RegExp(`^${id}(:| )`, "m"));
    expect(stdout.split("\n").filter((line) => line.length > 80 && !line.includes("not here"))).toEqual([]);
    expect(stdout).toContain("784-512-256-128-10");
    expect(stdout).toContain("10 × 784");
  });

  test("counts beyond the exact integers are marked", async () => {
    const { stdout } = await runInside(["cost", "--widths", "1000000,1000000,1000000"]);
    expect(stdout).toMatch(/^forward +≈/m);
  });
});

describe("errors", () => {
  test("no chain at all", async () => {
    const { code, stderr } = await runInside(["cost"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--widths 784,512,256,128,10, or --model FILE");
  });

  test("a broken model names the file, line and column", async () => {
    writeFileSync(join(folder, "broken.json"), '{"layers": [\n  {"type": }\n]}');
    const { code, stdout, stderr } = await runInside(["cost", "--model", join(folder, "broken.json")]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("broken.json:2:12");
  });
});

test("where the least is nothing, more has no ratio", async () => {
  const chain = ["--widths", "784,10", "--unit-seeds", "read"];
  const costs = await rows(...chain);
  expect(costs.get("reverse-checkpointed")).toMatchObject({ fma: 0, runFma: 7840, ratioToCheapest: null });
  expect(costs.get("optimal")).toMatchObject({ runFma: 0, ratioToCheapest: 1 });
  const { stdout } = await runInside(["cost", ...chain]);
  expect(stdout).toMatch(/^reverse-checkpointed .* – /m);
  expect(stdout).not.toMatch(/Infinity|NaN/);
});

test("a strategy that cannot do the chain says why, and does not take part in the ratios", () => {
  const candidate = (strategy: string, fma: number, convention: "matrix-free" | "given" = "matrix-free") => ({
    strategy,
    withRespectTo: "input" as const,
    convention,
    options: {},
    predict: () => ({ fma, primalEvaluations: 1, primalFma: 10, timedPrimalFma: 0, bytes: 8 }),
  });
  const refusing = (code: "ERR_UNSUPPORTED" | "ERR_SHAPE") => ({
    ...candidate("a", 0),
    predict: (): never => {
      throw new JacobenchError(code, "a: layer 2 has no such thing");
    },
  });
  const costs = compareRows([
    refusing("ERR_UNSUPPORTED"),
    candidate("b", 30),
    candidate("c", 10),
    candidate("d", 5, "given"),
  ]);
  expect(costs[0]).toMatchObject({ strategy: "a", unsupported: "a: layer 2 has no such thing" });
  expect(costs.slice(1)).toEqual([
    expect.objectContaining({ strategy: "b", totalFma: 40, ratioToCheapest: 3 }),
    expect.objectContaining({ strategy: "c", totalFma: 20, ratioToCheapest: 1 }),
    expect.objectContaining({ strategy: "d", totalFma: 15, ratioToCheapest: 1 }),
  ]);
  expect(() => compareRows([refusing("ERR_SHAPE")])).toThrow("no such thing");
});
