/** @file From a config to its cases and variants, with their predicted costs; refuses what the machine cannot hold. */

import { basename } from "node:path";
import { parseModel } from "../chain/model-file.ts";
import type { ChainShape } from "../chain/shape.ts";
import type { Prediction } from "../cost/prediction.ts";
import { JacobenchError } from "../errors.ts";
import type { Calibration } from "../planner/calibration.ts";
import { deriveSeed } from "../random.ts";
import type { CaseRecord, VariantRecord } from "../results/types.ts";
import type { StrategyOptions } from "../strategies/types.ts";
import { type ExperimentConfig, FEWEST_FORECAST_CASES, MAX_CASES } from "./config.ts";
import { jsonPath } from "./config-problem.ts";
import type { LoadedConfig } from "./load-config.ts";
import type { ChainRecipe } from "./recipe.ts";
import { expandVariants } from "./variants.ts";
import { caseRecord, createPredictor, widthsCase } from "./widths-case.ts";

/** A case: its record, its shape, and how to make its chain. */
export type ExpandedCase = {
  readonly record: CaseRecord;
  readonly shape: ChainShape;
  readonly recipe: ChainRecipe;
};

/** A variant: its record, and the options that its strategy takes. */
export type ExpandedVariant = { readonly record: VariantRecord; readonly options: StrategyOptions };

/** All that an experiment measures. */
export type Expanded = {
  readonly cases: readonly ExpandedCase[];
  readonly variants: readonly ExpandedVariant[];
  /** Predicted cost of a variant on a case. */
  predict(item: ExpandedCase, variant: ExpandedVariant): Prediction;
};

/**
 * Lays out all cases and variants of a config.
 *
 * @param loaded - config and the model file that it names
 * @param calibration - of this machine, for variants that minimize time; null if there is none
 * @throws {JacobenchError} `ERR_CONFIG` for two cases or variants of one name, too many cases; `ERR_UNSUPPORTED` for an
 * option that a strategy does not know or a chain that it cannot do
 */
export function expandExperiment(loaded: LoadedConfig, calibration: Calibration | null = null): Expanded {
  const { config, file } = loaded;
  const cases = expandCases(loaded);
  const places = new Map<string, number>();
  for (const [i, { record }] of cases.entries()) {
    const other = places.get(record.id);
    if (other !== undefined) {
      throw new JacobenchError(
        "ERR_CONFIG",
        `${file}: $.chain: case ${i + 1} is ${record.id}, the same as case ${other + 1}; expected each chain once`,
      );
    }
    places.set(record.id, i);
  }
  if (config.forecast && cases.length < FEWEST_FORECAST_CASES) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `${file}: $.forecast: found true with ${cases.length} cases; expected at least ${FEWEST_FORECAST_CASES}, of which ` +
        "some are timed first and the rest is forecast: add cases, or leave the forecast out",
    );
  }
  const variants = expandVariants(config, file, calibration);
  return { cases, variants, predict: createPredictor() };
}

/**
 * Refuses cases whose predicted memory exceeds the machine's, by name, before anything runs.
 *
 * @param expanded - what is to be measured
 * @param memoryBytes - what the machine has
 * @param where - the config's name
 * @throws {JacobenchError} `ERR_MEMORY` naming the cases (at most five)
 */
export function refuseTooLarge(expanded: Expanded, memoryBytes: number, where: string): void {
  const refused: string[] = [];
  for (const item of expanded.cases) {
    // Weights alone may be too large: say so without planning what would be done with them.
    let bytes = item.record.weightBytes;
    if (bytes <= memoryBytes) {
      const needs = expanded.variants.map((variant) => expanded.predict(item, variant).bytes);
      bytes += Math.max(...needs);
    }
    if (bytes > memoryBytes) refused.push(`${item.record.id} (${gigabytes(bytes)})`);
  }
  if (refused.length === 0) return;
  const named =
    refused.slice(0, 5).join(", ") + (refused.length > 5 ? `, and ${refused.length - 5} more` : "");
  throw new JacobenchError(
    "ERR_MEMORY",
    `${where}: $.chain: found cases that need more memory than the machine's ${gigabytes(memoryBytes)}: ${named}; ` +
      "expected smaller widths, or strategies that keep less",
  );
}

/** The lists of widths that a chain family stands for. */
export function familyWidths(chain: Exclude<ExperimentConfig["chain"], { model: string }>): number[][] {
  if ("list" in chain) return chain.list;
  const { n, m, hidden, depth } = chain.grid;
  const widths = (ni: number, mi: number, hi: number, di: number): number[] => [
    ni,
    ...new Array<number>(di - 1).fill(hi),
    mi,
  ];
  if (chain.combine === "zipped") {
    const length = Math.max(n.length, m.length, hidden.length, depth.length);
    const at = (values: readonly number[], i: number): number => values[values.length === 1 ? 0 : i]!;
    return Array.from({ length }, (_, i) => widths(at(n, i), at(m, i), at(hidden, i), at(depth, i)));
  }
  return depth.flatMap((di) =>
    hidden.flatMap((hi) => n.flatMap((ni) => m.map((mi) => widths(ni, mi, hi, di)))),
  );
}

function expandCases({ config, file, model }: LoadedConfig): ExpandedCase[] {
  const { chain, rngSeed } = config;
  if ("model" in chain) {
    const parsed = parseModel(model, chain.model);
    const id = basename(chain.model).replace(/\.json$/, "");
    const recipe: ChainRecipe = {
      kind: "model",
      model,
      where: chain.model,
      rngSeed: deriveSeed(rngSeed, "case", id),
    };
    return [{ record: caseRecord(parsed.chain.shape, id), shape: parsed.chain.shape, recipe }];
  }
  if ("grid" in chain && countOf(chain) > MAX_CASES) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `${file}: ${jsonPath(["chain", "grid"])}: found ${countOf(chain)} cases; expected at most ${MAX_CASES}: shorten ` +
        'the lists, or set combine to "zipped"',
    );
  }
  return familyWidths(chain).map((widths) => widthsCase(widths, chain, rngSeed));
}

function countOf(chain: Extract<ExperimentConfig["chain"], { grid: unknown }>): number {
  const lengths = Object.values(chain.grid).map((values) => values.length);
  return chain.combine === "zipped"
    ? Math.max(...lengths)
    : lengths.reduce((product, length) => product * length, 1);
}

function gigabytes(bytes: number): string {
  return `${Number((bytes / 2 ** 30).toPrecision(3))} GiB`;
}
