/** @file The seconds that a plan should take on a calibrated machine, operation by operation. */

import type { LayerShape, Structure } from "../chain/shape.ts";
import { type KernelCalibration, pullSeconds, pushSeconds, secondsAt, sumInterval } from "./calibration.ts";
import { blocksOf, type PlanNode, throughOf } from "./plan-tree.ts";

/** Seconds with the interval where they should lie. */
export type PredictedSeconds = {
  readonly seconds: number;
  /** 95 %: see {@link sumInterval}. */
  readonly interval: readonly [number, number];
};

/**
 * Predicts the seconds of any plan, be it the fastest or not.
 *
 * @param tree - the plan of a chain whose dense Jacobians and diagonals are given
 * @param layers - shapes of f_1 … f_p
 * @param kernel - calibration of the kernel that executes it
 */
export function predictSeconds(
  tree: PlanNode,
  layers: readonly LayerShape[],
  kernel: KernelCalibration,
): PredictedSeconds {
  const byShape = new Map<string, number>();
  addSeconds(tree, layers, kernel, (shape, seconds) =>
    byShape.set(shape, (byShape.get(shape) ?? 0) + seconds),
  );
  const all = [...byShape.values()];
  return { seconds: all.reduce((sum, one) => sum + one, 0), interval: sumInterval(kernel, all) };
}

/** Whether a layer's Jacobian is diagonal. */
export function isDiagonal({ structure: { kind } }: LayerShape): boolean {
  return kind === "diagonal" || kind === "identity";
}

/**
 * Seconds of the explicit Jacobian of one layer, its inner chain's not included: none where it is given.
 *
 * @param layer - its shape
 * @param kernel - the calibration
 */
export function leafSeconds({ structure }: LayerShape, kernel: KernelCalibration): number {
  if (structure.kind === "identity-plus") return secondsAt(kernel.scaleRows, [structure.width, 1]);
  if (structure.kind !== "diagonal-plus-rank-one") return 0;
  return structure.width * secondsAt(kernel.scaleRows, [1, structure.width]);
}

/**
 * Seconds of the product of two explicit blocks, or of one with a diagonal.
 *
 * @param kernel - the calibration
 * @param shape - rows, inner width and columns, and which of the blocks are diagonal
 */
export function productSeconds(
  kernel: KernelCalibration,
  shape: {
    readonly rows: number;
    readonly inner: number;
    readonly columns: number;
    readonly diagonals: 0 | 1 | 2;
  },
): number {
  const { rows, inner, columns, diagonals } = shape;
  if (diagonals === 0) return secondsAt(kernel.matmul, [rows, inner, columns]);
  return secondsAt(kernel.scaleRows, diagonals === 2 ? [columns, 1] : [rows, columns]);
}

/** The most seconds that are kept: lanes of the most recent pairs of widths; with more widths they are made anew. */
const MOST_KEPT = 2 ** 22;

/**
 * Seconds of products for all inner widths at once, and of products with diagonals; kept by their widths.
 *
 * @param kernel - the calibration
 * @param distinct - the widths of the chain, each once; a lane has their order
 */
export function productTable(kernel: KernelCalibration, distinct: readonly number[]) {
  const lanes = new Map<number, Float64Array>();
  const scaledKept = new Map<number, number>();
  const [first] = distinct;
  const key = (rows: number, columns: number): number => rows * 2 ** 26 + columns;
  return {
    lane: (rows: number, columns: number): Float64Array => {
      const known = lanes.get(key(rows, columns));
      if (known !== undefined) return known;
      const lane = Float64Array.from(distinct, (inner) =>
        productSeconds(kernel, { rows, inner, columns, diagonals: 0 }),
      );
      if (lanes.size * lane.length > MOST_KEPT) lanes.clear();
      lanes.set(key(rows, columns), lane);
      return lane;
    },
    scaled: (rows: number, columns: number): number => {
      const known = scaledKept.get(key(rows, columns));
      if (known !== undefined) return known;
      const seconds = productSeconds(kernel, { rows, inner: first!, columns, diagonals: 1 });
      if (scaledKept.size > MOST_KEPT) scaledKept.clear();
      scaledKept.set(key(rows, columns), seconds);
      return seconds;
    },
    both: (width: number): number =>
      productSeconds(kernel, { rows: width, inner: width, columns: width, diagonals: 2 }),
  };
}

function addSeconds(
  tree: PlanNode,
  layers: readonly LayerShape[],
  kernel: KernelCalibration,
  add: (shape: string, seconds: number) => void,
): void {
  const diagonal = (node: PlanNode): boolean => layers.slice(node.first - 1, node.last).every(isDiagonal);
  for (const node of blocksOf(tree)) {
    const { rows, columns } = node;
    switch (node.kind) {
      case "inner": {
        const { structure } = layers[node.first - 1]!;
        addSeconds(
          node.inner,
          (structure as Extract<Structure, { kind: "identity-plus" }>).inner,
          kernel,
          add,
        );
        add(`leaf ${rows}`, leafSeconds(layers[node.first - 1]!, kernel));
        break;
      }
      case "given":
      case "accumulate":
        add(`leaf ${rows}`, leafSeconds(layers[node.first - 1]!, kernel));
        break;
      case "product": {
        const inner = node.earlier.rows;
        const diagonals = (Number(diagonal(node.earlier)) + Number(diagonal(node.later))) as 0 | 1 | 2;
        const seconds = productSeconds(kernel, { rows, inner, columns, diagonals });
        add(diagonals === 0 ? `${rows} ${inner} ${columns}` : `scale ${rows} ${columns}`, seconds);
        break;
      }
      case "tangent":
      case "adjoint": {
        const [first, last] = throughOf(node);
        for (const layer of layers.slice(first - 1, last)) {
          const { structure, inputWidth, outputWidth } = layer;
          const seconds =
            node.kind === "tangent"
              ? pushSeconds(kernel, structure, columns)
              : pullSeconds(kernel, structure, rows);
          const [a, c] = node.kind === "tangent" ? [outputWidth, columns] : [rows, inputWidth];
          const b = node.kind === "tangent" ? inputWidth : outputWidth;
          add(structure.kind === "dense" ? `${a} ${b} ${c}` : `${structure.kind} ${a} ${c}`, seconds);
        }
      }
    }
  }
}
