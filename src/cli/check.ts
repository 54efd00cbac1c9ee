/** @file The command `check`: holds an answer to a problem of the course against the right one, in any language's JSON. */

import { type Command, Option } from "commander";
import { action } from "./action.ts";
import { formatOption } from "./options.ts";
import { parseInteger, parseWidths } from "./parse.ts";

const EXAMPLES = `
Problems: problem2 (counts), problem3 (W, b), problem4 (x), problem5 (the skip).
--instance prints what is given and asked, as JSON; work on these numbers, in
any language, and write the parts that you have into a file:
  {"W": [[0.1, 0.2, …], …], "b": [0.3, …]}
NaN and Infinity may stand in it as Python writes them.

Exit codes: 0 right, 1 not right yet (with a hint), 2 bad input.

Examples:
  $ jacobench check problem3 --instance > problem3.json
  $ jacobench check problem3 --answer mine.json
  $ python3 mine.py | jacobench check problem3 --answer -
  $ jacobench check problem2 --widths 784,512,256,128,10 --answer mine.json`;

/** What the user gave to `check`. */
export type CheckCommandOptions = {
  readonly answer?: string;
  readonly instance?: true;
  readonly rngSeed?: number;
  readonly widths?: number[];
  readonly format: "text" | "json";
};

/** Adds the command `check`. */
export function registerCheck(program: Command): void {
  program
    .command("check")
    .description("check an answer to a problem of the course, with a hint")
    .argument("<problem>", "problem2, problem3, problem4 or problem5")
    .option("--answer <file>", "a JSON file with the parts of the answer, or - for standard input")
    .addOption(new Option("--instance", "print the problem's numbers as JSON").conflicts("answer"))
    .option("--rng-seed <n>", "another instance: the number that starts its generator", rngSeed)
    .option("--widths <list>", "problem2 only: widths of your own", parseWidths)
    .addOption(formatOption("text", "json"))
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (problem: string, options: CheckCommandOptions) => {
        const { checkCommand } = await import("./run-check.ts");
        const { text, code } = checkCommand(problem, options);
        process.stdout.write(`${text}\n`);
        return code;
      }),
    );
}

function rngSeed(text: string): number {
  return parseInteger(text, "--rng-seed", 0, 2 ** 31 - 1);
}
