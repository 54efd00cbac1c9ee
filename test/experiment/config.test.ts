/** @file Configs: what is accepted, and one clear sentence for everything else. */

import { mkdirSync, writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { JacobenchError } from "../../src/errors.ts";
import { configJsonSchema } from "../../src/experiment/config.ts";
import { configHash } from "../../src/experiment/config-hash.ts";
import { expectDistinctNames, loadConfig, parseConfig } from "../../src/experiment/load-config.ts";
import { temporaryFolder } from "../support/folder.ts";

const path = temporaryFolder();
const minimal = {
  name: "mine",
  title: "Mine",
  chain: { grid: { n: [2, 3], m: [4], hidden: [5] } },
};
const withChain = (chain: unknown) => ({ ...minimal, chain });
const withGrid = (grid: object, more: object = {}) =>
  withChain({ grid: { n: [2], m: [3], hidden: [4], ...grid }, ...more });

test("defaults are filled in", () => {
  expect(parseConfig(minimal, "f")).toEqual({
    ...minimal,
    chain: { grid: { ...minimal.chain.grid, depth: [4] }, combine: "cartesian" },
    strategies: ["forward", "reverse"],
    kernels: ["typed"],
    unitSeeds: "dense",
    linearisation: "shared",
    timing: { minTimeSeconds: 0.003, minSamples: 3, maxTimeSeconds: 0 },
    rounds: 15,
    processes: 5,
    repetitions: 1,
    rngSeed: 1,
    defaultSweep: true,
    forecast: false,
    report: { time: "products" },
  });
});

const range = "expected an integer from 1 to 1000000";

describe.each<[string, unknown, string]>([
  [
    "an unknown key",
    { ...minimal, titel: "x" },
    "f: $.titel: found an unknown key; expected one of $schema, name, title, notes",
  ],
  ["a misspelt key", { ...minimal, stratagies: ["forward"] }, 'did you mean "strategies"?'],
  [
    "a misspelt key of the chain",
    withChain({ grids: {} }),
    'f: $.chain.grids: found an unknown key; expected one of grid, combine, activation, loss, list, model; did you mean "grid"?',
  ],
  [
    "a misspelt key of the grid",
    withGrid({ hiden: [3] }),
    'f: $.chain.grid.hiden: found an unknown key; expected one of n, m, hidden, depth; did you mean "hidden"?',
  ],
  [
    "a misspelt key of the timing",
    { ...minimal, timing: { minTime: 1 } },
    "f: $.timing.minTime: found an unknown key; expected one of minTimeSeconds",
  ],
  [
    "a wrong type",
    { ...minimal, rounds: "15" },
    'f: $.rounds: found "15"; expected an integer from 1 to 10000',
  ],
  ["a list instead of an object", [], "f: $: found []; expected an object with $schema, name"],
  ["null", null, "f: $: found null; expected an object"],
  ["a missing title", { name: "a", chain: minimal.chain }, "f: $.title: found nothing; expected a title"],
  [
    "a missing chain",
    { name: "a", title: "A" },
    "f: $.chain: found nothing; expected an object with one of grid, list, model",
  ],
  [
    "a chain that is a list",
    withChain([[2, 3]]),
    "f: $.chain: found [[2,3]]; expected an object with one of grid, list, model",
  ],
  ["two families at once", withChain({ list: [[2, 3]], model: "m.json" }), "f: $.chain"],
  ["an empty grid", withGrid({ n: [] }), "f: $.chain.grid.n: found []; expected a list of 1 to 1000 widths"],
  [
    "an empty list",
    withChain({ list: [] }),
    "f: $.chain.list: found []; expected a list of 1 to 10000 lists of widths",
  ],
  [
    "no strategies",
    { ...minimal, strategies: [] },
    "f: $.strategies: found []; expected a list of 1 to 100 strategies",
  ],
  ["a width of zero", withGrid({ m: [3, 0] }), `f: $.chain.grid.m[1]: found 0; ${range}`],
  ["a negative width", withChain({ list: [[3, -2, 4]] }), `f: $.chain.list[0][1]: found -2; ${range}`],
  ["a fractional width", withGrid({ hidden: [2.5] }), `f: $.chain.grid.hidden[0]: found 2.5; ${range}`],
  ["an infinite width", withGrid({ n: [Infinity] }), `f: $.chain.grid.n[0]: found Infinity; ${range}`],
  ["NaN", withGrid({ n: [Number.NaN] }), `f: $.chain.grid.n[0]: found NaN; ${range}`],
  ["a width too large", withGrid({ n: [1_000_001] }), `f: $.chain.grid.n[0]: found 1000001; ${range}`],
  [
    "one width alone",
    withChain({ list: [[3]] }),
    "f: $.chain.list[0]: found [3]; expected at least two widths",
  ],
  [
    "a value twice",
    withGrid({ n: [2, 3, 2] }),
    "f: $.chain.grid.n[2]: found 2 again; expected each value once",
  ],
  ["a kernel twice", { ...minimal, kernels: ["typed", "typed"] }, 'f: $.kernels[1]: found "typed" again'],
  [
    "an unknown strategy",
    { ...minimal, strategies: ["foward"] },
    'f: $.strategies[0]: found "foward"; expected',
  ],
  ["an unknown strategy, nearly right", { ...minimal, strategies: ["foward"] }, 'did you mean "forward"?'],
  [
    "an unknown strategy in an object",
    { ...minimal, strategies: [{ strategy: "revers" }] },
    'f: $.strategies[0].strategy: found "revers"',
  ],
  [
    "an unknown kernel",
    { ...minimal, kernels: ["blas"] },
    'f: $.kernels[0]: found "blas"; expected one of "typed", "reference"',
  ],
  ["an unknown activation", withGrid({}, { activation: "rellu" }), 'did you mean "relu"?'],
  [
    "a block size of zero",
    { ...minimal, strategies: [{ strategy: "forward-blocked", blockSize: 0 }] },
    'f: $.strategies[0].blockSize: found 0; expected an integer from 1 to 1000000, or "all"',
  ],
  [
    "half a snapshot",
    { ...minimal, strategies: [{ strategy: "reverse-checkpointed", snapshots: 0.5 }] },
    'f: $.strategies[0].snapshots: found 0.5; expected an integer from 1 to 1000, or "all"',
  ],
  [
    "a value to be timed that is neither true nor false",
    { ...minimal, timing: { value: "yes" } },
    'f: $.timing.value: found "yes"; expected true or false',
  ],
  [
    "zipped lists that do not fit",
    withGrid({ n: [1, 2, 3], m: [1, 2] }, { combine: "zipped" }),
    "f: $.chain.grid.m: found 2 values; expected 1 or 3",
  ],
  ["fewer rounds than processes", { ...minimal, rounds: 3 }, "f: $.rounds: found 3 rounds for 5 processes"],
  [
    "a name that is no folder",
    { ...minimal, name: "../x" },
    'f: $.name: found "../x"; expected a name of at most 60 characters a-z, 0-9 and -',
  ],
  ["an empty name", { ...minimal, name: "" }, 'f: $.name: found ""'],
])("%s", (_, json, message) => {
  test("is refused in one line", () => {
    const error = caught(() => parseConfig(json, "f"));
    expect(error.message).toContain(message);
    expect(error.message).not.toContain("\n");
    expect(error.code).toBe("ERR_CONFIG");
  });
});

test("problems beyond the first are counted", () => {
  const error = caught(() => parseConfig({ ...minimal, rounds: 0, rngSeed: -1, title: 3 }, "f"));
  expect(error.message).toMatch(/^f: \$\.title: found 3; .*\(and 2 more to look at\)$/);
});

describe("files", () => {
  test.each([
    ["missing", () => {}, /no such file or folder/],
    ["a folder", (file: string) => mkdirSync(file), /it is a folder; expected a file/],
    [
      "broken JSON",
      (file: string) => writeFileSync(file, '{"name": }'),
      /:1:10: found `}`; expected a value/,
    ],
  ])("%s", (name, make, message) => {
    const file = path(`${name}.json`);
    make(file);
    const error = caught(() => loadConfig(file));
    expect(error.message).toMatch(message);
    expect(error.message).toContain(file);
    expect(error.code).toBe("ERR_CONFIG");
  });

  test("a model is looked for beside its config", () => {
    writeFileSync(path("m.json"), JSON.stringify(withChain({ model: "net.json" })));
    expect(() => loadConfig(path("m.json"))).toThrow(/net\.json: .*no such file/);
    writeFileSync(path("net.json"), '{"layers":[]}');
    expect(loadConfig(path("m.json")).model).toEqual({ layers: [] });
  });

  test("two of one name are refused, and both named", () => {
    const config = parseConfig(minimal, "f");
    const twice = [
      { config, file: "a.json", model: null },
      { config, file: "b.json", model: null },
    ];
    expect(() => expectDistinctNames(twice)).toThrow('b.json: $.name: found "mine" again, as in a.json');
  });
});

test("the hash does not see $schema or the order of keys, but every value and the model", () => {
  const config = parseConfig(minimal, "f");
  const reordered = parseConfig(Object.fromEntries(Object.entries(minimal).reverse()), "f");
  expect(configHash(reordered)).toBe(configHash(config));
  expect(configHash({ ...config, $schema: "x" })).toBe(configHash(config));
  expect(configHash({ ...config, rngSeed: 2 })).not.toBe(configHash(config));
  expect(configHash(config, { layers: [] })).not.toBe(configHash(config));
  expect(configHash(config)).toMatch(/^[0-9a-f]{64}$/);
});

test("the JSON Schema accepts and refuses what the validator does", () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(configJsonSchema()));
  expect(validate({ $schema: "./experiment.schema.json", ...minimal })).toBe(true);
  for (const bad of [
    { ...minimal, x: 1 },
    withGrid({ n: [0] }),
    { ...minimal, strategies: ["foward"] },
    withChain({}),
  ]) {
    expect(validate(bad)).toBe(false);
  }
});

function caught(work: () => unknown): JacobenchError {
  try {
    work();
  } catch (error) {
    if (error instanceof JacobenchError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
