/** @file Forward mode that keeps nothing: the primal is evaluated again beside each tangent (or block), layer by layer. */

import ndarray from "ndarray";
import type { Matrix, Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import type { ChainShape } from "../chain/shape.ts";
import { evaluationEntries, interiorWidths } from "../chain/through.ts";
import { mergeOperations, type Prediction, predict } from "../cost/prediction.ts";
import { columnFma, columnThroughEntries, productEntries, productFma } from "../cost/structure-cost.ts";
import { alternatingBuffers, alternatingEntries } from "../linear-map/buffers.ts";
import type { Reader } from "../linear-map/types.ts";
import { type BlockGroup, markSeeds } from "./blocks.ts";
import type { StrategyContext, StrategyOptions } from "./types.ts";

/**
 * Prepares tangents through the chain with the primal beside them. Partial derivatives of one layer at a time live in
 * memory that all layers share, so nothing is kept from layer to layer (a residual layer counts as one).
 *
 * @param chain - f
 * @param x - shape [n]
 * @param group - tangents at once
 * @param read - whether columns of the first layer are read instead of multiplied by unit seeds
 * @param context - kernel, allocator, observer
 */
export function prepareRecomputedPush(
  chain: Chain,
  x: Vector,
  group: BlockGroup,
  read: boolean,
  context: StrategyContext,
): Reader {
  const { allocator, observer } = context;
  const { count } = group;
  const { layers } = chain;
  const shared = allocator.allocate(Math.max(1, ...layers.map((layer) => layer.keptEntries)));
  const widths = interiorWidths(layers);
  const primals = [...alternatingBuffers(allocator, widths), allocator.allocate(chain.m)];
  const tangents = alternatingBuffers(allocator, widths, count, "columns");
  const seeds = read
    ? null
    : count === null
      ? allocator.allocate(chain.n)
      : allocator.allocate(chain.n, count);
  const steps = layers.map((layer, i) => {
    let used = 0;
    const { map, evaluate } = layer.prepareLinearisation(context, (length) => {
      used += length;
      return ndarray(shared.data, [length], [1], used - length);
    });
    const label = (kind: "evaluate" | "tangent") =>
      ({ kind, first: i + 1, last: i + 1, vectors: group.vectors }) as const;
    return {
      evaluate,
      read: i === 0 && read ? map.prepareReadColumns(context, count) : null,
      push: i === 0 && read ? null : map.preparePush(context, count),
      evaluating: { ...label("evaluate"), vectors: 1 },
      pushing: label("tangent"),
    };
  });
  return (first: number, output: Matrix) => {
    if (seeds !== null) markSeeds(seeds, 1, first, 1);
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i]!;
      observer.begin(step.evaluating);
      step.evaluate(i === 0 ? x : primals[i - 1]!, primals[i]!);
      observer.end();
      observer.begin(step.pushing);
      const target = i === steps.length - 1 ? output : tangents[i]!;
      if (step.read !== null) step.read(first, target);
      else step.push!(i === 0 ? seeds! : tangents[i - 1]!, target);
      observer.end();
    }
    if (seeds !== null) markSeeds(seeds, 1, first, 0);
  };
}

/**
 * Predicts the same: the primal as often as there are blocks, and no tape.
 *
 * @param shape - of the chain
 * @param groups - tangents at once, and how often
 * @param options - unit seeds
 * @param resultEntries - entries of J
 */
export function predictRecomputed(
  shape: ChainShape,
  groups: readonly BlockGroup[],
  options: Pick<Required<StrategyOptions>, "unitSeeds">,
  resultEntries: number,
): Prediction {
  const read = options.unitSeeds === "read";
  const operations = groups.flatMap(({ vectors, times }) =>
    shape.layers.flatMap(({ structure, lineariseFma }, i) => {
      const range = { first: i + 1, last: i + 1, times };
      const each = read && i === 0 ? columnFma(structure) : productFma(structure);
      return [
        { kind: "evaluate" as const, ...range, vectors: 1, fma: lineariseFma },
        { kind: "tangent" as const, ...range, vectors, fma: vectors * each },
      ];
    }),
  );
  const widths = interiorWidths(shape.layers);
  const shared = Math.max(1, ...shape.layers.map((layer) => layer.keptEntries));
  const working = groups.map(({ count, vectors }) => {
    const products = shape.layers.map(({ structure }, i) =>
      read && i === 0 ? columnThroughEntries([structure], count) : productEntries(structure, count),
    );
    const tangents = alternatingEntries(widths, count) + products.reduce((sum, entries) => sum + entries, 0);
    return shared + evaluationEntries(shape.layers) + shape.m + tangents + (read ? 0 : shape.n * vectors);
  });
  const evaluations = groups.reduce((sum, { times }) => sum + times, 0);
  return predict(mergeOperations(operations), {
    primalEvaluations: evaluations,
    primalInRun: true,
    entries: resultEntries + working.reduce((sum, entries) => sum + entries, 0),
  });
}
