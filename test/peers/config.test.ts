/** @file The config of a comparison: defaults, sentences for mistakes, the quick form, the shipped one and its schema. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { familyWidths } from "../../src/experiment/expand.ts";
import { shippedExperimentsFolder } from "../../src/package-root.ts";
import {
  parsePeersConfig,
  peerEntries,
  peersConfigJsonSchema,
  planConfig,
  quickPeersConfig,
} from "../../src/peers/config.ts";
import { PEERS } from "../../src/peers/index.ts";

const minimal = { name: "mine", title: "Mine", chain: { list: [[3, 5, 2]] } };
const folder = join(shippedExperimentsFolder(), "peers");
const shippedJson = JSON.parse(readFileSync(join(folder, "peers.json"), "utf8"));

test("defaults: every peer, 15 rounds in 5 processes", () => {
  const config = parsePeersConfig(minimal, "a.json");
  expect(config).toMatchObject({ rounds: 15, processes: 5, limitSeconds: 60 });
  expect(peerEntries(config).map(({ peer }) => peer)).toEqual(PEERS.map(({ id }) => id));
});

describe("mistakes are one sentence with a place", () => {
  test.each([
    [{ peers: ["jaks"] }, /\$\.peers\[0\].*found "jaks".*jax/],
    [{ peers: [{ peer: "jax", thread: 1 }] }, /\$\.peers\[0\]\.thread: found an unknown key/],
    [{ chain: { model: "m.json" } }, /\$\.chain/],
    [{ chain: { list: [[3, 2]], loss: "softmaxCrossEntropy" } }, /\$\.chain\.loss/],
    [{ rounds: 2 }, /\$\.rounds: found 2 rounds for 5 processes/],
  ])("%j", (changes, message) => {
    expect(() => parsePeersConfig({ ...minimal, ...changes }, "a.json")).toThrow(message);
  });
});

test("the quick form is two rounds in one process, within limits that the config may tighten", () => {
  const quick = quickPeersConfig(
    parsePeersConfig({ ...minimal, peers: [{ peer: "jax", mostProducts: 4 }] }, "a.json"),
  );
  expect(quick).toMatchObject({ rounds: 2, processes: 1 });
  expect(peerEntries(quick)[0]!.mostProducts).toBe(4);
});

describe("the shipped comparison", () => {
  const config = parsePeersConfig(shippedJson, "peers.json");

  test("gives intervals, and names every peer", () => {
    expect(config.rounds).toBeGreaterThanOrEqual(15);
    expect(config.processes).toBeGreaterThanOrEqual(5);
    expect(new Set(peerEntries(config).map(({ peer }) => peer))).toEqual(new Set(PEERS.map(({ id }) => id)));
  });

  test("varies n, m and Σ almost independently", () => {
    const rows = familyWidths(config.chain).map((widths) => {
      const sigma = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
      return [widths[0]!, widths.at(-1)!, sigma].map(Math.log);
    });
    const column = (j: number): number[] => {
      const values = rows.map((row) => row[j]!);
      const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.map((value) => value - centre);
    };
    const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const [a, b] = [column(i), column(j)];
      expect(Math.abs(dot(a, b)) / Math.sqrt(dot(a, a) * dot(b, b))).toBeLessThan(0.4);
    }
  });

  test("its schema is the one that is committed", () => {
    expect(shippedJson.$schema).toBe("./peers.schema.json");
    const path = join(folder, "peers.schema.json");
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(JSON.parse(peersConfigJsonSchema()));
  });
});

test("a plan is one chain, without an activation unless told", () => {
  expect(planConfig([8, 2, 9]).chain).toEqual({ list: [[8, 2, 9]] });
  expect(planConfig([8, 2, 9], "tanh").chain).toMatchObject({ activation: "tanh" });
});
