/** @file The Jacobian I + J_inner of a residual layer: the inner chain's products plus one addition an entry. */

import type { Matrix } from "../array.ts";
import type { Kernel } from "../kernels/types.ts";
import {
  preparePullThrough,
  preparePushThrough,
  prepareReadColumnsThrough,
  prepareReadRowsThrough,
} from "./compose.ts";
import { recordable } from "./record.ts";
import type { LinearMap, Product, Workspace } from "./types.ts";

/**
 * Wraps I + J_K … J_1.
 *
 * @param inner - J_1 … J_K of the inner chain, first applied first; its input and output width are equal
 */
export function identityPlusMap(inner: readonly LinearMap[]): LinearMap {
  const width = inner[0]!.columns;
  const plusInput = ({ kernel }: Workspace, product: Product): Product => {
    const { record } = product;
    return recordable(
      (input, output) => {
        product(input, output);
        kernel.add(input, output);
      },
      record &&
        ((to, input, output) => {
          record(to, input, output);
          to.add(input, output);
        }),
    );
  };
  return {
    rows: width,
    columns: width,
    given: null,
    isDiagonal: false,
    diagonal: null,
    inner,
    preparePush: (workspace, count) => plusInput(workspace, preparePushThrough(inner, workspace, count)),
    preparePull: (workspace, count) => plusInput(workspace, preparePullThrough(inner, workspace, count)),
    prepareReadColumns: (workspace, count) => {
      const read = prepareReadColumnsThrough(inner, workspace, count);
      return (first, output) => {
        read(first, output);
        const columns = output.dimension === 1 ? 1 : output.shape[1]!;
        for (let c = 0; c < columns; c++) workspace.kernel.addAt(1, output, first + c, c);
      };
    },
    prepareReadRows: (workspace, count) => {
      const read = prepareReadRowsThrough(inner, workspace, count);
      return (first, output) => {
        read(first, output);
        if (output.dimension === 1) workspace.kernel.addAt(1, output, first, 0);
        else for (let c = 0; c < output.shape[0]!; c++) workspace.kernel.addAt(1, output, c, first + c);
      };
    },
  };
}

/**
 * Adds the identity to a square matrix in place: one addition a row.
 *
 * @param kernel - does the additions
 * @param J - [width, width]
 */
export function addIdentity(kernel: Kernel, J: Matrix): void {
  for (let i = 0; i < J.shape[0]!; i++) kernel.addAt(1, J, i, i);
}
