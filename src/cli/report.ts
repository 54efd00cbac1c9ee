/** @file The command `report`: renders reports again from stored results, without measuring. */

import type { Command } from "commander";
import { JacobenchError } from "../errors.ts";
import { action } from "./action.ts";

const EXAMPLES = `
The same results give the same bytes on the same version of Node.

Examples:
  $ jacobench report reports/scaling
  $ jacobench report reports        every experiment in it
  $ jacobench report alice.json     a file that the explorer saved, into alice/`;

/** Adds the command `report`. */
export function registerReport(program: Command): void {
  program
    .command("report")
    .description("render reports again from stored results")
    .argument("<PATH>", "folder of an experiment or of a sweep, or one results file")
    .option("--out <dir>", "folder for the report of a file (default: its name without .json)")
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (path: string, options: { readonly out?: string }) => {
        const { isFile } = await import("../files.ts");
        if (isFile(path)) {
          const { reportFile } = await import("./report-file.ts");
          process.stdout.write(`${await reportFile(path, options.out)}\n`);
          return;
        }
        if (options.out !== undefined) {
          throw new JacobenchError(
            "ERR_UNSUPPORTED",
            `report: --out is "${options.out}", but ${path} is no file; expected --out with one results file: reports of ` +
              "folders are rendered where they are",
          );
        }
        const { reportCommand } = await import("./run-merge.ts");
        await reportCommand(path);
      }),
    );
}
