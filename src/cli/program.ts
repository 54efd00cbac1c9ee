/** @file The table of commands, and what all of them share: help within 80 columns, usage errors with exit code 2. */

import { Command, CommanderError } from "commander";
import { packageVersion } from "../package-root.ts";
import { action, EXIT } from "./action.ts";
import { registerCalibrate } from "./calibrate.ts";
import { registerCheck } from "./check.ts";
import { registerCompare } from "./compare.ts";
import { registerCost } from "./cost.ts";
import { registerDevices } from "./devices.ts";
import { registerEmbed } from "./embed.ts";
import { registerEnv } from "./env.ts";
import { registerExport } from "./export.ts";
import { registerInit } from "./init.ts";
import { registerJacobian } from "./jacobian.ts";
import { registerMerge } from "./merge.ts";
import { registerPeers } from "./peers.ts";
import { registerPlan } from "./plan.ts";
import { registerReport } from "./report.ts";
import { registerSchema } from "./schema.ts";
import { registerSweep } from "./sweep.ts";
import { registerTime } from "./time.ts";

/** All commands, in the order of the help. A new one is its file and one line here. */
const COMMANDS: readonly ((program: Command) => void)[] = [
  registerSweep,
  registerTime,
  registerCost,
  registerPlan,
  registerPeers,
  registerCalibrate,
  registerJacobian,
  registerCheck,
  registerInit,
  registerMerge,
  registerCompare,
  registerDevices,
  registerReport,
  registerEmbed,
  registerExport,
  registerSchema,
  registerEnv,
];

const HELP_COLUMNS = 80;

const EXAMPLES = `
Examples:
  $ jacobench sweep                        measure the shipped experiments
  $ jacobench time --widths 64,32,32,10    one network of your own, timed
  $ jacobench cost --widths 64,32,32,10    the same by formula, no clock
  $ jacobench help cost                    options and examples of a command

In a clone of the project: npm run -s jacobench -- COMMAND …

Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted.`;

/**
 * Makes the program with all its commands. Nothing heavy is loaded: commands import what they need when they run.
 *
 * @returns a commander program that throws instead of leaving the process; run it with {@link runProgram}
 */
export function createProgram(): Command {
  const program = new Command("jacobench")
    .description(
      "What does the full Jacobian of a chained function cost by n JVPs and by m VJPs? " +
        "Counted exactly, timed on your machine.",
    )
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print the help of a command")
    .usage("COMMAND [options]")
    .addHelpText("after", EXAMPLES)
    .configureHelp({
      subcommandTerm: (command) =>
        [command.name(), command.usage().replace("[options]", "").trim()].join(" ").trim(),
    })
    .exitOverride()
    .configureOutput({
      getOutHelpWidth: () => HELP_COLUMNS,
      getErrHelpWidth: () => HELP_COLUMNS,
      outputError: (text, write) => write(text.replace(/^error: /, "jacobench: ")),
    })
    .showHelpAfterError("Run it with --help to see its options and examples.");
  // Settings above are inherited by commands that are added from here on.
  for (const register of COMMANDS) register(program);
  return program;
}

/**
 * Runs a program on arguments and sets the exit code of this process: every usage error is bad input, 2.
 *
 * @param program - from {@link createProgram}
 * @param args - what the user typed after `jacobench`
 */
export async function runProgram(program: Command, args: readonly string[]): Promise<void> {
  const run = action(async () => {
    try {
      await program.parseAsync(args, { from: "user" });
      return typeof process.exitCode === "number" ? process.exitCode : EXIT.done;
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    }
  });
  await run();
}
