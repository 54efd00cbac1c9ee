/** @file The command `jacobian`: the Jacobian of a model at a point in full precision, with its counted cost. */

import type { Command } from "commander";
import type { Matrix } from "../array.ts";
import { JacobenchError } from "../errors.ts";
import type { StrategyOptions } from "../strategies/types.ts";
import { action } from "./action.ts";
import {
  blockSizeOption,
  formatOption,
  linearisationOption,
  snapshotsOption,
  threadsOption,
  unitSeedsOption,
} from "./options.ts";
import { readJsonFile } from "./parse.ts";

const EXAMPLES = `
A model file holds the layers with their weights, and the point as "input"
unless --input names a file with a JSON array:
  {"layers":[{"type":"dense","weights":[[1,2,3],[4,5,6]],"bias":[0,1]},
             {"type":"tanh"}],"input":[0.5,-1,2]}

JSON output: strategy, kernel, shape [m, n], jacobian (rows), cost (fma and
primalFma counted one by one, fmaPredicted, primalEvaluations, bytes).
CSV output: the rows alone.

Difference quotients take the step s·max(1, |x_j|) in direction j, with
s = 2^-26 = 1.5e-8 (finite-differences-forward) or s = 2^(-52/3) = 6.1e-6
(finite-differences-central). Where a function changes over less than that, as
it may at inputs far below 1, scale the input or take an exact strategy.

Examples:
  $ jacobench jacobian --model model.json --strategy forward
  $ jacobench jacobian --model model.json --input x.json --strategy reverse
  $ jacobench jacobian --model model.json --strategy forward-blocked \\
      --block-size all --kernel reference --format csv`;

type JacobianOptions = StrategyOptions & {
  readonly model: string;
  readonly input?: string;
  readonly strategy: string;
  readonly kernel: string;
  readonly format: "json" | "csv";
};

/** Adds the command `jacobian`. */
export function registerJacobian(program: Command): void {
  program
    .command("jacobian")
    .description("print the Jacobian of a model at a point, with its counted cost")
    .requiredOption("--model <file>", "a model file with explicit weights")
    .option("--input <file>", "a JSON array, the point (default: input in the model file)")
    .requiredOption("--strategy <name>", "how to accumulate it, e.g. forward or reverse")
    .option("--kernel <name>", "what to compute with", "typed")
    .addOption(blockSizeOption())
    .addOption(threadsOption())
    .addOption(snapshotsOption())
    .addOption(unitSeedsOption())
    .addOption(linearisationOption())
    .addOption(formatOption("json", "csv"))
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (options: JacobianOptions) => {
        const { strategy, kernel, blockSize, threads, snapshots, linearisation, unitSeeds } = options;
        const { countCost, predictCost, prepareJacobian } = await import("../ad/jacobian.ts");
        const { parseInput, parseModel } = await import("../chain/model-file.ts");
        const { chain, input } = parseModel(readJsonFile(options.model), options.model);
        const x =
          options.input === undefined ? input : parseInput(readJsonFile(options.input), chain, options.input);
        if (x === null) throw missingInput(options.model, chain.n);
        const chosen = {
          strategy,
          ...(blockSize !== undefined && { blockSize }),
          ...(threads !== undefined && { threads }),
          ...(snapshots !== undefined && { snapshots }),
          ...(linearisation !== undefined && { linearisation }),
          ...(unitSeeds !== undefined && { unitSeeds }),
        };
        const jacobian = prepareJacobian(chain, x, { ...chosen, kernel }).run();
        expectFiniteMatrix(jacobian);
        if (options.format === "csv") {
          process.stdout.write(`${formatRows(jacobian).join("\n")}\n`);
          return;
        }
        const counted = countCost(chain, x, chosen);
        const cost = {
          fma: counted.fma,
          fmaPredicted: predictCost(chain.shape, chosen).fma,
          primalEvaluations: counted.primalEvaluations,
          primalFma: counted.primalFma,
          bytes: counted.bytes,
        };
        process.stdout.write(
          `{\n  "strategy": ${JSON.stringify(strategy)},\n  "kernel": ${JSON.stringify(kernel)},\n` +
            `  "shape": ${JSON.stringify(jacobian.shape)},\n` +
            `  "jacobian": [\n    [${formatRows(jacobian).join("],\n    [")}]\n  ],\n` +
            `  "cost": ${JSON.stringify(cost)}\n}\n`,
        );
      }),
    );
}

/**
 * Writes the rows of a matrix with all digits that float64 needs to be read back the same, −0 included.
 *
 * @param array - finite, shape [m, n]
 * @returns m lines of n numbers separated by commas
 */
export function formatRows(array: Matrix): string[] {
  const [rows, columns] = array.shape as [number, number];
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => {
      const value = array.get(i, j)!;
      return Object.is(value, -0) ? "-0" : String(value);
    }).join(","),
  );
}

/**
 * Checks that a Jacobian may be printed: JSON has no NaN, and would turn it into null in silence.
 *
 * @param array - shape [m, n]
 * @throws {JacobenchError} `ERR_NON_FINITE` that names the first such entry
 */
export function expectFiniteMatrix(array: Matrix): void {
  const [rows, columns] = array.shape as [number, number];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = array.get(i, j)!;
      if (Number.isFinite(value)) continue;
      throw new JacobenchError(
        "ERR_NON_FINITE",
        `jacobian: entry [${i}, ${j}] is ${value}; expected finite numbers; the weights or the input are too large for ` +
          "float64 here: scale them down",
      );
    }
  }
}

function missingInput(model: string, n: number): JacobenchError {
  return new JacobenchError(
    "ERR_CONFIG",
    `${model}: holds no "input"; expected an array of ${n} numbers there, or a file with one after --input`,
  );
}
