/** @file Elementwise operations on vectors and matrices of any strides (in bytes); dense runs two lanes at a time. */

import { lanes } from "./arithmetic.ts";
import { axpyDense, dotDense } from "./matrix-vector.ts";

/** Σ x_i·y_i over n entries. */
export function dot(n: i32, x: usize, xs: usize, y: usize, ys: usize): f64 {
  if (xs === 8 && ys === 8) return dotDense(n, x, y);
  let s: f64 = 0;
  for (; n > 0; n--, x += xs, y += ys) s += load<f64>(x) * load<f64>(y);
  return s;
}

/** Σ x_i over n entries. */
export function sum(n: i32, x: usize, xs: usize): f64 {
  let s: f64 = 0;
  if (xs === 8) {
    let v = f64x2.splat(0);
    let w = v;
    for (; n >= 4; n -= 4, x += 32) {
      v = f64x2.add(v, v128.load(x));
      w = f64x2.add(w, v128.load(x, 16));
    }
    s = lanes(f64x2.add(v, w));
  }
  for (; n > 0; n--, x += xs) s += load<f64>(x);
  return s;
}

/** y += α·x over n entries. */
export function axpy(n: i32, alpha: f64, x: usize, xs: usize, y: usize, ys: usize): void {
  if (xs === 8 && ys === 8) {
    axpyDense(n, alpha, x, y);
    return;
  }
  for (; n > 0; n--, x += xs, y += ys) store<f64>(y, load<f64>(y) + alpha * load<f64>(x));
}

/** y = α·x over n entries; y may be x. */
export function scale(n: i32, alpha: f64, x: usize, xs: usize, y: usize, ys: usize): void {
  if (xs === 8 && ys === 8) {
    const v = f64x2.splat(alpha);
    for (; n >= 2; n -= 2, x += 16, y += 16) v128.store(y, f64x2.mul(v, v128.load(x)));
  }
  for (; n > 0; n--, x += xs, y += ys) store<f64>(y, alpha * load<f64>(x));
}

/** y = x ⊙ d over n entries; y may be x or d. */
export function multiply(n: i32, x: usize, xs: usize, d: usize, ds: usize, y: usize, ys: usize): void {
  if (xs === 8 && ds === 8 && ys === 8) {
    for (; n >= 2; n -= 2, x += 16, d += 16, y += 16) {
      v128.store(y, f64x2.mul(v128.load(x), v128.load(d)));
    }
  }
  for (; n > 0; n--, x += xs, d += ds, y += ys) store<f64>(y, load<f64>(x) * load<f64>(d));
}

/** y = (a − b)·α over n entries; y may be a or b. */
export function quotient(
  n: i32,
  a: usize,
  as_: usize,
  b: usize,
  bs: usize,
  alpha: f64,
  y: usize,
  ys: usize,
): void {
  for (; n > 0; n--, a += as_, b += bs, y += ys) store<f64>(y, (load<f64>(a) - load<f64>(b)) * alpha);
}

function addVector(n: i32, x: usize, xs: usize, y: usize, ys: usize): void {
  if (xs === 8 && ys === 8) {
    for (; n >= 2; n -= 2, x += 16, y += 16) v128.store(y, f64x2.add(v128.load(y), v128.load(x)));
  }
  for (; n > 0; n--, x += xs, y += ys) store<f64>(y, load<f64>(y) + load<f64>(x));
}

/** Y += X for [m, n]; a vector is one row. */
export function add(
  m: i32,
  n: i32,
  x: usize,
  xrs: usize,
  xcs: usize,
  y: usize,
  yrs: usize,
  ycs: usize,
): void {
  if (ycs !== 8 && yrs === 8) {
    for (; n > 0; n--, x += xcs, y += ycs) addVector(m, x, xrs, y, yrs);
    return;
  }
  for (; m > 0; m--, x += xrs, y += yrs) addVector(n, x, xcs, y, ycs);
}

function copyVector(n: i32, x: usize, xs: usize, y: usize, ys: usize): void {
  if (xs === 8 && ys === 8) {
    memory.copy(y, x, (<usize>n) << 3);
    return;
  }
  for (; n > 0; n--, x += xs, y += ys) store<f64>(y, load<f64>(x));
}

/** Y = X for [m, n]; a vector is one row. */
export function copy(
  m: i32,
  n: i32,
  x: usize,
  xrs: usize,
  xcs: usize,
  y: usize,
  yrs: usize,
  ycs: usize,
): void {
  for (; m > 0; m--, x += xrs, y += yrs) copyVector(n, x, xcs, y, ycs);
}

/** Y = diag(d)·X for d [m], X and Y [m, n]. With rows and columns swapped, Y = X·diag(d). */
export function scaleRows(
  m: i32,
  n: i32,
  d: usize,
  ds: usize,
  x: usize,
  xrs: usize,
  xcs: usize,
  y: usize,
  yrs: usize,
  ycs: usize,
): void {
  if (n === 1 || (ycs !== 8 && yrs === 8)) {
    for (; n > 0; n--, x += xcs, y += ycs) multiply(m, x, xrs, d, ds, y, yrs);
    return;
  }
  for (; m > 0; m--, d += ds, x += xrs, y += yrs) scale(n, load<f64>(d), x, xcs, y, ycs);
}

/** A += sign·u·xᵀ for u [m], x [n], A [m, n]. */
export function addOuter(
  sign: f64,
  m: i32,
  n: i32,
  u: usize,
  us: usize,
  x: usize,
  xs: usize,
  a: usize,
  rs: usize,
  cs: usize,
): void {
  if (cs !== 8 && rs === 8) {
    for (; n > 0; n--, x += xs, a += cs) axpy(m, sign * load<f64>(x), u, us, a, rs);
    return;
  }
  for (; m > 0; m--, u += us, a += rs) axpy(n, sign * load<f64>(u), x, xs, a, cs);
}
