/** @file Tests of tables and numbers for the terminal. */

import { expect, test } from "vitest";
import {
  formatBytes,
  formatCount,
  formatInteger,
  formatRatio,
  formatSeconds,
  formatTable,
} from "../../src/cli/table.ts";

test("columns are aligned without colours, borders or spaces at the ends", () => {
  const table = formatTable(
    [
      { heading: "strategy", align: "left" },
      { heading: "FMA", align: "right" },
      { heading: "note", align: "left" },
    ],
    [
      ["forward", "75", ""],
      ["reverse-blocked", "1,234", "é wide"],
    ],
  );
  expect(table.split("\n")).toEqual([
    "strategy           FMA  note",
    "forward             75",
    "reverse-blocked  1,234  é wide",
  ]);
});

test("integers have commas, in every locale", () => {
  expect([0, 7, 999, 1000, 123456, 1234567, -1000, -999].map(formatInteger)).toEqual([
    "0",
    "7",
    "999",
    "1,000",
    "123,456",
    "1,234,567",
    "−1,000",
    "−999",
  ]);
});

test("counts are exact below a million and have four digits above", () => {
  expect([0, 999_999, 1_000_000, 444_157_952, 999_960_000, 999_999_999, 1.5e18].map(formatCount)).toEqual([
    "0",
    "999,999",
    "1.000 M",
    "444.2 M",
    "1.000 G",
    "1.000 G",
    "1.500 E",
  ]);
});

test("bytes have binary units and at most three digits", () => {
  expect([0, 1023, 1024, 1536, 1023.6 * 1024, 5 * 2 ** 20, 150 * 2 ** 30].map(formatBytes)).toEqual([
    "0 B",
    "1023 B",
    "1.00 KiB",
    "1.50 KiB",
    "1.00 MiB",
    "5.00 MiB",
    "150 GiB",
  ]);
});

test("seconds have the unit that suits them and three digits", () => {
  expect([0, 3e-9, 8.5e-7, 9.999e-7, 0.0123, 0.4567, 1, 65].map(formatSeconds)).toEqual([
    "0 s",
    "3.00 ns",
    "850 ns",
    "1.00 µs",
    "12.3 ms",
    "457 ms",
    "1.00 s",
    "65.0 s",
  ]);
});

test("ratios have three digits, or all before the point", () => {
  expect([1, 0.0512, 78.4, 99.96, 1234.4].map(formatRatio)).toEqual([
    "1.00",
    "0.0512",
    "78.4",
    "100",
    "1,234",
  ]);
});
