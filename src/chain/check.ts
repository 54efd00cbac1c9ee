/** @file Checks of what users give to layers. */

import { entries, type Matrix } from "../array.ts";
import { JacobenchError } from "../errors.ts";

/**
 * Refuses NaN and infinite entries.
 *
 * @param array - vector or matrix
 * @param what - its name, with the layer's
 * @throws {JacobenchError} `ERR_NON_FINITE` naming the entry
 */
export function checkFinite(array: Matrix, what: string): void {
  const values = entries(array);
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  const columns = array.dimension === 1 ? array.shape[0]! : array.shape[1]!;
  const place = array.dimension === 1 ? `${index}` : `${Math.floor(index / columns)}, ${index % columns}`;
  throw new JacobenchError(
    "ERR_NON_FINITE",
    `${what}[${place}] is ${values[index]}; expected a finite number`,
  );
}

/**
 * Refuses a label that is not an index of a vector.
 *
 * @param label - the class y
 * @param width - number of classes
 * @param where - name of the layer
 * @throws {JacobenchError} `ERR_RANGE`
 */
export function checkLabel(label: number, width: number, where: string): void {
  if (!Number.isInteger(label) || label < 0 || label >= width) {
    throw new JacobenchError(
      "ERR_RANGE",
      `${where}: label is ${label}; expected an integer from 0 to ${width - 1}, since its input has width ${width}`,
    );
  }
}
