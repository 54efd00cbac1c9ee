/** @file One fused multiply-add on two float64 lanes, and the memory that products may use while they run. */

/**
 * a·b + c. With relaxed SIMD one rounding where the processor has FMA; without it, two.
 */
export function fma(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_madd(a, b, c) : f64x2.add(f64x2.mul(a, b), c);
}

/** Sum of both lanes. */
export function lanes(a: v128): f64 {
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}

/** Packed columns of B: at most K_BLOCK terms of N_BLOCK columns (2 MiB). */
export const K_BLOCK: i32 = 256;
export const N_BLOCK: i32 = 1024;
/** Packed rows of A: at most K_BLOCK terms of M_BLOCK rows; a multiple of 6 and of 4 (192 KiB, stays in the second cache). */
export const M_BLOCK: i32 = 96;

let base: usize = 0;

/** Tells this instance where its own scratch memory lies: `scratchBytes()` bytes, 64-byte aligned. Other threads have theirs. */
export function useScratch(address: usize): void {
  base = address;
}

/** Bytes of scratch memory that an instance needs. */
export function scratchBytes(): usize {
  return ((<usize>(K_BLOCK * (N_BLOCK + 4) + (M_BLOCK + 8) * K_BLOCK)) << 3) + 512;
}

/** Where columns of B are packed (or a strided vector, up to {@link VECTOR_BLOCK} entries). */
export function packedB(): usize {
  return base + 512;
}

/** Where rows of A are packed. */
export function packedA(): usize {
  return base + 512 + ((<usize>(K_BLOCK * (N_BLOCK + 4))) << 3);
}

/** A tile of 6 × 4 entries, for the borders of C. */
export function tile(): usize {
  return base;
}

/** Longest strided vector that is gathered before use: half of the packed columns; there may be two. */
export const VECTOR_BLOCK: i32 = (K_BLOCK * N_BLOCK) / 2;
