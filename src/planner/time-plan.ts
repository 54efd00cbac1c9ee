/**
 * @file The plan that takes the fewest seconds on a calibrated machine, and its tree with the FMA of each operation.
 *
 * The same recurrence as for FMA (cost-table.ts), with measured seconds of each operation's shape in place of its FMA:
 * a tangent through several layers costs the sum of their products, so sums are kept for each number of vectors.
 * Dense Jacobians and diagonals are given, as they are at hand when a plan is executed.
 *
 * Time: O(p³) additions and O(p²) looked-up shapes for p factors.
 */

import type { LayerShape, Structure } from "../chain/shape.ts";
import { columnFma, productFma, rowFma, structuresOf } from "../cost/structure-cost.ts";
import { type KernelCalibration, pullSeconds, pushSeconds, secondsAt } from "./calibration.ts";
import { operationsOf, type PlanNode, type PlanOperation } from "./plan-tree.ts";

/** A plan with the seconds that it should take. */
export type TimePlan = {
  readonly seconds: number;
  /** From the spread of the calibration between rounds. */
  readonly interval: readonly [number, number];
  readonly fma: number;
  readonly tree: PlanNode;
  readonly operations: readonly PlanOperation[];
};

/** The cheapest way to a block that was found so far. */
type Entry = {
  readonly seconds: number;
  readonly split: number;
  readonly kind: "leaf" | "product" | "tangent" | "adjoint";
};

/**
 * Finds the plan that should be fastest.
 *
 * @param layers - shapes of f_1 … f_p
 * @param kernel - calibration of the kernel that will execute it
 */
export function planTime(layers: readonly LayerShape[], kernel: KernelCalibration): TimePlan {
  const { tree, seconds } = bestTree(layers, kernel);
  const factor = Math.exp(kernel.spread);
  return {
    seconds,
    interval: [seconds / factor, seconds * factor],
    fma: tree.totalFma,
    tree,
    operations: operationsOf(tree),
  };
}

function bestTree(
  layers: readonly LayerShape[],
  kernel: KernelCalibration,
): { tree: PlanNode; seconds: number } {
  const p = layers.length;
  const structures = structuresOf(layers);
  const diagonalTo = lastOfDiagonalRun(structures);
  const allDiagonal = (i: number, j: number): boolean => diagonalTo[i]! >= j;
  const columns = (i: number): number => layers[i]!.inputWidth;
  const rows = (j: number): number => layers[j]!.outputWidth;
  const leaves = layers.map((layer, i) => leafOf(layer, i, kernel));
  const pulled = layers.map((layer) =>
    prefixSums(structures.map((structure) => pullSeconds(kernel, structure, layer.outputWidth))),
  );
  const table: Entry[][] = layers.map(() => []);
  for (let i = p - 1; i >= 0; i--) {
    table[i]![i] = { seconds: leaves[i]!.seconds, split: i, kind: "leaf" };
    const pushed = prefixSums(structures.map((structure) => pushSeconds(kernel, structure, columns(i))));
    for (let j = i + 1; j < p; j++) {
      let best: Entry = { seconds: Infinity, split: i, kind: "product" };
      const consider = (seconds: number, split: number, kind: Entry["kind"]): void => {
        if (seconds < best.seconds) best = { seconds, split, kind };
      };
      for (let k = i; k < j; k++) {
        const [earlier, later] = [table[i]![k]!, table[k + 1]![j]!];
        const [earlierDiagonal, laterDiagonal] = [allDiagonal(i, k), allDiagonal(k + 1, j)];
        consider(earlier.seconds + pushed[j + 1]! - pushed[k + 1]!, k, "tangent");
        consider(later.seconds + pulled[j]![k + 1]! - pulled[j]![i]!, k, "adjoint");
        const product =
          earlierDiagonal && laterDiagonal
            ? secondsAt(kernel.scaleRows, [columns(i), 1])
            : earlierDiagonal || laterDiagonal
              ? secondsAt(kernel.scaleRows, [rows(j), columns(i)])
              : secondsAt(kernel.matmul, [rows(j), columns(k + 1), columns(i)]);
        consider(earlier.seconds + later.seconds + product, k, "product");
      }
      table[i]![j] = best;
    }
  }
  const build = (i: number, j: number): PlanNode => {
    const { split, kind } = table[i]![j]!;
    const block = { first: i + 1, last: j + 1, rows: rows(j), columns: columns(i) };
    if (kind === "leaf") return leaves[i]!.node;
    const through = (from: number, to: number): number =>
      structures.slice(from, to + 1).reduce((sum, structure) => sum + productFma(structure), 0);
    if (kind === "tangent") {
      const earlier = build(i, split);
      const fma = sweepFma(block.columns, through(split + 1, j), allDiagonal(i, j));
      return { ...block, kind, earlier, fma, totalFma: earlier.totalFma + fma };
    }
    if (kind === "adjoint") {
      const later = build(split + 1, j);
      const fma = sweepFma(block.rows, through(i, split), allDiagonal(i, j));
      return { ...block, kind, later, fma, totalFma: later.totalFma + fma };
    }
    const [earlier, later] = [build(i, split), build(split + 1, j)];
    const [earlierDiagonal, laterDiagonal] = [allDiagonal(i, split), allDiagonal(split + 1, j)];
    const entries = earlierDiagonal && laterDiagonal ? block.rows : block.rows * block.columns;
    const fma = entries * (earlierDiagonal || laterDiagonal ? 1 : columns(split + 1));
    return {
      ...block,
      kind: "product",
      earlier,
      later,
      fma,
      totalFma: earlier.totalFma + later.totalFma + fma,
    };
  };
  return { tree: build(0, p - 1), seconds: table[0]![p - 1]!.seconds };
}

/** A sweep of a diagonal block through diagonals pushes its vector, once. */
function sweepFma(vectors: number, each: number, diagonal: boolean): number {
  return diagonal ? each : vectors * each;
}

/** The explicit Jacobian of one layer: given, read column by column or row by row, or formed from its inner chain. */
function leafOf(
  layer: LayerShape,
  i: number,
  kernel: KernelCalibration,
): { node: PlanNode; seconds: number } {
  const { structure, inputWidth, outputWidth } = layer;
  const block = { first: i + 1, last: i + 1, rows: outputWidth, columns: inputWidth };
  if (structure.kind === "identity-plus") {
    const inner = bestTree(structure.inner, kernel);
    const { width } = structure;
    const totalFma = inner.tree.totalFma + width;
    return {
      node: { ...block, kind: "inner", inner: inner.tree, fma: width, totalFma },
      seconds: inner.seconds + secondsAt(kernel.scaleRows, [width, 1]),
    };
  }
  if (structure.kind !== "diagonal-plus-rank-one") {
    return { node: { ...block, kind: "given", fma: 0, totalFma: 0 }, seconds: 0 };
  }
  const [byColumns, byRows] = [inputWidth * columnFma(structure), outputWidth * rowFma(structure)];
  const mode = byRows < byColumns ? "adjoint" : "tangent";
  const fma = Math.min(byRows, byColumns);
  return {
    node: { ...block, kind: "accumulate", mode, vectors: inputWidth, fma, totalFma: fma },
    seconds: inputWidth * secondsAt(kernel.scaleRows, [1, inputWidth]),
  };
}

function prefixSums(values: readonly number[]): number[] {
  const sums = [0];
  for (const value of values) sums.push(sums.at(-1)! + value);
  return sums;
}

/** For each layer the last one of the run of diagonal layers that it is in; −1 for others. */
function lastOfDiagonalRun(structures: readonly Structure[]): number[] {
  const ends = structures.map(() => -1);
  for (let i = structures.length - 1; i >= 0; i--) {
    const { kind } = structures[i]!;
    if (kind === "diagonal" || kind === "identity") ends[i] = Math.max(i, ends[i + 1] ?? -1);
  }
  return ends;
}
