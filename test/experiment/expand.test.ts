/** @file From configs to cases and variants: grids, labels, refusals by name; and the quick form. */

import { describe, expect, test } from "vitest";
import { expandExperiment, refuseTooLarge } from "../../src/experiment/expand.ts";
import { parseConfig } from "../../src/experiment/load-config.ts";
import { QUICK_CASES, quickConfig, thinCases } from "../../src/experiment/quick.ts";

const expand = (changes: object, model: unknown = null) =>
  expandExperiment({
    config: parseConfig({ name: "e", title: "E", chain: { list: [[2, 3, 4]] }, ...changes }, "f"),
    file: "f",
    model,
  });
const ids = (changes: object) => expand(changes).cases.map((item) => item.record.id);
const labels = (changes: object) => expand(changes).variants.map((variant) => variant.record.label);

describe("cases", () => {
  test("a cartesian grid takes each with each", () => {
    const grid = { n: [2, 3], m: [4, 5], hidden: [6], depth: [1, 3] };
    expect(ids({ chain: { grid } })).toEqual([
      "2-4",
      "2-5",
      "3-4",
      "3-5",
      "2-6-6-4",
      "2-6-6-5",
      "3-6-6-4",
      "3-6-6-5",
    ]);
  });

  test("a zipped grid takes first with first; one value serves for all", () => {
    const grid = { n: [2, 3, 5], m: [4, 5, 6], hidden: [7], depth: [2] };
    expect(ids({ chain: { grid, combine: "zipped" } })).toEqual(["2-7-4", "3-7-5", "5-7-6"]);
  });

  test("records describe the chain", () => {
    expect(expand({}).cases[0]!.record).toEqual({
      id: "2-3-4",
      widths: [2, 3, 4],
      n: 2,
      m: 4,
      depth: 2,
      sigma: 18,
      parameters: 25,
      weightBytes: 200,
    });
  });

  test("a loss makes m = 1", () => {
    const chain = { list: [[5, 4, 3]], activation: "relu", loss: "softmaxCrossEntropy" };
    expect(expand({ chain }).cases[0]!.record).toMatchObject({
      id: "5-4-3",
      n: 5,
      m: 1,
      widths: [5, 4, 3, 1],
    });
  });

  test("a model file is one case", () => {
    const model = { layers: [{ type: "dense", weights: [[1, 2, 3]], bias: [0] }] };
    const { cases } = expand({ chain: { model: "nets/mine.json" } }, model);
    expect(cases.map((item) => item.record)).toMatchObject([{ id: "mine", n: 3, m: 1, sigma: 3 }]);
  });

  test("the same chain twice is refused", () => {
    expect(() =>
      ids({
        chain: {
          list: [
            [2, 3],
            [4, 5],
            [2, 3],
          ],
        },
      }),
    ).toThrow("f: $.chain: case 3 is 2-3, the same as case 1");
  });

  test("too many cases are refused before they are made", () => {
    const many = Array.from({ length: 1000 }, (_, i) => i + 1);
    const chain = { grid: { n: many, m: many, hidden: many } };
    expect(() => ids({ chain })).toThrow("f: $.chain.grid: found 1000000000 cases; expected at most 10000");
  });
});

describe("variants", () => {
  test("labels name what differs", () => {
    const strategies = [
      "forward",
      { strategy: "forward", unitSeeds: "read" },
      { strategy: "forward", linearisation: "recomputed" },
      "forward-blocked",
      { strategy: "forward-blocked", blockSize: "all" },
      { strategy: "reverse-checkpointed", snapshots: 3 },
      { strategy: "reverse-checkpointed", snapshots: 4, unitSeeds: "read" },
      "reverse-checkpointed",
      { strategy: "reverse", label: "mine" },
    ];
    expect(labels({ strategies })).toEqual([
      "forward",
      "forward (read)",
      "forward (recomputed)",
      "forward-blocked[16]",
      "forward-blocked[all]",
      "reverse-checkpointed[3]",
      "reverse-checkpointed[4] (read)",
      "reverse-checkpointed[all]",
      "mine",
    ]);
  });

  test("with several kernels, labels name the kernel", () => {
    expect(labels({ strategies: ["reverse"], kernels: ["typed", "reference"] })).toEqual([
      "reverse · typed",
      "reverse · reference",
    ]);
  });

  test("defaults of the config reach the strategies that know them, and no others", () => {
    const { variants } = expand({ unitSeeds: "read", strategies: ["forward", "product-right-to-left"] });
    // Products of explicit Jacobians multiply no unit seeds: their records say so, whatever the default.
    expect(variants.map(({ record }) => record.unitSeeds)).toEqual(["read", "read"]);
    expect(variants.map(({ options }) => options.unitSeeds)).toEqual(["read", undefined]);
  });

  test("records", () => {
    expect(
      expand({ strategies: [{ strategy: "reverse-blocked", blockSize: 3 }] }).variants[0]!.record,
    ).toEqual({
      label: "reverse-blocked[3]",
      strategy: "reverse-blocked",
      mode: "reverse",
      kernel: "typed",
      blockSize: 3,
      linearisation: "shared",
      unitSeeds: "dense",
      withRespectTo: "input",
    });
  });

  test("records of checkpointed sweeps tell their snapshots, others have none", () => {
    const strategies = ["reverse", { strategy: "reverse-checkpointed", snapshots: 2 }];
    const { variants } = expand({ strategies });
    expect(variants.map(({ record }) => record.snapshots)).toEqual([undefined, 2]);
    expect(variants.map(({ options }) => options.snapshots)).toEqual([undefined, 2]);
  });

  test.each([
    ["twice", ["forward", "forward"], 'f: $.strategies[1]: found the label "forward" again'],
    ["an option that it does not know", [{ strategy: "forward", blockSize: 4 }], "f: $.strategies[0]: "],
  ])("%s is refused", (_, strategies, message) => {
    expect(() => expand({ strategies })).toThrow(message);
  });
});

describe("memory", () => {
  test("cases that do not fit are refused by name, others not named", () => {
    const expanded = expand({
      chain: {
        list: [
          [10, 10],
          [1000, 1000],
          [1000, 2000, 500],
        ],
      },
    });
    const refuse = (bytes: number) => () => refuseTooLarge(expanded, bytes, "f");
    expect(refuse(1e9)).not.toThrow();
    expect(refuse(1e6)).toThrow(/^f: .*1000-1000 \(.* GiB\), 1000-2000-500 \(/);
    expect(refuse(1e6)).not.toThrow(/10-10/);
    expect(refuse(1e6)).toThrow(expect.objectContaining({ code: "ERR_MEMORY" }));
  });

  test("the largest widths are refused without being built", () => {
    const expanded = expand({ chain: { list: [[1_000_000, 1_000_000]] } });
    expect(() => refuseTooLarge(expanded, 2 ** 40, "f")).toThrow("1000000-1000000 (7450 GiB)");
  });
});

describe("quick", () => {
  test("keeps a few cheap cases, in their order, the same each time", () => {
    const list = Array.from({ length: 40 }, (_, i) => [8 + ((i * 7) % 40), 16 + i, 4]);
    const expanded = expand({ chain: { list } });
    const kept = thinCases(expanded).cases.map((item) => item.record.id);
    const all = expanded.cases.map((item) => item.record.id);
    expect(kept).toHaveLength(QUICK_CASES);
    expect(kept).toEqual(all.filter((id) => kept.includes(id)));
    expect(thinCases(expand({ chain: { list } })).cases.map((item) => item.record.id)).toEqual(kept);
  });

  test("keeps the four cheapest, however expensive", () => {
    const list = [
      [2000, 2000, 1900],
      [1999, 2000, 1900],
      [1000, 2000, 900],
      [1001, 2000, 900],
      [900, 2000, 900],
    ];
    const kept = thinCases(expand({ chain: { list } })).cases.map((item) => item.record.id);
    expect(kept).toEqual(["1999-2000-1900", "1000-2000-900", "1001-2000-900", "900-2000-900"]);
  });

  test("what is kept of a grid still varies in n, m and Σ", () => {
    const grid = { n: [8, 16, 32], m: [8, 16, 32], hidden: [16, 64] };
    const records = thinCases(expand({ chain: { grid } })).cases.map((item) => item.record);
    for (const key of ["n", "m"] as const) {
      expect(new Set(records.map((record) => record[key]))).toContain(8);
      expect(new Set(records.map((record) => record[key]))).toContain(32);
    }
    expect(new Set(records.map((record) => record.widths[1])).size).toBe(2);
  });

  test("two rounds in one process", () => {
    const config = quickConfig(parseConfig({ name: "e", title: "E", chain: { list: [[2, 3]] } }, "f"));
    expect(config).toMatchObject({ name: "e", rounds: 2, processes: 1, repetitions: 1 });
  });
});
