/** @file The command `cost`: what every strategy would cost on a chain, by formula, without a clock. */

import type { Command } from "commander";
import type { ChainShape } from "../chain/shape.ts";
import { JacobenchError } from "../errors.ts";
import type { Strategy, StrategyOptions } from "../strategies/types.ts";
import { action } from "./action.ts";
import {
  addChainOptions,
  blockSizeOption,
  type ChainOptions,
  formatOption,
  linearisationOption,
  pickOptions,
  readShape,
  snapshotsOption,
  threadsOption,
  unitSeedsOption,
} from "./options.ts";

const EXAMPLES = `
Columns: \`FMA\` is derivative arithmetic in fused multiply-adds, \`evals\` the
primal evaluations with their own FMA, \`ratio\` the total against the cheapest.

Examples:
  $ jacobench cost --widths 784,512,256,128,10
  $ jacobench cost --widths 8,16,4 --activation tanh --unit-seeds read
  $ jacobench cost --widths 784,128,10 --loss softmaxCrossEntropy
  $ jacobench cost --model model.json --format json`;

type CostOptions = ChainOptions & StrategyOptions & { readonly format: "table" | "json" };

/** Predicted cost of one strategy, or the reason why it cannot do this chain. */
export type CostRow = {
  readonly strategy: string;
  readonly withRespectTo: "input" | "parameters";
} & (
  | {
      readonly options: StrategyOptions;
      readonly fma: number;
      readonly primalEvaluations: number;
      readonly primalFma: number;
      readonly totalFma: number;
      /** `totalFma` over that of the cheapest strategy for the same Jacobian; 1 when both are 0. */
      readonly ratioToCheapest: number;
      /** Peak memory that the strategy allocates, in bytes. */
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
        const { STRATEGIES } = await import("../strategies/index.ts");
        const { predictCost } = await import("../ad/jacobian.ts");
        const rows = costRows(STRATEGIES, options, (strategy, chosen) =>
          predictCost(shape, { strategy: strategy.id, ...chosen }),
        );
        const text = options.format === "json" ? await costJson(shape, rows) : await costTable(shape, rows);
        process.stdout.write(`${text}\n`);
      }),
    );
}

/**
 * Predicts every strategy; one that cannot do the chain gives its reason instead.
 *
 * @param strategies - the registry
 * @param wanted - options; each strategy gets those that it accepts
 * @param predict - the prediction of one strategy
 * @throws what `predict` throws, unless it is `ERR_UNSUPPORTED` or `ERR_RANGE`
 */
export function costRows(
  strategies: readonly Strategy[],
  wanted: StrategyOptions,
  predict: (
    strategy: Strategy,
    options: StrategyOptions,
  ) => { fma: number; primalEvaluations: number; primalFma: number; bytes: number },
): CostRow[] {
  const predicted = strategies.map((strategy) => {
    const about = { strategy: strategy.id, withRespectTo: strategy.withRespectTo };
    const options = pickOptions(strategy, wanted);
    try {
      const { fma, primalEvaluations, primalFma, bytes } = predict(strategy, options);
      return { ...about, options, fma, primalEvaluations, primalFma, totalFma: fma + primalFma, bytes };
    } catch (error) {
      // A cost that is no exact integer any more (ERR_RANGE) is refused by the planner; the others mark it.
      const refused =
        error instanceof JacobenchError && ["ERR_UNSUPPORTED", "ERR_RANGE"].includes(error.code);
      if (!refused) throw error;
      return { ...about, unsupported: error.message };
    }
  });
  return predicted.map((row) => {
    if ("unsupported" in row) return row;
    const rivals = predicted.filter((other) => other.withRespectTo === row.withRespectTo);
    const cheapest = Math.min(...rivals.map((other) => ("totalFma" in other ? other.totalFma : Infinity)));
    const { bytes, ...rest } = row;
    return { ...rest, ratioToCheapest: row.totalFma === cheapest ? 1 : row.totalFma / cheapest, bytes };
  });
}

async function costJson(shape: ChainShape, rows: readonly CostRow[]): Promise<string> {
  const { describeShape } = await import("../chain/describe.ts");
  return JSON.stringify({ chain: describeShape(shape), strategies: rows }, null, 2);
}

async function costTable(shape: ChainShape, rows: readonly CostRow[]): Promise<string> {
  const { describeShape } = await import("../chain/describe.ts");
  const { formatBytes, formatCount, formatEvaluations, formatInteger, formatRatio, formatTable } =
    await import("./table.ts");
  const { widths, n, m, sigma, parameters } = describeShape(shape);
  const count = (value: number): string => (Number.isSafeInteger(value) ? "" : "≈") + formatCount(value);
  const sections = [
    `${wrapWidths(widths)}\nn = ${formatInteger(n)}, m = ${formatInteger(m)}, Σ = ${count(sigma)} FMA a product\n`,
  ];
  const columns = ["FMA", "evals", "their FMA", "total", "ratio", "memory"];
  for (const withRespectTo of ["input", "parameters"] as const) {
    const group = rows.filter((row) => row.withRespectTo === withRespectTo);
    if (group.length === 0) continue;
    const jacobian = withRespectTo === "input" ? [m, n] : [m, parameters];
    const cells = group.flatMap((row) =>
      "unsupported" in row
        ? []
        : [
            [
              row.strategy,
              count(row.fma),
              formatEvaluations(row.primalEvaluations),
              count(row.primalFma),
              count(row.totalFma),
              formatRatio(row.ratioToCheapest),
              formatBytes(row.bytes),
            ],
          ],
    );
    sections.push(
      `Jacobian with respect to the ${withRespectTo}, ${jacobian.map(formatInteger).join(" × ")}:`,
    );
    if (cells.length > 0) {
      sections.push(
        formatTable(
          [
            { heading: "strategy", align: "left" },
            ...columns.map((heading) => ({ heading, align: "right" as const })),
          ],
          cells,
        ),
      );
    }
    sections.push(
      ...group.flatMap((row) =>
        "unsupported" in row ? [`${row.strategy}: not here: ${row.unsupported}`] : [],
      ),
      "",
    );
  }
  return sections.join("\n").trimEnd();
}

/** Widths joined by dashes; the middle of a long list left out. */
function wrapWidths(widths: readonly number[]): string {
  const text = widths.join("-");
  if (text.length <= 70) return text;
  return `${widths.slice(0, 4).join("-")}-…-${widths.slice(-4).join("-")} (${widths.length - 1} layers)`;
}
