/** @file results.json read back: versions, damaged forms, names that lead nowhere. */

import { describe, expect, test } from "vitest";
import { formatResults, parseResults } from "../../src/results/parse.ts";
import { exampleResults } from "../support/example-results.ts";

const stored = () => JSON.parse(formatResults(exampleResults()));

test("what is written is read back", () => {
  expect(parseResults(stored(), "f")).toEqual(exampleResults());
});

test("files without times of the value are read, and those that have them keep them", () => {
  const results = exampleResults();
  expect(results.measurements[0]).not.toHaveProperty("secondsValue");
  const timed = {
    ...results,
    measurements: results.measurements.map((one) => ({ ...one, secondsValue: 2e-7 })),
    variants: results.variants.map((one) => ({ ...one, snapshots: 4 })),
  };
  const back = parseResults(JSON.parse(formatResults(timed)), "f");
  expect(back.measurements[0]!.secondsValue).toBe(2e-7);
  expect(back.variants[0]!.snapshots).toBe(4);
});

test("NaN, which JSON does not know, survives", () => {
  const results = exampleResults();
  const damaged = {
    ...results,
    measurements: results.measurements.map((one) => ({ ...one, maxAbsError: Number.NaN })),
  };
  const back = parseResults(JSON.parse(formatResults(damaged)), "f");
  expect(back.measurements.every((one) => Number.isNaN(one.maxAbsError))).toBe(true);
});

test("the text has one record a line and is the same each time", () => {
  const text = formatResults(exampleResults());
  expect(text).toBe(formatResults(exampleResults()));
  expect(text.split("\n").filter((line) => line.includes('"secondsPrepare"'))).toHaveLength(
    exampleResults().measurements.length,
  );
});

describe("refuses with the place", () => {
  type Stored = Record<string, unknown> & Record<"measurements" | "costs", Record<string, unknown>[]>;
  test.each<[string, (json: Stored) => unknown, string]>([
    [
      "another version",
      (json) => ({ ...json, schemaVersion: 2 }),
      "f: schemaVersion is 2; this jacobench reads version 1",
    ],
    ["no version", ({ schemaVersion: _, ...json }) => json, "f: no schemaVersion found"],
    ["an array", () => [], "f: no schemaVersion found"],
    ["null", () => null, "f: no schemaVersion found"],
    [
      "a sample that is no number",
      (json) => ({ ...json, measurements: [{ ...json.measurements[0], samples: ["1"] }] }),
      "f: $.measurements[0].samples[0]",
    ],
    ["a missing part", ({ cases: _, ...json }) => json, "f: $.cases"],
    [
      "a case that is not there",
      (json) => ({ ...json, costs: [{ ...json.costs[0], case: "9-9" }] }),
      'f: $.costs[0].case is "9-9"; expected one of 3-5-2',
    ],
    [
      "a machine that is not there",
      (json) => ({ ...json, measurements: [{ ...json.measurements[0], machine: "m9" }] }),
      'f: $.measurements[0].machine is "m9"',
    ],
  ])("%s", (_, change, message) => {
    expect(() => parseResults(change(stored()), "f")).toThrow(message);
  });
});
