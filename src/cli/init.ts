/** @file The command `init`: writes a starter config with its JSON Schema beside it. */

import type { Command } from "commander";
import { JacobenchError } from "../errors.ts";
import { action } from "./action.ts";

const SCHEMA_FILE = "experiment.schema.json";

const EXAMPLES = `
Examples:
  $ jacobench init mine          writes mine.json and ${SCHEMA_FILE}
  $ jacobench sweep mine.json --quick`;

/** Adds the command `init`. */
export function registerInit(program: Command): void {
  program
    .command("init")
    .description("write a starter config NAME.json")
    .argument("<NAME>", "name of the experiment: a-z, 0-9 and -")
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (name: string) => {
        const { configJsonSchema } = await import("../experiment/config.ts");
        const { parseConfig } = await import("../experiment/load-config.ts");
        const { createFileExclusive, writeFileAtomic } = await import("../files.ts");
        const config = starterConfig(name);
        parseConfig(config, "init");
        const file = `${name}.json`;
        if (!createFileExclusive(file, `${JSON.stringify(config, null, 2)}\n`)) {
          throw new JacobenchError("ERR_CONFIG", `init: found a file ${file} already; expected a new name`);
        }
        writeFileAtomic(SCHEMA_FILE, configJsonSchema());
        process.stdout.write(`${file}\n`);
        process.stderr.write(
          `Edit it (editors check it by ${SCHEMA_FILE}, written beside it), then run: jacobench sweep ${file}\n`,
        );
      }),
    );
}

/** A small experiment that shows the keys that most people change. */
export function starterConfig(name: string) {
  return {
    $schema: `./${SCHEMA_FILE}`,
    name,
    title: `My experiment ${name}`,
    chain: { grid: { n: [8, 32, 128], m: [8, 32, 128], hidden: [64], depth: [4] }, activation: "tanh" },
    strategies: ["forward", "reverse"],
    kernels: ["typed"],
    timing: { minTimeSeconds: 0.003, minSamples: 3, maxTimeSeconds: 0 },
    rounds: 15,
    processes: 5,
    rngSeed: 1,
  };
}
