/** @file Who takes part, with which ways and names: entries of one peer joined, limits by way, labels that are unique. */

import { describe, expect, test } from "vitest";
import { participantsOf, unknownWays, waysOf } from "../../src/peers/participants.ts";
import type { WayMessage } from "../../src/peers/protocol.ts";

const way = (id: string, more: Partial<WayMessage> = {}): WayMessage => ({
  id,
  title: id,
  group: "",
  mode: "forward",
  seeds: "all",
  ...more,
});

describe("participants", () => {
  test("entries of one peer are one process at each number of threads", () => {
    const found = participantsOf(
      [
        { peer: "jax", ways: ["a"], threads: [1, "all"] },
        { peer: "jax", ways: ["b"], threads: [1], mostProducts: 32 },
        { peer: "pytorch", threads: ["all"] },
      ],
      () => true,
    );
    expect(found.map(({ peer, threads, entries }) => [peer, threads, entries.length])).toEqual([
      ["jax", 1, 2],
      ["jax", "all", 1],
      ["pytorch", "all", 1],
    ]);
  });

  test("a peer without threads is measured once", () => {
    expect(participantsOf([{ peer: "jax-js", threads: [1, "all"] }], () => false)).toHaveLength(1);
  });
});

describe("ways", () => {
  const participant = {
    peer: "jax",
    threads: 1 as const,
    entries: [{ ways: ["slow"], threads: [1 as const], mostProducts: 8 }, { threads: [1 as const] }],
  };

  test("limits are those of the first entry that speaks of a way", () => {
    const ways = waysOf(participant, "JAX", [way("slow"), way("fast", { mode: "reverse" })], false);
    expect(ways.map(({ limits }) => limits.mostProducts)).toEqual([8, undefined]);
  });

  test("a plan takes part only where there is one", () => {
    const all = [way("fast"), way("plan", { mode: null, plan: true })];
    expect(waysOf(participant, "JAX", all, false).map(({ message }) => message.id)).toEqual(["fast"]);
    expect(waysOf(participant, "JAX", all, true).map(({ variant }) => variant.label)).toEqual([
      "forward · JAX · 1 thread",
      "plan · JAX · 1 thread",
    ]);
  });

  test("labels are unique, and vectorised ways are blocked strategies of all seeds", () => {
    const ways = waysOf(participant, "JAX", [way("one"), way("two"), way("each", { seeds: "one" })], false);
    expect(new Set(ways.map(({ variant }) => variant.label)).size).toBe(3);
    expect(ways.map(({ variant }) => [variant.strategy, variant.blockSize])).toEqual([
      ["forward-blocked", "all"],
      ["forward-blocked", "all"],
      ["forward", null],
    ]);
  });

  test("names that the peer does not have are told", () => {
    expect(unknownWays(participant, [way("fast")])).toEqual(["slow"]);
  });
});
