/** @file Student's t distribution: its cumulative probability and its quantile, for any positive degrees of freedom. */

import { JacobenchError } from "../errors.ts";

/** Lanczos coefficients for g = 7, nine terms (Paul Godfrey, 2001): relative error below 1e-14 for positive arguments. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** log Γ(x) for x ≥ 0.5. */
function logGamma(x: number): number {
  const shifted = x - 1;
  let sum = LANCZOS[0]!;
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (shifted + i);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * The regularised incomplete beta function I_x(a, b), by the continued fraction of NIST DLMF 8.17.22 (evaluated with
 * the modified Lentz method) and the symmetry I_x(a, b) = 1 − I_{1−x}(b, a).
 *
 * @param x - in [0, 1]
 * @param a - at least 0.5
 * @param b - at least 0.5
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const tiny = 1e-300;
  const front =
    Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let fraction = d;
  for (let k = 1; k <= 500; k++) {
    const even = (k * (b - k) * x) / ((a + 2 * k - 1) * (a + 2 * k));
    const odd = (-(a + k) * (a + b + k) * x) / ((a + 2 * k) * (a + 2 * k + 1));
    let step = 1;
    for (const term of [even, odd]) {
      d = 1 + term * d;
      c = 1 + term / c;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      if (Math.abs(c) < tiny) c = tiny;
      step = c * d;
      fraction *= step;
    }
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return front * fraction;
}

/**
 * P(T ≤ t) for Student's t: 1 − I_{ν/(ν+t²)}(ν/2, 1/2)/2 for t ≥ 0 (Abramowitz and Stegun 26.7.1).
 *
 * @param t - any number
 * @param degreesOfFreedom - ν ≥ 1; need not be an integer
 */
export function studentTProbability(t: number, degreesOfFreedom: number): number {
  expectDegrees("studentTProbability", degreesOfFreedom);
  const tail = incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2;
  return t >= 0 ? 1 - tail : tail;
}

/**
 * The t below which Student's t lies with probability p, by bisection of {@link studentTProbability}.
 *
 * @param p - in (0, 1); 0.975 for a two-sided 95 % interval
 * @param degreesOfFreedom - ν ≥ 1; need not be an integer
 * @returns t to about 12 digits
 * @throws {JacobenchError} `ERR_RANGE` if p is not in (0, 1) or ν < 1
 */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  expectDegrees("studentTQuantile", degreesOfFreedom);
  if (!(p > 0 && p < 1)) {
    throw new JacobenchError("ERR_RANGE", `studentTQuantile: p is ${p}; expected a number between 0 and 1`);
  }
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentTQuantile(1 - p, degreesOfFreedom);
  let low = 0;
  let high = 1;
  while (studentTProbability(high, degreesOfFreedom) < p) high *= 2;
  for (let i = 0; i < 80 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2;
    if (studentTProbability(middle, degreesOfFreedom) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function expectDegrees(where: string, degreesOfFreedom: number): void {
  if (!(degreesOfFreedom >= 1)) {
    throw new JacobenchError(
      "ERR_RANGE",
      `${where}: degrees of freedom is ${degreesOfFreedom}; expected at least 1`,
    );
  }
}
