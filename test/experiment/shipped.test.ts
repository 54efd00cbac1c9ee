/** @file The shipped experiments: valid, current schema, and able to tell n, m and Σ apart. */

import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { sampleCorrelation } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { drawChains } from "../../analysis/simulation/planner-chains.ts";
import { shippedConfigFiles } from "../../src/cli/run-sweep.ts";
import { configJsonSchema } from "../../src/experiment/config.ts";
import { expandExperiment } from "../../src/experiment/expand.ts";
import { loadConfig } from "../../src/experiment/load-config.ts";
import { choosePilots } from "../../src/experiment/pilots.ts";
import { quickConfig, thinCases } from "../../src/experiment/quick.ts";
import { shippedExperimentsFolder } from "../../src/package-root.ts";
import { conventionOf } from "../../src/strategies/convention.ts";
import { calibrationFile } from "../support/random-calibration.ts";

const shipped = new Map(
  shippedConfigFiles().map((file) => {
    const loaded = loadConfig(file);
    return [loaded.config.name, { ...loaded, expanded: expandExperiment(loaded, calibrationFile("any")) }];
  }),
);
const records = (name: string) => shipped.get(name)!.expanded.cases.map((item) => item.record);

test("are these, in files of their names", () => {
  expect([...shipped.keys()].sort()).toEqual([
    "aa",
    "blocks",
    "bottleneck",
    "cheap-gradient",
    "depth",
    "gradient",
    "iso-sigma",
    "kernels",
    "memory",
    "planner",
    "scaling",
    "unit-seeds",
  ]);
  for (const [name, { file }] of shipped)
    expect(file.endsWith(`/${name}.json`) || file.endsWith(`\\${name}.json`)).toBe(true);
});

test("the committed JSON Schema is current (else: npm run -s jacobench -- schema > …)", () => {
  const committed = readFileSync(`${shippedExperimentsFolder()}/experiment.schema.json`, "utf8");
  expect(committed).toBe(configJsonSchema());
});

test("their JSON is valid by the schema that they point to", () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(configJsonSchema()));
  for (const { file } of shipped.values()) {
    const json = JSON.parse(readFileSync(file, "utf8"));
    expect(json.$schema).toBe("./experiment.schema.json");
    expect(validate(json), file).toBe(true);
  }
});

test("all but A/A, blocks, the cheap gradient, memory and the planner are in the default sweep, with enough rounds and processes for intervals", () => {
  for (const [name, { config }] of shipped) {
    expect(config.defaultSweep).toBe(!["aa", "blocks", "cheap-gradient", "memory", "planner"].includes(name));
    expect(config.rounds).toBeGreaterThanOrEqual(15);
    expect(config.processes).toBeGreaterThanOrEqual(5);
  }
});

test("their quick forms are few and cheap enough for twenty seconds on slow cores, and still vary", () => {
  let visits = 0;
  let fma = 0;
  for (const loaded of shipped.values()) {
    if (!loaded.config.defaultSweep) continue;
    const quick = thinCases(expandExperiment({ ...loaded, config: quickConfig(loaded.config) }));
    visits += 2 * quick.cases.length * quick.variants.length;
    for (const item of quick.cases) {
      for (const variant of quick.variants) fma += quick.predict(item, variant).fma;
    }
    expect(quick.cases.length).toBeGreaterThanOrEqual(4);
  }
  expect(visits).toBeLessThan(400);
  expect(fma).toBeLessThan(2e8);
  const scaling = thinCases(shipped.get("scaling")!.expanded).cases.map((item) => item.record);
  for (const key of ["n", "m"] as const)
    expect(new Set(scaling.map((record) => record[key])).size).toBeGreaterThan(1);
  expect(new Set(scaling.map((record) => record.widths[1])).size).toBeGreaterThan(1);
});

describe("scaling", () => {
  const correlation = (key: "n" | "m") =>
    sampleCorrelation(
      records("scaling").map((record) => Math.log(record[key])),
      records("scaling").map((record) => Math.log(record.sigma)),
    );

  test.each(["n", "m"] as const)("log %s is hardly correlated with log Σ", (key) => {
    expect(Math.abs(correlation(key))).toBeLessThan(0.5);
  });

  test("is forecast from pilots among which every hidden width is", () => {
    const { config, expanded } = shipped.get("scaling")!;
    expect(config.forecast).toBe(true);
    const pilots = choosePilots(expanded, config.rngSeed);
    expect(pilots).toHaveLength(5);
    const hidden = records("scaling")
      .filter(({ id }) => pilots.includes(id))
      .map(({ widths }) => widths[1]);
    expect(new Set(hidden).size).toBe(3);
  });

  test("four dense layers, n and m varied independently of each other", () => {
    for (const record of records("scaling")) expect(record.depth).toBe(4);
    const logs = (key: "n" | "m") => records("scaling").map((record) => Math.log(record[key]));
    expect(sampleCorrelation(logs("n"), logs("m"))).toBeCloseTo(0, 10);
  });
});

test("iso-sigma: equal Σ from at least five shapes, pairs of permuted widths among them", () => {
  const chains = records("iso-sigma");
  expect(new Set(chains.map((record) => record.sigma)).size).toBe(1);
  expect(new Set(chains.map((record) => record.depth)).size).toBeGreaterThanOrEqual(5);
  const sorted = chains.map((record) => [...record.widths].sort((a, b) => a - b).join("-"));
  expect(new Set(sorted).size).toBeLessThan(sorted.length);
});

test("depth: n and m stay, K varies by a factor of 32", () => {
  const depths = records("depth").map((record) => record.depth);
  expect(Math.max(...depths) / Math.min(...depths)).toBe(32);
  expect(new Set(records("depth").map((record) => `${record.n} ${record.m}`)).size).toBe(1);
});

test("gradient: m = 1, with respect to the input and to the parameters, the preparation in the time", () => {
  expect(shipped.get("gradient")!.config.report.time).toBe("with-preparation");
  expect(records("gradient").every((record) => record.m === 1)).toBe(true);
  const kinds = shipped
    .get("gradient")!
    .expanded.variants.map(({ record }) => `${record.mode} ${record.withRespectTo}`);
  expect(kinds.sort()).toEqual([
    "forward input",
    "forward parameters",
    "reverse input",
    "reverse parameters",
  ]);
});

test("unit-seeds: each mode dense and read, on chains where that matters much and little", () => {
  const { expanded } = shipped.get("unit-seeds")!;
  expect(expanded.variants.map(({ record }) => `${record.mode} ${record.unitSeeds}`)).toEqual([
    "forward dense",
    "forward read",
    "reverse dense",
    "reverse read",
  ]);
  const [dense, read] = expanded.variants;
  const savings = expanded.cases.map(
    (item) => expanded.predict(item, read!).fma / expanded.predict(item, dense!).fma,
  );
  expect(Math.min(...savings)).toBeLessThan(0.2);
  expect(Math.max(...savings)).toBeGreaterThan(0.6);
});

test("A/A: one strategy under two labels, 40 repetitions", () => {
  const { config, expanded } = shipped.get("aa")!;
  expect(config.repetitions).toBe(40);
  const [a, b] = expanded.variants.map(({ record }) => record);
  expect({ ...a, label: "" }).toEqual({ ...b, label: "" });
  expect([a!.label, b!.label]).toEqual(["A", "B"]);
});

describe("memory", () => {
  test("checkpoints chains that are short enough to be planned exactly, from the input alone to every state", () => {
    const { expanded } = shipped.get("memory")!;
    for (const item of expanded.cases) expect(item.shape.layers.length).toBeLessThanOrEqual(60);
    const snapshots = expanded.variants.map(({ record }) => record.snapshots).filter((s) => s !== undefined);
    expect(snapshots).toEqual([1, 2, 3, 5, 9, "all"]);
    const forms = expanded.variants
      .filter(({ record }) => record.mode === "forward")
      .map(({ record }) => record.linearisation);
    expect(forms).toEqual(["shared", "recomputed"]);
  });
});

test("cheap-gradient: m = 1 over width and depth, the value timed, with respect to input and weights", () => {
  const { config, expanded } = shipped.get("cheap-gradient")!;
  expect(config.timing.value).toBe(true);
  expect(records("cheap-gradient").every(({ m }) => m === 1)).toBe(true);
  for (const of of ["n", "depth"] as const) {
    expect(new Set(records("cheap-gradient").map((record) => record[of])).size).toBeGreaterThanOrEqual(3);
  }
  expect(expanded.variants.map(({ record }) => record.withRespectTo)).toEqual([
    "input",
    "input",
    "input",
    "parameters",
  ]);
});

test("bottleneck: n = m, one width swept from narrow to wide, all under the convention `given`", () => {
  const { expanded } = shipped.get("bottleneck")!;
  for (const { n, m } of records("bottleneck")) expect(n).toBe(m);
  const swept = records("bottleneck").map(({ widths }) => widths[2]!);
  expect([...swept].sort((a, b) => a - b)).toEqual(swept);
  expect(Math.min(...swept)).toBeLessThan(8);
  expect(Math.max(...swept)).toBeGreaterThan(records("bottleneck")[0]!.n);
  const ratios = expanded.cases.map((item) => {
    const fma = expanded.variants.map((variant) => expanded.predict(item, variant).fma);
    return Math.min(fma[0]!, fma[1]!) / fma[2]!;
  });
  expect(ratios[0]!).toBeGreaterThan(10);
  expect(ratios[swept.indexOf(64)]).toBe(1);
  for (const { record } of expanded.variants) expect(conventionOf(record)).toBe("given");
});

test("planner: the 100 chains of the seeded script, plans by FMA and by time beside six other strategies", () => {
  const { config, expanded } = shipped.get("planner")!;
  expect((config.chain as { list: number[][] }).list).toEqual(drawChains(1));
  expect(expanded.variants).toHaveLength(8);
  expect(expanded.variants.filter(({ record }) => record.minimize === "time")).toHaveLength(1);
  for (const { record } of expanded.variants.slice(2)) expect(record.unitSeeds).toBe("read");
  // Intervals need 15 odd rounds, and even ones to choose by.
  expect(config.rounds).toBeGreaterThanOrEqual(30);
});

test("blocks: the same FMA in blocks of 1, 4, 16 and all seeds, beside single ones", () => {
  const { expanded } = shipped.get("blocks")!;
  for (const [mode, kernel] of ["forward", "reverse"].flatMap((one) => [
    [one, "typed"],
    [one, "wasm"],
  ])) {
    const own = expanded.variants.filter(({ record }) => record.mode === mode && record.kernel === kernel);
    expect(own.map(({ record }) => record.blockSize)).toEqual([null, 1, 4, 16, "all"]);
  }
});
