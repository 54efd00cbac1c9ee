/** @file The thresholds of a verdict in a config: what is taken, what is refused, and that they agree with the analysis. */

import { expect, test } from "vitest";
import { DEFAULT_RULE } from "../../analysis/laws/verdict-rule.ts";
import { configSchema } from "../../src/experiment/config.ts";

const base = {
  name: "mine",
  title: "Mine",
  chain: { grid: { n: [2, 4], m: [3], hidden: [5] } },
};
const parse = (verdict: unknown) => configSchema.safeParse({ ...base, verdict });

test("a config need not name them", () => {
  expect(configSchema.parse(base).verdict).toBeUndefined();
  expect(parse({}).success).toBe(true);
});

test("all of them are taken as they are", () => {
  const verdict = {
    tolerance: 0.1,
    sigmaTolerance: 0.02,
    minCases: 12,
    minRounds: 30,
    minProcesses: 8,
    winStandardErrors: 2,
    refuteStandardErrors: 3,
    groups: "depth",
  };
  expect(parse(verdict).data!.verdict).toEqual(verdict);
});

test("the least numbers that a config can ask for are those of the analysis, from which intervals hold", () => {
  for (const key of ["minCases", "minRounds", "minProcesses"] as const) {
    expect(parse({ [key]: DEFAULT_RULE[key] }).success, key).toBe(true);
    expect(parse({ [key]: DEFAULT_RULE[key] - 1 }).success, key).toBe(false);
  }
});

test.each([
  [{ tolerance: 0 }],
  [{ tolerance: "5 %" }],
  [{ sigmaTolerance: 2 }],
  [{ winStandardErrors: 0.5 }],
  [{ groups: "width" }],
  [{ tolerence: 0.1 }],
  [7],
])("%j is refused", (verdict) => {
  expect(parse(verdict).success).toBe(false);
});
