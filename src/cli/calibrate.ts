/** @file The command `calibrate`: what the kernels' operations cost on this machine, and how fast it reads memory. */

import type { Command } from "commander";
import { Option } from "commander";
import { action } from "./action.ts";

const EXAMPLES = `
Takes a few seconds a kernel and writes calibration.json into the cache folder.
It goes stale when the machine, Node or the version of jacobench changes.

Examples:
  $ jacobench calibrate
  $ jacobench calibrate --kernel reference
  $ jacobench plan --widths 200,200,5,200,200 --minimize time`;

/** Adds the command `calibrate`. */
export function registerCalibrate(program: Command): void {
  program
    .command("calibrate")
    .description("measure what kernels and memory of this machine can do")
    .addOption(new Option("--kernel <name...>", "kernels to calibrate (default: typed)"))
    .addOption(new Option("--cache <dir>", "cache folder").default(".jacobench"))
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (options: { kernel?: string[]; cache: string }) => {
        const { calibrateCommand } = await import("./run-calibrate.ts");
        process.stdout.write(`${await calibrateCommand(options.kernel ?? ["typed"], options.cache)}\n`);
      }),
    );
}
