/**
 * @file Closed forms of what one layer costs by its structure: FMA of products, columns and rows, and working memory.
 *
 * Derivations: a dense product with a vector is rows·columns multiply-adds. diag(d) − l·rᵀ is a dot product, a scaling
 * and an update, each of `width`. I + J_inner adds `width` additions to the inner products.
 */

import type { Structure } from "../chain/shape.ts";
import { alternatingEntries } from "../linear-map/buffers.ts";
import type { Count } from "../linear-map/types.ts";

/** The structures of a list of layers. */
export function structuresOf(layers: readonly { readonly structure: Structure }[]): Structure[] {
  return layers.map((layer) => layer.structure);
}

/** Rows of the Jacobian. */
export function rowsOf(structure: Structure): number {
  return structure.kind === "dense" ? structure.rows : structure.width;
}

/** Columns of the Jacobian. */
export function columnsOf(structure: Structure): number {
  return structure.kind === "dense" ? structure.columns : structure.width;
}

/** FMA of one JVP, and likewise of one VJP, through the structure. */
export function productFma(structure: Structure): number {
  switch (structure.kind) {
    case "identity":
      return 0;
    case "dense":
      return structure.rows * structure.columns;
    case "diagonal":
      return structure.width;
    case "diagonal-plus-rank-one":
      return (structure.unitDiagonal ? 2 : 3) * structure.width;
    case "identity-plus":
      return throughFma(structuresOf(structure.inner)) + structure.width;
  }
}

/** FMA of one JVP or VJP through several structures. */
export function throughFma(structures: readonly Structure[]): number {
  return structures.reduce((sum, structure) => sum + productFma(structure), 0);
}

/** FMA of reading one column of the Jacobian instead of multiplying by a unit tangent. */
export function columnFma(structure: Structure): number {
  switch (structure.kind) {
    case "identity":
    case "dense":
    case "diagonal":
      return 0;
    case "diagonal-plus-rank-one":
      return structure.unitDiagonal ? 1 : structure.width + 1;
    case "identity-plus":
      return columnThroughFma(structuresOf(structure.inner)) + 1;
  }
}

/** FMA of one column of J_K … J_1: read from J_1, pushed through the rest. */
export function columnThroughFma(structures: readonly Structure[]): number {
  return columnFma(structures[0]!) + throughFma(structures.slice(1));
}

/** FMA of reading one row of the Jacobian instead of multiplying by a unit cotangent. */
export function rowFma(structure: Structure): number {
  switch (structure.kind) {
    case "identity":
    case "dense":
    case "diagonal":
      return 0;
    case "diagonal-plus-rank-one":
      return structure.width + 1;
    case "identity-plus":
      return rowThroughFma(structuresOf(structure.inner)) + 1;
  }
}

/** FMA of one row of J_K … J_1: read from J_K, pulled through the rest. */
export function rowThroughFma(structures: readonly Structure[]): number {
  return rowFma(structures.at(-1)!) + throughFma(structures.slice(0, -1));
}

/** Float64 entries of working memory that a prepared product with the structure takes. */
export function productEntries(structure: Structure, count: Count): number {
  switch (structure.kind) {
    case "identity":
    case "dense":
    case "diagonal":
      return 0;
    case "diagonal-plus-rank-one":
      return count ?? 0;
    case "identity-plus":
      return throughEntries(structuresOf(structure.inner), count);
  }
}

/** Float64 entries that a prepared product through several structures takes. */
export function throughEntries(structures: readonly Structure[], count: Count): number {
  const own = structures.reduce((sum, structure) => sum + productEntries(structure, count), 0);
  return own + alternatingEntries(structures.slice(0, -1).map(rowsOf), count);
}

/** Float64 entries that a prepared reader of columns of J_K … J_1 takes. */
export function columnThroughEntries(structures: readonly Structure[], count: Count): number {
  const first = structures[0]!;
  const own = first.kind === "identity-plus" ? columnThroughEntries(structuresOf(first.inner), count) : 0;
  if (structures.length === 1) return own;
  return own + rowsOf(first) * (count ?? 1) + throughEntries(structures.slice(1), count);
}

/** Float64 entries that a prepared reader of rows of J_K … J_1 takes. */
export function rowThroughEntries(structures: readonly Structure[], count: Count): number {
  const last = structures.at(-1)!;
  const own = last.kind === "identity-plus" ? rowThroughEntries(structuresOf(last.inner), count) : 0;
  if (structures.length === 1) return own;
  return own + columnsOf(last) * (count ?? 1) + throughEntries(structures.slice(0, -1), count);
}
