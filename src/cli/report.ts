/** @file The command `report`: renders reports again from stored results, without measuring. */

import type { Command } from "commander";
import { action } from "./action.ts";

const EXAMPLES = `
The same results give the same bytes on the same version of Node.

Examples:
  $ jacobench report reports/scaling
  $ jacobench report reports              every experiment in it`;

/** Adds the command `report`. */
export function registerReport(program: Command): void {
  program
    .command("report")
    .description("render reports again from stored results")
    .argument("<DIR>", "folder of an experiment or of a sweep")
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (folder: string) => {
        const { reportCommand } = await import("./run-merge.ts");
        await reportCommand(folder);
      }),
    );
}
