/** @file What the tests of the self-checks share: values as answers, and one without its exactness. */

import type { Problem, Value, Values } from "../../src/lessons/types.ts";

/** A value as people hand it in: a number, a word, an array or rows. */
export function asAnswer(value: Value, change: (entry: number, k: number) => number = (entry) => entry) {
  if (typeof value === "string") return value;
  const entries = value.entries.map(change);
  const [rows, columns] = value.shape;
  if (rows === undefined) return entries[0]!;
  if (columns === undefined) return entries;
  return Array.from({ length: rows }, (_, i) => entries.slice(i * columns, (i + 1) * columns));
}

/** All parts of a value as an answer. */
export function asAnswers(values: Values, change?: (entry: number, k: number) => number) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asAnswer(value, change)]));
}

/** A problem whose instance is not looked at more closely. */
export type AnyProblem = Problem<object>;
