/** @file A seeded generator of uniform numbers; no other file draws random numbers. */

import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A stream of pseudo-random numbers, the same on every machine and JavaScript engine. */
export type Random = {
  /** A double in [0, 1) with 53 random bits. */
  uniform(): number;
  /** An integer in [low, high], both included. */
  integer(low: number, high: number): number;
  /** A fresh array with the items in random order (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
};

/**
 * Starts a generator (xoroshiro128+, from the library pure-rand).
 *
 * Only integer arithmetic and multiplication by powers of two are used, so the numbers are equal bit for bit everywhere.
 *
 * @param rngSeed - any integer; streams of different numbers are unrelated
 * @returns a stream with its own state
 */
export function createRandom(rngSeed: number): Random {
  const generator = xoroshiro128plus(rngSeed | 0);
  const integer = (low: number, high: number): number => uniformInt(generator, low, high);
  return {
    integer,
    uniform: () => uniformFloat64(generator),
    shuffle: (items) => {
      const result = [...items];
      for (let i = result.length - 1; i > 0; i--) {
        const j = integer(0, i);
        [result[i], result[j]] = [result[j]!, result[i]!];
      }
      return result;
    },
  };
}

/**
 * Derives the number that starts a sub-stream, so that one `rngSeed` serves many purposes without overlap.
 *
 * @param rngSeed - the seed of the whole
 * @param parts - what the stream is for: strings and integers
 * @returns a 32-bit integer (FNV-1a over the parts)
 */
export function deriveSeed(rngSeed: number, ...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of [rngSeed, ...parts].join("\u0000")) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return hash | 0;
}
