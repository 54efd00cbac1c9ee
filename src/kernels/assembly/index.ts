/** @file What the `wasm` kernel exports: products on addresses in its memory. Sizes are entries, strides bytes. */

export { scratchBytes, useScratch } from "./arithmetic.ts";
export { add, addOuter, axpy, copy, dot, multiply, quotient, scale, scaleRows, sum } from "./elementwise.ts";
export { matmul } from "./matrix-matrix.ts";
export { matvec } from "./matrix-vector.ts";
export { run } from "./program.ts";
export { rankOneProduct } from "./rank-one.ts";
export { awaitChange, order, perform, serve } from "./threads.ts";
