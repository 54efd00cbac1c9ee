/** @file `check.problem2` to `check.problem5`: self-checks that tell a wrong answer from a right one, with a hint. */

import { didYouMean } from "../names.ts";
import { partsOf, readValue } from "./answer.ts";
import { type Ndarrays, withNdarrays } from "./draw.ts";
import { judge } from "./judge.ts";
import { problem2 } from "./problem2.ts";
import { problem3 } from "./problem3.ts";
import { problem4 } from "./problem4.ts";
import { problem5 } from "./problem5.ts";
import { CheckResult, type PartResult } from "./result.ts";
import type { ArrayAnswer, InstanceOptions, Problem } from "./types.ts";

/** The problems that can be checked. A new one is its file, one line here and one in {@link check}. */
export const PROBLEMS: readonly Problem<never>[] = [
  problem2,
  problem3,
  problem4,
  problem5,
] as Problem<never>[];

/** An answer: parts by name, or one array (or word) alone. */
export type Answer<Part extends string> = ArrayAnswer | { readonly [Name in Part]?: ArrayAnswer | undefined };

/** Checks answers to one problem. */
export type Checker<Instance extends object, Part extends string> = {
  /**
   * Judges an answer.
   *
   * @param answer - parts by name, e.g. `{ W, b }`, as nested arrays, typed arrays or ndarrays; or one of them alone
   * @param options - which instance was worked on; the first if left out
   * @returns never throws for an answer: wrong shapes and NaN are answers too
   * @throws {JacobenchError} `ERR_RANGE`, `ERR_UNSUPPORTED` for the options
   */
  (answer: Answer<Part>, options?: InstanceOptions): CheckResult;
  /**
   * The numbers that the problem gives, as plain nested arrays; `ndarrays` has the arrays as ndarrays.
   *
   * @param options - rngSeed of the instance, 1 if left out; or `{ rngSeed }`, for problem 2 `{ widths }`
   */
  instance(options?: number | InstanceOptions): Instance & { readonly ndarrays: Ndarrays<Instance> };
};

/**
 * The self-checks of the course. Answers are held against the toolkit's own derivatives at an instance that a number
 * fixes, and against what each usual slip gives there.
 *
 * @example
 * const { x, label, W, b } = check.problem3.instance();
 * check.problem3(myGradW); // or { W: …, b: … }
 */
export const check = {
  problem2: checkerOf<
    ReturnType<typeof problem2.instance>,
    | "sigma"
    | "jvps"
    | "vjps"
    | "forwardFma"
    | "reverseFma"
    | "cheapest"
    | "lossForwardFma"
    | "lossReverseFma"
    | "parameterJvps"
  >(problem2),
  problem3: checkerOf<
    ReturnType<typeof problem3.instance>,
    "W" | "b" | "z" | "batchW" | "batchb" | "largeZ" | "weights" | "bias" | "logits"
  >(problem3),
  problem4: checkerOf<ReturnType<typeof problem4.instance>, "x" | "c" | "V" | "u">(problem4),
  problem5: checkerOf<ReturnType<typeof problem5.instance>, "x" | "W1" | "W2" | "deltaX">(problem5),
} as const;

/**
 * Judges an answer to a problem.
 *
 * @param problem - which
 * @param answer - anything at all
 * @param options - which instance
 * @throws {JacobenchError} for the options only
 */
export function checkAnswer<Instance extends object>(
  problem: Problem<Instance>,
  answer: unknown,
  options: InstanceOptions = {},
): CheckResult {
  const instance = problem.instance(options);
  const truth = problem.truth(instance);
  const { given, unknown } = partsOf(answer, problem.parts, truth);
  const names = problem.parts.map(({ name }) => name);
  const answers = { problem, truth, slips: problem.slips(instance) };
  const results = problem.parts.flatMap((part): PartResult[] => {
    if (!given.has(part)) return [];
    const reading = readValue(given.get(part));
    if ("value" in reading) return [judge(part, reading.value, answers)];
    return [
      {
        part: part.name,
        correct: false,
        message: `${part.name}: cannot be read; ${reading.problem}.`,
        hint: "Give numbers: an array, an array of rows, a typed array or an ndarray.",
        slip: "not-numbers",
        maxRelativeError: null,
      },
    ];
  });
  if (unknown.length > 0) {
    const name = unknown[0]!;
    return new CheckResult(problem.id, results, {
      sentences: [`There is no part "${name}".`],
      wrong: { slip: "unknown-part", hint: `The parts are ${names.join(", ")}${didYouMean(name, names)}` },
    });
  }
  if (results.length === 0) {
    return new CheckResult(problem.id, [], {
      sentences: ["Nothing was given."],
      wrong: { slip: "nothing-given", hint: `Give one or more of ${names.join(", ")}.` },
    });
  }
  const open = problem.parts.filter((part) => !given.has(part)).map(({ name }) => name);
  const allRight = results.every(({ correct }) => correct);
  return new CheckResult(problem.id, results, {
    sentences: allRight && open.length > 0 ? [`Not given: ${open.join(", ")}.`] : [],
  });
}

function checkerOf<Instance extends object, Part extends string>(
  problem: Problem<Instance>,
): Checker<Instance, Part> {
  return Object.assign(
    (answer: Answer<Part>, options?: InstanceOptions) => checkAnswer(problem, answer, options),
    {
      instance: (options: number | InstanceOptions = {}) =>
        withNdarrays(problem.instance(typeof options === "number" ? { rngSeed: options } : options)),
    },
  );
}
