/** @file The command `devices`: the results of many devices in one picture, a dot each. */

import type { Command } from "commander";
import { action } from "./action.ts";
import { formatOption } from "./options.ts";

const EXAMPLES = `
FILE is a results.json of any name, such as the explorer saves after "Measure",
the folder of an experiment, or a folder of such files. Each machine that
measured is one device; the same session given twice counts once. Files that
cannot be used are named and left out, and the exit code is then 1.

Writes devices.svg, devices.png, devices.vl.json and index.md.

Examples:
  $ jacobench devices alice.json bob.json carol.json
  $ jacobench devices class/ --out reports/class
  $ jacobench devices class/ reports/scaling --format json > devices.json`;

/** What the user gave to `devices`. */
export type DevicesCommandOptions = { readonly out: string; readonly format: "table" | "json" };

/** Adds the command `devices`. */
export function registerDevices(program: Command): void {
  program
    .command("devices")
    .description("one dot a device: exponents and crossover of a whole class")
    .argument("<FILE...>", "results files, or folders of them")
    .option("--out <dir>", "folder of the picture and its page", "devices")
    .addOption(formatOption("table", "json"))
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (files: string[], options: DevicesCommandOptions) => {
        const { devicesCommand } = await import("./run-devices.ts");
        return devicesCommand(files, options);
      }),
    );
}
