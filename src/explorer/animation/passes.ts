/** @file Real JVPs and VJPs of the shown network, with the vector at every column on its way. Pure. */

import { type Vector, zeros } from "../../array.ts";
import { buildChain, buildShape, randomPoint } from "../../chain/build.ts";
import type { ChainShape } from "../../chain/shape.ts";
import { prepareLinearisationThrough } from "../../chain/through.ts";
import { throughFma } from "../../cost/structure-cost.ts";
import { KERNELS } from "../../kernels/index.ts";
import { preparePullThrough, preparePushThrough } from "../../linear-map/compose.ts";
import { createAllocator } from "../../memory.ts";
import { chainSpecOf, columnsOf, type ExplorerState } from "../state.ts";

/** The network of an animation, and its products. */
export type Passes = {
  /** Widths of the columns. */
  readonly columns: readonly number[];
  readonly n: number;
  readonly m: number;
  /** All widths were divided by this, so that the products are quick enough to watch; 1 where they were not. */
  readonly dividedBy: number;
  /** The largest |entry| of the first rows and columns of J; colours are relative to it. */
  readonly largest: number;
  /** Pushes e_j: the tangent at each column, the last one being column j of J. */
  push(j: number): Float64Array[];
  /** Pulls e_i: the cotangent at each column, the first one being row i of J. */
  pull(i: number): Float64Array[];
};

type Network = Pick<ExplorerState, "widths" | "activation" | "loss">;

/** FMA of the dearer mode up to which a network is animated as it is: less than a second in a browser. */
const MOST_FMA = 3e8;

/** More entries of a vector than this cannot be seen. */
const WIDEST_COLUMN = 1024;

/** Weights up to which building the network is not felt. */
const MOST_WEIGHTS = 2.5e6;

/**
 * Builds the network with random weights, linearises it at a random point, and makes its products ready.
 *
 * @param network - as shown; too large ones are animated with all widths divided by a power of two
 */
export function passesOf(network: Network): Passes {
  const { divided, dividedBy } = divide(network);
  const chain = buildChain({ ...chainSpecOf(divided), rngSeed: 7 });
  const allocator = createAllocator();
  const workspace = { kernel: KERNELS[0]!.create(allocator), allocator };
  const { maps, evaluate } = prepareLinearisationThrough(chain.layers, workspace, (length) =>
    allocator.allocate(length),
  );
  evaluate(randomPoint(chain.n, 11), zeros(chain.m));
  const columns = columnsOf(divided);
  const parts = spans(chain.shape).map(([first, last]) => maps.slice(first, last));
  const pushes = parts.map((part) => preparePushThrough(part, workspace, null));
  const pulls = parts.map((part) => preparePullThrough(part, workspace, null));
  const vectors = (): Vector[] => columns.map((width) => zeros(width));
  const push = (j: number): Float64Array[] => {
    const at = vectors();
    at[0]!.set(j, 1);
    pushes.forEach((through, k) => {
      through(at[k]!, at[k + 1]!);
    });
    return at.map(({ data }) => data);
  };
  const pull = (i: number): Float64Array[] => {
    const at = vectors();
    at.at(-1)!.set(i, 1);
    for (let k = pulls.length - 1; k >= 0; k--) pulls[k]!(at[k + 1]!, at[k]!);
    return at.map(({ data }) => data);
  };
  const sample = [
    ...Array.from({ length: Math.min(4, chain.n) }, (_, j) => push(j).at(-1)!),
    ...Array.from({ length: Math.min(4, chain.m) }, (_, i) => pull(i)[0]!),
  ];
  const largest = sample.reduce(
    (most, entries) => entries.reduce((a, b) => Math.max(a, Math.abs(b)), most),
    0,
  );
  return { columns, n: chain.n, m: chain.m, dividedBy, largest: largest || 1, push, pull };
}

/** The layers between one column and the next: a dense layer or loss, and the activation after it. */
function spans({ layers }: ChainShape): [first: number, last: number][] {
  const starts = layers.flatMap(({ structure }, i) => (structure.kind === "dense" ? [i] : []));
  return starts.map((start, k) => [start, starts[k + 1] ?? layers.length]);
}

function divide(network: Network): { divided: Network; dividedBy: number } {
  for (let dividedBy = 1; ; dividedBy *= 2) {
    const widths = network.widths.map((width) => Math.max(1, Math.round(width / dividedBy)));
    const divided = { ...network, widths };
    const { n, m, layers } = buildShape(chainSpecOf(divided));
    const fma = Math.max(n, m) * throughFma(layers.map(({ structure }) => structure));
    const weights = layers.reduce((sum, { parameters }) => sum + parameters, 0);
    const quick = fma <= MOST_FMA && weights <= MOST_WEIGHTS && Math.max(...widths) <= WIDEST_COLUMN;
    if (quick) return { divided, dividedBy };
  }
}
