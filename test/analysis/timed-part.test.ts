/** @file `report.time`: whether times hold the preparation, everywhere alike, and never in results.csv. */

import { expect, test } from "vitest";
import { caseSummaries } from "../../analysis/laws/case-interval.ts";
import { timeCells } from "../../analysis/laws/cells.ts";
import { crossover } from "../../analysis/laws/crossover.ts";
import { variantPairs } from "../../analysis/laws/pairs.ts";
import { CSV_COLUMNS, toCsv } from "../../analysis/report/csv.ts";
import { measurementRows } from "../../analysis/table.ts";
import { syntheticResults } from "../support/synthetic-results.ts";

const secondsPrepare = () => 1e-3;
const products = syntheticResults({ secondsPrepare });
const both = { ...products, config: { ...products.config, report: { time: "with-preparation" as const } } };

test("rows, summaries and cells hold the preparation where the config says so", () => {
  for (const [i, row] of measurementRows(both).entries()) {
    expect(row.seconds).toBeCloseTo(row.secondsProducts + 1e-3, 12);
    expect(row.secondsProducts).toBe(measurementRows(products)[i]!.seconds);
  }
  expect(caseSummaries(products)[0]!.timed).toBe("products");
  expect(caseSummaries(both)[0]!.timed).toBe("with-preparation");
  for (const summary of caseSummaries(both)) expect(summary.range[0]).toBeGreaterThan(1e-3);
  for (const cell of timeCells(both, "forward").cells) expect(cell.seconds).toBeGreaterThan(1e-3);
});

test("the crossover is given with and without it whatever the config says", () => {
  const [pair] = variantPairs(products);
  expect(crossover(both, pair!)).toEqual(crossover(products, pair!));
});

test("results.csv keeps the products and the preparation apart, and names the timed primal FMA", () => {
  expect(toCsv(both)).toBe(toCsv(products));
  expect(CSV_COLUMNS).toContain("fma_primal_timed");
});
