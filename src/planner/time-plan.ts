/**
 * @file The plan that takes the fewest seconds on a calibrated machine, and its tree with the FMA of each operation.
 *
 * The same recurrence as for FMA (cost-table.ts), with measured seconds of each operation's shape in place of its FMA:
 * a tangent through several layers costs the sum of their products, so the best one is kept from block to block.
 * Dense Jacobians and diagonals are given, as they are at hand when a plan is executed.
 *
 * Time: O(p³) additions for p factors; each shape is looked up once. Memory: p² float64, and p² int32.
 */

import type { LayerShape } from "../chain/shape.ts";
import { columnFma, productFma, rowFma } from "../cost/structure-cost.ts";
import { JacobenchError } from "../errors.ts";
import { type KernelCalibration, pullSeconds, pushSeconds } from "./calibration.ts";
import { LONGEST_CHAIN } from "./chain-product.ts";
import { SPLIT } from "./cost-table.ts";
import {
  isDiagonal,
  leafSeconds,
  type PredictedSeconds,
  predictSeconds,
  productTable,
} from "./plan-seconds.ts";
import { operationsOf, type PlanNode, type PlanOperation } from "./plan-tree.ts";

/** A plan with the seconds that it should take. */
export type TimePlan = PredictedSeconds & {
  readonly fma: number;
  readonly tree: PlanNode;
  readonly operations: readonly PlanOperation[];
};

/**
 * Finds the plan that should be fastest.
 *
 * @param layers - shapes of f_1 … f_p
 * @param kernel - calibration of the kernel that will execute it
 * @throws {JacobenchError} `ERR_RANGE` for a chain that is too long
 */
export function planTime(layers: readonly LayerShape[], kernel: KernelCalibration): TimePlan {
  if (layers.length > LONGEST_CHAIN) {
    throw new JacobenchError(
      "ERR_RANGE",
      `planTime: the chain has ${layers.length} factors; expected at most ${LONGEST_CHAIN}, since the work grows as p³`,
    );
  }
  const { tree } = fastestTree(layers, kernel);
  return {
    ...predictSeconds(tree, layers, kernel),
    fma: tree.totalFma,
    tree,
    operations: operationsOf(tree),
  };
}

type Fastest = { readonly tree: PlanNode; readonly seconds: number };

function fastestTree(layers: readonly LayerShape[], kernel: KernelCalibration): Fastest {
  const p = layers.length;
  const leaves = layers.map((layer, i) => leafOf(layer, i, kernel));
  const choices = fillTable(
    layers,
    kernel,
    leaves.map(({ seconds }) => seconds),
  );
  return { tree: readTree(layers, leaves, choices.choices), seconds: choices.seconds[p - 1]! };
}

/**
 * Fewest seconds of each block i … j (from 0) at i·p + j and at j·p + i, so that both are read in a row, and at i·p + j
 * how they are reached: 4·split + kind.
 */
function fillTable(
  layers: readonly LayerShape[],
  kernel: KernelCalibration,
  leaves: readonly number[],
): { seconds: Float64Array; choices: Int32Array } {
  const p = layers.length;
  const widths = [layers[0]!.inputWidth, ...layers.map(({ outputWidth }) => outputWidth)];
  const diagonalTo = lastOfDiagonalRun(layers);
  const diagonalFrom = firstOfDiagonalRun(diagonalTo);
  const distinct = [...new Set(widths)];
  const places = Int32Array.from(widths, (width) => distinct.indexOf(width));
  const products = productTable(kernel, distinct);
  const seconds = new Float64Array(p * p);
  const choices = new Int32Array(p * p);
  // The best adjoint for each last factor j, kept from row to row: its seconds, and the last factor that it goes through.
  const adjoints = new Float64Array(p).fill(Number.POSITIVE_INFINITY);
  const adjointAt = new Int32Array(p);
  for (let i = p - 1; i >= 0; i--) {
    seconds[i * p + i] = leaves[i]!;
    let tangent = Number.POSITIVE_INFINITY;
    let tangentAt = i;
    for (let j = i + 1; j < p; j++) {
      // By inner width: products of these rows and columns, and so tangents through a dense f_j, adjoints through f_i.
      const lane = products.lane(widths[j + 1]!, widths[i]!);
      const last = layers[j]!.structure;
      const first = layers[i]!.structure;
      // Tangents through one factor more, or ones that start here; adjoints likewise.
      if (seconds[i * p + j - 1]! < tangent) {
        tangent = seconds[i * p + j - 1]!;
        tangentAt = j - 1;
      }
      tangent += last.kind === "dense" ? lane[places[j]!]! : pushSeconds(kernel, last, widths[i]!);
      if (seconds[j * p + i + 1]! < adjoints[j]!) {
        adjoints[j] = seconds[j * p + i + 1]!;
        adjointAt[j] = i;
      }
      adjoints[j]! +=
        first.kind === "dense" ? lane[places[i + 1]!]! : pullSeconds(kernel, first, widths[j + 1]!);
      let best = tangent;
      let choice = 4 * tangentAt + SPLIT.tangent;
      if (adjoints[j]! < best) {
        best = adjoints[j]!;
        choice = 4 * adjointAt[j]! + SPLIT.adjoint;
      }
      // Splits up to `earlierTo` have a diagonal earlier block, from `laterFrom` on a diagonal later block.
      const [earlierTo, laterFrom] = [diagonalTo[i]!, diagonalFrom[j]! - 1];
      const scaled = products.scaled(widths[j + 1]!, widths[i]!);
      const both = earlierTo < i ? 0 : products.both(widths[i]!);
      for (let k = i; k < j; k++) {
        let product = lane[places[k + 1]!]!;
        if (k <= earlierTo) product = k >= laterFrom ? both : scaled;
        else if (k >= laterFrom) product = scaled;
        const byProduct = seconds[i * p + k]! + seconds[j * p + k + 1]! + product;
        if (byProduct < best) {
          best = byProduct;
          choice = 4 * k + SPLIT.product;
        }
      }
      seconds[i * p + j] = best;
      seconds[j * p + i] = best;
      choices[i * p + j] = choice;
    }
  }
  return { seconds, choices };
}

/** The plan from the table, with the FMA of its operations; without recursion, as a plan can be deep. */
function readTree(layers: readonly LayerShape[], leaves: readonly Leaf[], choices: Int32Array): PlanNode {
  const p = layers.length;
  const ranges: [number, number][] = [];
  const open: [number, number][] = [[0, p - 1]];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    ranges.push(range);
    const [i, j] = range;
    if (i === j) continue;
    const choice = choices[i * p + j]!;
    const k = choice >> 2;
    if ((choice & 3) !== SPLIT.adjoint) open.push([i, k]);
    if ((choice & 3) !== SPLIT.tangent) open.push([k + 1, j]);
  }
  const diagonalTo = lastOfDiagonalRun(layers);
  const blocks = new Map<number, PlanNode>();
  for (const [i, j] of ranges.reverse()) {
    const node = i === j ? leaves[i]!.node : joined(layers, diagonalTo, blocks, i, j, choices[i * p + j]!);
    blocks.set(i * p + j, node);
  }
  return blocks.get(p - 1)!;
}

function joined(
  layers: readonly LayerShape[],
  diagonalTo: readonly number[],
  blocks: ReadonlyMap<number, PlanNode>,
  i: number,
  j: number,
  choice: number,
): PlanNode {
  const k = choice >> 2;
  const kind = choice & 3;
  const part = (from: number, to: number): PlanNode => blocks.get(from * layers.length + to)!;
  const block = {
    first: i + 1,
    last: j + 1,
    rows: layers[j]!.outputWidth,
    columns: layers[i]!.inputWidth,
  };
  const sweepFma = (vectors: number, from: number, to: number): number => {
    const each = layers.slice(from, to + 1).reduce((sum, { structure }) => sum + productFma(structure), 0);
    // A sweep of a diagonal block through diagonals pushes its vector, once.
    return diagonalTo[i]! >= j ? each : vectors * each;
  };
  if (kind === SPLIT.tangent) {
    const earlier = part(i, k);
    const fma = sweepFma(block.columns, k + 1, j);
    return { ...block, kind: "tangent", earlier, fma, totalFma: earlier.totalFma + fma };
  }
  if (kind === SPLIT.adjoint) {
    const later = part(k + 1, j);
    const fma = sweepFma(block.rows, i, k);
    return { ...block, kind: "adjoint", later, fma, totalFma: later.totalFma + fma };
  }
  const [earlier, later] = [part(i, k), part(k + 1, j)];
  const [earlierDiagonal, laterDiagonal] = [diagonalTo[i]! >= k, diagonalTo[k + 1]! >= j];
  const entries = earlierDiagonal && laterDiagonal ? block.rows : block.rows * block.columns;
  const fma = entries * (earlierDiagonal || laterDiagonal ? 1 : earlier.rows);
  return {
    ...block,
    kind: "product",
    earlier,
    later,
    fma,
    totalFma: earlier.totalFma + later.totalFma + fma,
  };
}

type Leaf = { readonly node: PlanNode; readonly seconds: number };

/** The explicit Jacobian of one layer: given, read column by column or row by row, or formed from its inner chain. */
function leafOf(layer: LayerShape, i: number, kernel: KernelCalibration): Leaf {
  const { structure, inputWidth, outputWidth } = layer;
  const block = { first: i + 1, last: i + 1, rows: outputWidth, columns: inputWidth };
  const seconds = leafSeconds(layer, kernel);
  if (structure.kind === "identity-plus") {
    const inner = fastestTree(structure.inner, kernel);
    const { width } = structure;
    const totalFma = inner.tree.totalFma + width;
    return {
      node: { ...block, kind: "inner", inner: inner.tree, fma: width, totalFma },
      seconds: inner.seconds + seconds,
    };
  }
  if (structure.kind !== "diagonal-plus-rank-one") {
    return { node: { ...block, kind: "given", fma: 0, totalFma: 0 }, seconds };
  }
  const [byColumns, byRows] = [inputWidth * columnFma(structure), outputWidth * rowFma(structure)];
  const mode = byRows < byColumns ? "adjoint" : "tangent";
  const fma = Math.min(byRows, byColumns);
  return {
    node: { ...block, kind: "accumulate", mode, vectors: inputWidth, fma, totalFma: fma },
    seconds,
  };
}

/** For each layer the last one of the run of diagonal layers that it is in; −1 for others. */
function lastOfDiagonalRun(layers: readonly LayerShape[]): number[] {
  const ends = layers.map(() => -1);
  for (let i = layers.length - 1; i >= 0; i--) {
    if (isDiagonal(layers[i]!)) ends[i] = Math.max(i, ends[i + 1] ?? -1);
  }
  return ends;
}

/** For each layer the first one of the run of diagonal layers that it is in; the next layer for others. */
function firstOfDiagonalRun(diagonalTo: readonly number[]): number[] {
  const starts: number[] = [];
  for (const [j, end] of diagonalTo.entries()) {
    starts.push(end < 0 ? j + 1 : j > 0 && diagonalTo[j - 1]! >= 0 ? starts[j - 1]! : j);
  }
  return starts;
}
