/** @file Every strategy gives the same Jacobian, and costs exactly what it was predicted to cost. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCost, predictCost, prepareJacobian, referenceJacobian } from "../../src/ad/jacobian.ts";
import { entries, type Matrix, maxAbs, maxAbsDifference } from "../../src/array.ts";
import { buildShape } from "../../src/chain/build.ts";
import { usableKernels } from "../../src/kernels/index.ts";
import type { KernelCalibration } from "../../src/planner/calibration.ts";
import { frameworkPlans } from "../../src/planner/framework-plan.ts";
import { createRandom, type Random } from "../../src/random.ts";
import { STRATEGIES } from "../../src/strategies/index.ts";
import type { StrategyOptions } from "../../src/strategies/types.ts";
import { type ChainAtPoint, chainArbitrary } from "../support/random-chains.ts";

/** All strategies with respect to the input that are exact, with every option that they take. */
const EXACT: { strategy: string; options: StrategyOptions }[] = STRATEGIES.filter(
  (strategy) => strategy.withRespectTo === "input" && strategy.relativeTolerance <= 1e-10,
).flatMap((strategy) => {
  const choices = <Value>(name: keyof StrategyOptions, values: Value[]): (Value | undefined)[] =>
    strategy.accepts.includes(name) ? values : [undefined];
  return choices("blockSize", [1, 3, 16, "all"] as const as (number | "all")[]).flatMap((blockSize) =>
    choices("linearisation", ["shared", "recomputed"] as const as ("shared" | "recomputed")[]).flatMap(
      (linearisation) =>
        choices("unitSeeds", ["dense", "read"] as const as ("dense" | "read")[]).flatMap((unitSeeds) =>
          choices("snapshots", [1, 2, 3, "all"] as const as (number | "all")[]).map((snapshots) => ({
            strategy: strategy.id,
            options: Object.fromEntries(
              Object.entries({ blockSize, linearisation, unitSeeds, snapshots }).filter(
                ([, value]) => value !== undefined,
              ),
            ) as StrategyOptions,
          })),
        ),
    ),
  );
});

function expectSame(actual: Matrix, expected: Matrix, what: string): void {
  expect(actual.shape, what).toEqual(expected.shape);
  const scale = Math.max(maxAbs(actual), maxAbs(expected));
  expect(maxAbsDifference(actual, expected), what).toBeLessThanOrEqual(1e-10 * scale);
}

function expectSameZeros(actual: Matrix, expected: Matrix, what: string): void {
  const zerosOf = (J: Matrix) => entries(J).map((value) => value === 0);
  expect(zerosOf(actual), what).toEqual(zerosOf(expected));
}

describe("every strategy gives the same Jacobian", () => {
  it("over random chains of all layer kinds, at least 80 % of them nonzero", () => {
    let [drawn, nonzero] = [0, 0];
    fc.assert(
      fc.property(chainArbitrary(), ({ chain, x }: ChainAtPoint) => {
        const expected = referenceJacobian(chain, x);
        drawn++;
        if (maxAbs(expected) > 0) nonzero++;
        for (const { strategy, options } of EXACT) {
          const what = `${strategy} ${JSON.stringify(options)} on ${chain.layers.map((l) => l.kind).join(" ")}`;
          const actual = prepareJacobian(chain, x, { strategy, ...options }).run();
          expectSame(actual, expected, what);
        }
      }),
      { numRuns: 300, seed: 20261124 },
    );
    expect(nonzero / drawn).toBeGreaterThanOrEqual(0.8);
  });

  it("twice in a row from one preparation, and again after linearising again", () => {
    fc.assert(
      fc.property(chainArbitrary({ deepest: 4, largest: 12 }), ({ chain, x }: ChainAtPoint) => {
        for (const { strategy, options } of EXACT) {
          const prepared = prepareJacobian(chain, x, { strategy, ...options });
          const once = entries(prepared.run());
          expect(entries(prepared.run())).toEqual(once);
          prepared.linearise();
          expect(entries(prepared.run())).toEqual(once);
        }
      }),
      { numRuns: 20, seed: 2 },
    );
  });

  it("with exact zeros in the same places, through ReLU", () => {
    fc.assert(
      fc.property(chainArbitrary({ deepest: 5, largest: 12 }), ({ chain, x }: ChainAtPoint) => {
        // Rounding may turn an exact cancellation (1 − 1 in a residual layer) into a tiny number in one order of operations
        // and not in another, so only chains whose zeros are structural are held to this.
        fc.pre(!chain.layers.some(({ kind }) => kind === "residual"));
        const expected = referenceJacobian(chain, x);
        for (const { strategy, options } of EXACT) {
          if (strategy === "complex-step") continue;
          expectSameZeros(prepareJacobian(chain, x, { strategy, ...options }).run(), expected, strategy);
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it("on every kernel", () => {
    fc.assert(
      fc.property(chainArbitrary({ deepest: 4, largest: 16 }), ({ chain, x }: ChainAtPoint) => {
        const expected = referenceJacobian(chain, x);
        for (const { id: kernel } of usableKernels()) {
          for (const { strategy, options } of EXACT) {
            const actual = prepareJacobian(chain, x, { strategy, kernel, ...options }).run();
            expectSame(actual, expected, `${strategy} on ${kernel}`);
          }
        }
      }),
      { numRuns: 15, seed: 4 },
    );
  });

  it("with respect to the parameters, forward and reverse", () => {
    fc.assert(
      fc.property(chainArbitrary({ deepest: 5, largest: 8 }), ({ chain, x }: ChainAtPoint) => {
        fc.pre(chain.layers.some((layer) => layer.parameters > 0));
        const expected = referenceJacobian(chain, x, "parameters");
        for (const strategy of ["forward-parameters", "reverse-parameters"]) {
          expectSame(prepareJacobian(chain, x, { strategy }).run(), expected, strategy);
        }
      }),
      { numRuns: 40, seed: 5 },
    );
  });
});

describe("predicted cost equals counted cost exactly", () => {
  const ALL = [
    ...EXACT,
    { strategy: "finite-differences-forward", options: {} },
    { strategy: "finite-differences-central", options: {} },
  ];
  it("operations, FMA, primal FMA and evaluations, bytes; for every strategy and option", () => {
    fc.assert(
      fc.property(chainArbitrary({ largest: 20 }), ({ chain, x }: ChainAtPoint) => {
        for (const { strategy, options } of ALL) {
          const predicted = predictCost(chain.shape, { strategy, ...options });
          const { jacobian, ...counted } = countCost(chain, x, { strategy, ...options });
          const what = `${strategy} ${JSON.stringify(options)} on ${chain.layers.map((l) => l.kind).join(" ")}`;
          expect(counted, what).toEqual(predicted);
          expect(prepareJacobian(chain, x, { strategy, ...options }).peakBytes, what).toBe(predicted.bytes);
          expect(jacobian.shape).toEqual([chain.m, chain.n]);
        }
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  it("with respect to parameters", () => {
    fc.assert(
      fc.property(chainArbitrary({ deepest: 5, largest: 7 }), ({ chain, x }: ChainAtPoint) => {
        fc.pre(chain.layers.some((layer) => layer.parameters > 0));
        for (const strategy of ["forward-parameters", "reverse-parameters"]) {
          const { jacobian, ...counted } = countCost(chain, x, { strategy });
          expect(counted, strategy).toEqual(predictCost(chain.shape, { strategy }));
          expect(jacobian.shape[0]).toBe(chain.m);
        }
      }),
      { numRuns: 50, seed: 7 },
    );
  });
});

describe("the plan for time", () => {
  // A machine on which every operation costs what it likes: the plan must be executed exactly, whatever it is.
  const sizes = [1, 8, 64];
  const grid = (axes: number, random: Random) => ({
    sizes,
    seconds: Array.from({ length: sizes.length ** axes }, () => 1e-6 * (0.01 + random.uniform())),
  });
  const calibrationFor = (rngSeed: number): KernelCalibration => {
    const random = createRandom(rngSeed);
    return {
      kernel: "typed",
      matmul: grid(3, random),
      matvec: grid(2, random),
      vecmat: grid(2, random),
      scaleRows: grid(2, random),
      spread: 0.1,
      drift: 0.02,
    };
  };

  it("gives the same Jacobian and costs what it predicts, on any machine", () => {
    fc.assert(
      fc.property(chainArbitrary({ largest: 15 }), fc.integer(), ({ chain, x }: ChainAtPoint, rngSeed) => {
        const choice = {
          strategy: "optimal",
          minimize: "time",
          calibration: calibrationFor(rngSeed),
        } as const;
        const { jacobian, ...counted } = countCost(chain, x, choice);
        expect(counted).toEqual(predictCost(chain.shape, choice));
        expectSame(jacobian, referenceJacobian(chain, x), "optimal by time");
      }),
      { numRuns: 150, seed: 9 },
    );
  });

  it("is refused on a machine that was not calibrated", () => {
    const shape = buildShape({ widths: [3, 2] });
    expect(() => predictCost(shape, { strategy: "optimal", minimize: "time" })).toThrow(
      "run jacobench calibrate",
    );
  });
});

describe("the optimal plan", () => {
  it("never costs more than any exact strategy, dense or read seeds, nor than the plan for frameworks", () => {
    const exact = STRATEGIES.filter(
      ({ id, withRespectTo }) => withRespectTo === "input" && !/^(finite-differences|complex-step)/.test(id),
    );
    expect(exact).toHaveLength(8);
    fc.assert(
      fc.property(chainArbitrary(), ({ chain: { shape } }: ChainAtPoint) => {
        const best = predictCost(shape, { strategy: "optimal" }).fma;
        for (const { id, accepts } of exact) {
          const seeds = accepts.includes("unitSeeds") ? (["dense", "read"] as const) : [undefined];
          for (const unitSeeds of seeds) {
            const { fma } = predictCost(shape, { strategy: id, ...(unitSeeds && { unitSeeds }) });
            expect({ id, unitSeeds, dearer: best > fma }).toEqual({ id, unitSeeds, dearer: false });
          }
        }
        expect(best).toBeLessThanOrEqual(frameworkPlans(shape).cheapest.fma);
      }),
      { numRuns: 500, seed: 8 },
    );
  });

  it("takes no unit seeds: it reads columns and rows", () => {
    const shape = buildShape({ widths: [8, 4, 8] });
    expect(predictCost(shape, { strategy: "optimal", unitSeeds: "read" }).fma).toBe(256);
    expect(predictCost(shape, { strategy: "optimal" }).fma).toBe(256);
    expect(() => predictCost(shape, { strategy: "optimal", unitSeeds: "dense" })).toThrow(
      /leave unitSeeds out/,
    );
  });

  it("beats both modes where the chain has a bottleneck", () => {
    const shape = buildShape({ widths: [200, 200, 5, 200, 200] });
    const fma = (strategy: string): number => predictCost(shape, { strategy }).fma;
    expect(fma("optimal")).toBeLessThan(0.1 * Math.min(fma("forward"), fma("reverse")));
  });
});
