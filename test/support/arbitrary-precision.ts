/** @file Arithmetic with as many digits as one wants, by mathjs: what float64 results are held against. */

import { all, type BigNumber, create } from "mathjs";

export type { BigNumber } from "mathjs";

/**
 * Digits of sums, products and quotients: more than lie between the largest float64 and the smallest, so that 1 − p has
 * some left where 1 − p is 5e-324. Formulas can stand in a test as they stand in a book.
 */
const DIGITS = 750;

/** Digits of exponentials and logarithms, which are slow. */
const FUNCTION_DIGITS = 60;

/** The numbers of so many digits; mathjs has this class, its types leave it out. */
function numbersOf(precision: number): new (value: number | string | BigNumber) => BigNumber {
  const math = create(all!, { number: "BigNumber", precision });
  return (math as unknown as { BigNumber: new (value: number | string | BigNumber) => BigNumber }).BigNumber;
}

const Wide = numbersOf(DIGITS);
const Narrow = numbersOf(2 * FUNCTION_DIGITS);

/** e^x for x below this is none of float64's numbers, nor does it change one. */
const LEAST_EXPONENT = -5000;

const powers = new Map<number, BigNumber>();

/** 2^exponent to twice {@link FUNCTION_DIGITS} digits. */
function powerOfTwo(exponent: number): BigNumber {
  const power = powers.get(exponent) ?? new Narrow(2).pow(exponent);
  powers.set(exponent, power);
  return power;
}

/**
 * The value of a finite float64 to twice {@link FUNCTION_DIGITS} digits, from its mantissa and exponent. (A BigNumber made
 * from a number is its shortest decimal, which is another number.)
 *
 * @param x - the number
 */
export function exactly(x: number): BigNumber {
  if (!Number.isFinite(x)) throw new Error(`exactly: ${x} is no finite number`);
  let exponent = 0;
  let mantissa = x;
  // Scaling up by powers of two is exact.
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2 ** 53;
    exponent -= 53;
  }
  return new Wide(new Narrow(BigInt(mantissa).toString()).times(powerOfTwo(exponent)));
}

/** e^x to {@link FUNCTION_DIGITS} digits; 0 where that is far below float64. */
export function exp(x: BigNumber): BigNumber {
  if (x.lessThan(LEAST_EXPONENT)) return new Wide(0);
  return new Wide(new Narrow(x).exp());
}

/** cos x and sin x of ordinary x, to {@link FUNCTION_DIGITS} digits. */
export function circle(x: BigNumber): readonly [cos: BigNumber, sin: BigNumber] {
  return [new Wide(new Narrow(x).cos()), new Wide(new Narrow(x).sin())];
}

/** log(1 + u) for u > −1, with {@link FUNCTION_DIGITS} digits also where u is tiny. */
export function log1p(u: BigNumber): BigNumber {
  if (u.abs().lessThan(1e-30)) return u.minus(u.times(u).div(2)).plus(u.pow(3).div(3));
  return new Wide(new Narrow(u).plus(1).ln());
}

/** tanh x = (1 − e^−2x)/(1 + e^−2x). */
export function tanh(x: BigNumber): BigNumber {
  if (x.abs().lessThan(1e-15)) return x.minus(x.pow(3).div(3)).plus(x.pow(5).times(2).div(15));
  const e = exp(x.abs().times(-2));
  const value = new Wide(1).minus(e).div(e.plus(1));
  return x.isNegative() ? value.negated() : value;
}

/** A small whole number. */
export function whole(value: number): BigNumber {
  return new Wide(value);
}

/** Sum of a list. */
export function sumOf(terms: readonly BigNumber[]): BigNumber {
  return terms.reduce((sum, term) => sum.plus(term), new Wide(0));
}
