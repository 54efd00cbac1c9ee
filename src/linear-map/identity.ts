/** @file The identity as a Jacobian: nothing is multiplied, entries are only copied on. */

import { placeDiagonal } from "./diagonal.ts";
import { copyProduct } from "./record.ts";
import type { LinearMap } from "./types.ts";

/**
 * The identity on R^width. Its products cost no FMA.
 *
 * @param width - rows and columns
 */
export function identityMap(width: number): LinearMap {
  return {
    rows: width,
    columns: width,
    given: null,
    isDiagonal: true,
    diagonal: null,
    inner: null,
    preparePush: () => copyProduct,
    preparePull: () => copyProduct,
    prepareReadColumns: () => (first, output) => placeDiagonal(output, "columns", first, null),
    prepareReadRows: () => (first, output) => placeDiagonal(output, "rows", first, null),
  };
}
