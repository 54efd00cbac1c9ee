/** @file The work of `check`: prints an instance, or reads an answer and judges it. */

import { readFileSync } from "node:fs";
import { COLUMNS, wrapText } from "../../analysis/text.ts";
import { JacobenchError } from "../errors.ts";
import { readTextFile } from "../files.ts";
import { parseJson } from "../json.ts";
import { checkAnswer, PROBLEMS } from "../lessons/check.ts";
import type { CheckResult } from "../lessons/result.ts";
import type { InstanceOptions, Problem } from "../lessons/types.ts";
import { byId } from "../names.ts";
import { EXIT } from "./action.ts";
import type { CheckCommandOptions } from "./check.ts";

/**
 * Judges an answer, or prints what the problem gives.
 *
 * @param name - of the problem
 * @param options - of the command
 * @returns what to print, and the exit code: 1 for an answer that is not right
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` for the problem; `ERR_CONFIG` if there is no answer or it is no JSON;
 *   `ERR_RANGE`, `ERR_UNSUPPORTED` for options that the problem does not take
 */
export function checkCommand(name: string, options: CheckCommandOptions): { text: string; code: number } {
  const problem = byId("problem", PROBLEMS as readonly Problem<object>[], name);
  const { rngSeed, widths } = options;
  if (widths !== undefined && rngSeed !== undefined) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      "check: --widths and --rng-seed are given; expected one of them",
    );
  }
  const chosen = { ...(rngSeed !== undefined && { rngSeed }), ...(widths && { widths }) };
  if (options.instance) return { text: instanceText(problem, chosen), code: EXIT.done };
  if (options.answer === undefined) {
    const expected = `--answer FILE, or --instance to print the numbers of ${name}`;
    throw new JacobenchError("ERR_CONFIG", `check: no answer was given; expected ${expected}`);
  }
  const result = checkAnswer(problem, readAnswer(options.answer), chosen);
  const text = options.format === "json" ? JSON.stringify(result, null, 2) : resultText(result);
  return { text, code: result.correct ? EXIT.done : EXIT.failed };
}

/** The instance with what is asked, as JSON with one row of an array a line. */
function instanceText(problem: Problem<object>, options: InstanceOptions): string {
  const asks = Object.fromEntries(problem.parts.map((part) => [part.name, part.asks]));
  const members = {
    problem: problem.id,
    title: problem.title,
    statement: problem.statement,
    ...(options.widths === undefined && { rngSeed: options.rngSeed ?? 1 }),
    given: problem.instance(options),
    asked: asks,
  };
  const numbers = /\[\s*-?\d[^[\]]*\]/g;
  return JSON.stringify(members, null, 2).replace(numbers, (list) =>
    list.replace(/\s+/g, " ").replace("[ ", "[").replace(" ]", "]"),
  );
}

/** NaN and infinities as Python's json writes them become null, which a check takes for "not finite". */
function readAnswer(path: string): unknown {
  const text = path === "-" ? readFileSync(0, "utf8") : readTextFile(path, "ERR_CONFIG");
  const strings = /("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g;
  const plain = text.replace(strings, (_, string: string | undefined) => string ?? "null");
  return parseJson(plain, path === "-" ? "standard input" : path);
}

function resultText(result: CheckResult): string {
  return result
    .toString()
    .split("\n")
    .flatMap((line) => {
      const indent = line.startsWith(" ") ? "  " : "";
      return wrapText(line.trim(), COLUMNS - indent.length).map((part) => indent + part);
    })
    .join("\n");
}
