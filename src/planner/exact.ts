/** @file Costs as whole numbers: exact up to 2^53 − 1, refused beyond, never rounded. */

import { JacobenchError } from "../errors.ts";

/** The largest cost that a float64 counts exactly, 2^53 − 1. */
export const LARGEST_COST: number = Number.MAX_SAFE_INTEGER;

/**
 * Takes a cost that was added up without rounding.
 *
 * @param cost - the exact cost
 * @param what - what it is the cost of, for the message
 * @returns the same as a number
 * @throws {JacobenchError} `ERR_RANGE` beyond 2^53 − 1
 */
export function exactCost(cost: bigint, what: string): number {
  if (cost <= BigInt(LARGEST_COST)) return Number(cost);
  throw new JacobenchError("ERR_RANGE", `${what}: ${cost} FMA; ${BEYOND}`);
}

/**
 * Refuses a cost that was found to be too large to be known exactly.
 *
 * @param what - what it is the cost of, for the message
 * @throws {JacobenchError} `ERR_RANGE`, always
 */
export function refuseCost(what: string): never {
  throw new JacobenchError("ERR_RANGE", `${what}: more than ${LARGEST_COST} FMA; ${BEYOND}`);
}

/**
 * Adds products of whole numbers without rounding.
 *
 * @param terms - pairs of factors
 * @param what - what the sum is the cost of, for the message
 * @throws {JacobenchError} `ERR_RANGE` beyond 2^53 − 1
 */
export function exactSumOfProducts(terms: Iterable<readonly [number, number]>, what: string): number {
  let sum = 0n;
  for (const [a, b] of terms) sum += BigInt(a) * BigInt(b);
  return exactCost(sum, what);
}

const BEYOND =
  "beyond 2^53 − 1 = 9007199254740991 costs are not exact any more and are refused; use smaller sizes or edges";
