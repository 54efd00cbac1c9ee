/** @file The command `plan`: the cheapest accumulation of one's own Jacobian, in words, as a bracketing, and as code. */

import { type Command, Option } from "commander";
import { action } from "./action.ts";
import { addChainOptions, type ChainOptions, formatOption } from "./options.ts";
import { parseInteger } from "./parse.ts";

const EXAMPLES = `
The plan is for JAX and PyTorch, which have nothing at hand: the cheapest of
JVPs, VJPs and products of dense Jacobians, and the code that executes it. With
--convention given it is for those who hold the layers' matrices, as the
strategy optimal does. A plan that saves less than 2 % over the better mode is
not advised. Without --activation the chain is linear.

A chain file holds {"elementals":[{"n":3,"m":5,"edges":15},…],"memory":100},
first applied first; without "edges" a factor's Jacobian is given.

Examples:
  $ jacobench plan --widths 784,512,256,128,10
  $ jacobench plan --widths 200,200,5,200,200 --minimize time
  $ jacobench plan --widths 512,512,8,512,512 --activation tanh --code jax
  $ jacobench plan --widths 64,64,64 --activation tanh --convention given
  $ jacobench plan --chain chain.json --format json
  $ jacobench plan --widths 50,80,20,80,50 --workers 4 --picture plan.svg`;

/** What the user gave to `plan`. */
export type PlanCommandOptions = ChainOptions & {
  readonly chain?: string;
  readonly convention?: "given" | "matrix-free";
  readonly minimize: "fma" | "time";
  readonly maxBytes?: number;
  readonly memory?: number;
  readonly allDense?: boolean;
  readonly workers?: number;
  readonly picture?: string;
  readonly code?: "jax" | "torch";
  readonly kernel: string;
  readonly cache: string;
  readonly format: "table" | "json";
};

/** Adds the command `plan`. */
export function registerPlan(program: Command): void {
  addChainOptions(program.command("plan").description("find the cheapest way to a Jacobian, and explain it"))
    .addOption(
      new Option("--chain <file>", "a chain of Jacobians by sizes and edges").conflicts(["widths", "model"]),
    )
    .addOption(
      new Option(
        "--convention <name>",
        "at hand: nothing (matrix-free, the default), or the layers' matrices (given)",
      ).choices(["matrix-free", "given"]),
    )
    .addOption(
      new Option("--minimize <what>", "fma, or time after calibrate").choices(["fma", "time"]).default("fma"),
    )
    .addOption(
      new Option("--max-bytes <b>", "bound on the peak memory of the strategy").argParser((text) =>
        parseInteger(text, "--max-bytes", 0, Number.MAX_SAFE_INTEGER),
      ),
    )
    .addOption(
      new Option("--memory <tape>", "bound on the tape of an adjoint, in edges").argParser((text) =>
        parseInteger(text, "--memory", 0, Number.MAX_SAFE_INTEGER),
      ),
    )
    .addOption(new Option("--all-dense", "forget diagonal and rank-one structure, as the literature does"))
    .addOption(
      new Option("--workers <p>", "schedule the plan on so many workers").argParser((text) =>
        parseInteger(text, "--workers", 1, 1_000_000),
      ),
    )
    .addOption(
      new Option("--code <framework>", "print only the code")
        .choices(["jax", "torch"])
        .conflicts(["workers", "maxBytes", "picture"]),
    )
    .addOption(new Option("--picture <file>", "draw the bracketing: FILE.svg, .png, .pdf or .vl.json"))
    .addOption(new Option("--kernel <name>", "whose calibration to use").default("typed"))
    .addOption(new Option("--cache <dir>", "cache folder of the calibration").default(".jacobench"))
    .addOption(formatOption("table", "json"))
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (options: PlanCommandOptions) => {
        const { planCommand } = await import("./run-plan.ts");
        process.stdout.write(`${await planCommand(options)}\n`);
      }),
    );
}
