/** @file The command `cost`: what every strategy would cost on a chain, by formula, without a clock. */

import type { Command } from "commander";
import type { ChainShape } from "../chain/shape.ts";
import type { RowConvention } from "../strategies/convention.ts";
import type { StrategyOptions } from "../strategies/types.ts";
import { action } from "./action.ts";
import {
  addChainOptions,
  blockSizeOption,
  type ChainOptions,
  formatOption,
  linearisationOption,
  readShape,
  snapshotsOption,
  threadsOption,
  unitSeedsOption,
} from "./options.ts";

const EXAMPLES = `
Each table is one convention, and its ratios compare its own rows:
nothing at hand, dense unit seeds (as in JAX and PyTorch; difference quotients
and the complex step too); the layers' matrices at hand, columns and rows read
(also what --unit-seeds read asks for). By FMA no strategy of JVPs, VJPs and
products is cheaper than optimal. Without --activation the chain is linear.

Columns: \`FMA\` is derivative arithmetic in fused multiply-adds, \`evals\` the
primal evaluations with their own FMA. \`ratio\` compares the FMA of a run with
the least; one evaluation, before the run, is left out. \`memory\` is the peak
in float64: of one seed at a time, of a block of them, in the plan of all seeds
of a call.

Examples:
  $ jacobench cost --widths 784,512,256,128,10 --activation relu
  $ jacobench cost --widths 8,16,4 --activation tanh --unit-seeds read
  $ jacobench cost --widths 784,128,10 --loss softmaxCrossEntropy
  $ jacobench cost --model model.json --format json`;

type CostOptions = ChainOptions & StrategyOptions & { readonly format: "table" | "json" };

/** The row of the plan that `jacobench plan` prints; no strategy of ours. */
export const FRAMEWORK_ROW = "plan for JAX/PyTorch";

/** Predicted cost of one strategy or of the plan for frameworks, or the reason why it cannot do this chain. */
export type CostRow = {
  readonly strategy: string;
  readonly withRespectTo: "input" | "parameters";
  /** What is at hand, and whether unit seeds are multiplied or read. */
  readonly convention: RowConvention;
} & (
  | {
      readonly options: StrategyOptions;
      readonly fma: number;
      readonly primalEvaluations: number;
      readonly primalFma: number;
      readonly totalFma: number;
      /** What a run does: `fma`, and the primal evaluations that are not before it. */
      readonly runFma: number;
      /** `runFma` over the least for the same Jacobian in the same convention; 1 where both are 0, null where only that is. */
      readonly ratioToCheapest: number | null;
      /** Peak memory that is allocated, in bytes. */
      readonly bytes: number;
    }
  | { readonly unsupported: string }
);

/** Adds the command `cost`. */
export function registerCost(program: Command): void {
  addChainOptions(program.command("cost").description("predict the cost of every strategy, without a clock"))
    .addOption(unitSeedsOption())
    .addOption(blockSizeOption())
    .addOption(threadsOption())
    .addOption(snapshotsOption())
    .addOption(linearisationOption())
    .addOption(formatOption("table", "json"))
    .addHelpText("after", EXAMPLES)
    .action(
      action(async (options: CostOptions) => {
        const shape = await readShape("cost", options);
        const { costRows } = await import("./cost-rows.ts");
        const rows = costRows(shape, options);
        const text = options.format === "json" ? await costJson(shape, rows) : await tables(shape, rows);
        process.stdout.write(`${text}\n`);
      }),
    );
}

async function costJson(shape: ChainShape, rows: readonly CostRow[]): Promise<string> {
  const { describeShape, isLinear } = await import("../chain/describe.ts");
  const chain = { ...describeShape(shape), linear: isLinear(shape.layers) };
  return JSON.stringify({ chain, strategies: rows }, null, 2);
}

async function tables(shape: ChainShape, rows: readonly CostRow[]): Promise<string> {
  const { costTables } = await import("./cost-tables.ts");
  return costTables(shape, rows);
}
