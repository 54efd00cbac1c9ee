/** @file Chain files: what they may say, and what is refused by name. */

import { expect, test } from "vitest";
import { JacobenchError } from "../../src/errors.ts";
import { parseChainFile } from "../../src/planner/chain-file.ts";
import { planChain } from "../../src/planner/chain-product.ts";

const FACTOR = { n: 3, m: 2, edges: 7 };

test("a chain file: factors, first applied first, with a bound on memory", () => {
  const { elementals, memory, title } = parseChainFile(
    { title: "two", elementals: [FACTOR, { n: 2, m: 4 }, { n: 4, m: 1, edges: 9, given: true }], memory: 0 },
    "a.json",
  );
  expect(memory).toBe(0);
  expect(title).toBe("two");
  expect(elementals.map(({ n, m, edges, given }) => ({ n, m, edges, given }))).toEqual([
    { n: 3, m: 2, edges: 7, given: false },
    { n: 2, m: 4, edges: null, given: true },
    { n: 4, m: 1, edges: 9, given: true },
  ]);
});

test("without a bound there is none", () => {
  expect(parseChainFile({ elementals: [FACTOR] }, "a.json").memory).toBe(Infinity);
});

test("given beside edges means both: free to take, and free to sweep through", () => {
  const chain = (given: boolean) =>
    parseChainFile({ elementals: [FACTOR, { n: 2, m: 5, edges: 11, given }] }, "a.json").elementals;
  expect(planChain(chain(false)).fma).toBe(2 * 7 + 3 * 11);
  expect(planChain(chain(true)).fma).toBe(5 * 7); // its rows through F1
  const swept = [
    { n: 1, m: 50, edges: 3 },
    { n: 50, m: 50, edges: 60, given: true },
  ];
  expect(planChain(parseChainFile({ elementals: swept }, "a.json").elementals).fma).toBe(3 + 60);
});

const BAD: readonly [name: string, json: unknown, message: RegExp][] = [
  [
    "neighbours that do not fit",
    { elementals: [FACTOR, { n: 3, m: 1 }] },
    /factor 2: n is 3, but factor 1 has m = 2/,
  ],
  ["a size of zero", { elementals: [FACTOR, { n: 2, m: 0 }] }, /factor 2: m is 0/],
  ["a negative size", { elementals: [{ n: -1, m: 2 }] }, /factor 1: n is -1/],
  ["a fractional size", { elementals: [FACTOR, { n: 2, m: 2.5 }] }, /factor 2: m is 2\.5/],
  ["a size beyond 2^53", { elementals: [{ n: 2 ** 53, m: 2 }] }, /factor 1: n is 9007199254740992/],
  ["a missing size", { elementals: [{ m: 2 }] }, /factor 1: n is missing/],
  ["a size as text", { elementals: [{ n: "3", m: 2 }] }, /factor 1: n is "3"/],
  ["edges of zero", { elementals: [FACTOR, { n: 2, m: 2, edges: 0 }] }, /factor 2: edges is 0/],
  ["negative edges", { elementals: [{ ...FACTOR, edges: -4 }] }, /factor 1: edges is -4/],
  ["fractional edges", { elementals: [{ ...FACTOR, edges: 1.5 }] }, /factor 1: edges is 1\.5/],
  ["edges of null", { elementals: [{ ...FACTOR, edges: null }] }, /factor 1: edges is null/],
  ["infinite edges", { elementals: [{ ...FACTOR, edges: Infinity }] }, /factor 1: edges is Infinity/],
  ["given that is no truth value", { elementals: [{ ...FACTOR, given: "yes" }] }, /factor 1: given is "yes"/],
  [
    "neither edges nor given",
    { elementals: [FACTOR, { n: 2, m: 2, given: false }] },
    /factor 2 has no edges/,
  ],
  [
    "a misspelt key",
    { elementals: [{ n: 3, m: 2, edge: 4 }] },
    /factor 1 has an unknown key "edge".*"edges"/,
  ],
  ["an empty chain", { elementals: [] }, /elementals is \[\]; expected at least one factor/],
  ["no chain", {}, /elementals is missing/],
  ["a factor that is none", { elementals: [FACTOR, 7] }, /factor 2 is 7; expected an object/],
  ["a file that is a list", [FACTOR], /the chain is \[/],
  ["null", null, /the chain is null/],
  ["negative memory", { elementals: [FACTOR], memory: -1 }, /memory is -1; expected a number from 0 on/],
  ["NaN memory", { elementals: [FACTOR], memory: Number.NaN }, /memory is NaN/],
  ["memory as text", { elementals: [FACTOR], memory: "lots" }, /memory is "lots"/],
  [
    "an unknown key",
    { elementals: [FACTOR], memmory: 3 },
    /the chain has an unknown key "memmory".*"memory"/,
  ],
];

for (const [name, json, message] of BAD) {
  test(`refused: ${name}`, () => {
    const attempt = () => parseChainFile(json, "bad.json");
    expect(attempt).toThrow(JacobenchError);
    expect(attempt).toThrow(expect.objectContaining({ code: "ERR_CONFIG" }));
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(/^bad\.json: /);
  });
}
