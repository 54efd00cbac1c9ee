/** @file Blocked strategies in several threads: the same Jacobian, counted as predicted, refused where there are none. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCost, predictCost, prepareJacobian, referenceJacobian } from "../../src/ad/jacobian.ts";
import { maxAbsDifference } from "../../src/array.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import { parseModel } from "../../src/chain/model-file.ts";
import { dealSeeds } from "../../src/strategies/threaded-sweep.ts";
import { runJacobench } from "../support/run-command.ts";

const STRATEGIES = ["forward-blocked", "reverse-blocked"] as const;

/** A residual layer around a dense one, then softmax: products of every recorded kind. */
const model = {
  layers: [
    {
      type: "dense",
      weights: [
        [0.5, -1, 0.3],
        [0.2, 0.1, -0.4],
        [1, 0.7, 0.6],
        [-0.3, 0.8, 0.9],
      ],
      bias: [0.1, 0, -0.2, 0.3],
    },
    { type: "tanh" },
    {
      type: "residual",
      layers: [
        {
          type: "dense",
          weights: [
            [1, 0, 0.5, 0.2],
            [0, 1, 0, 0.1],
            [0.3, 0, 1, 0],
            [0, 0.4, 0, 1],
          ],
          bias: [0, 0, 0, 0],
        },
      ],
    },
    { type: "softmax" },
  ],
};

describe.each(STRATEGIES)("%s", (strategy) => {
  it("gives the Jacobian of one thread in 1 to 3 threads, also for odd numbers of seeds", () => {
    const width = fc.integer({ min: 1, max: 23 });
    const blockSize = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant("all" as const));
    fc.assert(
      fc.property(
        width,
        width,
        width,
        blockSize,
        fc.integer({ min: 1, max: 99 }),
        (n, d, m, size, rngSeed) => {
          const chain = buildChain({ widths: [n, d, m], activation: "tanh", rngSeed });
          const x = randomPoint(n, rngSeed);
          const expected = referenceJacobian(chain, x);
          for (const threads of [1, 2, 3]) {
            const choice = { strategy, blockSize: size, threads, kernel: "wasm" };
            const prepared = prepareJacobian(chain, x, choice);
            for (let run = 0; run < 3; run++) {
              expect(maxAbsDifference(prepared.run(), expected)).toBeLessThan(1e-12);
            }
            const { jacobian, ...counted } = countCost(chain, x, choice);
            expect(counted).toEqual(predictCost(chain.shape, choice));
            expect(prepared.peakBytes).toBe(counted.bytes);
            expect(maxAbsDifference(jacobian, expected)).toBeLessThan(1e-12);
          }
        },
      ),
      { numRuns: 25, seed: 1 },
    );
  });

  it("goes through residual layers and softmax, and follows the point", () => {
    const { chain } = parseModel(model, "model");
    const x = randomPoint(3, 1);
    const prepared = prepareJacobian(chain, x, { strategy, blockSize: 1, threads: 3, kernel: "wasm" });
    prepared.run();
    x.set(1, -0.9);
    prepared.linearise();
    expect(maxAbsDifference(prepared.run(), referenceJacobian(chain, x))).toBeLessThan(1e-12);
  });

  it("does the same FMA as one thread, and takes seeds and buffers for each", () => {
    const chain = buildChain({ widths: [8, 6, 7], activation: "tanh", rngSeed: 1 });
    const [one, three] = [1, 3].map((threads) =>
      predictCost(chain.shape, { strategy, blockSize: 2, threads }),
    );
    expect(three!.fma).toBe(one!.fma);
    expect(three!.bytes).toBeGreaterThan(one!.bytes);
  });

  it("refuses threads where the kernel or another option excludes them, and says what fits", () => {
    const chain = buildChain({ widths: [3, 2], rngSeed: 1 });
    const x = randomPoint(3, 1);
    expect(() => prepareJacobian(chain, x, { strategy, threads: 2 })).toThrow(
      'kernel "typed": computes in one thread, but threads is 2; expected the kernel "wasm", or threads 1',
    );
    expect(() =>
      prepareJacobian(chain, x, { strategy, threads: 2, kernel: "wasm", unitSeeds: "read" }),
    ).toThrow(
      `strategy "${strategy}": threads is 2 with unitSeeds read; expected dense unit seeds and a shared linearisation, or threads 1`,
    );
    expect(() => prepareJacobian(chain, x, { strategy, threads: 0 })).toThrow(
      `strategy "${strategy}": threads is 0; expected an integer from 1 to 64`,
    );
    const plain = strategy.replace("-blocked", "");
    expect(() => prepareJacobian(chain, x, { strategy: plain, threads: 2 })).toThrow(
      `strategy "${plain}": has no option threads (given: 2)`,
    );
  });
});

it("every seed is dealt to exactly one thread", () => {
  const count = fc.integer({ min: 1, max: 40 });
  const blockSize = fc.oneof(fc.integer({ min: 1, max: 45 }), fc.constant("all" as const));
  fc.assert(
    fc.property(count, blockSize, fc.integer({ min: 1, max: 6 }), (total, size, threads) => {
      const dealt = dealSeeds(total, size, threads);
      expect(dealt.reduce((sum, { group }) => sum + group.vectors * group.times, 0)).toBe(total);
      for (const { group, lanes } of dealt) expect(lanes).toBe(Math.min(threads, group.times));
    }),
  );
});

it("the command takes threads, shows them, and ends when it has done its work", async () => {
  const options = ["--widths", "12,16,16,9", "--kernel", "wasm", "--threads", "2", "--budget", "1"];
  const timed = await runJacobench(["time", "--strategies", "forward-blocked,reverse-blocked", ...options]);
  expect(timed.stderr).not.toContain("Error");
  expect(timed.stdout).toContain("forward-blocked[16] (2 threads)");
  expect(timed.code).toBe(0);
}, 60_000);
