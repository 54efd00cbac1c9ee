/** @file The command `schema`: the JSON Schema of experiment configs, for editors. */

import { Argument, type Command } from "commander";
import { action } from "./action.ts";

const EXAMPLES = `
A config that begins with {"$schema": "./experiment.schema.json", …} is
completed and checked by editors such as VS Code.

Examples:
  $ jacobench schema > experiment.schema.json
  $ jacobench schema peers > peers.schema.json`;

/** Adds the command `schema`. */
export function registerSchema(program: Command): void {
  program
    .command("schema")
    .description("print the JSON Schema of experiment configs")
    .addArgument(
      new Argument("[OF]", "configs of sweeps, or of peers").choices(["sweep", "peers"]).default("sweep"),
    )
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (of: "sweep" | "peers") => {
        if (of === "peers") {
          const { peersConfigJsonSchema } = await import("../peers/config.ts");
          process.stdout.write(peersConfigJsonSchema());
          return;
        }
        const { configJsonSchema } = await import("../experiment/config.ts");
        process.stdout.write(configJsonSchema());
      }),
    );
}
