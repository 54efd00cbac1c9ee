/** @file Copies of blocks of A and B in the order in which the innermost products read them; borders are filled with zeros. */

/**
 * Packs `rows` (at most `height`) rows of k terms: entries of one term side by side.
 *
 * @param height - rows of the tile, even
 * @param rows - rows that there are; the rest is zero
 * @param k - terms
 * @param a - first entry
 * @param rs - bytes from row to row
 * @param cs - bytes from term to term
 * @param to - dense memory of height·k entries
 */
export function packRows(height: i32, rows: i32, k: i32, a: usize, rs: usize, cs: usize, to: usize): void {
  const step = (<usize>height) << 3;
  let i = 0;
  if (cs === 8) {
    // Two rows by two terms at a time.
    for (; i + 2 <= rows; i += 2) {
      let p = a + <usize>i * rs;
      let q = to + ((<usize>i) << 3);
      for (let t = k >> 1; t > 0; t--, p += 16, q += step << 1) {
        const u = v128.load(p);
        const v = v128.load(p + rs);
        v128.store(q, v128.shuffle<f64>(u, v, 0, 2));
        v128.store(q + step, v128.shuffle<f64>(u, v, 1, 3));
      }
      if (k & 1) {
        store<f64>(q, load<f64>(p));
        store<f64>(q, load<f64>(p + rs), 8);
      }
    }
  } else if (rs === 8) {
    for (; i + 2 <= rows; i += 2) {
      let p = a + ((<usize>i) << 3);
      let q = to + ((<usize>i) << 3);
      for (let t = k; t > 0; t--, p += cs, q += step) v128.store(q, v128.load(p));
    }
  }
  for (; i < rows; i++) {
    let p = a + <usize>i * rs;
    let q = to + ((<usize>i) << 3);
    for (let t = k; t > 0; t--, p += cs, q += step) store<f64>(q, load<f64>(p));
  }
  for (; i < height; i++) {
    let q = to + ((<usize>i) << 3);
    for (let t = k; t > 0; t--, q += step) store<f64>(q, 0);
  }
}

/**
 * Packs `columns` (at most four) columns of k terms, four entries a term.
 *
 * @param columns - columns that there are; the rest is zero
 * @param k - terms
 * @param b - first entry
 * @param rs - bytes from term to term
 * @param cs - bytes from column to column
 * @param to - dense memory of 4·k entries
 */
export function packColumns(columns: i32, k: i32, b: usize, rs: usize, cs: usize, to: usize): void {
  if (columns === 4 && cs === 8) {
    for (let t = k; t > 0; t--, b += rs, to += 32) {
      v128.store(to, v128.load(b));
      v128.store(to, v128.load(b, 16), 16);
    }
  } else packRows(4, columns, k, b, cs, rs, to);
}
