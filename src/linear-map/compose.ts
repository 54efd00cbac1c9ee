/** @file Products with a chain of Jacobians J_K … J_1, one after another, without forming their product. */

import type { Matrix } from "../array.ts";
import { alternatingBuffers, joinProducts } from "./buffers.ts";
import { bindProduct } from "./record.ts";
import type { Count, LinearMap, Product, Reader, Workspace } from "./types.ts";

/** Widths between consecutive maps (none before the first and after the last). */
function interiorWidths(maps: readonly LinearMap[]): number[] {
  return maps.slice(0, -1).map((map) => map.rows);
}

/**
 * Prepares V ↦ J_K·(…·(J_1·V)).
 *
 * @param maps - J_1 … J_K, first applied first
 * @param workspace - kernel and allocator
 * @param count - tangents at once
 */
export function preparePushThrough(maps: readonly LinearMap[], workspace: Workspace, count: Count): Product {
  const boundaries = alternatingBuffers(workspace.allocator, interiorWidths(maps), count, "columns");
  return joinProducts(
    maps.map((map) => map.preparePush(workspace, count)),
    boundaries,
  );
}

/**
 * Prepares U ↦ ((U·J_K)·…)·J_1.
 *
 * @param maps - J_1 … J_K, first applied first
 * @param workspace - kernel and allocator
 * @param count - cotangents at once
 */
export function preparePullThrough(maps: readonly LinearMap[], workspace: Workspace, count: Count): Product {
  const boundaries = alternatingBuffers(workspace.allocator, interiorWidths(maps), count, "rows");
  return joinProducts(maps.map((map) => map.preparePull(workspace, count)).reverse(), boundaries.reverse());
}

/**
 * Prepares the columns of J_K … J_1: those of J_1 are read, the rest is pushed.
 *
 * @param maps - J_1 … J_K, at least one
 * @param workspace - kernel and allocator
 * @param count - columns at once
 * @param like - an output, where all have its strides and lie in its memory; kernels gain by knowing it
 */
export function prepareReadColumnsThrough(
  maps: readonly LinearMap[],
  workspace: Workspace,
  count: Count,
  like: Matrix | null = null,
): Reader {
  return readThenContinue(
    maps[0]!.prepareReadColumns(workspace, count),
    maps.length === 1 ? null : maps[0]!.rows,
    () => preparePushThrough(maps.slice(1), workspace, count),
    workspace,
    count,
    "columns",
    like,
  );
}

/**
 * Prepares the rows of J_K … J_1: those of J_K are read, the rest is pulled.
 *
 * @param maps - J_1 … J_K, at least one
 * @param workspace - kernel and allocator
 * @param count - rows at once
 * @param like - an output, where all have its strides and lie in its memory; kernels gain by knowing it
 */
export function prepareReadRowsThrough(
  maps: readonly LinearMap[],
  workspace: Workspace,
  count: Count,
  like: Matrix | null = null,
): Reader {
  const last = maps.at(-1)!;
  return readThenContinue(
    last.prepareReadRows(workspace, count),
    maps.length === 1 ? null : last.columns,
    () => preparePullThrough(maps.slice(0, -1), workspace, count),
    workspace,
    count,
    "rows",
    like,
  );
}

function readThenContinue(
  read: Reader,
  width: number | null,
  prepareRest: () => Product,
  workspace: Workspace,
  count: Count,
  orientation: "columns" | "rows",
  like: Matrix | null,
): Reader {
  if (width === null) return read;
  const between = alternatingBuffers(workspace.allocator, [width], count, orientation)[0]!;
  const rest = prepareRest();
  const bound =
    like === null
      ? (output: Matrix) => rest(between, output)
      : bindProduct(workspace.kernel, rest, between, like);
  return (first, output) => {
    read(first, between);
    bound(output);
  };
}
