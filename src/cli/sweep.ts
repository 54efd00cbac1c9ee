/** @file The command `sweep`: measures experiments and writes their reports. */

import { type Command, Option } from "commander";
import { action } from "./action.ts";
import { unitSeedsOption } from "./options.ts";
import { parseNames } from "./parse.ts";

const EXAMPLES = `
Without CONFIG the shipped experiments run (in a clone: npm run sweep).

Examples:
  $ jacobench sweep                          a few minutes, into reports/
  $ jacobench sweep --quick                  20 seconds, into reports/quick/
  $ jacobench sweep mine.json --out results
  $ jacobench sweep --resume                 go on after an interruption
  $ jacobench sweep --only scaling --only aa
  $ jacobench sweep --shard 2/4 --out shard-2   one of four machines;
    put together with: jacobench merge shard-1 … shard-4 --out reports`;

/** What the user gave to `sweep`. */
export type SweepCommandOptions = {
  readonly out?: string;
  readonly quick?: boolean;
  readonly all?: boolean;
  readonly resume?: boolean;
  readonly shard?: string;
  readonly shardBy?: "cases" | "processes";
  readonly only?: readonly string[];
  readonly cache: string;
  readonly unitSeeds?: "dense" | "read";
};

/** Adds the command `sweep`. */
export function registerSweep(program: Command): void {
  program
    .command("sweep")
    .description("measure experiments and write their reports")
    .argument("[CONFIG...]", "files of experiments (default: the shipped ones)")
    .option("--out <dir>", "folder of the reports (default: reports, or reports/quick)")
    .option("--quick", "few rounds and cases: estimates without intervals")
    .option("--all", "also shipped experiments that the default sweep leaves out")
    .option("--resume", "keep what an interrupted sweep has measured")
    .option("--shard <I/N>", "only the I-th of N parts, for sweeps over several machines")
    .addOption(
      new Option(
        "--shard-by <what>",
        "deal cases by predicted time, or processes of all cases (default: cases where there are enough)",
      ).choices(["cases", "processes"]),
    )
    .option("--only <experiment>", "only this one; may be given again", collect)
    .option("--cache <dir>", "cache folder of the calibration", ".jacobench")
    .addOption(unitSeedsOption())
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (configs: string[], options: SweepCommandOptions) => {
        const { sweepCommand } = await import("./run-sweep.ts");
        return await sweepCommand(configs, options);
      }),
    );
}

function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), ...parseNames(value)];
}
