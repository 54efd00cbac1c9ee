/** @file Costs of an experiment: counted as predicted, skipped where too large, not made twice. */

import { expect, test } from "vitest";
import { costRecords } from "../../src/experiment/cost-records.ts";
import { expandExperiment } from "../../src/experiment/expand.ts";
import { parseConfig } from "../../src/experiment/load-config.ts";
import type { CostRecord } from "../../src/results/types.ts";

const expanded = expandExperiment({
  config: parseConfig(
    {
      name: "e",
      title: "E",
      chain: {
        list: [
          [3, 5, 2],
          [30, 40, 20],
        ],
        activation: "relu",
      },
      strategies: ["forward", "reverse", "finite-differences-central"],
      kernels: ["typed", "reference"],
    },
    "f",
  ),
  file: "f",
  model: null,
});

test("every variant on every case, counted exactly as predicted", async () => {
  const records = await costRecords(expanded);
  expect(records.map((record) => [record.case, record.variant])).toEqual(
    ["3-5-2", "30-40-20"].flatMap((id) =>
      ["forward", "reverse", "finite-differences-central"].flatMap((name) => [
        [id, `${name} · typed`],
        [id, `${name} · reference`],
      ]),
    ),
  );
  for (const record of records) {
    expect(record.fmaCounted).toBe(record.fmaPredicted);
    expect(record.primalFmaCounted).toBe(record.primalFmaPredicted);
    expect(record.bytesCounted).toBe(record.bytesPredicted);
    expect(record.warnings).toEqual([]);
  }
  const timed = records.filter(({ case: id }) => id === "3-5-2").map(({ timedPrimalFma }) => timedPrimalFma);
  // A shared linearisation belongs to the preparation; 2n evaluations of 25 FMA and the biases belong to the run.
  expect(timed.slice(0, 4)).toEqual([0, 0, 0, 0]);
  expect(timed[4]).toBe(records[4]!.primalFmaPredicted);
  expect(timed[4]).toBeGreaterThanOrEqual(6 * 25);
  expect(records[0]).toMatchObject({ fmaPredicted: 3 * (15 + 5 + 10), primalEvaluations: 1 });
  expect(records[0]!.footprintBytes).toBe(expanded.cases[0]!.record.weightBytes + records[0]!.bytesCounted);
});

test("above the limit the prediction stands alone, with a warning; bytes are still counted", async () => {
  const records = await costRecords(expanded, { limitFma: 1000 });
  const [small, large] = ["3-5-2", "30-40-20"].map((id) => records.find((record) => record.case === id)!);
  expect(small!.fmaCounted).toBe(90);
  expect(large).toMatchObject({
    fmaCounted: null,
    primalFmaCounted: null,
    warnings: [{ code: "count-skipped" }],
  });
  expect(large!.bytesCounted).toBe(large!.bytesPredicted);
});

test("records that are known are not made again; the rest is told one by one until it is stopped", async () => {
  const all = await costRecords(expanded);
  const told: CostRecord[] = [];
  const records = await costRecords(expanded, {
    known: all.slice(0, 4),
    onRecord: (record) => void told.push(record),
    shouldStop: () => told.length >= 3,
  });
  expect(told).toEqual(all.slice(4, 7));
  expect(records).toEqual(all.slice(0, 7));
});
