/** @file The narrowest place of a chain: where it lies, what it may be, and silence where it cannot be known. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { buildShape } from "../../src/chain/build.ts";
import { elementalsOf } from "../../src/planner/elemental.ts";
import { narrowestPlace } from "../../src/planner/narrowest-place.ts";
import { mixedWins } from "../../src/planner/switch-width.ts";

const given = { convention: "given" } as const;

it("is the first of the least hidden widths, counted in factors", () => {
  expect(narrowestPlace({ widths: [200, 200, 5, 200, 200] }, given)).toEqual({
    after: 2,
    width: 5,
    switchWidth: 199,
    widest: 200,
  });
  expect(
    narrowestPlace({ widths: [200, 200, 5, 200, 200] }, { convention: "matrix-free" })?.switchWidth,
  ).toBe(199);
  expect(narrowestPlace({ widths: [200, 200, 5, 200, 200], activation: "relu" }, given)?.after).toBe(3);
});

it("parts the widths that win from those that lose", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 3, maxLength: 6 }),
      fc.constantFrom("given" as const, "matrix-free" as const),
      (widths, convention) => {
        const place = narrowestPlace({ widths }, { convention });
        // Where the plan that wins is cut elsewhere nothing is told.
        fc.pre(place !== null);
        if (place === null) return;
        const wins = (width: number): boolean => {
          const changed = widths.map((own, i) => (i === place.after ? width : own));
          const shape = buildShape({ widths: changed });
          return mixedWins(elementalsOf(shape, convention, convention === "matrix-free"));
        };
        expect(widths[place.after]).toBe(Math.min(...widths.slice(1, -1)));
        if (place.switchWidth === null) expect(wins(1)).toBe(false);
        else {
          expect(wins(place.switchWidth)).toBe(true);
          if (place.switchWidth < place.widest) expect(wins(place.switchWidth + 1)).toBe(false);
        }
      },
    ),
  );
});

it("is not told where the plan that wins is cut at another place", () => {
  // At width 89 behind factor 3 a mixed plan wins, but it is cut where the chain is 6 wide.
  const shape = { widths: [9, 9, 5, 6, 89], activation: "tanh" } as const;
  expect(narrowestPlace(shape, { convention: "matrix-free" })).toBeNull();
});

it("is not told without hidden widths, of very long chains, or where costs are not exact", () => {
  expect(narrowestPlace({ widths: [3, 4] }, given)).toBeNull();
  expect(narrowestPlace({ widths: Array(41).fill(3) as number[] }, given)).toBeNull();
  expect(narrowestPlace({ widths: [1e6, 3, 1e6, 1e6] }, given)).toBeNull();
});
