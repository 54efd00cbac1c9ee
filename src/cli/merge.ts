/** @file The command `merge`: puts the shards of one sweep together. */

import type { Command } from "commander";
import { action } from "./action.ts";

const EXAMPLES = `
Each DIR is the --out folder of one sweep --shard I/N, or one experiment in it.

Examples:
  $ jacobench sweep --shard 1/2 --out shard-1     on one machine
  $ jacobench sweep --shard 2/2 --out shard-2     on another
  $ jacobench merge shard-1 shard-2 --out reports`;

/** Adds the command `merge`. */
export function registerMerge(program: Command): void {
  program
    .command("merge")
    .description("put the shards of one sweep together")
    .argument("<DIR...>", "folders of all shards")
    .requiredOption("--out <dir>", "folder of the merged reports")
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (folders: string[], options: { readonly out: string }) => {
        const { mergeCommand } = await import("./run-merge.ts");
        await mergeCommand(folders, options.out);
      }),
    );
}
