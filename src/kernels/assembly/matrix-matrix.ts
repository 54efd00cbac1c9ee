/** @file C = A·B for any strides, blocked for the caches: packed rows of A against four columns of B. */

import { K_BLOCK, M_BLOCK, N_BLOCK, packedA, packedB, tile } from "./arithmetic.ts";
import { matvec } from "./matrix-vector.ts";
import { tile4, tile6 } from "./micro-kernel.ts";
import { packColumns, packRows } from "./packing.ts";

/** With at most so many rows, dense columns of B are read where they lie: copying them would not pay. */
const DIRECT_ROWS: i32 = 24;

/** Height of the next tile when `rows` are left: sixes, with fours where they fill up better. */
function heightOf(rows: i32): i32 {
  return rows > 8 || rows === 6 || rows === 5 ? 6 : 4;
}

/** One tile of C: straight into it, or at a border through a whole tile elsewhere. */
function product(
  height: i32,
  rows: i32,
  columns: i32,
  k: i32,
  a: usize,
  b: usize,
  bs: usize,
  c: usize,
  rs: usize,
  cs: usize,
  add: bool,
): void {
  const whole = rows === height && columns === 4 && cs === 8;
  const target = whole ? c : tile();
  const step: usize = whole ? rs : 32;
  if (height === 6) tile6(k, a, b, bs, target, step, add && whole);
  else tile4(k, a, b, bs, target, step, add && whole);
  if (whole) return;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = c + <usize>i * rs + <usize>j * cs;
      const value = load<f64>(target + <usize>(i * 32 + j * 8));
      store<f64>(at, add ? load<f64>(at) + value : value);
    }
  }
}

/** All terms of a block of K_BLOCK: columns of B packed N_BLOCK at a time, rows of A M_BLOCK at a time. */
function addBlock(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ars: usize,
  acs: usize,
  b: usize,
  brs: usize,
  bcs: usize,
  c: usize,
  crs: usize,
  ccs: usize,
  add: bool,
): void {
  const direct = bcs === 8 && m <= DIRECT_ROWS;
  for (let j0 = 0; j0 < n; j0 += N_BLOCK) {
    const nb = min(N_BLOCK, n - j0);
    const bj = b + <usize>j0 * bcs;
    const full = nb & ~3;
    for (let j = direct ? full : 0; j < nb; j += 4) {
      packColumns(min(4, nb - j), k, bj + <usize>j * bcs, brs, bcs, packedB() + <usize>(j * k * 8));
    }
    for (let i0 = 0; i0 < m; i0 += M_BLOCK) {
      const mb = min(M_BLOCK, m - i0);
      let to = packedA();
      for (let i = 0; i < mb; ) {
        const height = heightOf(mb - i);
        packRows(height, min(height, mb - i), k, a + <usize>(i0 + i) * ars, ars, acs, to);
        to += <usize>(height * k * 8);
        i += height;
      }
      for (let j = 0; j < nb; j += 4) {
        const packed = !direct || j >= full;
        const bt = packed ? packedB() + <usize>(j * k * 8) : bj + ((<usize>j) << 3);
        const step: usize = packed ? 32 : brs;
        let at = packedA();
        for (let i = 0; i < mb; ) {
          const height = heightOf(mb - i);
          const ct = c + <usize>(i0 + i) * crs + <usize>(j0 + j) * ccs;
          product(height, min(height, mb - i), min(4, nb - j), k, at, bt, step, ct, crs, ccs, add);
          at += <usize>(height * k * 8);
          i += height;
        }
      }
    }
  }
}

/**
 * C = A·B for A [m, k], B [k, n], C [m, n]. Strides are in bytes, of any sign. C overlaps neither A nor B.
 */
export function matmul(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ars: usize,
  acs: usize,
  b: usize,
  brs: usize,
  bcs: usize,
  c: usize,
  crs: usize,
  ccs: usize,
): void {
  if (ccs !== 8 && crs === 8) {
    // C lies by columns: its transpose, Bᵀ·Aᵀ, lies by rows.
    matmul(n, m, k, b, bcs, brs, a, acs, ars, c, ccs, crs);
    return;
  }
  if (m <= 2) {
    for (; m > 0; m--, a += ars, c += crs) matvec(n, k, b, bcs, brs, a, acs, 0, 0, c, ccs);
    return;
  }
  if (n <= 2) {
    for (; n > 0; n--, b += bcs, c += ccs) matvec(m, k, a, ars, acs, b, brs, 0, 0, c, crs);
    return;
  }
  // Blocks of terms of nearly one length, at most K_BLOCK.
  const blocks = (k + K_BLOCK - 1) / K_BLOCK;
  for (let i = 0, done = 0; i < blocks; i++) {
    const size = (k - done) / (blocks - i);
    const aAt = a + <usize>done * acs;
    const bAt = b + <usize>done * brs;
    addBlock(m, n, size, aAt, ars, acs, bAt, brs, bcs, c, crs, ccs, i > 0);
    done += size;
  }
}
