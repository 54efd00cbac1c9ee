/** @file Options that several commands offer in the same words: the chain, unit seeds, block size, output format. */

import { type Command, Option } from "commander";
import type { ChainShape } from "../chain/shape.ts";
import { JacobenchError } from "../errors.ts";
import type { Strategy, StrategyOptions } from "../strategies/types.ts";
import { parseBlockSize, parseSnapshots, parseThreads, parseWidths, readJsonFile } from "./parse.ts";

/** The names that `--activation` and `--loss` take. */
export const ACTIVATIONS = ["relu", "tanh", "sigmoid", "softplus", "identity"] as const;
export const LOSSES = ["softmaxCrossEntropy"] as const;

/** What {@link addChainOptions} leaves in a command's options. */
export type ChainOptions = {
  readonly widths?: number[];
  readonly model?: string;
  readonly activation?: (typeof ACTIVATIONS)[number];
  readonly loss?: (typeof LOSSES)[number];
};

/**
 * Adds `--widths`, `--model`, `--activation` and `--loss`.
 *
 * @param command - gets the options; returned
 */
export function addChainOptions(command: Command): Command {
  const widths = new Option("--widths <list>", "n, the hidden widths and m, e.g. 784,512,256,128,10");
  const activation = new Option(
    "--activation <name>",
    "after every dense layer except the last (default: none, a linear chain)",
  ).choices(ACTIVATIONS);
  const loss = new Option("--loss <name>", "a scalar last layer (then m = 1)").choices(LOSSES);
  return command
    .addOption(widths.argParser(parseWidths))
    .addOption(new Option("--model <file>", "a model file with explicit weights").conflicts("widths"))
    .addOption(activation.conflicts("model"))
    .addOption(loss.conflicts("model"));
}

/** `--format`, the first being the default. */
export function formatOption(...formats: readonly [string, ...string[]]): Option {
  return new Option("--format <format>", "form of the output").choices(formats).default(formats[0]);
}

/** `--unit-seeds dense|read`. */
export function unitSeedsOption(): Option {
  const text =
    "dense: unit seeds go through the full first product; read: its column or row is read (default: dense)";
  return new Option("--unit-seeds <how>", text).choices(["dense", "read"]);
}

/** `--linearisation shared|recomputed`. */
export function linearisationOption(): Option {
  const text =
    "shared: one serves all products; recomputed: the primal runs again with each JVP (default: shared)";
  return new Option("--linearisation <how>", text).choices(["shared", "recomputed"]);
}

/** `--block-size B|all`. */
export function blockSizeOption(): Option {
  return new Option(
    "--block-size <b>",
    "seeds at once in blocked strategies, or all (default: 16)",
  ).argParser(parseBlockSize);
}

/** `--threads T`. */
export function threadsOption(): Option {
  return new Option(
    "--threads <t>",
    "threads of blocked strategies, with the kernel wasm (default: 1)",
  ).argParser(parseThreads);
}

/** `--snapshots S|all`. */
export function snapshotsOption(): Option {
  return new Option(
    "--snapshots <s>",
    "states that reverse-checkpointed keeps, the input one of them, or all (default: all)",
  ).argParser(parseSnapshots);
}

/**
 * Makes the shape of the chain that {@link addChainOptions} describes; no weights are drawn.
 *
 * @param where - name of the command, for the message
 * @param options - what the user gave
 * @throws {JacobenchError} `ERR_CONFIG` if neither widths nor a model were given, or the model is wrong
 */
export async function readShape(where: string, options: ChainOptions): Promise<ChainShape> {
  if (options.model !== undefined) {
    const { parseModel } = await import("../chain/model-file.ts");
    return parseModel(readJsonFile(options.model), options.model).chain.shape;
  }
  if (options.widths === undefined) {
    const expected = "--widths, e.g. --widths 784,512,256,128,10, or --model FILE";
    throw new JacobenchError("ERR_CONFIG", `${where}: no chain was given; expected ${expected}`);
  }
  const { buildShape } = await import("../chain/build.ts");
  const { widths, activation, loss } = options;
  return buildShape({ widths, ...(activation && { activation }), ...(loss && { loss }) });
}

/**
 * Picks the options that a strategy accepts out of those that the user gave.
 *
 * @param strategy - names what it accepts
 * @param wanted - options of the command; others may stand beside them
 */
export function pickOptions(strategy: Pick<Strategy, "accepts">, wanted: StrategyOptions): StrategyOptions {
  const given = strategy.accepts.filter((name) => wanted[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, wanted[name]]));
}
