/** @file The command `export`: all charts of reports as files, or every stated number under a name. */

import type { Command } from "commander";
import { action } from "./action.ts";

const EXAMPLES = `
With --formats, writes every chart of the report. With --format, prints every
number that the report states, under a name: \\crossoverTyped in LaTeX,
{{ crossoverTyped }} in MyST-Parser and Jupyter Book 1.

Examples:
  $ jacobench export reports/scaling --formats svg,pdf --into paper/figures
  $ jacobench export reports --formats html
  $ jacobench export reports/scaling --format tex-macros > numbers.tex`;

/** Adds the command `export`. */
export function registerExport(program: Command): void {
  program
    .command("export")
    .description("write charts as SVG, PNG, PDF, HTML; name every number")
    .argument("<DIR>", "folder of a report, or of several")
    .option("--formats <list>", "any of svg, png, pdf, html, vl.json, js (default: all but js)")
    .option("--format <form>", "instead: tex-macros or myst-substitutions")
    .option("--into <dir>", "where the files go (default: export in the current folder; numbers: stdout)")
    .option("--size <size>", "page, slide or column", "page")
    .option(
      "--prefix <word>",
      "begins the names of numbers (default: the experiment, where there are several)",
    )
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (folder: string, options: ExportCommandOptions) => {
        const { exportCommand } = await import("./run-export.ts");
        await exportCommand(folder, options);
      }),
    );
}

/** Options as commander gives them. */
export type ExportCommandOptions = {
  readonly formats?: string;
  readonly format?: string;
  readonly into?: string;
  readonly size: string;
  readonly prefix?: string;
};
