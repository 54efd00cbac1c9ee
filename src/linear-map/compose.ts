/** @file Products with a chain of Jacobians J_K … J_1, one after another, without forming their product. */

import { copyInto } from "../array.ts";
import { alternatingBuffers, joinSteps } from "./buffers.ts";
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
  return joinSteps(
    maps.map((map) => map.preparePush(workspace, count)),
    boundaries,
    copyInto,
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
  return joinSteps(
    maps.map((map) => map.preparePull(workspace, count)).reverse(),
    boundaries.reverse(),
    copyInto,
  );
}

/**
 * Prepares the columns of J_K … J_1: those of J_1 are read, the rest is pushed.
 *
 * @param maps - J_1 … J_K, at least one
 * @param workspace - kernel and allocator
 * @param count - columns at once
 */
export function prepareReadColumnsThrough(
  maps: readonly LinearMap[],
  workspace: Workspace,
  count: Count,
): Reader {
  return readThenContinue(
    maps[0]!.prepareReadColumns(workspace, count),
    maps.length === 1 ? null : maps[0]!.rows,
    () => preparePushThrough(maps.slice(1), workspace, count),
    workspace,
    count,
    "columns",
  );
}

/**
 * Prepares the rows of J_K … J_1: those of J_K are read, the rest is pulled.
 *
 * @param maps - J_1 … J_K, at least one
 * @param workspace - kernel and allocator
 * @param count - rows at once
 */
export function prepareReadRowsThrough(
  maps: readonly LinearMap[],
  workspace: Workspace,
  count: Count,
): Reader {
  const last = maps.at(-1)!;
  return readThenContinue(
    last.prepareReadRows(workspace, count),
    maps.length === 1 ? null : last.columns,
    () => preparePullThrough(maps.slice(0, -1), workspace, count),
    workspace,
    count,
    "rows",
  );
}

function readThenContinue(
  read: Reader,
  width: number | null,
  prepareRest: () => Product,
  workspace: Workspace,
  count: Count,
  orientation: "columns" | "rows",
): Reader {
  if (width === null) return read;
  const between = alternatingBuffers(workspace.allocator, [width], count, orientation)[0]!;
  const rest = prepareRest();
  return (first, output) => {
    read(first, between);
    rest(between, output);
  };
}
