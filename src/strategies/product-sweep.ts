/** @file Products of explicit Jacobians from one end to the other; what both `product-…` strategies share. */

import { copyInto, type Matrix, type Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import type { ChainShape, Structure } from "../chain/shape.ts";
import type { Observer, Operation } from "../cost/operation.ts";
import { SILENT } from "../cost/operation.ts";
import { type Prediction, predict } from "../cost/prediction.ts";
import {
  columnFma,
  columnsOf,
  productEntries,
  productFma,
  rowsOf,
  structuresOf,
} from "../cost/structure-cost.ts";
import { adopted } from "../kernels/types.ts";
import { alternatingBuffers, alternatingEntries } from "../linear-map/buffers.ts";
import { denseMap } from "../linear-map/dense.ts";
import { addIdentity } from "../linear-map/identity-plus.ts";
import type { LinearMap, Workspace } from "../linear-map/types.ts";
import { lineariseOnce, lineariseOnceEntries, lineariseOnceOperation, ONE_BEFORE_RUN } from "./linearise.ts";
import type { PreparedJacobian, StrategyContext } from "./types.ts";

/** `right-to-left`: J_K·(…·(J_2·J_1)). `left-to-right`: ((J_K·J_{K−1})·…)·J_1. */
export type Direction = "right-to-left" | "left-to-right";

type Explicit = { readonly J: Matrix; readonly form: () => void };

/**
 * Prepares the product of the layers' explicit Jacobians. Dense ones are given, diagonal and rank-one structure is used
 * in products, a residual layer's Jacobian is formed by products of its own and then is dense.
 *
 * @param chain - f
 * @param x - shape [n]
 * @param direction - from which end
 * @param context - kernel, allocator, observer
 */
export function prepareProducts(
  chain: Chain,
  x: Vector,
  direction: Direction,
  context: StrategyContext,
): PreparedJacobian {
  const { maps, linearise } = lineariseOnce(chain, x, context);
  const { J, form } = prepareChainProduct(maps, direction, context, context.observer);
  return {
    linearise,
    run: () => {
      form();
      return J;
    },
  };
}

function prepareChainProduct(
  maps: readonly LinearMap[],
  direction: Direction,
  workspace: Workspace,
  observer: Observer,
): Explicit {
  const forwards = direction === "right-to-left";
  const K = maps.length;
  const [rows, columns] = [maps[K - 1]!.rows, maps[0]!.columns];
  const count = forwards ? columns : rows;
  const numbers = maps.map((_, i) => (forwards ? i + 1 : K - i)); // layer numbers in the order of the products
  const ordered = forwards ? maps : [...maps].reverse();
  const start = prepareExplicit(ordered[0]!, direction, workspace);
  const J = workspace.allocator.allocate(rows, columns);
  const widths = ordered.slice(1, -1).map((map) => (forwards ? map.rows : map.columns));
  const buffers = [
    ...alternatingBuffers(workspace.allocator, widths, count, forwards ? "columns" : "rows"),
    J,
  ];
  const factors = ordered.slice(1).map((map, i) => {
    const explicit = map.inner === null ? null : prepareExplicit(map, direction, workspace);
    const factor = explicit === null ? map : denseMap(explicit.J);
    const number = numbers[i + 1]!;
    return {
      explicit,
      multiply: forwards ? factor.preparePush(workspace, count) : factor.preparePull(workspace, count),
      forming: { kind: "accumulate", first: number, last: number, vectors: map.columns } as const,
      multiplying: productLabel(numbers[0]!, number, count),
    };
  });
  const starting = {
    kind: "accumulate",
    first: numbers[0]!,
    last: numbers[0]!,
    vectors: ordered[0]!.columns,
  } as const;
  const form = (): void => {
    observer.begin(starting);
    start.form();
    observer.end();
    if (factors.length === 0) copyInto(start.J, J);
    for (let i = 0; i < factors.length; i++) {
      const { explicit, multiply, forming, multiplying } = factors[i]!;
      if (explicit !== null) {
        observer.begin(forming);
        explicit.form();
        observer.end();
      }
      observer.begin(multiplying);
      multiply(i === 0 ? start.J : buffers[i - 1]!, buffers[i]!);
      observer.end();
    }
  };
  return { J, form };
}

function productLabel(start: number, number: number, vectors: number) {
  return { kind: "product", first: Math.min(start, number), last: Math.max(start, number), vectors } as const;
}

/** The explicit Jacobian of one layer, with what forms it. */
function prepareExplicit(map: LinearMap, direction: Direction, workspace: Workspace): Explicit {
  if (map.given !== null) return { J: adopted(workspace.kernel, map.given), form: () => {} };
  if (map.inner !== null) {
    const inner = prepareChainProduct(map.inner, direction, workspace, SILENT);
    return {
      J: inner.J,
      form: () => {
        inner.form();
        addIdentity(workspace.kernel, inner.J);
      },
    };
  }
  const J = workspace.allocator.allocate(map.rows, map.columns);
  const read = map.prepareReadColumns(workspace, map.columns);
  return { J, form: () => read(0, J) };
}

/**
 * Predicts the products. On dense layers this is n·(Σ − n·d_1) from the right and m·(Σ − m·d_{K−1}) from the left:
 * exactly forward and reverse mode with read unit seeds, since the first product with unit seeds is a copy of J_1 (J_K).
 *
 * @param shape - of the chain
 * @param direction - from which end
 */
export function predictProducts(shape: ChainShape, direction: Direction): Prediction {
  const structures = structuresOf(shape.layers);
  const operations = chainProductOperations(structures, direction);
  const entries = lineariseOnceEntries(shape) + chainProductEntries(structures, direction);
  return predict([lineariseOnceOperation(shape), ...operations], { ...ONE_BEFORE_RUN, entries });
}

function chainProductOperations(structures: readonly Structure[], direction: Direction): Operation[] {
  const forwards = direction === "right-to-left";
  const K = structures.length;
  const ordered = forwards ? structures : [...structures].reverse();
  const count = forwards ? columnsOf(structures[0]!) : rowsOf(structures[K - 1]!);
  const number = (i: number): number => (forwards ? i + 1 : K - i);
  return ordered.flatMap((structure, i) => {
    const accumulate: Operation = {
      kind: "accumulate",
      first: number(i),
      last: number(i),
      vectors: columnsOf(structure),
      times: 1,
      fma: explicitFma(structure, direction),
    };
    if (i === 0) return [accumulate];
    const formed = structure.kind === "identity-plus";
    const each = formed ? structure.width ** 2 : productFma(structure);
    const product: Operation = { ...productLabel(number(0), number(i), count), times: 1, fma: count * each };
    return formed ? [accumulate, product] : [product];
  });
}

function explicitFma(structure: Structure, direction: Direction): number {
  if (structure.kind === "dense") return 0;
  if (structure.kind !== "identity-plus") return structure.width * columnFma(structure);
  const inner = chainProductOperations(structuresOf(structure.inner), direction);
  return inner.reduce((sum, { fma }) => sum + fma, 0) + structure.width;
}

function chainProductEntries(structures: readonly Structure[], direction: Direction): number {
  const forwards = direction === "right-to-left";
  const [rows, columns] = [rowsOf(structures.at(-1)!), columnsOf(structures[0]!)];
  const count = forwards ? columns : rows;
  const ordered = forwards ? structures : [...structures].reverse();
  const factors = ordered
    .slice(1)
    .reduce(
      (sum, structure) =>
        sum +
        (structure.kind === "identity-plus"
          ? explicitEntries(structure, direction)
          : productEntries(structure, count)),
      0,
    );
  const widths = ordered.slice(1, -1).map(forwards ? rowsOf : columnsOf);
  return (
    explicitEntries(ordered[0]!, direction) + factors + alternatingEntries(widths, count) + rows * columns
  );
}

function explicitEntries(structure: Structure, direction: Direction): number {
  if (structure.kind === "dense") return 0;
  if (structure.kind !== "identity-plus") return structure.width ** 2;
  return chainProductEntries(structuresOf(structure.inner), direction);
}
