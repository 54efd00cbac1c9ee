/** @file What a report states, as objects: who, what, how much, where it lies against what, and why. Pure. */

import type { Estimate } from "../../src/statistics/interval.ts";
import { type Relation, relationOf } from "./relation.ts";

/** A value held against another. */
export type Comparison = {
  readonly kind: "comparison";
  /** Label of a variant, name of a pair, or whatever else it is said of. */
  readonly subject: string;
  /** What of it, e.g. `exponent of Σ`; one subject has one value of each. */
  readonly quantity: string;
  readonly value: Estimate;
  readonly reference: number;
  /** Half the width of what counts as equal. */
  readonly tolerance: number;
  /** By {@link relationOf} alone. */
  readonly relation: Relation;
  /** Why it lies there; null where nothing is said of that. */
  readonly cause: string | null;
};

/** What became of a claim. */
export type Judged = {
  readonly kind: "verdict";
  readonly subject: string;
  readonly status: "confirmed" | "refuted" | "inconclusive" | "none";
  /** The reason that excuses exponents off the claim, such as `fixed cost`; null without. */
  readonly cause: string | null;
};

/** Something that is stated. */
export type Statement = Comparison | Judged;

/** Holds a value against another; the relation is decided here. */
export function compare(given: {
  readonly subject: string;
  readonly quantity: string;
  readonly value: Estimate;
  readonly reference: number;
  readonly tolerance?: number;
  readonly cause?: string | null;
}): Comparison {
  const { tolerance = 0, cause = null, ...rest } = given;
  const relation = relationOf(given.value, given.reference, tolerance);
  return { kind: "comparison", ...rest, tolerance, relation, cause };
}

/** Quantities of which a confirmed claim leaves no room for another value than the claimed one. */
const CLAIMED_QUANTITIES: Readonly<Record<string, readonly Relation[]>> = {
  "exponent of n": ["above", "below"],
  "exponent of m": ["above", "below"],
  // The claim is an upper bound in Σ.
  "exponent of Σ": ["above"],
};

/** Values of one thing that differ by more than rounding are two. */
const ROUNDING = 1e-9;

/**
 * Finds what cannot be true together.
 *
 * @param statements - of one report
 * @returns sentences without a full stop: one subject and quantity with two values, on two sides, or for two causes, and
 *   exponents off a claim that is called confirmed; empty where the report is of one mind
 */
export function contradictions(statements: readonly Statement[]): string[] {
  return statements.flatMap((one, i) =>
    statements.slice(i + 1).flatMap((other) => {
      if (one.subject !== other.subject) return [];
      const found = excludes(one, other) ?? excludes(other, one);
      return found === null ? [] : [`${one.subject}: ${found}`];
    }),
  );
}

function excludes(one: Statement, other: Statement): string | null {
  if (one.kind === "verdict") {
    if (other.kind === "verdict") {
      return one.status === other.status ? null : `${one.status} and ${other.status}`;
    }
    const excluded = CLAIMED_QUANTITIES[other.quantity] ?? [];
    const excused = one.cause !== null || one.status !== "confirmed";
    return excused || !excluded.includes(other.relation)
      ? null
      : `confirmed, and the ${other.quantity} lies ${other.relation}`;
  }
  if (other.kind === "verdict" || one.quantity !== other.quantity) return null;
  if (!sameValue(one.value, other.value)) return `two values of the ${one.quantity}`;
  if (one.cause !== null && other.cause !== null && one.cause !== other.cause) {
    return `two causes for the ${one.quantity}: ${one.cause}, ${other.cause}`;
  }
  const apart =
    (one.relation === "above" && other.relation === "below" && one.reference >= other.reference) ||
    (one.relation === "below" && other.relation === "above" && one.reference <= other.reference);
  return apart ? `the ${one.quantity} lies above ${one.reference} and below ${other.reference}` : null;
}

function sameValue(one: Estimate, other: Estimate): boolean {
  const numbers = ({ estimate, interval95 }: Estimate): number[] => [estimate, ...(interval95 ?? [])];
  const [a, b] = [numbers(one), numbers(other)];
  return (
    a.length === b.length &&
    a.every((value, i) => Math.abs(value - b[i]!) <= ROUNDING * (1 + Math.abs(value)))
  );
}
