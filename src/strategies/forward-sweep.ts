/** @file Forward mode: n tangents pushed through the chain, one at a time or in blocks; what `forward` and `forward-blocked` share. */

import type { Matrix, Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import type { ChainShape } from "../chain/shape.ts";
import { type Prediction, predict } from "../cost/prediction.ts";
import {
  columnThroughEntries,
  columnThroughFma,
  structuresOf,
  throughEntries,
  throughFma,
} from "../cost/structure-cost.ts";
import { preparePushThrough, prepareReadColumnsThrough } from "../linear-map/compose.ts";
import { bindProduct } from "../linear-map/record.ts";
import type { Count, Reader } from "../linear-map/types.ts";
import { type BlockGroup, blockViews, groupSeeds, markSeeds } from "./blocks.ts";
import { lineariseOnce, lineariseOnceEntries, lineariseOnceOperation, ONE_BEFORE_RUN } from "./linearise.ts";
import { predictRecomputed, prepareRecomputedPush } from "./recompute.ts";
import { dealSeeds, prepareThreadedSweep } from "./threaded-sweep.ts";
import type { PreparedJacobian, StrategyContext, StrategyOptions } from "./types.ts";

/** Options of the sweep: those of strategies, with the block size of this one (null for single tangents). */
export type SweepOptions = Required<Omit<StrategyOptions, "blockSize">> & {
  readonly blockSize: number | "all" | null;
};

/**
 * Prepares n JVPs: column j of J is J·e_j.
 *
 * @param chain - f
 * @param x - shape [n]
 * @param options - block size, linearisation, unit seeds, threads
 * @param context - kernel, allocator, observer
 */
export function prepareForward(
  chain: Chain,
  x: Vector,
  options: SweepOptions,
  context: StrategyContext,
): PreparedJacobian {
  const { allocator, observer } = context;
  const shared = options.linearisation === "shared" ? lineariseOnce(chain, x, context) : null;
  const J = allocator.allocate(chain.m, chain.n);
  if (shared !== null && options.threads > 1) {
    const sweep = {
      axis: 1,
      blockSize: options.blockSize ?? 1,
      threads: options.threads,
      label: { kind: "tangent", first: 1, last: chain.layers.length },
      prepareProduct: (count: Count) => preparePushThrough(shared.maps, context, count),
    } as const;
    const run = prepareThreadedSweep(J, sweep, context);
    return {
      linearise: shared.linearise,
      run: () => {
        run();
        return J;
      },
    };
  }
  const groups = groupSeeds(chain.n, options.blockSize).map((group) => {
    const columns = blockViews(J, 1, group);
    const compute = prepareColumns(chain, x, shared?.maps ?? null, group, columns[0]!, options, context);
    return { group, columns, compute };
  });
  const label = (vectors: number) =>
    ({ kind: "tangent", first: 1, last: chain.layers.length, vectors }) as const;
  const labels = groups.map(({ group }) => label(group.vectors));
  return {
    linearise: () => shared?.linearise(),
    run: () => {
      for (let g = 0; g < groups.length; g++) {
        const { group, columns, compute } = groups[g]!;
        for (let k = 0; k < columns.length; k++) {
          if (shared !== null) observer.begin(labels[g]!);
          compute(group.first + k * group.vectors, columns[k]!);
          if (shared !== null) observer.end();
        }
      }
      return J;
    },
  };
}

/** Prepares the computation of the columns of one block from `first` on; `output` is one of the views of J to fill. */
function prepareColumns(
  chain: Chain,
  x: Vector,
  maps: Parameters<typeof preparePushThrough>[0] | null,
  group: BlockGroup,
  output: Matrix,
  options: SweepOptions,
  context: StrategyContext,
): Reader {
  const read = options.unitSeeds === "read";
  if (maps !== null && read) return prepareReadColumnsThrough(maps, context, group.count, output);
  if (maps === null) return prepareRecomputedPush(chain, x, group, read, context);
  const seeds = seedsFor(chain.n, group, context);
  const push = bindProduct(context.kernel, preparePushThrough(maps, context, group.count), seeds, output);
  return (first, target) => {
    markSeeds(seeds, 1, first, 1);
    push(target);
    markSeeds(seeds, 1, first, 0);
  };
}

/** Zeroed tangents [n] or [n, b]. */
export function seedsFor(n: number, group: BlockGroup, context: StrategyContext): Matrix {
  return group.count === null ? context.allocator.allocate(n) : context.allocator.allocate(n, group.count);
}

/**
 * Predicts n JVPs: n·Σ FMA through dense layers with dense unit seeds, n·(Σ − n·d_1) when the first columns are read.
 *
 * @param shape - of the chain
 * @param options - block size, linearisation, unit seeds, threads
 */
export function predictForward(shape: ChainShape, options: SweepOptions): Prediction {
  const dealt = dealSeeds(shape.n, options.blockSize, options.threads);
  const groups = dealt.map(({ group }) => group);
  const result = shape.m * shape.n;
  if (options.linearisation === "recomputed") return predictRecomputed(shape, groups, options, result);
  const structures = structuresOf(shape.layers);
  const read = options.unitSeeds === "read";
  const each = read ? columnThroughFma(structures) : throughFma(structures);
  const operations = groups.map(({ vectors, times }) => ({
    kind: "tangent" as const,
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
        (read
          ? columnThroughEntries(structures, count)
          : throughEntries(structures, count) + shape.n * vectors),
    0,
  );
  const entries = lineariseOnceEntries(shape) + result + working;
  return predict([lineariseOnceOperation(shape), ...operations], { ...ONE_BEFORE_RUN, entries });
}
