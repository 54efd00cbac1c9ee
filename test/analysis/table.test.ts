/** @file From results to tidy rows and results.csv. */

import { describe, expect, it } from "vitest";
import { CSV_COLUMNS, toCsv } from "../../analysis/report/csv.ts";
import { measurementRows, usableRows } from "../../analysis/table.ts";
import { syntheticResults, variantOf } from "../support/synthetic-results.ts";

const small = { widths: [[3, 5, 2]], rounds: 2, processes: 1 };

describe("measurementRows", () => {
  it("joins case, variant and cost, and takes the median of the samples", () => {
    const results = syntheticResults(small);
    const [row] = measurementRows(results);
    expect(measurementRows(results)).toHaveLength(4);
    expect(row).toMatchObject({
      case: "3-5-2",
      n: 3,
      m: 2,
      sigma: 25,
      depth: 2,
      products: 3,
      fmaCounted: 75,
    });
    expect(row!.seconds).toBe(results.measurements[0]!.samples[1]);
    expect([row!.secondsMin, row!.secondsMax]).toEqual([
      results.measurements[0]!.samples[0],
      results.measurements[0]!.samples[2],
    ]);
  });

  it("counts n as the parameters where the Jacobian is taken with respect to them", () => {
    const variants = [variantOf("forward", { withRespectTo: "parameters" }), variantOf("reverse")];
    const rows = measurementRows(syntheticResults({ ...small, variants }));
    expect(rows.map(({ n, inputs, products }) => [n, inputs, products]).slice(0, 2)).toEqual([
      [3, 32, 32],
      [3, 3, 2],
    ]);
  });

  it("keeps measurements that must not be used, and says why", () => {
    const results = syntheticResults(small);
    const [first, second, third, fourth] = results.measurements;
    const broken = {
      ...results,
      measurements: [
        { ...first!, samples: [0, 0, 0] },
        { ...second!, warnings: [{ code: "inaccurate", message: "off" } as const] },
        { ...third!, samples: [] },
        fourth!,
      ],
    };
    expect(measurementRows(broken).map(({ unusable }) => unusable)).toEqual([
      "its median is zero seconds",
      "its Jacobian was inaccurate",
      "no samples",
      null,
    ]);
    expect(usableRows(broken)).toHaveLength(1);
  });

  it("refuses a measurement of an unknown case by its place", () => {
    const results = syntheticResults(small);
    const broken = { ...results, measurements: [{ ...results.measurements[0]!, case: "9-9" }] };
    expect(() => measurementRows(broken)).toThrow(/measurements\[0\] names the case "9-9"/);
  });
});

describe("toCsv", () => {
  it("has the columns of the issue, in order, then the rest, one row a measurement", () => {
    const lines = toCsv(syntheticResults(small)).split("\n");
    expect(CSV_COLUMNS.slice(0, 23)).toEqual(
      (
        "experiment case strategy kernel block linearisation unit_seeds machine role process round n m depth widths " +
        "sigma fma_predicted fma_counted bytes_predicted bytes_counted footprint_bytes seconds_prepare seconds"
      ).split(" "),
    );
    expect(lines[0]).toBe(CSV_COLUMNS.join(","));
    expect(lines).toHaveLength(4 + 2);
    expect(lines[1]!.split(",").slice(0, 8)).toEqual([
      "synthetic",
      "3-5-2",
      "forward",
      "typed",
      "",
      "shared",
      "dense",
      "synthetic",
    ]);
    expect(lines.at(-1)).toBe("");
  });

  it("quotes what needs it and defuses formulas", () => {
    const variants = [
      variantOf("forward", { label: 'a,"b"' }),
      variantOf("reverse", { label: "=HYPERLINK(1)" }),
    ];
    const csv = toCsv(syntheticResults({ ...small, variants }));
    expect(csv).toContain(',"a,""b""",');
    expect(csv).toContain(",'=HYPERLINK(1),");
  });

  it("writes numbers that read back exactly", () => {
    const results = syntheticResults(small);
    const at = CSV_COLUMNS.indexOf("seconds");
    const cells = toCsv(results).split("\n").slice(1, -1);
    expect(cells.map((line) => Number(line.split(",")[at]))).toEqual(
      measurementRows(results).map((row) => row.seconds),
    );
  });
});
