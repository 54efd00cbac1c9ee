/** @file Where a value lies is decided by its interval, and by nothing else; what cannot be true together is found. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { caseSummaries } from "../../analysis/laws/case-interval.ts";
import { crossover } from "../../analysis/laws/crossover.ts";
import { rankingOf } from "../../analysis/laws/fastest.ts";
import { hullOf, variantPairs } from "../../analysis/laws/pairs.ts";
import { relationOf } from "../../analysis/laws/relation.ts";
import { compare, contradictions, type Statement } from "../../analysis/laws/statement.ts";
import { gridWidths, syntheticResults } from "../support/synthetic-results.ts";

const finite = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const interval = fc.tuple(finite, finite).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

describe("relationOf", () => {
  it("agrees with the interval, whatever the estimate", () => {
    fc.assert(
      fc.property(
        interval,
        finite,
        fc.double({ min: 0, max: 10, noNaN: true }),
        ([low, high], reference, tolerance) => {
          const relation = relationOf({ interval95: [low, high] }, reference, tolerance);
          expect(relation === "above").toBe(low > reference + tolerance);
          expect(relation === "below").toBe(high < reference - tolerance);
          const inside = low >= reference - tolerance && high <= reference + tolerance;
          expect(relation === "within").toBe(inside);
        },
      ),
      { seed: 1 },
    );
  });

  it("decides nothing without an interval, nor from an end that touches the reference", () => {
    expect(relationOf({ interval95: null }, 0)).toBe("undecided");
    expect(relationOf({ interval95: [0, 1] }, 0)).toBe("undecided");
    expect(relationOf({ interval95: [1.02, 1.03] }, 1)).toBe("above");
    expect(relationOf({ interval95: [0.97, 1.03] }, 1, 0.05)).toBe("within");
  });

  it("of several: a side only where all lie there", () => {
    const of = (...intervals: (readonly [number, number] | null)[]) =>
      relationOf({ interval95: hullOf(intervals.map((interval95) => ({ estimate: 1, interval95 }))) }, 1);
    expect(of([1.1, 1.2], [1.01, 2])).toBe("above");
    expect(of([0.1, 0.2], [0.3, 0.99])).toBe("below");
    expect(of([1.1, 1.2], [0.99, 2])).toBe("undecided");
    expect(of([1.1, 1.2], null)).toBe("undecided");
    expect(of([1.1, 1.2], [0.1, 0.2])).toBe("undecided");
    expect(of()).toBe("undecided");
  });
});

describe("always faster", () => {
  const ratioOf = (factor: number, noise: number) => {
    const results = syntheticResults({
      widths: gridWidths([12], [12], [16, 32, 64]),
      noise: { case: 0, process: noise, round: noise },
      law: ({ n, m, sigma }, { mode }) => 1e-9 * sigma * (mode === "forward" ? factor * n : m),
      rngSeed: 4,
    });
    return crossover(results, variantPairs(results)[0]!).products;
  };

  it("is said where every case's interval lies on one side", () => {
    expect(ratioOf(1.5, 0.01)).toMatchObject({ kind: "none", faster: "reverse" });
    expect(ratioOf(1 / 1.5, 0.01)).toMatchObject({ kind: "none", faster: "forward" });
  });

  it("is not said where estimates alone lie there", () => {
    const close = ratioOf(1.02, 0.03);
    if (close.kind !== "none") throw new Error("found");
    expect(close.faster).toBeNull();
    expect(close.reason).not.toMatch(/always/);
  });

  it("the fastest of a case is not told from others within their intervals", () => {
    const rank = (factor: number) => {
      const results = syntheticResults({
        widths: [[12, 30, 12]],
        noise: { case: 0, process: 0.01, round: 0.03 },
        law: ({ n, m, sigma }, { mode }) => 1e-9 * sigma * (mode === "forward" ? n : factor * m),
      });
      return rankingOf(results, caseSummaries(results));
    };
    expect(rank(1.3).leaders.map(({ label }) => label)).toEqual(["forward"]);
    expect(rank(1.001).leaders).toHaveLength(2);
  });
});

describe("contradictions", () => {
  const at = (estimate: number, half: number, more: Partial<Parameters<typeof compare>[0]> = {}): Statement =>
    compare({
      subject: "forward",
      quantity: "exponent of Σ",
      value: { estimate, interval95: [estimate - half, estimate + half] },
      reference: 1,
      tolerance: 0.05,
      ...more,
    });
  const confirmed: Statement = { kind: "verdict", subject: "forward", status: "confirmed", cause: null };

  it("finds two values, two causes, two verdicts, and exponents off a confirmed claim", () => {
    expect(contradictions([at(0.86, 0.01), at(1.37, 0.01)])).toHaveLength(1);
    expect(
      contradictions([at(0.86, 0.01, { cause: "fixed cost" }), at(0.86, 0.01, { cause: "other" })]),
    ).toEqual(["forward: two causes for the exponent of Σ: fixed cost, other"]);
    expect(contradictions([confirmed, { ...confirmed, status: "refuted" }])).toHaveLength(1);
    expect(contradictions([confirmed, at(1.2, 0.01)])).toEqual([
      "forward: confirmed, and the exponent of Σ lies above",
    ]);
    expect(contradictions([confirmed, at(0.2, 0.01, { quantity: "exponent of n" })])).toHaveLength(1);
  });

  it("finds none where there is none", () => {
    // The claim is an upper bound in Σ.
    expect(contradictions([confirmed, at(0.86, 0.01)])).toEqual([]);
    expect(contradictions([at(0.86, 0.01), at(1.37, 0.01, { subject: "reverse" })])).toEqual([]);
    expect(contradictions([at(0.86, 0.01, { cause: "fixed cost" }), at(0.86, 0.01)])).toEqual([]);
    const excused: Statement = { ...confirmed, cause: "fixed cost" };
    expect(contradictions([excused, at(0.9, 0.01, { quantity: "exponent of n" })])).toEqual([]);
  });
});
