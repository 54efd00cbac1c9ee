/** @file Our own strategies as a peer, the baseline: forward, reverse, blocked and optimal, by every kernel that works here. */

import { availableParallelism } from "node:os";
import { prepareJacobian } from "../../ad/jacobian.ts";
import { entries, type Matrix, vector, zeros } from "../../array.ts";
import { activation } from "../../chain/activation.ts";
import { createChain } from "../../chain/chain.ts";
import { dense } from "../../chain/dense.ts";
import type { Layer } from "../../chain/layer.ts";
import { kernelById, usableKernels } from "../../kernels/index.ts";
import { packageVersion } from "../../package-root.ts";
import { strategyById } from "../../strategies/index.ts";
import { decodeNumbers, type LayerMessage, type WayMessage } from "../protocol.ts";
import type { NodePeer, PreparedWay } from "./types.ts";

/** The strategies that take part. */
const STRATEGIES = ["forward", "reverse", "forward-blocked", "reverse-blocked", "optimal"] as const;

/** Kernels that are slower than others on purpose. */
const LEFT_OUT = ["reference"];

/** Kernels whose library starts threads of its own, unless it is told not to. */
const THREADED_LIBRARIES = ["openblas"];

/**
 * Makes our strategies a peer.
 *
 * @param threads - with all threads only the kernels take part that know what to do with them
 */
export function loadJacobench(threads: 1 | "all"): NodePeer {
  const usable = usableKernels().filter(({ id }) => !LEFT_OUT.includes(id));
  const ways = usable.flatMap(({ id: kernel, threads: takesThreads }) =>
    STRATEGIES.filter(
      (strategy) =>
        threads === 1 || THREADED_LIBRARIES.includes(kernel) || (takesThreads && isBlocked(strategy)),
    ).map((strategy) => wayOf(strategy, kernel)),
  );
  const kernels = [...new Set(ways.map(({ kernel }) => kernel))];
  const libraries = kernels.flatMap((id) => {
    const version = kernelById(id).library?.() ?? null;
    return version === null ? [] : [[id, version]];
  });
  return {
    name: "jacobench",
    versions: { jacobench: packageVersion(), ...Object.fromEntries(libraries) },
    device: "cpu",
    ways,
    load: (layers, x) => {
      const chain = createChain(layers.map(layerOf(x.length)), "peers");
      const point = vector(x);
      return (id) => {
        const way = ways.find((one) => one.id === id);
        if (way === undefined) throw new Error(`no way ${id}`);
        const { strategy, kernel } = way;
        const blockSize = isBlocked(strategy) ? { blockSize: "all" as const } : {};
        const lanes =
          threads === "all" && kernelById(kernel).threads ? { threads: availableParallelism() } : {};
        const prepared = prepareJacobian(chain, point, { strategy, kernel, ...blockSize, ...lanes });
        return runsOf(prepared);
      };
    },
  };
}

/** A run of other frameworks evaluates the primal as well, so ours does. */
function runsOf(prepared: ReturnType<typeof prepareJacobian>): PreparedWay {
  let last: Matrix | null = null;
  return {
    run: () => {
      prepared.linearise();
      last = prepared.run();
    },
    jacobian: () => ({ dtype: "float64", shape: last!.shape, values: Float64Array.from(entries(last!)) }),
  };
}

function isBlocked(strategy: string): boolean {
  return strategy.endsWith("-blocked");
}

function wayOf(
  strategy: (typeof STRATEGIES)[number],
  kernel: string,
): WayMessage & { readonly strategy: string; readonly kernel: string } {
  const blocked = isBlocked(strategy);
  return {
    id: `${strategy}-${kernel}`,
    title: `${strategy}${blocked ? " (all seeds)" : ""}, kernel ${kernel}`,
    group: blocked ? `${kernel} blocks` : kernel,
    mode: strategyById(strategy).mode,
    seeds: blocked || strategy === "optimal" ? "all" : "one",
    strategy,
    kernel,
  };
}

/** Layers from messages; an activation is as wide as what stands before it. */
function layerOf(n: number): (message: LayerMessage) => Layer {
  let width = n;
  return (message) => {
    if (message.kind !== "dense") return activation(message.kind, width);
    const weights = zeros(message.rows, message.columns);
    weights.data.set(decodeNumbers(message.weights));
    width = message.rows;
    return dense(weights, vector(decodeNumbers(message.bias)));
  };
}
