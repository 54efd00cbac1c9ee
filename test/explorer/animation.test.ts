/** @file The explorer's animation: its vectors are real JVPs and VJPs, its clock fills n columns and m rows. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import { BEFORE, lastTick, nextProduct, placeAt } from "../../src/explorer/animation/clock.ts";
import { emptyFilling, fillTo } from "../../src/explorer/animation/paint.ts";
import { passesOf } from "../../src/explorer/animation/passes.ts";
import { CHOICES, chainSpecOf, columnsOf } from "../../src/explorer/state.ts";

const network = fc.record({
  widths: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 5 }),
  activation: fc.constantFrom(...CHOICES.activation),
  loss: fc.constantFrom(...CHOICES.loss),
});

describe("the passes", () => {
  it("fill the Jacobian of the toolkit, column by column and row by row", () => {
    fc.assert(
      fc.property(network, (one) => {
        const passes = passesOf(one);
        const chain = buildChain({ ...chainSpecOf(one), rngSeed: 7 });
        const J = prepareJacobian(chain, randomPoint(chain.n, 11), {
          strategy: "forward",
          kernel: "reference",
        }).run();
        const [K, { n, m }] = [passes.columns.length - 1, passes];
        for (const mode of ["forward", "reverse"] as const) {
          const filling = emptyFilling(mode, passes);
          // By leaps, as a quick clock goes.
          const last = lastTick(K, mode === "forward" ? n : m);
          for (let tick = 0; tick < last; tick += 3)
            fillTo(filling, passes, placeAt(tick, K, mode === "forward" ? n : m));
          fillTo(filling, passes, placeAt(last, K, mode === "forward" ? n : m));
          expect(filling.known).toBe(mode === "forward" ? n : m);
          for (let i = 0; i < m; i++) {
            for (let j = 0; j < n; j++) expect(filling.entries[i * n + j]).toBeCloseTo(J.get(i, j)!, 10);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("have a vector at every column, from the seed to the result", () => {
    const passes = passesOf({ widths: [6, 8, 5, 4], activation: "tanh", loss: "softmaxCrossEntropy" });
    expect(passes.columns).toEqual(columnsOf({ widths: [6, 8, 5, 4], loss: "softmaxCrossEntropy" }));
    expect(passes.push(2).map(({ length }) => length)).toEqual([6, 8, 5, 4, 1]);
    expect([...passes.push(2)[0]!]).toEqual([0, 0, 1, 0, 0, 0]);
    expect(passes.pull(0).map(({ length }) => length)).toEqual([6, 8, 5, 4, 1]);
    expect([...passes.pull(0).at(-1)!]).toEqual([1]);
  });

  it("are those of a network that is small enough to watch, and say so", () => {
    expect(passesOf({ widths: [784, 128, 64, 10, 1], activation: "relu", loss: "none" }).dividedBy).toBe(1);
    const huge = passesOf({ widths: [1_000_000, 500_000, 2], activation: "none", loss: "none" });
    expect(huge.dividedBy).toBeGreaterThan(1);
    expect(huge.columns).toEqual(
      [1_000_000, 500_000, 2].map((width) => Math.max(1, Math.round(width / huge.dividedBy))),
    );
    expect(Math.max(...huge.columns)).toBeLessThanOrEqual(1024);
  });
});

describe("the clock", () => {
  const layers = fc.integer({ min: 1, max: 9 });
  const products = fc.integer({ min: 1, max: 300 });

  it("does one hop a tick, and a product in K hops after its seed", () => {
    fc.assert(
      fc.property(layers, products, (K, count) => {
        const last = lastTick(K, count);
        let finished = 0;
        for (let tick = 0; tick <= last; tick++) {
          const place = placeAt(tick, K, count);
          expect(place.product * (K + 1) + place.hop).toBe(tick);
          expect(place.finished - finished).toBe(place.hop === K ? 1 : 0);
          finished = place.finished;
          expect(place.done).toBe(tick === last);
        }
        expect(finished).toBe(count);
        expect(placeAt(last + 100, K, count)).toEqual(placeAt(last, K, count));
        expect(placeAt(BEFORE, K, count)).toEqual({ product: 0, hop: 0, finished: 0, done: false });
      }),
      { numRuns: 30 },
    );
  });

  it("goes to the end of a product, and from there to the end of the next", () => {
    fc.assert(
      fc.property(layers, fc.integer({ min: -1, max: 1000 }), (K, tick) => {
        const next = nextProduct(tick, K);
        expect(next).toBeGreaterThan(tick);
        expect(next - tick).toBeLessThanOrEqual(K + 1);
        expect(placeAt(next, K, 10_000).hop).toBe(K);
      }),
    );
  });
});
