/** @file Whether a peer's Jacobian is ours: its dtype, its shape, its entries; and whether it is the transpose. Pure. */

import { type Matrix, maxAbs } from "../array.ts";
import { decodeNumbers, type ReplyTo } from "./protocol.ts";

/** How far an entry may be from ours, relative to the largest, by dtype. */
export const TOLERANCES: Readonly<Record<string, number>> = { float64: 1e-8, float32: 1e-4 };

/** A transpose is called so even where its entries are less exact than they should be. */
const RECOGNISED = 1e-3;

/** What the comparison found. */
export type Agreement = {
  /** Why the peer's Jacobian is not ours; null where it is. */
  readonly reason: string | null;
  /** max |J − ours|; NaN where they could not be compared. */
  readonly maxAbsError: number;
  /** max |ours|. */
  readonly maxAbsReference: number;
};

/**
 * Compares a peer's Jacobian with ours.
 *
 * @param given - the peer's reply
 * @param ours - J [m, n]
 */
export function compareJacobian(
  given: Pick<ReplyTo["prepare"], "dtype" | "shape" | "jacobian">,
  ours: Matrix,
): Agreement {
  const [m, n] = ours.shape as [number, number];
  const maxAbsReference = maxAbs(ours);
  const refuse = (reason: string, maxAbsError = Number.NaN): Agreement => ({
    reason,
    maxAbsError,
    maxAbsReference,
  });
  const tolerance = TOLERANCES[given.dtype];
  if (tolerance === undefined) {
    const known = Object.keys(TOLERANCES).join(" or ");
    return refuse(`its Jacobian is of dtype ${given.dtype}; expected ${known}`);
  }
  const values = decodeNumbers(given.jacobian);
  const shape = given.shape.join(" × ");
  if (values.length !== m * n) return refuse(`its Jacobian is ${shape}; expected ${m} × ${n}`);
  const straight = distance(values, ours, (i, j) => i * n + j);
  const turned = distance(values, ours, (i, j) => j * m + i);
  const allowed = tolerance * maxAbsReference;
  const isOfShape = given.shape.length === 2 && given.shape[0] === m && given.shape[1] === n;
  // m = 1 or n = 1: both orders are the same numbers, and the shape alone tells.
  const isMatrix = given.shape.length === 2;
  const looksTurned =
    isMatrix && turned <= RECOGNISED * maxAbsReference && (!isOfShape || turned < straight / 10);
  if (looksTurned && !(isOfShape && straight <= allowed)) {
    const what = isOfShape ? `of our ${shape} Jacobian` : `: its Jacobian is ${shape}, expected ${m} × ${n}`;
    return refuse(`it gives the transpose${isOfShape ? " " : ""}${what}`, straight);
  }
  if (!isOfShape) return refuse(`its Jacobian is ${shape}; expected ${m} × ${n}`);
  if (!(straight <= allowed)) {
    const off = Number.isFinite(straight) ? (straight / maxAbsReference).toExponential(1) : String(straight);
    return refuse(
      `its Jacobian differs from ours by ${off} of the largest entry; expected at most ${tolerance} in ${given.dtype}`,
      straight,
    );
  }
  return { reason: null, maxAbsError: straight, maxAbsReference };
}

/** max |values − ours|, NaN if an entry is. */
function distance(
  values: Float64Array,
  ours: Matrix,
  place: (row: number, column: number) => number,
): number {
  const [m, n] = ours.shape as [number, number];
  let largest = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const off = Math.abs(values[place(i, j)]! - ours.get(i, j));
      if (!(off <= largest)) largest = off;
      if (Number.isNaN(largest)) return largest;
    }
  }
  return largest;
}
