/** @file Runs a recorded list of products: one call from outside for a whole JVP or VJP. */

import { add, addOuter, copy, scaleRows } from "./elementwise.ts";
import { matmul } from "./matrix-matrix.ts";
import { matvec } from "./matrix-vector.ts";
import { rankOneProduct } from "./rank-one.ts";

/** A record: an operation, three sizes, three operands (address and two strides) in words of 32 bits; see wasm/program.ts. */
const RECORD_BYTES: usize = 64;

/** The word at an index of a record. */
function word(p: usize, index: usize): i32 {
  return load<i32>(p + (index << 2));
}

/** An address of a record: 1 and 2 stand for the input and the output of this run. */
function place(p: usize, index: usize, input: usize, output: usize): usize {
  const at = <usize>word(p, index);
  return at > 2 ? at : at === 1 ? input : at === 2 ? output : 0;
}

/**
 * Runs the records from `p` to `end`.
 *
 * @param input - address that stands where a record says 1
 * @param output - address that stands where a record says 2
 */
export function run(p: usize, end: usize, input: usize, output: usize): void {
  for (; p < end; p += RECORD_BYTES) {
    const m = word(p, 1);
    const n = word(p, 2);
    const a = place(p, 4, input, output);
    const b = place(p, 7, input, output);
    const c = place(p, 10, input, output);
    const ars = <usize>word(p, 5);
    const acs = <usize>word(p, 6);
    const brs = <usize>word(p, 8);
    const bcs = <usize>word(p, 9);
    const crs = <usize>word(p, 11);
    const ccs = <usize>word(p, 12);
    switch (word(p, 0)) {
      case 0:
        matvec(m, n, a, ars, acs, b, brs, 0, 0, c, crs);
        break;
      case 1:
        matmul(m, n, word(p, 3), a, ars, acs, b, brs, bcs, c, crs, ccs);
        break;
      case 2:
        // a is the diagonal
        scaleRows(m, n, a, ars, b, brs, bcs, c, crs, ccs);
        break;
      case 3:
        add(m, n, b, brs, bcs, c, crs, ccs);
        break;
      case 4:
        copy(m, n, b, brs, bcs, c, crs, ccs);
        break;
      case 5:
        // d, l and r in words 4 to 6, the pivot in word 13, s in word 3
        rankOneProduct(
          m,
          n,
          <usize>word(p, 4),
          ars,
          acs,
          <usize>word(p, 13),
          <usize>word(p, 3),
          b,
          brs,
          bcs,
          c,
          crs,
          ccs,
        );
        break;
      case 6:
        // c ± a·bᵀ, the sign in word 3
        addOuter(word(p, 3), m, n, a, ars, b, brs, c, crs, ccs);
        break;
    }
  }
}
