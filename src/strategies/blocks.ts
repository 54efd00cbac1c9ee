/** @file Cutting n or m seeds into blocks: what the forward and the reverse sweep share. */

import type { Matrix } from "../array.ts";
import type { Count } from "../linear-map/types.ts";

/** A number of vectors at once, and how many times. */
export type BlockGroup = {
  readonly count: Count;
  readonly vectors: number;
  readonly times: number;
  readonly first: number;
};

/**
 * Cuts `total` seeds into blocks of one size and one smaller rest.
 *
 * @param total - number of seeds
 * @param blockSize - seeds at once; null for one vector at a time without block form
 * @returns one or two groups; `vectors` is the size of each block, `first` the index of the group's first seed
 */
export function groupSeeds(total: number, blockSize: number | "all" | null): BlockGroup[] {
  if (blockSize === null) return [{ count: null, vectors: 1, times: total, first: 0 }];
  const size = Math.min(blockSize === "all" ? total : blockSize, total);
  const times = Math.floor(total / size);
  const rest = total - times * size;
  const full = { count: size, vectors: size, times, first: 0 };
  return rest === 0 ? [full] : [full, { count: rest, vectors: rest, times: 1, first: times * size }];
}

/**
 * Views of a matrix for each block of a group: columns of J for tangents, rows for cotangents.
 *
 * @param J - [m, n]
 * @param axis - 1 for columns, 0 for rows
 * @param group - of {@link groupSeeds}
 */
export function blockViews(J: Matrix, axis: 0 | 1, group: BlockGroup): Matrix[] {
  return Array.from({ length: group.times }, (_, k) => {
    const start = group.first + k * group.vectors;
    if (group.count === null) return axis === 1 ? J.pick(null, start) : J.pick(start, null);
    const rest = axis === 1 ? J.lo(0, start) : J.lo(start, 0);
    return axis === 1 ? rest.hi(J.shape[0]!, group.count) : rest.hi(group.count, J.shape[1]!);
  });
}

/**
 * Sets a block of seeds to basis vectors start, start + 1, …
 *
 * @param seeds - vector [n], tangents [n, b] or cotangents [b, m]; zero elsewhere
 * @param axis - 1 for tangents, 0 for cotangents
 * @param start - index of the first basis vector
 * @param value - 1 to set, 0 to clear again
 */
export function markSeeds(seeds: Matrix, axis: 0 | 1, start: number, value: 0 | 1): void {
  if (seeds.dimension === 1) {
    seeds.set(start, value);
    return;
  }
  const count = seeds.shape[axis]!;
  for (let c = 0; c < count; c++) {
    if (axis === 1) seeds.set(start + c, c, value);
    else seeds.set(c, start + c, value);
  }
}
