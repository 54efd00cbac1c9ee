/** @file Products with diag(d) − l·rᵀ whose diagonal entry at the pivot is given; see PivotedRankOne in ../types.ts. */

import { axpy, copy, dot, multiply, scale, sum } from "./elementwise.ts";

/** Entry i of a dense vector; 1 where it has no address. */
function factor(vector: usize, i: i32): f64 {
  return vector === 0 ? 1 : load<f64>(vector + ((<usize>i) << 3));
}

/** rᵀ·x over n entries from `first` on. */
function partOfDot(first: i32, n: i32, r: usize, x: usize, xs: usize): f64 {
  x += <usize>first * xs;
  return r === 0 ? sum(n, x, xs) : dot(n, r + ((<usize>first) << 3), 8, x, xs);
}

/** y = d ⊙ x − s·l over n entries from `first` on. */
function partOfVector(
  first: i32,
  n: i32,
  d: usize,
  l: usize,
  s: f64,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
): void {
  x += <usize>first * xs;
  y += <usize>first * ys;
  const skipped = (<usize>first) << 3;
  if (d === 0) copy(1, n, x, 0, xs, y, 0, ys);
  else multiply(n, x, xs, d + skipped, 8, y, ys);
  if (l !== 0) {
    axpy(n, -s, l + skipped, 8, y, ys);
    return;
  }
  if (ys === 8) {
    const v = f64x2.splat(s);
    for (; n >= 2; n -= 2, y += 16) v128.store(y, f64x2.sub(v128.load(y), v));
  }
  for (; n > 0; n--, y += ys) store<f64>(y, load<f64>(y) - s);
}

/** One vector; gives rᵀ·x. */
function oneVector(
  k: i32,
  c: i32,
  entry: f64,
  d: usize,
  l: usize,
  r: usize,
  x: usize,
  xs: usize,
  y: usize,
  ys: usize,
): f64 {
  const rest = k - c - 1;
  const others = partOfDot(0, c, r, x, xs) + partOfDot(c + 1, rest, r, x, xs);
  const own = load<f64>(x + <usize>c * xs);
  const s = others + factor(r, c) * own;
  partOfVector(0, c, d, l, s, x, xs, y, ys);
  partOfVector(c + 1, rest, d, l, s, x, xs, y, ys);
  store<f64>(y + <usize>c * ys, entry * own - factor(l, c) * others);
  return s;
}

/**
 * Y = M·X for b vectors of k entries. Where the vectors lie side by side, the loops run across them.
 *
 * @param d - diagonal, dense; 0 for ones, as for l and r
 * @param pivot - index c and entry M_cc, two float64
 * @param s - b dense entries, overwritten by rᵀ·x; 0 for none, where b is 1
 * @param xs - stride along a vector of X
 * @param xt - stride from one vector of X to the next
 */
export function rankOneProduct(
  k: i32,
  b: i32,
  d: usize,
  l: usize,
  r: usize,
  pivot: usize,
  s: usize,
  x: usize,
  xs: usize,
  xt: usize,
  y: usize,
  ys: usize,
  yt: usize,
): void {
  const c = <i32>load<f64>(pivot);
  const entry = load<f64>(pivot, 8);
  if (s === 0 || xt !== 8) {
    for (let j = 0; j < b; j++, x += xt, y += yt) {
      const product = oneVector(k, c, entry, d, l, r, x, xs, y, ys);
      if (s !== 0) store<f64>(s + ((<usize>j) << 3), product);
    }
    return;
  }
  const xc = x + <usize>c * xs;
  const yc = y + <usize>c * ys;
  // The row of the pivot holds the sum over the others until s is known.
  for (let j: usize = 0; j < <usize>b; j++) store<f64>(yc + j * yt, 0);
  for (let i = 0; i < k; i++) if (i !== c) axpy(b, factor(r, i), x + <usize>i * xs, xt, yc, yt);
  copy(1, b, yc, 0, yt, s, 0, 8);
  axpy(b, factor(r, c), xc, xt, s, 8);
  scale(b, -factor(l, c), yc, yt, yc, yt);
  axpy(b, entry, xc, xt, yc, yt);
  for (let i = 0; i < k; i++) {
    if (i === c) continue;
    const yi = y + <usize>i * ys;
    scale(b, factor(d, i), x + <usize>i * xs, xt, yi, yt);
    axpy(b, -factor(l, i), s, 8, yi, yt);
  }
}
