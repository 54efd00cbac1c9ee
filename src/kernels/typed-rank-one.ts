/** @file Products of the `typed` kernel with diag(d) − l·rᵀ whose diagonal entry at the pivot is given. */

import ndarray from "ndarray";
import type { Matrix, Vector } from "../array.ts";
import type { PivotedRankOne } from "./types.ts";

/** Ones without end. */
const ONES: Vector = ndarray(Float64Array.of(1), [1], [0]);

/**
 * y = M·x for every vector x of X. Where vectors lie side by side, the loops run across them, along memory.
 *
 * @param M - the matrix [k, k]
 * @param X - a vector [k], columns of [k, b] (axis 0) or rows of [b, k] (axis 1)
 * @param axis - along which a vector lies
 * @param s - overwritten by rᵀ·x of each vector, [b]; null for a vector
 * @param Y - overwritten; of the shape of X
 */
export function rankOneTyped(M: PivotedRankOne, X: Matrix, axis: 0 | 1, s: Vector | null, Y: Matrix): void {
  const k = X.shape[axis]!;
  if (s === null) {
    oneVector(M, k, X.data, X.offset, X.stride[0]!, Y.data, Y.offset, Y.stride[0]!);
    return;
  }
  if (Math.abs(X.stride[1 - axis]!) < Math.abs(X.stride[axis]!)) {
    sideBySide(M, k, X, axis, s, Y);
    return;
  }
  for (let j = 0; j < s.shape[0]!; j++) {
    const p = X.offset + j * X.stride[1 - axis]!;
    const q = Y.offset + j * Y.stride[1 - axis]!;
    s.set(j, oneVector(M, k, X.data, p, X.stride[axis]!, Y.data, q, Y.stride[axis]!));
  }
}

/** One vector; returns rᵀ·x. */
function oneVector(
  M: PivotedRankOne,
  k: number,
  xd: Float64Array,
  start: number,
  xs: number,
  yd: Float64Array,
  target: number,
  ys: number,
): number {
  const [d, l, r] = [M.diagonal ?? ONES, M.left ?? ONES, M.right ?? ONES];
  const [dd, ld, rd] = [d.data, l.data, r.data];
  const [ds, ls, rs] = [d.stride[0]!, l.stride[0]!, r.stride[0]!];
  const c = M.pivot.get(0)!;
  let others = 0;
  for (let i = 0, p = start, t = r.offset; i < c; i++, p += xs, t += rs) others += rd[t]! * xd[p]!;
  for (let i = c + 1, p = start + i * xs, t = r.offset + i * rs; i < k; i++, p += xs, t += rs) {
    others += rd[t]! * xd[p]!;
  }
  const own = xd[start + c * xs]!;
  const s = others + rd[r.offset + c * rs]! * own;
  let [p, q, t, w] = [start, target, d.offset, l.offset];
  for (let i = 0; i < k; i++, p += xs, q += ys, t += ds, w += ls) yd[q] = dd[t]! * xd[p]! - ld[w]! * s;
  yd[target + c * ys] = M.pivot.get(1)! * own - ld[l.offset + c * ls]! * others;
  return s;
}

/** All vectors at once, entry by entry. */
function sideBySide(M: PivotedRankOne, k: number, X: Matrix, axis: 0 | 1, s: Vector, Y: Matrix): void {
  const [d, l, r] = [M.diagonal ?? ONES, M.left ?? ONES, M.right ?? ONES];
  const [c, entry] = [M.pivot.get(0)!, M.pivot.get(1)!];
  const [xd, yd, sd] = [X.data, Y.data, s.data];
  const [xt, yt, st] = [X.stride[1 - axis]!, Y.stride[1 - axis]!, s.stride[0]!];
  const b = s.shape[0]!;
  const [xc, yc] = [X.offset + c * X.stride[axis]!, Y.offset + c * Y.stride[axis]!];
  const at = (x: Vector, i: number): number => x.data[x.offset + i * x.stride[0]!]!;
  // The entries of the pivot hold the sums over the others until s is known.
  for (let j = 0, q = yc; j < b; j++, q += yt) yd[q] = 0;
  for (let i = 0; i < k; i++) {
    if (i === c) continue;
    const factor = at(r, i);
    let p = X.offset + i * X.stride[axis]!;
    for (let j = 0, q = yc; j < b; j++, p += xt, q += yt) yd[q] = yd[q]! + factor * xd[p]!;
  }
  const [rc, lc] = [at(r, c), at(l, c)];
  for (let j = 0, p = xc, q = yc, t = s.offset; j < b; j++, p += xt, q += yt, t += st) {
    sd[t] = yd[q]! + rc * xd[p]!;
    yd[q] = entry * xd[p]! - lc * yd[q]!;
  }
  for (let i = 0; i < k; i++) {
    if (i === c) continue;
    const [di, li] = [at(d, i), at(l, i)];
    let p = X.offset + i * X.stride[axis]!;
    let q = Y.offset + i * Y.stride[axis]!;
    for (let j = 0, t = s.offset; j < b; j++, p += xt, q += yt, t += st) yd[q] = di * xd[p]! - li * sd[t]!;
  }
}
