/** @file Numbers as people read them: digits by the interval's width, one unit, a real minus, and lines that keep them whole. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  estimateTexts,
  fixedFormat,
  formatBytes,
  formatCount,
  formatEstimate,
  formatFixed,
  formatNumber,
  formatPercent,
  formatSeconds,
  type NumberFormat,
  plainText,
  unbroken,
  wrapText,
} from "../../analysis/text.ts";
import { formatRatio } from "../../src/cli/table.ts";

const around = (estimate: number, low: number, high: number) => ({
  estimate,
  interval95: [low, high] as const,
});

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  ms: 1e-3,
  µs: 1e-6,
  ns: 1e-9,
  ps: 1e-12,
  B: 1,
  ...Object.fromEntries(["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"].map((unit, i) => [unit, 1024 ** (i + 1)])),
};

/** The number that a text stands for, and half of its last digit. */
function read(text: string): { value: number; half: number } {
  const [, sign, digits, power, unit] =
    /^([−+]?)([\d.,]+)(?: × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?(?: (\S+))?$/u.exec(text) ??
    expect.fail(`"${text}" is no number`);
  const exponent = [...(power ?? "")].map((one) => "-0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(one)]).join("");
  const factor = (UNITS[unit ?? ""] ?? 1) * 10 ** Number(exponent);
  const plain = digits!.replaceAll(",", "");
  return {
    value: (sign === "−" ? -1 : 1) * Number(plain) * factor,
    half: 0.5 * 10 ** -(plain.split(".")[1]?.length ?? 0) * factor,
  };
}

/** Three numbers in their order: small and large, wide and narrow, on both sides of zero. */
const estimates = fc
  .record({
    center: fc.oneof(
      fc.constant(0),
      fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1e9),
    ),
    size: fc.integer({ min: -11, max: 5 }),
    below: fc.integer({ min: 0, max: 1000 }),
    above: fc.integer({ min: 0, max: 1000 }),
    width: fc.integer({ min: -8, max: 1 }),
  })
  .map(({ center, size, below, above, width }) => {
    const scale = 10 ** size;
    return around(
      center * scale,
      (center - (below / 1000) * 10 ** width) * scale,
      (center + (above / 1000) * 10 ** width) * scale,
    );
  });

const FORMATS: readonly (readonly [string, NumberFormat])[] = [
  ["fixed", formatFixed],
  ["three digits", fixedFormat(3)],
  ["number", formatNumber],
  ["seconds", formatSeconds],
  ["bytes", formatBytes],
  ["ratio", formatRatio],
];

describe("an estimate with its interval", () => {
  it("has the digits that its width needs", () => {
    expect(formatEstimate(around(1.0391, 1.0372, 1.0411))).toBe("1.039 [1.037, 1.041]");
    expect(formatEstimate(around(-0.0004, -0.0044, 0.0036))).toBe("−0.0004 [−0.0044, 0.0036]");
    expect(formatEstimate(around(0.0004, -0.17, 0.17))).toBe("0.00 [−0.17, 0.17]");
    expect(formatEstimate(around(0.52, -4.57, 5.6))).toBe("0.52 [−4.57, 5.60]");
    expect(formatEstimate(around(1.0001, 0.99985, 1.00033))).toBe("1.0001 [0.9999, 1.0003]");
    expect(formatEstimate(around(1.00011, 0.99999, 1.00023))).toBe("1.00011 [0.99999, 1.00023]");
    expect(formatEstimate(around(1.0251, 1.0131, 1.0372))).toBe("1.025 [1.013, 1.037]");
    expect(formatEstimate({ estimate: -0.001, interval95: null })).toBe("0.00");
    expect(formatEstimate(around(1, 1, 1))).toBe("1.00 [1.00, 1.00]");
    expect(formatEstimate(around(1, 1 - 2e-16, 1 + 2e-16))).toBe("1.00 [1.00, 1.00]");
    expect(formatEstimate(around(1.04, 1.03, 1.05), fixedFormat(3))).toBe("1.040 [1.030, 1.050]");
  });

  it("has one unit", () => {
    expect(formatEstimate(around(6.83e-10, 0, 2.35e-9), formatSeconds)).toBe("0.68 ns [0.00 ns, 2.35 ns]");
    expect(formatEstimate(around(1.83e-10, -1.06e-8, 1.09e-8), formatSeconds)).toBe(
      "0.2 ns [−10.6 ns, 10.9 ns]",
    );
    expect(formatEstimate(around(9.5e-7, 9e-7, 1.01e-6), formatSeconds)).toBe("0.95 µs [0.90 µs, 1.01 µs]");
    expect(formatEstimate(around(1.2e-3, 1.1999e-3, 1.2001e-3), formatSeconds)).toBe(
      "1.20000 ms [1.19990 ms, 1.20010 ms]",
    );
    expect(formatEstimate(around(2.9e-6, -2.62e-6, 3.08e-6), formatSeconds)).toMatch(
      /\[−2\.62 µs, 3\.08 µs\]$/,
    );
  });

  it.each(FORMATS)("is printed in order, ends apart, each number to half a last digit: %s", (_, format) => {
    fc.assert(
      fc.property(estimates, (estimate) => {
        const [low, high] = estimate.interval95;
        const texts = estimateTexts(estimate, format);
        const [printed, from, to] = [texts.estimate, texts.low!, texts.high!].map(read);
        const size = Math.max(Math.abs(low), Math.abs(high), Math.abs(estimate.estimate));
        const slack = 1e-12 * size;
        if (high - low > 1e-11 * size) expect(texts.low).not.toBe(texts.high);
        expect(from!.value).toBeLessThanOrEqual(printed!.value);
        expect(printed!.value).toBeLessThanOrEqual(to!.value);
        expect(Math.abs(printed!.value - estimate.estimate)).toBeLessThanOrEqual(printed!.half + slack);
        expect(Math.abs(from!.value - low)).toBeLessThanOrEqual(from!.half + slack);
        expect(Math.abs(to!.value - high)).toBeLessThanOrEqual(to!.half + slack);
        expect([from!.half, to!.half]).toEqual([printed!.half, printed!.half]);
        expect(texts.low!.replace(/^\S+/, "")).toBe(texts.high!.replace(/^\S+/, ""));
        expect(`${texts.estimate}${texts.low}${texts.high}`).not.toMatch(/-|−0(?:\.0+)?(?![\d.])/);
      }),
      { seed: 12, numRuns: 2000 },
    );
  });
});

describe("a number", () => {
  it("has its unit, three digits and a minus", () => {
    expect([1.25e-6, 3e-9, 0.5, 2, 1.234e-4, 4e-12, 0, -2.5e-6].map((one) => formatSeconds(one))).toEqual([
      "1.25 µs",
      "3 ns",
      "500 ms",
      "2 s",
      "123 µs",
      "4 ps",
      "0 s",
      "−2.5 µs",
    ]);
    expect([0.0123, 1.256, 12.56, 125.6, 1256, 0, -2.5].map((one) => formatNumber(one))).toEqual([
      "0.0123",
      "1.26",
      "12.6",
      "126",
      "1256",
      "0",
      "−2.5",
    ]);
    expect([1.25e6, 3.999e8, -2e-5].map((one) => formatNumber(one))).toEqual([
      "1.25 × 10⁶",
      "4 × 10⁸",
      "−2 × 10⁻⁵",
    ]);
    expect([-0.001, -0.5, 1.005].map((one) => formatFixed(one))).toEqual(["0.00", "−0.50", "1.00"]);
    expect([0.0312, -0.004, -0.5].map(formatPercent)).toEqual(["3 %", "−0.4 %", "−50 %"]);
    expect([567434, -1234].map(formatCount)).toEqual(["567\u202f434", "−1\u202f234"]);
    expect(
      [512, 1023.9, 1536, 5 * 2 ** 20, 1023.9 * 2 ** 20, 2 ** 60].map((one) => formatBytes(one)),
    ).toEqual(["512 B", "1 KiB", "1.5 KiB", "5 MiB", "1 GiB", "1 EiB"]);
  });

  it("is never written with an exponent of a program, or a hyphen", () => {
    fc.assert(
      fc.property(
        fc
          .double({ min: -1e15, max: 1e15, noNaN: true })
          .filter((value) => value === 0 || Math.abs(value) > 1e-15),
        fc.constantFrom(formatNumber, formatSeconds, formatFixed),
        (value, format) => {
          expect(format(value)).not.toMatch(/e|-/);
        },
      ),
      { seed: 3 },
    );
  });
});

describe("lines", () => {
  it("are clean, and are not broken inside of numbers with units or intervals", () => {
    expect(plainText(" a\u0007b\n c\ud800 ")).toBe("ab c\ufffd");
    expect(wrapText("takes 500 ns [413 ns, 587 ns] here", 12)).toEqual([
      "takes 500 ns",
      "[413 ns, 587 ns]",
      "here",
    ]);
    expect(wrapText("it is −2.85 µs [−3.08 µs, −2.62 µs] by 5 % of 3 MiB", 8)).toEqual([
      "it is",
      "−2.85 µs",
      "[−3.08 µs, −2.62 µs]",
      "by 5 %",
      "of 3 MiB",
    ]);
    expect(unbroken("m = −0.0004 [−0.0044, 0.0036], 1.25 × 10⁶ s ± 5")).toBe(
      "m\u00a0=\u00a0−0.0004 [−0.0044,\u00a00.0036], 1.25\u00a0×\u00a010⁶\u00a0s ± 5",
    );
  });

  it("keep every printed interval whole", () => {
    fc.assert(
      fc.property(
        estimates,
        fc.constantFrom(formatFixed, formatSeconds, formatNumber),
        (estimate, format) => {
          const text = formatEstimate(estimate, format);
          const interval = text.slice(text.indexOf("["));
          expect(wrapText(`exponent of m: ${text} and so on`, 4)).toContain(interval);
          expect(unbroken(interval)).not.toContain(" ");
        },
      ),
      { seed: 5 },
    );
  });
});
