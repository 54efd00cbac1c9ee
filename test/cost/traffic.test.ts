/** @file The bytes of a sweep in closed form, against operands that are counted product by product. */

import fc from "fast-check";
import { expect, it } from "vitest";
import type { Matrix } from "../../src/array.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import { SILENT } from "../../src/cost/operation.ts";
import { strategyTraffic, sweepTraffic } from "../../src/cost/traffic.ts";
import { typed } from "../../src/kernels/typed.ts";
import type { Kernel } from "../../src/kernels/types.ts";
import { createAllocator } from "../../src/memory.ts";
import { resolveOptions, strategyById } from "../../src/strategies/index.ts";
import type { StrategyOptions } from "../../src/strategies/types.ts";

/** A kernel that counts FMA and operands of its products. */
function countingOperands(): { kernel: Kernel; count: { fma: number; bytes: number } } {
  const count = { fma: 0, bytes: 0 };
  const note = (fma: number, ...operands: Matrix[]): void => {
    count.fma += fma;
    for (const { size } of operands) count.bytes += 8 * size;
  };
  const kernel: Kernel = {
    ...typed,
    matvec: (A, x, y) => {
      note(A.size, A, x, y);
      typed.matvec(A, x, y);
    },
    vecmat: (u, A, y) => {
      note(A.size, u, A, y);
      typed.vecmat(u, A, y);
    },
    matmul: (A, B, C) => {
      note(A.size * B.shape[1]!, A, B, C);
      typed.matmul(A, B, C);
    },
  };
  return { kernel, count };
}

function counted(strategy: string, widths: readonly number[], options: StrategyOptions) {
  const chain = buildChain({ widths: [...widths], activation: "tanh", rngSeed: 1 });
  const { kernel, count } = countingOperands();
  const context = { kernel, allocator: createAllocator(), observer: SILENT };
  const entry = strategyById(strategy);
  const prepared = entry.prepare(chain, randomPoint(widths[0]!, 1), resolveOptions(entry, options), context);
  count.fma = 0;
  count.bytes = 0;
  prepared.run();
  return count;
}

const width = fc.integer({ min: 1, max: 12 });
const chains = fc.array(width, { minLength: 3, maxLength: 6 });
const unitSeeds = fc.constantFrom("dense", "read");

it("is what single and blocked sweeps move, with dense and with read seeds", () => {
  fc.assert(
    fc.property(
      chains,
      unitSeeds,
      fc.oneof(fc.integer({ min: 1, max: 14 }), fc.constant("all" as const)),
      (widths, seeds, blockSize) => {
        for (const strategy of ["forward", "reverse", "forward-blocked", "reverse-blocked"]) {
          const options = strategy.endsWith("blocked")
            ? { unitSeeds: seeds, blockSize }
            : { unitSeeds: seeds };
          const choice = { strategy, linearisation: "shared", blockSize, unitSeeds: seeds } as const;
          expect(counted(strategy, widths, options), strategy).toEqual(strategyTraffic(choice, widths));
        }
      },
    ),
    { numRuns: 60, seed: 1 },
  );
});

it("is what the products from the right and from the left move", () => {
  fc.assert(
    fc.property(chains, (widths) => {
      for (const strategy of ["product-right-to-left", "product-left-to-right"]) {
        const choice = { strategy, linearisation: "shared", blockSize: null, unitSeeds: "read" } as const;
        expect(counted(strategy, widths, {}), strategy).toEqual(strategyTraffic(choice, widths));
      }
    }),
    { numRuns: 40, seed: 2 },
  );
});

it("tends to 1/8 FMA a byte for single seeds, and to b/8 for small blocks", () => {
  const intensity = (blockSize: number): number => {
    const { fma, bytes } = sweepTraffic([4000, 4000, 4000], 4000, blockSize);
    return fma / bytes;
  };
  expect(intensity(1)).toBeCloseTo(1 / 8, 3);
  expect(intensity(8) / intensity(1)).toBeCloseTo(8, 0);
});

it("is not given for strategies of another form", () => {
  const plain = { blockSize: null, linearisation: "shared", unitSeeds: "dense" } as const;
  for (const strategy of ["optimal", "complex-step", "reverse-checkpointed", "forward-parameters"])
    expect(strategyTraffic({ ...plain, strategy }, [3, 4, 2])).toBeNull();
  expect(
    strategyTraffic({ ...plain, strategy: "forward", linearisation: "recomputed" }, [3, 4, 2]),
  ).toBeNull();
  expect(strategyTraffic({ ...plain, strategy: "product-right-to-left" }, [3, 4])).toBeNull();
});
