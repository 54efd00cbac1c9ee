/** @file The command `peers`: the same chains on JAX, PyTorch and other frameworks, beside our own strategies. */

import { type Command, Option } from "commander";
import { JacobenchError } from "../errors.ts";
import { action } from "./action.ts";
import { ACTIVATIONS } from "./options.ts";
import { parseNames, parseWidths } from "./parse.ts";

const EXAMPLES = `
A framework that is not installed is one line of the output. One that crashes,
hangs, or gives another Jacobian than ours is reported, and the rest goes on.
--setup makes a virtual environment in the cache folder with JAX and autograd;
--setup torch adds PyTorch, whose package for Linux is some gigabytes.

Examples:
  $ jacobench peers --setup                 once: install JAX and autograd
  $ jacobench peers --quick                 a first look, in about a minute
  $ jacobench peers                         the shipped comparison, some minutes
  $ jacobench peers --plan 512,512,8,512,512
  $ jacobench peers --python python3 --python ~/torch/bin/python
  $ jacobench peers --peer 'mine=python3 my_runner.py'`;

/** What the user gave to `peers`. */
export type PeersCommandOptions = {
  readonly quick?: boolean;
  readonly only?: readonly string[];
  readonly plan?: number[];
  readonly activation?: (typeof ACTIVATIONS)[number];
  readonly setup?: true | string;
  readonly python: readonly string[];
  readonly peer: readonly { readonly id: string; readonly command: readonly string[] }[];
  readonly limit?: number;
  readonly out?: string;
  readonly cache: string;
};

/** Adds the command `peers`. */
export function registerPeers(program: Command): void {
  program
    .command("peers")
    .description("the same chains on JAX, PyTorch and other frameworks, beside ours")
    .argument("[CONFIG]", "a config of a comparison; without it the shipped one")
    .option("--quick", "few rounds, no intervals, about a minute")
    .option("--only <names>", "peers to run, separated by commas", parseNames)
    .option(
      "--plan <widths>",
      "run the composition that `plan` prints, beside jacfwd and jacrev",
      parseWidths,
    )
    .addOption(
      new Option("--activation <name>", "with --plan: after each dense layer but the last").choices(
        ACTIVATIONS,
      ),
    )
    .addOption(
      new Option("--setup [what]", "install Python packages instead of measuring").choices(["torch"]),
    )
    .addOption(
      new Option("--python <path>", "Python to try; may be given again")
        .argParser(collect)
        .default([], "that of --setup, else python3"),
    )
    .addOption(
      new Option("--peer <name=command>", "a peer of your own; its protocol is in the README")
        .argParser(ownPeer)
        .default([], "none"),
    )
    .option("--limit <seconds>", "longest time for an answer", seconds)
    .option("--out <dir>", "where the report goes (default: reports; reports/quick)")
    .addOption(new Option("--cache <dir>", "cache folder of --setup").default(".jacobench"))
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (config: string | undefined, options: PeersCommandOptions) => {
        const { peersCommand } = await import("./run-peers.ts");
        return peersCommand(config, options);
      }),
    );
}

function collect(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

function ownPeer(text: string, before: PeersCommandOptions["peer"]): PeersCommandOptions["peer"] {
  const [, id, line] = /^([a-z0-9][a-z0-9-]{0,29})=(.*\S.*)$/.exec(text) ?? [];
  if (id === undefined || line === undefined) {
    throw new JacobenchError(
      "ERR_RANGE",
      `--peer: found "${text}"; expected NAME=COMMAND with a name of a-z, 0-9 and -, e.g. 'mine=python3 runner.py'`,
    );
  }
  return [...before, { id, command: line.trim().split(/\s+/) }];
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 86_400) return value;
  throw new JacobenchError(
    "ERR_RANGE",
    `--limit: found "${text}"; expected seconds, above 0 and at most 86400`,
  );
}
