/** @file The command `compare`: what changed between two runs of the same cases. */

import type { Command } from "commander";
import { JacobenchError } from "../errors.ts";
import { action } from "./action.ts";
import { formatOption } from "./options.ts";

const EXAMPLES = `
A and B are folders of one experiment each, or of sweeps, or results files such
as the explorer saves. A change is reported where it is beyond its noise, all
comparisons taken together: two runs of the same thing give a line that says
that nothing changed, 19 times in 20.

With --fail-on-regression P the exit code is 1 if a time has grown by more than
P per cent and has changed in that sense.

--format github-action-benchmark prints the times of B for that action
(tool: customSmallerIsBetter).

Examples:
  $ jacobench compare before/scaling after/scaling
  $ jacobench compare main reports --fail-on-regression 5
  $ jacobench compare chrome.json firefox.json
  $ jacobench compare before after --format github-action-benchmark > b.json`;

/** What the user gave to `compare`. */
export type CompareCommandOptions = {
  readonly failOnRegression?: number;
  readonly allowDifferent?: boolean;
  readonly format: "table" | "json" | "github-action-benchmark";
};

/** Adds the command `compare`. */
export function registerCompare(program: Command): void {
  program
    .command("compare")
    .description("what changed between two runs")
    .argument("<A>", "folder or file of the run before")
    .argument("<B>", "folder or file of the run after")
    .option("--fail-on-regression <percent>", "exit code 1 if a time has grown by more", percent)
    .option("--allow-different", "compare what both have, where cases differ")
    .addOption(formatOption("table", "json", "github-action-benchmark"))
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (a: string, b: string, options: CompareCommandOptions) => {
        const { compareCommand } = await import("./run-compare.ts");
        const { text, code } = compareCommand(a, b, options);
        process.stdout.write(`${text}\n`);
        return code;
      }),
    );
}

function percent(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 1e6) return value;
  throw new JacobenchError(
    "ERR_RANGE",
    `--fail-on-regression is \`${text}\`; expected per cent, a number from 0 to 1000000`,
  );
}
