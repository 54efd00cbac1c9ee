/** @file The command `time`: one network of one's own, counted and timed in about fifteen seconds. */

import type { Command } from "commander";
import { JacobenchError } from "../errors.ts";
import { action } from "./action.ts";
import {
  addChainOptions,
  blockSizeOption,
  type ChainOptions,
  formatOption,
  linearisationOption,
  snapshotsOption,
  threadsOption,
  unitSeedsOption,
} from "./options.ts";
import { parseNames } from "./parse.ts";

const EXAMPLES = `
Rounds are spread over fresh processes, as in a sweep. If 15 rounds over 5
processes do not fit the budget, the median and the range are given, without
an interval. Strategies that have the layers' matrices at hand (optimal,
product-…, and all that take it with --unit-seeds read) stand in a table of
their own. Without --activation the chain is linear.

Examples:
  $ jacobench time --widths 784,512,256,128,10
  $ jacobench time --widths 64,256,256,8 --activation tanh --unit-seeds read
  $ jacobench time --widths 64,64,8 --strategies forward,forward-blocked
  $ jacobench time --model model.json --budget 60 --format json`;

/** What the user gave to `time`. */
export type TimeCommandOptions = ChainOptions & {
  readonly strategies: readonly string[];
  readonly kernel: string;
  readonly unitSeeds?: "dense" | "read";
  readonly linearisation?: "shared" | "recomputed";
  readonly blockSize?: number | "all";
  readonly threads?: number;
  readonly snapshots?: number | "all";
  readonly budget: number;
  readonly format: "table" | "json";
};

/** Adds the command `time`. */
export function registerTime(program: Command): void {
  addChainOptions(program.command("time").description("count and time strategies on one chain"))
    .option(
      "--strategies <names>",
      "separated by commas; ratios are to the first of the same convention",
      parseNames,
      ["forward", "reverse"],
    )
    .option("--kernel <name>", "who does the arithmetic", "typed")
    .addOption(unitSeedsOption())
    .addOption(blockSizeOption())
    .addOption(threadsOption())
    .addOption(snapshotsOption())
    .addOption(linearisationOption())
    .option("--budget <seconds>", "about how long to measure", seconds, 15)
    .addOption(formatOption("table", "json"))
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (options: TimeCommandOptions) => {
        const { timeCommand } = await import("./run-time.ts");
        process.stdout.write(`${await timeCommand(options)}\n`);
      }),
    );
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 86_400) return value;
  throw new JacobenchError(
    "ERR_RANGE",
    `--budget is \`${text}\`; expected seconds, above 0 and at most 86400`,
  );
}
