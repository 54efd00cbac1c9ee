/** @file y = A·x (+ b) for any strides: dot products of rows, or combinations of columns, whichever lie together. */

import { fma, lanes, packedB, VECTOR_BLOCK } from "./arithmetic.ts";

/** Copies n entries at a stride to a dense place. */
function gather(n: i32, from: usize, stride: usize, to: usize): void {
  for (const end = to + ((<usize>n) << 3); to < end; to += 8, from += stride) store<f64>(to, load<f64>(from));
}

/** Eight rows of dense entries at once: one load of x serves eight products, and eight streams of A run side by side. */
function dot8(n: i32, a: usize, rs: usize, x: usize, y: usize, ys: usize): void {
  let r0 = a;
  let r1 = r0 + rs;
  let r2 = r1 + rs;
  let r3 = r2 + rs;
  let r4 = r3 + rs;
  let r5 = r4 + rs;
  let r6 = r5 + rs;
  let r7 = r6 + rs;
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  let p = x;
  const end4 = x + ((<usize>(n & ~3)) << 3);
  while (p < end4) {
    let v = v128.load(p);
    s0 = fma(v128.load(r0), v, s0);
    s1 = fma(v128.load(r1), v, s1);
    s2 = fma(v128.load(r2), v, s2);
    s3 = fma(v128.load(r3), v, s3);
    s4 = fma(v128.load(r4), v, s4);
    s5 = fma(v128.load(r5), v, s5);
    s6 = fma(v128.load(r6), v, s6);
    s7 = fma(v128.load(r7), v, s7);
    v = v128.load(p, 16);
    s0 = fma(v128.load(r0, 16), v, s0);
    s1 = fma(v128.load(r1, 16), v, s1);
    s2 = fma(v128.load(r2, 16), v, s2);
    s3 = fma(v128.load(r3, 16), v, s3);
    s4 = fma(v128.load(r4, 16), v, s4);
    s5 = fma(v128.load(r5, 16), v, s5);
    s6 = fma(v128.load(r6, 16), v, s6);
    s7 = fma(v128.load(r7, 16), v, s7);
    p += 32;
    r0 += 32;
    r1 += 32;
    r2 += 32;
    r3 += 32;
    r4 += 32;
    r5 += 32;
    r6 += 32;
    r7 += 32;
  }
  let t0 = lanes(s0);
  let t1 = lanes(s1);
  let t2 = lanes(s2);
  let t3 = lanes(s3);
  let t4 = lanes(s4);
  let t5 = lanes(s5);
  let t6 = lanes(s6);
  let t7 = lanes(s7);
  for (const end = x + ((<usize>n) << 3); p < end; p += 8) {
    const v = load<f64>(p);
    const j = p - end4;
    t0 += load<f64>(r0 + j) * v;
    t1 += load<f64>(r1 + j) * v;
    t2 += load<f64>(r2 + j) * v;
    t3 += load<f64>(r3 + j) * v;
    t4 += load<f64>(r4 + j) * v;
    t5 += load<f64>(r5 + j) * v;
    t6 += load<f64>(r6 + j) * v;
    t7 += load<f64>(r7 + j) * v;
  }
  store<f64>(y, t0);
  y += ys;
  store<f64>(y, t1);
  y += ys;
  store<f64>(y, t2);
  y += ys;
  store<f64>(y, t3);
  y += ys;
  store<f64>(y, t4);
  y += ys;
  store<f64>(y, t5);
  y += ys;
  store<f64>(y, t6);
  y += ys;
  store<f64>(y, t7);
}

/** Four rows of dense entries at once. */
function dot4(n: i32, a: usize, rs: usize, x: usize, y: usize, ys: usize): void {
  let r0 = a;
  let r1 = r0 + rs;
  let r2 = r1 + rs;
  let r3 = r2 + rs;
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let p = x;
  const end2 = x + ((<usize>(n & ~1)) << 3);
  while (p < end2) {
    const v = v128.load(p);
    s0 = fma(v128.load(r0), v, s0);
    s1 = fma(v128.load(r1), v, s1);
    s2 = fma(v128.load(r2), v, s2);
    s3 = fma(v128.load(r3), v, s3);
    p += 16;
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
  }
  let t0 = lanes(s0);
  let t1 = lanes(s1);
  let t2 = lanes(s2);
  let t3 = lanes(s3);
  if (n & 1) {
    const v = load<f64>(p);
    t0 += load<f64>(r0) * v;
    t1 += load<f64>(r1) * v;
    t2 += load<f64>(r2) * v;
    t3 += load<f64>(r3) * v;
  }
  store<f64>(y, t0);
  y += ys;
  store<f64>(y, t1);
  y += ys;
  store<f64>(y, t2);
  y += ys;
  store<f64>(y, t3);
}

/** Σ a_j·x_j of dense entries, four partial sums of two lanes. */
export function dotDense(n: i32, a: usize, x: usize): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  const end8 = x + ((<usize>(n & ~7)) << 3);
  while (x < end8) {
    s0 = fma(v128.load(a), v128.load(x), s0);
    s1 = fma(v128.load(a, 16), v128.load(x, 16), s1);
    s2 = fma(v128.load(a, 32), v128.load(x, 32), s2);
    s3 = fma(v128.load(a, 48), v128.load(x, 48), s3);
    a += 64;
    x += 64;
  }
  let s = lanes(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
  for (const end = x + ((<usize>(n & 7)) << 3); x < end; x += 8, a += 8) s += load<f64>(a) * load<f64>(x);
  return s;
}

/** Rows of dense entries times a dense vector; y is overwritten. */
function rowDots(m: i32, n: i32, a: usize, rs: usize, x: usize, y: usize, ys: usize): void {
  for (; m >= 8; m -= 8, a += rs << 3, y += ys << 3) dot8(n, a, rs, x, y, ys);
  if (m & 4) {
    dot4(n, a, rs, x, y, ys);
    a += rs << 2;
    y += ys << 2;
  }
  for (let i = m & 3; i > 0; i--, a += rs, y += ys) store<f64>(y, dotDense(n, a, x));
}

/** y += Σ_j (column j of dense entries)·x_j, four columns at a time; y is dense. */
function addColumns(m: i32, n: i32, a: usize, cs: usize, x: usize, xs: usize, y: usize): void {
  const bytes = (<usize>m) << 3;
  const end4 = y + ((<usize>(m & ~3)) << 3);
  for (; n >= 4; n -= 4) {
    const x1 = x + xs;
    const x2 = x1 + xs;
    const x3 = x2 + xs;
    const u0 = v128.load64_splat(x);
    const u1 = v128.load64_splat(x1);
    const u2 = v128.load64_splat(x2);
    const u3 = v128.load64_splat(x3);
    let c0 = a;
    let c1 = c0 + cs;
    let c2 = c1 + cs;
    let c3 = c2 + cs;
    let q = y;
    while (q < end4) {
      let v = fma(v128.load(c0), u0, v128.load(q));
      v = fma(v128.load(c1), u1, v);
      v = fma(v128.load(c2), u2, v);
      v128.store(q, fma(v128.load(c3), u3, v));
      v = fma(v128.load(c0, 16), u0, v128.load(q, 16));
      v = fma(v128.load(c1, 16), u1, v);
      v = fma(v128.load(c2, 16), u2, v);
      v128.store(q, fma(v128.load(c3, 16), u3, v), 16);
      q += 32;
      c0 += 32;
      c1 += 32;
      c2 += 32;
      c3 += 32;
    }
    for (const end = y + bytes; q < end; q += 8, c0 += 8, c1 += 8, c2 += 8, c3 += 8) {
      const s = load<f64>(q) + load<f64>(c0) * load<f64>(x) + load<f64>(c1) * load<f64>(x1);
      store<f64>(q, s + load<f64>(c2) * load<f64>(x2) + load<f64>(c3) * load<f64>(x3));
    }
    x = x3 + xs;
    a += cs << 2;
  }
  for (; n > 0; n--, x += xs, a += cs) axpyDense(m, load<f64>(x), a, y);
}

/** y += α·x of dense entries. */
export function axpyDense(n: i32, alpha: f64, x: usize, y: usize): void {
  const v = f64x2.splat(alpha);
  const end4 = y + ((<usize>(n & ~3)) << 3);
  while (y < end4) {
    v128.store(y, fma(v128.load(x), v, v128.load(y)));
    v128.store(y, fma(v128.load(x, 16), v, v128.load(y, 16)), 16);
    x += 32;
    y += 32;
  }
  for (const end = y + ((<usize>(n & 3)) << 3); y < end; x += 8, y += 8) {
    store<f64>(y, load<f64>(y) + alpha * load<f64>(x));
  }
}

/**
 * y = A·x + b for A [m, n]; b = 0 starts from nought. Strides are in bytes, of any sign.
 */
export function matvec(
  m: i32,
  n: i32,
  a: usize,
  rs: usize,
  cs: usize,
  x: usize,
  xs: usize,
  b: usize,
  bs: usize,
  y: usize,
  ys: usize,
): void {
  if (cs === 8 || n === 1) {
    if (xs !== 8 && n <= VECTOR_BLOCK && n > 1) {
      gather(n, x, xs, packedB());
      x = packedB();
      xs = 8;
    }
    if (xs === 8 || n === 1) {
      rowDots(m, n, a, rs, x, y, ys);
      if (b) for (let i = 0; i < m; i++, y += ys, b += bs) store<f64>(y, load<f64>(y) + load<f64>(b));
      return;
    }
  }
  if (rs === 8 && (ys === 8 || m <= VECTOR_BLOCK)) {
    const dense = ys === 8 ? y : packedB();
    if (b) gather(m, b, bs, dense);
    else memory.fill(dense, 0, (<usize>m) << 3);
    addColumns(m, n, a, cs, x, xs, dense);
    if (ys !== 8) for (let i = 0; i < m; i++, y += ys) store<f64>(y, load<f64>(dense + ((<usize>i) << 3)));
    return;
  }
  // Odd strides: one entry after another.
  for (let i = 0; i < m; i++, a += rs, y += ys, b += bs) {
    let s: f64 = 0;
    if (b) s = load<f64>(b);
    for (let j = 0, p = a, q = x; j < n; j++, p += cs, q += xs) s += load<f64>(p) * load<f64>(q);
    store<f64>(y, s);
  }
}
