/** @file Closed forms of derivatives with respect to parameters: FMA and working memory of one tangent or cotangent. */

import type { LayerShape } from "../chain/shape.ts";
import { productEntries, productFma } from "./structure-cost.ts";

/** Cost of one tangent or cotangent through a list of layers. */
export type ParameterCost = { readonly fma: number; readonly entries: number };

/**
 * One cotangent: a FMA for each parameter, and a VJP through every layer after the first that has parameters.
 *
 * @param layers - shapes of f_1 … f_K
 * @param toInput - whether the input's cotangent is wanted too
 */
export function parameterPullCost(layers: readonly LayerShape[], toInput: boolean): ParameterCost {
  const firstWith = layers.findIndex((layer) => layer.parameters > 0);
  return add(
    layers.map((layer, i) => {
      const needed = toInput || (firstWith >= 0 && i > firstWith);
      const reached = toInput || (firstWith >= 0 && i >= firstWith);
      if (!reached) return NOTHING;
      const buffer = needed && i > 0 ? layer.inputWidth : 0;
      const { structure } = layer;
      if (structure.kind === "identity-plus") {
        const inner = parameterPullCost(structure.inner, needed);
        return { fma: inner.fma + (needed ? structure.width : 0), entries: inner.entries + buffer };
      }
      const pull = needed ? productFma(structure) : 0;
      const working = needed ? productEntries(structure, null) : 0;
      return { fma: layer.parameters + pull, entries: working + buffer };
    }),
  );
}

/**
 * One tangent: a FMA for each weight, and a JVP through every layer after the first that has parameters.
 *
 * @param layers - shapes of f_1 … f_K
 * @param hasInput - whether the input has a tangent of its own
 */
export function parameterPushCost(layers: readonly LayerShape[], hasInput: boolean): ParameterCost {
  let moving = hasInput;
  return add(
    layers.map((layer, i) => {
      const before = moving;
      moving ||= layer.parameters > 0;
      if (!moving) return NOTHING;
      const buffer = i < layers.length - 1 ? layer.outputWidth : 0;
      const { structure } = layer;
      if (structure.kind === "identity-plus") {
        const inner = parameterPushCost(structure.inner, before);
        return { fma: inner.fma + (before ? structure.width : 0), entries: inner.entries + buffer };
      }
      const own = layer.parameters > 0;
      const weights = own ? layer.parameters - layer.outputWidth : 0;
      const sum = own && before ? layer.outputWidth : 0;
      const working = before && !own ? productEntries(structure, null) : 0;
      return { fma: weights + (before ? productFma(structure) : 0), entries: buffer + sum + working };
    }),
  );
}

const NOTHING: ParameterCost = { fma: 0, entries: 0 };

function add(costs: readonly ParameterCost[]): ParameterCost {
  return costs.reduce(
    (sum, cost) => ({ fma: sum.fma + cost.fma, entries: sum.entries + cost.entries }),
    NOTHING,
  );
}
