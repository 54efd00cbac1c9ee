/** @file Shards put together: complete and of one sweep, or refused by name of what is wrong. */

import { describe, expect, test } from "vitest";
import { mergeShards, type ShardResults } from "../../src/experiment/merge.ts";
import { exampleEnvironment, exampleResults } from "../support/example-results.ts";

/** Two shards of two processes, measured on given machines. */
function shards(machines: readonly [string, string] = ["m1", "m2"]): [ShardResults, ShardResults] {
  const results = exampleResults();
  const part = (index: 1 | 2): ShardResults => {
    const machine = machines[index - 1]!;
    return {
      results: {
        ...results,
        environments: [{ ...exampleEnvironment(machine), loadAtStart: index }],
        measurements: results.measurements
          .filter((one) => one.process === index - 1)
          .map((one) => ({ ...one, machine })),
      },
      shard: {
        index,
        count: 2,
        by: "cases",
        command: "jacobench sweep x.json --shard {shard}/2 --out s{shard}",
      },
      where: `shard-${index}`,
    };
  };
  return [part(1), part(2)];
}

const changed = (shard: ShardResults, change: object): ShardResults => ({
  ...shard,
  results: { ...shard.results, ...change },
});

test("holds all measurements and both machines, whatever the order", () => {
  const [a, b] = shards();
  const merged = mergeShards([b, a]);
  expect(merged.environments.map((environment) => environment.id)).toEqual(["m1", "m2"]);
  expect(merged.measurements.map((one) => [one.machine, one.process, one.variant])).toEqual([
    ["m1", 0, "forward"],
    ["m1", 0, "reverse"],
    ["m2", 1, "forward"],
    ["m2", 1, "reverse"],
  ]);
  expect(mergeShards([a, b])).toEqual(merged);
});

test("two sessions on equal machines stay apart", () => {
  const merged = mergeShards(shards(["m1", "m1"]));
  expect(merged.environments.map(({ id, loadAtStart }) => [id, loadAtStart])).toEqual([
    ["m1", 1],
    ["m1-2", 2],
  ]);
  expect(merged.measurements.map((one) => one.machine)).toEqual(["m1", "m1", "m1-2", "m1-2"]);
});

test("what a dead shard has left is told, with the command that finishes it", () => {
  const [a, b] = shards();
  const left = { experiment: "example", shard: b.shard!, measurements: 7, where: "s2/example.partial" };
  expect(() => mergeShards([a], [left])).toThrow(
    "2/2 (interrupted after 7 measurements, kept in s2/example.partial): finish it with: " +
      "jacobench sweep x.json --shard 2/2 --out s2 --resume",
  );
});

test("anchors of several shards are kept beside the measurements of their owner", () => {
  const [a, b] = shards();
  const anchors = a.results.measurements.map((one) => ({ ...one, machine: "m2", role: "anchor" as const }));
  const merged = mergeShards([a, changed(b, { measurements: [...b.results.measurements, ...anchors] })]);
  expect(merged.measurements).toHaveLength(6);
  expect(merged.measurements.filter((one) => one.role === "anchor").map((one) => one.machine)).toEqual([
    "m2",
    "m2",
  ]);
});

describe("refuses", () => {
  const [a, b] = shards();
  test.each<[string, ShardResults[], string]>([
    ["nothing", [], "merge: no results were given"],
    [
      "a missing shard",
      [a],
      "merge: example: missing 1 of 2 shards; expected all of them:\n" +
        "  2/2: measure it with: jacobench sweep x.json --shard 2/2 --out s2",
    ],
    [
      "shards of cases beside shards of processes",
      [a, { ...b, shard: { ...b.shard!, by: "processes" } }],
      "what is dealt",
    ],
    ["a shard twice", [a, b, { ...a, where: "copy" }], "merge: copy overlaps shard-1: both are shard 1/2"],
    [
      "another config",
      [a, changed(b, { configHash: "x" })],
      "merge: shard-2 and shard-1 differ in the config",
    ],
    ["other cases", [a, changed(b, { cases: [] })], "differ in the cases"],
    ["quick beside full", [a, changed(b, { quick: true })], "differ in --quick"],
    ["another experiment", [a, changed(b, { experiment: "x" })], "differ in the experiment"],
    [
      "another number of shards",
      [a, { ...b, shard: { ...b.shard!, count: 3 } }],
      "the number of shards (3 and 2)",
    ],
    ["a whole sweep", [{ ...a, shard: null }], "merge: shard-1 is not a shard"],
    [
      "the same round under another number",
      [a, changed(b, { measurements: a.results.measurements, environments: a.results.environments })],
      "merge: shard-2 overlaps shard-1: both hold round 0 of case 3-5-2, forward",
    ],
  ])("%s", (_, given, message) => {
    expect(() => mergeShards(given)).toThrow(message);
    expect(() => mergeShards(given)).toThrow(expect.objectContaining({ code: "ERR_MISMATCH" }));
  });
});
