/** @file The command `embed`: the snippet that shows a chart in a page of one's own, and the files that it needs. */

import type { Command } from "commander";
import { action } from "./action.ts";

/** Ids of the kinds of pages, for the help (the table itself is not light); a test holds the two together. */
export const TARGET_IDS =
  "markdown, html, myst, jupyter-book, jupyter, quarto, vitepress, docusaurus, marp, reveal, latex";

const EXAMPLES = `
The snippet goes to stdout, everything else to stderr. CHART is
EXPERIMENT/CHART, or the chart alone where one report has it.

  --as picture       an image; works on paper (default, but for html, jupyter)
  --as interactive   the chart's own page in a frame, or a notebook's output
  --as script        html only: one shared script draws all charts of a page

Examples:
  $ jacobench embed scaling/ratio --for markdown
  $ jacobench embed scaling/ratio --for quarto --into notes/lecture3
  $ jacobench embed ratio --for marp --as interactive >> slides.md
  $ jacobench embed ratio --for latex --from reports/quick/scaling`;

/** Adds the command `embed`. */
export function registerEmbed(program: Command): void {
  program
    .command("embed")
    .description("print the snippet that shows a chart in course notes")
    .argument("<CHART>", "EXPERIMENT/CHART or CHART, e.g. scaling/ratio")
    .requiredOption("--for <page>", `kind of page: ${TARGET_IDS}`)
    .option("--from <dir>", "folder of the report (default: reports/EXPERIMENT)")
    .option("--into <dir>", "folder of the page, where the files go", ".")
    .option("--as <form>", "picture, interactive or script (default: by page)")
    .option("--size <size>", "page, slide or column (default: by page)")
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (chart: string, options: EmbedCommandOptions) => {
        const { embedCommand } = await import("./run-embed.ts");
        await embedCommand(chart, options);
      }),
    );
}

/** Options as commander gives them. */
export type EmbedCommandOptions = {
  readonly for: string;
  readonly from?: string;
  readonly into: string;
  readonly as?: string;
  readonly size?: string;
};
