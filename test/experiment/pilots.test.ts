/** @file The pilots of a forecast: a tenth of the cases, one from each stratum of predicted FMA, the same each time. */

import { expect, test } from "vitest";
import { expandExperiment } from "../../src/experiment/expand.ts";
import { parseConfig } from "../../src/experiment/load-config.ts";
import { choosePilots } from "../../src/experiment/pilots.ts";

const grid = (count: number) => ({
  name: "e",
  title: "E",
  forecast: true,
  chain: { list: Array.from({ length: count }, (_, i) => [3 + i, 5, 2]) },
});
const expand = (count: number) =>
  expandExperiment({ config: parseConfig(grid(count), "f"), file: "f", model: null });

test("a tenth, one from each of as many strata", () => {
  const expanded = expand(80);
  const order = expanded.cases.map(({ record }) => record.id);
  const pilots = choosePilots(expanded, 1);
  expect(pilots).toHaveLength(8);
  // FMA grow with n here, so that strata are tens of the list.
  expect(pilots.map((id) => Math.floor(order.indexOf(id) / 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(choosePilots(expanded, 1)).toEqual(pilots);
  expect(choosePilots(expanded, 2)).not.toEqual(pilots);
});

test("never fewer than a model needs", () => expect(choosePilots(expand(10), 1)).toHaveLength(5));

test("too few cases are refused by the config's path", () => {
  expect(() => expand(9)).toThrow("f: $.forecast: found true with 9 cases; expected at least 10");
});
