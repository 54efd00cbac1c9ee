/** @file Numbers as the page shows them. Pure. */

import { superscript } from "../../analysis/text.ts";
import { grouped } from "../planner/explain.ts";

/** From here on a count is rounded to four digits. */
const LONG = 1e10;

/**
 * A count of FMA: every digit as far as they can be read at a glance, a power of ten beyond.
 *
 * @param value - a whole number
 * @returns e.g. `85,507,744`, `1.201 × 10¹²`; with ≈ where a float64 does not hold it exactly
 */
export function formatFma(value: number): string {
  if (value < LONG) return grouped(value);
  const exponent = Math.floor(Math.log10(value));
  const digits = (value / 10 ** exponent).toPrecision(4);
  const sign = Number.isSafeInteger(value) ? "" : "≈ ";
  return `${sign}${digits} × 10${superscript(exponent)}`;
}

/**
 * How many times: whole where it is whole or large, else three digits.
 *
 * @param ratio - at least 0
 * @returns e.g. `784`, `1.25`, `16.1`, `1,234`
 */
export function formatTimes(ratio: number): string {
  if (!Number.isFinite(ratio)) return "∞";
  if (ratio >= 1e7) return formatFma(Math.round(ratio));
  if (ratio >= 99.95 || Number.isInteger(ratio)) return grouped(Math.round(ratio));
  return String(Number(ratio.toPrecision(3)));
}

/** A count with its noun: `1 JVP`, `784 JVPs`. */
export function counted(value: number, noun: string): string {
  return `${grouped(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** Digits below the line: `d₀`, `J₁₂`. */
export function subscript(index: number): string {
  return [...String(index)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}
