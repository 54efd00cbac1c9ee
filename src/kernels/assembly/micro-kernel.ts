/** @file The innermost products: tiles of 6 × 4 or 4 × 4 entries of C in registers, over packed rows of A. */

import { fma } from "./arithmetic.ts";

/** Stores two lanes, or adds them to what is there. */
function put(at: usize, value: v128, add: bool): void {
  v128.store(at, add ? f64x2.add(v128.load(at), value) : value);
}

/**
 * A tile of 6 × 4: twelve sums, two vectors of B and one splat of A fill the 15 registers of an engine on x86. The loop
 * is not unrolled by hand: engines spill registers then (measured: 14.0 against 10.1 GFMA/s).
 *
 * @param k - terms
 * @param a - packed rows: six entries a term
 * @param b - four dense entries a term
 * @param bs - bytes from term to term of B
 * @param c - the tile
 * @param rs - bytes from row to row of the tile
 * @param add - whether to add to what is there
 */
export function tile6(k: i32, a: usize, b: usize, bs: usize, c: usize, rs: usize, add: bool): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let c40 = c00;
  let c41 = c00;
  let c50 = c00;
  let c51 = c00;
  const end = a + <usize>(k * 48);
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let t = v128.load64_splat(a);
    c00 = fma(t, b0, c00);
    c01 = fma(t, b1, c01);
    t = v128.load64_splat(a, 8);
    c10 = fma(t, b0, c10);
    c11 = fma(t, b1, c11);
    t = v128.load64_splat(a, 16);
    c20 = fma(t, b0, c20);
    c21 = fma(t, b1, c21);
    t = v128.load64_splat(a, 24);
    c30 = fma(t, b0, c30);
    c31 = fma(t, b1, c31);
    t = v128.load64_splat(a, 32);
    c40 = fma(t, b0, c40);
    c41 = fma(t, b1, c41);
    t = v128.load64_splat(a, 40);
    c50 = fma(t, b0, c50);
    c51 = fma(t, b1, c51);
    a += 48;
    b += bs;
  }
  put(c, c00, add);
  put(c + 16, c01, add);
  c += rs;
  put(c, c10, add);
  put(c + 16, c11, add);
  c += rs;
  put(c, c20, add);
  put(c + 16, c21, add);
  c += rs;
  put(c, c30, add);
  put(c + 16, c31, add);
  c += rs;
  put(c, c40, add);
  put(c + 16, c41, add);
  c += rs;
  put(c, c50, add);
  put(c + 16, c51, add);
}

/** A tile of 4 × 4; parameters as in {@link tile6}, four entries of A a term. */
export function tile4(k: i32, a: usize, b: usize, bs: usize, c: usize, rs: usize, add: bool): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = a + <usize>(k << 5);
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let t = v128.load64_splat(a);
    c00 = fma(t, b0, c00);
    c01 = fma(t, b1, c01);
    t = v128.load64_splat(a, 8);
    c10 = fma(t, b0, c10);
    c11 = fma(t, b1, c11);
    t = v128.load64_splat(a, 16);
    c20 = fma(t, b0, c20);
    c21 = fma(t, b1, c21);
    t = v128.load64_splat(a, 24);
    c30 = fma(t, b0, c30);
    c31 = fma(t, b1, c31);
    a += 32;
    b += bs;
  }
  put(c, c00, add);
  put(c + 16, c01, add);
  c += rs;
  put(c, c10, add);
  put(c + 16, c11, add);
  c += rs;
  put(c, c20, add);
  put(c + 16, c21, add);
  c += rs;
  put(c, c30, add);
  put(c + 16, c31, add);
}
