/** @file The random numbers of C++ programs: the 64-bit Mersenne Twister, and whole numbers as GNU's library draws them. */

const MASK = (1n << 64n) - 1n;
const SIZE = 312;
const SHIFT = 156;

/**
 * The generator `std::mt19937_64`.
 *
 * Source: T. Nishimura, "Tables of 64-bit Mersenne twisters", ACM TOMACS 10 (2000); constants as in the C++ standard.
 *
 * @param seed - as given to the constructor
 * @returns a function that draws the next number, 0 to 2⁶⁴ − 1
 */
export function mersenneTwister64(seed: bigint): () => bigint {
  const state = new BigUint64Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i++) {
    const last = state[i - 1]!;
    state[i] = (6364136223846793005n * (last ^ (last >> 62n)) + BigInt(i)) & MASK;
  }
  let next = SIZE;
  return () => {
    if (next === SIZE) {
      twist(state);
      next = 0;
    }
    let x = state[next++]!;
    x ^= (x >> 29n) & 0x5555555555555555n;
    x ^= (x << 17n) & 0x71d67fffeda60000n;
    x ^= (x << 37n) & 0xfff7eee000000000n;
    return x ^ (x >> 43n);
  };
}

function twist(state: BigUint64Array): void {
  for (let i = 0; i < SIZE; i++) {
    const x = (state[i]! & 0xffffffff80000000n) | (state[(i + 1) % SIZE]! & 0x7fffffffn);
    const odd = (x & 1n) === 1n ? 0xb5026f5aa96619e9n : 0n;
    state[i] = state[(i + SHIFT) % SIZE]! ^ (x >> 1n) ^ odd;
  }
}

/**
 * A whole number as `std::uniform_int_distribution` of GNU's libstdc++ (from version 11 on) draws it.
 *
 * Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
 *
 * @param draw - uniform on 64 bits
 * @param least - the smallest result
 * @param most - the largest result
 */
export function uniformInteger(draw: () => bigint, least: number, most: number): number {
  const range = BigInt(most - least + 1);
  const threshold = ((1n << 64n) - range) % range;
  let product = draw() * range;
  while ((product & MASK) < threshold) product = draw() * range;
  return least + Number(product >> 64n);
}
