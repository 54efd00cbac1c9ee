/** @file Model selection: the true form wins where a design can tell, and nothing wins where it cannot. */

import { describe, expect, it } from "vitest";
import { CANDIDATES } from "../../analysis/laws/candidates.ts";
import { groupCases } from "../../analysis/laws/case-groups.ts";
import { timeCells } from "../../analysis/laws/cells.ts";
import { selectModel } from "../../analysis/laws/model-selection.ts";
import type { CaseRecord } from "../../src/results/types.ts";
import { gridWidths, syntheticResults, variantOf } from "../support/synthetic-results.ts";

const GRID = gridWidths([8, 20, 50, 128], [8, 20, 50, 128], [64, 128, 256]);
const forward = { strategy: "forward" };
const symbols = (candidates: readonly { readonly symbol: string }[]) =>
  candidates.map(({ symbol }) => symbol);

describe("selectModel", () => {
  it.each(CANDIDATES.map((candidate) => [candidate.symbol, candidate] as const))(
    "lets %s win on a machine that costs that",
    (symbol, candidate) => {
      const results = syntheticResults({
        widths: GRID,
        law: (record) => 1e-9 * candidate.cost({ ...record, inputs: record.n } as never),
      });
      const { pure, withCalls } = selectModel(results, forward)!;
      expect(symbols(pure.standing)).toEqual([symbol]);
      expect(pure.scores[0]!.error).toBeLessThan(0.06);
      expect(withCalls.standing.map((one) => one.symbol)).toContain(symbol);
    },
  );

  it("sees through a fixed cost a call in the second table, and finds it in FMA", () => {
    const results = syntheticResults({
      widths: GRID,
      noise: { case: 0, process: 0, round: 0 },
      law: ({ n, sigma }: CaseRecord) => n * 1e-9 * (20_000 + sigma),
    });
    const { pure, withCalls } = selectModel(results, forward)!;
    expect(pure.scores[0]!.error).toBeGreaterThan(0.2);
    expect(symbols(withCalls.standing)).toEqual(["n·Σ"]);
    expect(withCalls.scores[0]!.error).toBeLessThan(1e-3);
    expect(withCalls.scores[0]!.callFma! / 20_000).toBeCloseTo(1, 2);
  });

  it("calls forms that a design cannot tell apart not separable, in the order of the catalogue", () => {
    // n = 32 and m = 12 in every case: n·Σ, m·Σ, their sum, … are the same form.
    const widths = gridWidths([32], [12], [16, 32, 64, 128, 256, 512]);
    const { pure } = selectModel(syntheticResults({ widths }), forward)!;
    expect(symbols(pure.standing).slice(0, 5)).toEqual(["n·Σ", "m·Σ", "(n+m)·Σ", "Σ", "n·m·Σ"]);
  });

  it("lets nothing win by less than its standard error: two forms that differ by less than the noise", () => {
    // The forms differ by 0.4 % at most; who is ahead is chance, and no win in most of the draws.
    const widths = gridWidths([2, 4, 6], [40, 80], [512, 700, 900]);
    const draws = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((rngSeed) => {
      const noise = { case: 0.1, process: 0.02, round: 0.05 };
      return symbols(selectModel(syntheticResults({ widths, noise, rngSeed }), forward)!.pure.standing);
    });
    const both = draws.filter((names) => names.includes("n·Σ") && names.includes("n·(Σ − n·d_1)"));
    expect(both.length).toBeGreaterThan(draws.length / 2);
  });

  it("groups by what the config names, else by depth, hidden width or thirds of Σ", () => {
    const of = (widths: readonly (readonly number[])[], groups?: "n" | "m" | "sigma") =>
      selectModel(
        syntheticResults({ widths, config: groups === undefined ? {} : { verdict: { groups } } }),
        forward,
      )!;
    expect([of(GRID).groupedBy, of(GRID).groups]).toEqual(["hidden width", 3]);
    expect([of(GRID, "n").groupedBy, of(GRID, "n").groups]).toEqual(["n", 4]);
    expect([of(GRID, "sigma").groupedBy, of(GRID, "sigma").groups]).toEqual(["thirds of Σ", 3]);
    const deep = GRID.slice(0, 6).flatMap(([n, h, , , m]) => [
      [n!, h!, m!],
      [n!, h!, h!, h!, m!],
    ]);
    expect([of(deep).groupedBy, of(deep).groups]).toEqual(["depth K", 2]);
    const free = Array.from({ length: 12 }, (_, i) => [8 + i, 20 + 7 * i, 30 + (i % 3)]);
    expect([of(free).groupedBy, of(free).groups]).toEqual(["thirds of Σ", 3]);
    const same = timeCells(syntheticResults({ widths: GRID.slice(0, 1) }), "forward").cells;
    expect(groupCases(same, "auto")).toBeNull();
  });

  it("is null for strategies of neither mode and for too few cases", () => {
    const results = syntheticResults({ variants: [variantOf("finite-differences-forward")] });
    expect(selectModel(results, { strategy: "finite-differences-forward" })).toBeNull();
    expect(selectModel(syntheticResults({ widths: GRID.slice(0, 3) }), forward)).toBeNull();
  });

  it("leaves out forms that cost nothing somewhere: one layer has no product to save", () => {
    const widths = [4, 8, 16, 32].flatMap((n) => [8, 24].map((m) => [n, m]));
    const { pure } = selectModel(syntheticResults({ widths }), forward)!;
    expect(pure.scores).toHaveLength(7);
  });
});
