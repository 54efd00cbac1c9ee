/** @file A case that is given by its widths: its record, its shape, its chain and point; and what it costs. Pure. */

import { predictCost } from "../ad/jacobian.ts";
import type { Vector } from "../array.ts";
import { buildChain, buildShape, type ChainSpec, randomPoint } from "../chain/build.ts";
import type { Chain } from "../chain/chain.ts";
import { describeShape } from "../chain/describe.ts";
import type { ChainShape } from "../chain/shape.ts";
import type { Prediction } from "../cost/prediction.ts";
import { deriveSeed } from "../random.ts";
import type { CaseRecord, VariantRecord } from "../results/types.ts";
import type { StrategyOptions } from "../strategies/types.ts";

/** How to make a chain from its widths, with random weights: plain data. */
export type WidthsRecipe = ChainSpec & { readonly kind: "widths"; readonly rngSeed: number };

/** The part of a config that a case of given widths depends on. */
export type WidthsFamily = Pick<ChainSpec, "activation"> & {
  readonly loss?: "softmaxCrossEntropy" | undefined;
};

/** A case of given widths. */
export type WidthsCase = {
  readonly record: CaseRecord;
  readonly shape: ChainShape;
  readonly recipe: WidthsRecipe;
};

/**
 * Lays out a case; its name is its widths, and its weights depend on the config's rngSeed and that name alone.
 *
 * @param widths - d_0 = n to d_K = m
 * @param family - activation and loss
 * @param rngSeed - of the config
 * @throws {JacobenchError} `ERR_RANGE` for widths that are no positive integers, or fewer than two
 */
export function widthsCase(widths: readonly number[], family: WidthsFamily, rngSeed: number): WidthsCase {
  const id = widths.join("-");
  const recipe = {
    kind: "widths",
    widths,
    activation: family.activation,
    loss: family.loss,
    rngSeed: deriveSeed(rngSeed, "case", id),
  } as const;
  const shape = buildShape(recipe);
  return { record: caseRecord(shape, id), shape, recipe };
}

/** What results say of a chain. */
export function caseRecord(shape: ChainShape, id: string): CaseRecord {
  const { widths, n, m, depth, sigma, parameters, weightBytes } = describeShape(shape);
  return { id, widths, n, m, depth, sigma, parameters, weightBytes };
}

/**
 * Makes a case's chain and the point at which its Jacobian is taken; the same bit for bit on every machine.
 *
 * @returns the chain, and a random x [n]
 */
export function followWidths(recipe: WidthsRecipe): { chain: Chain; x: Vector } {
  const chain = buildChain(recipe);
  return { chain, x: randomPoint(chain.n, recipe.rngSeed) };
}

/**
 * Makes a function that predicts the cost of a variant on a case, and predicts the same only once.
 */
export function createPredictor(): (
  item: { readonly record: CaseRecord; readonly shape: ChainShape },
  variant: { readonly record: VariantRecord; readonly options: StrategyOptions },
) => Prediction {
  const predictions = new Map<string, Prediction>();
  return (item, { record, options }) => {
    // The kernel changes the prediction only through its calibration.
    const { calibration: own, ...plain } = options;
    const key = JSON.stringify([item.record.id, record.strategy, plain, own ? record.kernel : null]);
    const known = predictions.get(key);
    if (known !== undefined) return known;
    const prediction = predictCost(item.shape, { strategy: record.strategy, ...options });
    predictions.set(key, prediction);
    return prediction;
  };
}
