/** @file Cases dealt to shards: a partition, balanced by predicted time, with anchors that all shards repeat. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dealCases } from "../../src/experiment/deal.ts";
import type { Expanded } from "../../src/experiment/expand.ts";

const TIMING = { minTimeSeconds: 0.001, minSamples: 1 };

/** Cases whose single variant takes the given seconds at 1e9 FMA a second. */
function expandedOf(seconds: readonly number[]): Expanded {
  const cases = seconds.map((_, i) => ({ record: { id: `c${i}` } }));
  const variants = [{ record: { kernel: "typed" } }];
  const predict = (item: { record: { id: string } }) => ({
    fma: seconds[Number(item.record.id.slice(1))]! * 1e9,
    timedPrimalFma: 0,
  });
  return { cases, variants, predict } as unknown as Expanded;
}

const dealt = (expanded: Expanded, count: number) =>
  Array.from({ length: count }, (_, i) => dealCases(expanded, TIMING, { index: i + 1, count, by: "cases" }));

const times = fc.array(fc.double({ min: 0.001, max: 10, noNaN: true }), { minLength: 1, maxLength: 40 });

test("own cases are a partition, no shard is empty, and all shards measure the same anchors", () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 12 }), (seconds, wanted) => {
      const count = Math.min(wanted, seconds.length);
      const deals = dealt(expandedOf(seconds), count);
      const ids = seconds.map((_, i) => `c${i}`);
      expect(deals.flatMap((deal) => deal.own).sort()).toEqual([...ids].sort());
      for (const deal of deals) expect(deal.own.length).toBeGreaterThan(0);
      const anchors = new Set(deals.flatMap((deal) => deal.anchors));
      for (const { own, anchors: others } of deals) {
        for (const id of anchors) expect(own.includes(id)).not.toBe(others.includes(id));
      }
      if (count > 1) expect(anchors.size).toBe(Math.min(3, Math.floor((seconds.length + 1) / 2)));
    }),
  );
});

test("shards end together: the longest is at most 4/3 of what is possible, and a case", () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 6 }), (seconds, wanted) => {
      const count = Math.min(wanted, seconds.length);
      const expanded = expandedOf(seconds);
      const deals = dealt(expanded, count);
      const time = (ids: readonly string[]) =>
        ids.reduce((sum, id) => sum + Math.max(0.001, seconds[Number(id.slice(1))]!), 0);
      const anchors = new Set(deals.flatMap((deal) => [...deal.anchors]));
      const dealtAlone = deals.map((deal) => time(deal.own.filter((id) => !anchors.has(id))));
      const rest = seconds.map((_, i) => `c${i}`).filter((id) => !anchors.has(id));
      const best = Math.max(time(rest) / count, ...rest.map((id) => time([id])), 0);
      // Filling shards that would be empty may cost one more case.
      expect(Math.max(...dealtAlone)).toBeLessThanOrEqual(
        (4 / 3) * best + Math.max(0, ...rest.map((id) => time([id]))),
      );
    }),
  );
});

test("twelve equal cases and three shards: three cases each beside the anchors", () => {
  const deals = dealt(expandedOf(new Array(12).fill(0.1)), 3);
  expect(deals.map((deal) => deal.own.length + deal.anchors.length)).toEqual([6, 6, 6]);
});

test("anchors lie at the quartiles of time, not at its ends", () => {
  const deals = dealt(expandedOf([1, 2, 3, 4, 5, 6, 7, 8].map((k) => 2 ** k)), 2);
  const anchors = [...new Set(deals.flatMap((deal) => deal.anchors))].sort();
  expect(anchors).toEqual(["c1", "c3", "c5"]);
});

describe("refuses", () => {
  test("more shards than cases, and says what to do", () => {
    expect(() => dealCases(expandedOf([1, 2]), TIMING, { index: 1, count: 3, by: "cases" })).toThrow(
      "shard: 3 shards for 2 cases; expected at most 2: use fewer shards, or --shard-by processes",
    );
  });
});
