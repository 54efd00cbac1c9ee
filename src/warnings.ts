/** @file The warnings of jacobench: a closed set of codes; each goes into the record and the report. */

/**
 * - `timer-coarse`: a sample is less than 100 steps of the clock.
 * - `zero-time`: a sample of zero seconds.
 * - `too-few-samples`: fewer samples, rounds or processes than an interval needs.
 * - `jit-not-settled`: the first samples are much slower than the last.
 * - `noisy`: the spread of the samples is large against their median.
 * - `non-finite`: the Jacobian holds NaN or infinity.
 * - `inaccurate`: the Jacobian differs from the reference by more than its strategy may.
 * - `count-skipped`: too large to be counted by the scalar counting kernel; the prediction stands alone.
 * - `rounds-correlated`: successive rounds are correlated; intervals are taken over blocks of rounds.
 * - `load-high`: the machine was busy with other work.
 * - `clock-coarse`: the clock moves in coarse steps, as in browsers; samples are made longer for it.
 */
export type WarningCode =
  | "timer-coarse"
  | "zero-time"
  | "too-few-samples"
  | "jit-not-settled"
  | "noisy"
  | "non-finite"
  | "inaccurate"
  | "count-skipped"
  | "rounds-correlated"
  | "load-high"
  | "clock-coarse";

/** One warning: its code, and a sentence with the numbers that led to it. */
export type Warning = { readonly code: WarningCode; readonly message: string };
