/** @file Holding one part of an answer against the right one, and against what each usual slip gives. */

import type { PartResult } from "./result.ts";
import type { ArrayValue, Part, Problem, Slip, Value, Values } from "./types.ts";

/** Right up to this relative error: float32, differences with a good step and other orders of summation pass. */
export const TOLERANCE = 1e-5;

/** Up to this only the order of the arithmetic differs; the number itself would be another on each machine. */
const ROUNDING = 1e-13;

/** Up to this it is the right formula with inexact numbers. */
const INEXACT = 1e-3;

/** The words for a mode. */
const MODES: ReadonlyMap<string, string> = new Map([
  ...["forward", "jvp", "jvps", "tangent"].map((word) => [word, "forward"] as const),
  ...["reverse", "backward", "vjp", "vjps", "adjoint"].map((word) => [word, "reverse"] as const),
  ["either", "either"],
]);

type Verdict = { readonly hint: string; readonly slip?: string };

/** What {@link judge} needs of a problem at one instance. */
export type Answers = {
  readonly problem: Pick<Problem<never>, "parts" | "exact" | "nonFiniteHint">;
  readonly truth: Values;
  readonly slips: readonly Slip[];
};

/**
 * Judges one part.
 *
 * @param part - which
 * @param answer - what was given
 * @param answers - the right values and the slips of all parts
 */
export function judge(part: Part, answer: Value, answers: Answers): PartResult {
  const right = answers.truth[part.name]!;
  if (typeof right === "string") return judgeWord(part, answer, right, answers);
  if (typeof answer === "string") {
    return wrong(part, `${part.name}: the word "${answer}"; expected numbers.`, null, {
      slip: "not-numbers",
      hint: `Give ${describeShape(right.shape)}.`,
    });
  }
  const given = inShape(answer, right.shape);
  const bad = given.entries.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const message = `${part.name}: not finite${at(given, bad)}: ${given.entries[bad]}.`;
    return wrong(part, message, null, { slip: "non-finite", hint: answers.problem.nonFiniteHint });
  }
  const fits = sameShape(given, right);
  const { error, worst } = difference(given, right);
  const tolerance = answers.problem.exact ? 0 : TOLERANCE;
  if (fits && error <= tolerance) {
    const close = answers.problem.exact
      ? ""
      : ` (${error <= ROUNDING ? "to rounding" : `relative error ${shortNumber(error)}`})`;
    return {
      part: part.name,
      correct: true,
      message: `${part.name}: right${close}.`,
      maxRelativeError: error,
    };
  }
  const message = fits
    ? answers.problem.exact
      ? `${part.name}: not ${given.entries[0]}.`
      : `${part.name}: not right, relative error ${shortNumber(error)}.`
    : `${part.name}: ${describeShape(given.shape)}; expected ${describeShape(right.shape)}.`;
  const known = answers.problem.exact
    ? (slipOf(part, given, answers) ?? otherPart(part, given, answers))
    : recognise(part, given, right, answers);
  if (known !== null) return wrong(part, message, fits ? error : null, known);
  if (!fits) {
    return wrong(part, message, null, {
      slip: "wrong-shape",
      hint:
        `${part.symbol} has the shape of its variable. No usual slip gives these numbers: compare the shapes in each ` +
        "product. Is a transpose missing, or are two factors swapped?",
    });
  }
  const advice = answers.problem.exact
    ? `${given.entries[0] === 0 ? "Nothing is counted yet" : "No usual slip gives this number"}. Asked for: ${part.asks}.`
    : `No usual slip gives these numbers. The largest error is${at(given, worst)}, where you have ` +
      `${shortNumber(given.entries[worst]!)}: work out that entry by hand, or by a central difference.`;
  return wrong(part, message, error, { hint: advice });
}

function judgeWord(part: Part, answer: Value, right: string, answers: Answers): PartResult {
  const word = typeof answer === "string" ? (MODES.get(answer.replace(/[- ]mode$/, "")) ?? null) : null;
  if (word === right || (right === "either" && (word === "forward" || word === "reverse"))) {
    return { part: part.name, correct: true, message: `${part.name}: right.`, maxRelativeError: 0 };
  }
  if (word === null) {
    const shown = typeof answer === "string" ? `"${answer}" is no mode` : "numbers are no mode";
    return wrong(part, `${part.name}: ${shown}.`, null, {
      slip: "unknown-word",
      hint: 'Answer "forward" or "reverse".',
    });
  }
  const slip = answers.slips.find(({ values }) => values[part.name] === word);
  const hint = slip?.hint ?? "Compare n·Σ with m·Σ.";
  return wrong(part, `${part.name}: not "${word}".`, null, { hint, ...(slip && { slip: slip.id }) });
}

/** The slip that gives these numbers: a usual one, a change of the right answer, another part, or two slips at once. */
function recognise(part: Part, given: ArrayValue, right: ArrayValue, answers: Answers): Verdict | null {
  const single = slipOf(part, given, answers) ?? changeOf(given, right) ?? otherPart(part, given, answers);
  if (single !== null) return single;
  for (const slip of answers.slips) {
    const value = slip.values[part.name];
    const change = value === undefined || typeof value === "string" ? null : changeOf(given, value);
    if (change !== null)
      return { slip: `${slip.id}+${change.slip}`, hint: `Two slips at once. ${slip.hint} ${change.hint}` };
  }
  if (!sameShape(given, right)) return null;
  if (difference(given, right).error <= INEXACT) {
    return {
      slip: "inexact",
      hint: "The formula seems right, the numbers are not exact: work in float64, and if these are differences, try another step.",
    };
  }
  return multipleOf(given, right);
}

function slipOf(part: Part, given: ArrayValue, { slips, problem }: Answers): Verdict | null {
  const found = slips.find(({ values }) => {
    const value = values[part.name];
    return (
      value !== undefined && typeof value !== "string" && isClose(given, value, problem.exact ? 0 : TOLERANCE)
    );
  });
  return found === undefined ? null : { slip: found.id, hint: found.hint };
}

/** Whether the numbers are a value with its sign, its factor or its layout changed. */
function changeOf(given: ArrayValue, value: ArrayValue): (Verdict & { readonly slip: string }) | null {
  const times = (factor: number): ArrayValue => ({
    ...value,
    entries: value.entries.map((entry) => factor * entry),
  });
  const turned = transposed(value);
  if (isClose(given, times(-1))) {
    return { slip: "sign", hint: "The sign is wrong: all entries are the negative of what is expected." };
  }
  if (isClose(given, times(2))) return { slip: "factor-2", hint: "All entries are twice what is expected." };
  if (isClose(given, times(0.5)))
    return { slip: "factor-half", hint: "All entries are half of what is expected." };
  if (value.shape.length === 2 && isClose(given, turned)) {
    return {
      slip: "transposed",
      hint:
        "This is the transpose, as if the outer product were swapped. A gradient has the shape of its variable: the " +
        "cotangent stands on the left, the input, transposed, on the right.",
    };
  }
  if (value.shape.length === 2 && isClose(given, { shape: value.shape, entries: turned.entries })) {
    return {
      slip: "reshaped",
      hint: "The numbers are those of the transpose, written into this shape one after another. Transpose, do not reshape.",
    };
  }
  if (value.shape.length === 1 && isClose(given, { shape: [1, ...value.shape], entries: value.entries })) {
    return {
      slip: "row-for-gradient",
      hint:
        "The numbers are right, the layout is not: this row is the derivative (1 × n, numerator layout). The gradient is " +
        "its transpose and has the shape of its variable.",
    };
  }
  return null;
}

function otherPart(part: Part, given: ArrayValue, { truth, problem }: Answers): Verdict | null {
  const other = problem.parts.find(({ name }) => {
    const value = truth[name]!;
    return (
      name !== part.name && typeof value !== "string" && isClose(given, value, problem.exact ? 0 : TOLERANCE)
    );
  });
  if (other === undefined) return null;
  return { slip: "other-part", hint: `This is ${other.symbol}; ${part.symbol} is asked for: ${part.asks}.` };
}

function multipleOf(given: ArrayValue, right: ArrayValue): Verdict | null {
  if (given.entries.every((value) => value === 0))
    return { slip: "zero", hint: "All entries are 0: nothing has been computed yet, or everything cancels." };
  if (right.entries.length < 2) return null;
  const dot = (a: ArrayValue, b: ArrayValue) =>
    a.entries.reduce((sum, value, i) => sum + value * b.entries[i]!, 0);
  const factor = dot(given, right) / dot(right, right);
  const multiple = { ...right, entries: right.entries.map((value) => factor * value) };
  if (!isClose(given, multiple)) return null;
  return { slip: "scaled", hint: `All entries are ${shortNumber(factor)} times what is expected.` };
}

/** Takes a column for a vector, a flat array for a matrix row by row, and one entry for a number. */
function inShape(given: ArrayValue, shape: readonly number[]): ArrayValue {
  const size = shape.reduce((product, length) => product * length, 1);
  if (given.entries.length !== size) return given;
  const isColumn = shape.length === 1 && given.shape.length === 2 && given.shape[1] === 1;
  const isFlat = shape.length === 2 && given.shape.length === 1;
  return isColumn || isFlat || shape.length === 0 ? { shape, entries: given.entries } : given;
}

function difference(given: ArrayValue, right: ArrayValue): { error: number; worst: number } {
  const scale = Math.max(...right.entries.map(Math.abs));
  const errors = right.entries.map((value, i) =>
    Math.abs((given.entries[i] ?? Number.POSITIVE_INFINITY) - value),
  );
  const largest = Math.max(...errors);
  return { error: largest / scale, worst: errors.indexOf(largest) };
}

function isClose(given: ArrayValue, value: ArrayValue, tolerance = TOLERANCE): boolean {
  return sameShape(given, value) && difference(given, value).error <= tolerance;
}

function sameShape(a: ArrayValue, b: ArrayValue): boolean {
  return a.shape.join() === b.shape.join();
}

function transposed({ shape, entries }: ArrayValue): ArrayValue {
  const [rows, columns] = shape as [number, number];
  return {
    shape: [columns, rows],
    entries: entries.map((_, k) => entries[(k % rows) * columns + Math.floor(k / rows)]!),
  };
}

function wrong(part: Part, message: string, maxRelativeError: number | null, verdict: Verdict): PartResult {
  return { part: part.name, correct: false, message, ...verdict, maxRelativeError };
}

function describeShape(shape: readonly number[]): string {
  return shape.length === 0 ? "one number" : `shape [${shape.join(", ")}]`;
}

/** ` at [1, 2]`, or nothing for a single number. */
function at({ shape }: ArrayValue, index: number): string {
  if (shape.length === 0) return "";
  const indices = shape.length === 1 ? [index] : [Math.floor(index / shape[1]!), index % shape[1]!];
  return ` at [${indices.join(", ")}]`;
}

function shortNumber(value: number): string {
  return value === 0 ? "0" : String(Number(value.toPrecision(2))).replaceAll("-", "−");
}
