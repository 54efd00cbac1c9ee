/** @file Reverse mode: m cotangents pulled back through the chain, one at a time or in blocks; what `reverse` and `reverse-blocked` share. */

import type { Matrix, Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import type { ChainShape } from "../chain/shape.ts";
import { type Prediction, predict } from "../cost/prediction.ts";
import {
  rowThroughEntries,
  rowThroughFma,
  structuresOf,
  throughEntries,
  throughFma,
} from "../cost/structure-cost.ts";
import { preparePullThrough, prepareReadRowsThrough } from "../linear-map/compose.ts";
import { bindProduct } from "../linear-map/record.ts";
import type { Count, LinearMap, Reader } from "../linear-map/types.ts";
import { type BlockGroup, blockViews, groupSeeds, markSeeds } from "./blocks.ts";
import type { SweepOptions } from "./forward-sweep.ts";
import { lineariseOnce, lineariseOnceEntries, lineariseOnceOperation, ONE_BEFORE_RUN } from "./linearise.ts";
import { dealSeeds, prepareThreadedSweep } from "./threaded-sweep.ts";
import type { PreparedJacobian, StrategyContext } from "./types.ts";

/**
 * Prepares m VJPs: row i of J is e_iᵀ·J. The tape (every layer's partial derivatives) is always kept.
 *
 * @param chain - f
 * @param x - shape [n]
 * @param options - block size, unit seeds, threads
 * @param context - kernel, allocator, observer
 */
export function prepareReverse(
  chain: Chain,
  x: Vector,
  options: Pick<SweepOptions, "blockSize" | "unitSeeds" | "threads">,
  context: StrategyContext,
): PreparedJacobian {
  const { allocator, observer } = context;
  const { maps, linearise } = lineariseOnce(chain, x, context);
  const J = allocator.allocate(chain.m, chain.n);
  if (options.threads > 1) {
    const sweep = {
      axis: 0,
      blockSize: options.blockSize ?? 1,
      threads: options.threads,
      label: { kind: "adjoint", first: 1, last: chain.layers.length },
      prepareProduct: (count: Count) => preparePullThrough(maps, context, count),
    } as const;
    const run = prepareThreadedSweep(J, sweep, context);
    return {
      linearise,
      run: () => {
        run();
        return J;
      },
    };
  }
  const read = options.unitSeeds === "read";
  const groups = groupSeeds(chain.m, options.blockSize).map((group) => {
    const rows = blockViews(J, 0, group);
    const compute = prepareRows(chain, maps, group, rows[0]!, read, context);
    const label = { kind: "adjoint", first: 1, last: chain.layers.length, vectors: group.vectors } as const;
    return { group, rows, compute, label };
  });
  return {
    linearise,
    run: () => {
      for (const { group, rows, compute, label } of groups) {
        for (let k = 0; k < rows.length; k++) {
          observer.begin(label);
          compute(group.first + k * group.vectors, rows[k]!);
          observer.end();
        }
      }
      return J;
    },
  };
}

/** Prepares the computation of the rows of one block from `first` on; `output` is one of the views of J to fill. */
function prepareRows(
  chain: Chain,
  maps: readonly LinearMap[],
  group: BlockGroup,
  output: Matrix,
  read: boolean,
  context: StrategyContext,
): Reader {
  if (read) return prepareReadRowsThrough(maps, context, group.count, output);
  const { allocator } = context;
  const seeds = group.count === null ? allocator.allocate(chain.m) : allocator.allocate(group.count, chain.m);
  const pull = bindProduct(context.kernel, preparePullThrough(maps, context, group.count), seeds, output);
  return (first, target) => {
    markSeeds(seeds, 0, first, 1);
    pull(target);
    markSeeds(seeds, 0, first, 0);
  };
}

/**
 * Predicts m VJPs: m·Σ FMA through dense layers with dense unit seeds, m·(Σ − m·d_{K−1}) when the last rows are read.
 *
 * @param shape - of the chain
 * @param options - block size, unit seeds, threads
 */
export function predictReverse(
  shape: ChainShape,
  options: Pick<SweepOptions, "blockSize" | "unitSeeds" | "threads">,
): Prediction {
  const dealt = dealSeeds(shape.m, options.blockSize, options.threads);
  const structures = structuresOf(shape.layers);
  const read = options.unitSeeds === "read";
  const each = read ? rowThroughFma(structures) : throughFma(structures);
  const operations = dealt.map(({ group: { vectors, times } }) => ({
    kind: "adjoint" as const,
    first: 1,
    last: structures.length,
    vectors,
    times,
    fma: vectors * each,
  }));
  const working = dealt.reduce(
    (sum, { group: { count, vectors }, lanes }) =>
      sum +
      lanes *
        (read ? rowThroughEntries(structures, count) : throughEntries(structures, count) + shape.m * vectors),
    0,
  );
  const entries = lineariseOnceEntries(shape) + shape.m * shape.n + working;
  return predict([lineariseOnceOperation(shape), ...operations], { ...ONE_BEFORE_RUN, entries });
}
