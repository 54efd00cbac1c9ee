/** @file Blocks of seeds in several threads: what both blocked sweeps share. Seeds and buffers belong to a lane, J to all. */

import type { Matrix } from "../array.ts";
import type { OperationLabel } from "../cost/operation.ts";
import type { Count, Product } from "../linear-map/types.ts";
import { type BlockGroup, blockViews, groupSeeds, markSeeds } from "./blocks.ts";
import type { StrategyContext } from "./types.ts";

/** A group of blocks with the lanes (threads) that do them: its block k is done by lane (start + k) mod threads. */
type LaneGroup = { readonly group: BlockGroup; readonly start: number; readonly lanes: number };

/**
 * Deals blocks of seeds to threads in turn. With block size `all`, each thread takes its share of all seeds at once.
 *
 * @param total - seeds
 * @param blockSize - seeds at once; null for one vector at a time
 * @param threads - how many
 * @returns the groups of {@link groupSeeds}, each with the number of lanes that it keeps busy
 */
export function dealSeeds(total: number, blockSize: number | "all" | null, threads: number): LaneGroup[] {
  const size = blockSize === "all" ? Math.ceil(total / threads) : blockSize;
  let start = 0;
  return groupSeeds(total, size).map((group) => {
    const dealt = { group, start, lanes: Math.min(threads, group.times) };
    start += group.times;
    return dealt;
  });
}

/** What a sweep in threads is made of. */
export type ThreadedSweep = {
  /** Tangents are columns (axis 1) of J, cotangents rows (axis 0). */
  readonly axis: 0 | 1;
  readonly blockSize: number | "all";
  readonly threads: number;
  readonly label: Pick<OperationLabel, "kind" | "first" | "last">;
  /** Prepares the product of a block, with buffers of its own. */
  prepareProduct(count: Count): Product;
};

/**
 * Prepares all products of unit seeds in lanes. A kernel without threads does the same work one lane after another, and
 * so does the counting kernel: what is counted is what threads do.
 *
 * @param J - [m, n]
 * @param sweep - seeds and products
 * @param context - kernel, allocator, observer
 * @returns the run; with threads it announces no operations
 */
export function prepareThreadedSweep(J: Matrix, sweep: ThreadedSweep, context: StrategyContext): () => void {
  const { kernel, allocator, observer } = context;
  const { axis, threads } = sweep;
  const total = J.shape[axis]!;
  const groups = dealSeeds(total, sweep.blockSize, threads).map(({ group, start, lanes }) => {
    const count = group.vectors;
    const own = Array.from({ length: lanes }, () => ({
      seeds: axis === 1 ? allocator.allocate(total, count) : allocator.allocate(count, total),
      product: sweep.prepareProduct(count),
    }));
    return { group, start, own, outputs: blockViews(J, axis, group) };
  });
  const lanes = Array.from({ length: threads }, (_, lane) =>
    groups.flatMap(({ group, start, own, outputs }) =>
      outputs.flatMap((output, k) => {
        if ((start + k) % threads !== lane) return [];
        return [{ ...own[k % own.length]!, output, first: group.first + k * group.vectors }];
      }),
    ),
  );
  const busy = lanes.filter((blocks) => blocks.length > 0);
  const together = busy.every((blocks) => blocks.every(({ product }) => product.record !== undefined))
    ? kernel.parallel?.(
        busy.map((blocks) =>
          blocks.map(({ product, seeds, output, first }) => ({
            write: (to) => product.record!(to, seeds, output),
            input: seeds,
            output,
            axis,
            first,
          })),
        ),
      )
    : null;
  return (
    together ??
    (() => {
      for (const blocks of lanes) {
        for (const { product, seeds, output, first } of blocks) {
          observer.begin({ ...sweep.label, vectors: seeds.shape[axis]! });
          markSeeds(seeds, axis, first, 1);
          product(seeds, output);
          markSeeds(seeds, axis, first, 0);
          observer.end();
        }
      }
    })
  );
}
