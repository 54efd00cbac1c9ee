/** @file The command `schema`: the JSON Schema of experiment configs, for editors. */

import type { Command } from "commander";
import { action } from "./action.ts";

const EXAMPLES = `
A config that begins with {"$schema": "./experiment.schema.json", …} is
completed and checked by editors such as VS Code.

Examples:
  $ jacobench schema > experiment.schema.json`;

/** Adds the command `schema`. */
export function registerSchema(program: Command): void {
  program
    .command("schema")
    .description("print the JSON Schema of experiment configs")
    .addHelpText("after", EXAMPLES)
    .action(
      action(async () => {
        const { configJsonSchema } = await import("../experiment/config.ts");
        process.stdout.write(configJsonSchema());
      }),
    );
}
