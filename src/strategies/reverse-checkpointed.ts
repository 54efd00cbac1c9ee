/** @file The strategy `reverse-checkpointed`: a reverse sweep that keeps a few states and runs the layers between them again. */

import ndarray from "ndarray";
import type { Matrix, Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import type { ChainShape, LayerShape } from "../chain/shape.ts";
import { evaluationEntries, interiorWidths } from "../chain/through.ts";
import type { Operation, OperationLabel } from "../cost/operation.ts";
import { mergeOperations, type Prediction, predict } from "../cost/prediction.ts";
import { productEntries, productFma, rowFma, rowThroughEntries } from "../cost/structure-cost.ts";
import { alternatingBuffers, alternatingEntries } from "../linear-map/buffers.ts";
import type { Count, LinearMap, Workspace } from "../linear-map/types.ts";
import { allocateWithin } from "../memory.ts";
import { markSeeds } from "./blocks.ts";
import { type CheckpointStep, checkpointLayout, type Place } from "./checkpoint-plan.ts";
import type { PreparedJacobian, Strategy, StrategyContext, StrategyOptions } from "./types.ts";

type SweepChoice = Pick<Required<StrategyOptions>, "snapshots" | "unitSeeds">;

/** All m cotangents go through at once; a single one in the form that `reverse` has. */
function countOf(m: number): Count {
  return m === 1 ? null : m;
}

function prepareCheckpointed(
  chain: Chain,
  x: Vector,
  options: SweepChoice,
  context: StrategyContext,
): PreparedJacobian {
  const { allocator, kernel, observer } = context;
  const { layers, m, n } = chain;
  const L = layers.length;
  const count = countOf(m);
  const read = options.unitSeeds === "read";
  const { steps, snapshotEntries } = checkpointLayout(chain.shape, options.snapshots);
  const J = allocator.allocate(m, n);
  const snapshots = allocator.allocate(snapshotEntries);
  const widths = interiorWidths(layers);
  const states = [x, ...alternatingBuffers(allocator, widths), allocator.allocate(m)];
  const cotangents = [
    count === null ? J.pick(0, null) : J,
    ...alternatingBuffers(allocator, widths, count, "rows"),
    read ? null : seedsOf(m, count, context),
  ];
  // One layer works at a time: the partial derivatives and buffers of all lie in the same memory.
  const shared = allocator.allocate(
    Math.max(1, ...layers.map((layer, i) => ownEntries(layer, count, read && i === L - 1))),
  );
  const values = layers
    .slice(0, -1)
    .map((layer) => layer.prepareValue({ kernel, allocator: allocateWithin(shared) }));
  const reversals = layers.map((layer, i) => {
    const workspace = { kernel, allocator: allocateWithin(shared) };
    const { map, evaluate } = layer.prepareLinearisation(workspace, (length) =>
      workspace.allocator.allocate(length),
    );
    return { evaluate, pull: preparePull(map, workspace, count, read && i === L - 1) };
  });
  const at = ({ state, offset }: Place): Vector =>
    offset === null ? states[state]! : ndarray(snapshots.data, [chain.widths[state]!], [1], offset);
  const work = steps.map((step) => {
    const input = at(step.input);
    if (step.kind === "advance") {
      const output = at(step.output);
      const inside = values.slice(step.first - 1, step.last).map((value, i, all) => ({
        value,
        from: i === 0 ? input : states[step.first + i - 1]!,
        to: i === all.length - 1 ? output : states[step.first + i]!,
      }));
      const [label] = labelsOf(step, m);
      return () => {
        observer.begin(label);
        for (let i = 0; i < inside.length; i++) inside[i]!.value(inside[i]!.from, inside[i]!.to);
        observer.end();
      };
    }
    const { evaluate, pull } = reversals[step.layer - 1]!;
    const [evaluating, pulling] = labelsOf(step, m);
    const [value, from, to] = [states[step.layer]!, cotangents[step.layer]!, cotangents[step.layer - 1]!];
    return () => {
      observer.begin(evaluating);
      evaluate(input, value);
      observer.end();
      observer.begin(pulling!);
      pull(from, to);
      observer.end();
    };
  });
  return {
    linearise: () => {},
    run: () => {
      for (let i = 0; i < work.length; i++) work[i]!();
      return J;
    },
  };
}

function preparePull(
  map: LinearMap,
  workspace: Workspace,
  count: Count,
  read: boolean,
): (from: Matrix | null, to: Matrix) => void {
  if (read) {
    const rows = map.prepareReadRows(workspace, count);
    return (_, to) => rows(0, to);
  }
  const pull = map.preparePull(workspace, count);
  return (from, to) => pull(from!, to);
}

/** The m unit cotangents, [m, m], or [1] for a single one. */
function seedsOf(m: number, count: Count, { allocator }: StrategyContext): Matrix {
  const seeds = count === null ? allocator.allocate(m) : allocator.allocate(m, m);
  markSeeds(seeds, 0, 0, 1);
  return seeds;
}

/** The operations of a step: a run without taping; or one with taping, and the adjoint. */
function labelsOf(step: CheckpointStep, m: number): [OperationLabel, ...OperationLabel[]] {
  if (step.kind === "advance") {
    return [{ kind: "evaluate", first: step.first, last: step.last, vectors: 1 }];
  }
  const range = { first: step.layer, last: step.layer };
  return [
    { kind: "evaluate", ...range, vectors: 1 },
    { kind: "adjoint", ...range, vectors: m },
  ];
}

/** Float64 entries of one layer's partial derivatives and of the buffers of its own evaluation and adjoint. */
function ownEntries(layer: LayerShape, count: Count, read: boolean): number {
  const { structure, keptEntries } = layer;
  const pulling = read ? rowThroughEntries([structure], count) : productEntries(structure, count);
  return keptEntries + evaluationEntries([layer]) + pulling;
}

function predictCheckpointed(shape: ChainShape, options: SweepChoice): Prediction {
  const { layers, m, n } = shape;
  const L = layers.length;
  const count = countOf(m);
  const read = options.unitSeeds === "read";
  const { steps, snapshotEntries } = checkpointLayout(shape, options.snapshots);
  let visits = 0;
  const operations = steps.flatMap((step): Operation[] => {
    const [first, second] = labelsOf(step, m);
    visits += first.last - first.first + 1;
    if (step.kind === "advance") {
      const fma = layers.slice(step.first - 1, step.last).reduce((sum, layer) => sum + layer.valueFma, 0);
      return [{ ...first, times: 1, fma }];
    }
    const { structure, lineariseFma } = layers[step.layer - 1]!;
    const each = read && step.layer === L ? rowFma(structure) : productFma(structure);
    return [
      { ...first, times: 1, fma: lineariseFma },
      { ...second!, times: 1, fma: m * each },
    ];
  });
  const widths = interiorWidths(layers);
  const shared = Math.max(1, ...layers.map((layer, i) => ownEntries(layer, count, read && i === L - 1)));
  const states = alternatingEntries(widths) + m;
  const cotangents = alternatingEntries(widths, count) + (read ? 0 : m * (count ?? 1));
  return predict(mergeOperations(operations), {
    primalEvaluations: visits / L,
    primalInRun: true,
    entries: m * n + snapshotEntries + states + cotangents + shared,
  });
}

/**
 * All m cotangents in one block through a chain of which only some states are kept: `snapshots` of them, the input
 * counted as one. Between two the layers are run again inside of the run, so that work stands against memory. The
 * entries of J are those of the plain reverse sweep of the same block form (`reverse` for m = 1, `reverse-blocked` of
 * size `all` else), bit by bit. `primalEvaluations` counts layers, and need not be a whole number.
 *
 * Source: A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed. (SIAM, 2008), chapter 12; see
 * src/planner/checkpointing.ts.
 */
export const reverseCheckpointed: Strategy = {
  id: "reverse-checkpointed",
  mode: "reverse",
  description: "VJPs that keep a few states and run layers again",
  withRespectTo: "input",
  accepts: ["snapshots", "unitSeeds"],
  relativeTolerance: 1e-10,
  prepare: prepareCheckpointed,
  predict: predictCheckpointed,
};
