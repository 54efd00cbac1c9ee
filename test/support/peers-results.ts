/** @file Synthetic results of a comparison with frameworks whose fixed costs, rates and gains are known. */

import type { ExperimentConfigLike } from "../../analysis/config.ts";
import type { PeerRecord, Results, VariantRecord } from "../../src/results/types.ts";
import { gridWidths, type SyntheticOptions, syntheticResults, variantOf } from "./synthetic-results.ts";

/** A way of a framework, and the law that it obeys. */
export type KnownWay = {
  /** Name and group, e.g. `JAX jit`. */
  readonly name: string;
  readonly peer: string;
  readonly way: string;
  readonly threads: 1 | "all";
  readonly mode: "forward" | "reverse" | null;
  readonly vectorised: boolean;
  /** Seconds a call: a seed, or all of them where they are vectorised. */
  readonly alpha: number;
  /** Seconds an FMA. */
  readonly beta: number;
  /** Exponent of the number of seeds in what is not fixed; 1 unless told. */
  readonly seeds?: number;
};

/** The variant that stands for a way. */
export function peerVariant({ name, peer, way, threads, mode, vectorised }: KnownWay): VariantRecord {
  const strategy = mode === null ? "optimal" : vectorised ? `${mode}-blocked` : mode;
  const kernel = `${name} · ${threads === 1 ? "1 thread" : "all cores"}`;
  return variantOf(strategy, {
    label: `${mode ?? "plan"} · ${kernel}`,
    mode,
    kernel,
    blockSize: vectorised && mode !== null ? "all" : null,
    peer: { peer, way, threads },
  });
}

/** Makes a comparison of ways that obey t = α·calls + β·seeds^e·Σ. */
export function peersResults(
  ways: readonly KnownWay[],
  options: SyntheticOptions = {},
): Results<ExperimentConfigLike> {
  const variants = ways.map(peerVariant);
  const wayOf = (variant: VariantRecord): KnownWay =>
    ways[variants.findIndex(({ label }) => label === variant.label)]!;
  const results = syntheticResults({
    widths: gridWidths([8, 32, 128], [8, 32, 128], [24, 96]),
    variants,
    noise: { case: 0.01, process: 0.01, round: 0.01 },
    secondsPrepare: () => 0.25,
    law: ({ n, m, sigma }, variant) => {
      const { mode, vectorised, alpha, beta, seeds = 1 } = wayOf(variant);
      const products = mode === "reverse" ? m : mode === "forward" ? n : 1;
      return alpha * (vectorised ? 1 : products) + beta * products ** seeds * sigma;
    },
    experiment: "peers",
    title: "Known frameworks",
    ...options,
  });
  const seats = [...new Set(ways.map(({ peer, threads }) => `${peer} ${threads}`))];
  return {
    ...results,
    peers: {
      peers: seats.map((seat): PeerRecord => {
        const own = ways.filter(({ peer, threads }) => `${peer} ${threads}` === seat);
        return {
          peer: own[0]!.peer,
          title: own[0]!.name.split(" ")[0]!,
          threads: own[0]!.threads,
          status: "measured",
          message: null,
          install: null,
          versions: { [own[0]!.peer]: "1.0" },
          device: "cpu",
          ways: own.map((way) => ({
            way: way.way,
            title: way.way,
            variant: peerVariant(way).label,
            status: "measured",
            message: null,
            dtype: "float64",
            relativeError: 1e-15,
            cpuPerWall: way.threads === 1 ? 1 : 1.9,
          })),
        };
      }),
    },
  };
}

const both = (way: Omit<KnownWay, "mode">): KnownWay[] =>
  (["forward", "reverse"] as const).map((mode) => ({ ...way, mode, way: `${way.way}-${mode}` }));

/** A baseline that obeys the law, a tape with a fixed cost a seed, a jitted vectorised framework with one and with all threads. */
export const KNOWN_WAYS: readonly KnownWay[] = [
  ...both({
    name: "ours typed",
    peer: "jacobench",
    way: "typed",
    threads: 1,
    vectorised: false,
    alpha: 0,
    beta: 1e-9,
  }),
  ...both({
    name: "Tape",
    peer: "autograd",
    way: "each",
    threads: 1,
    vectorised: false,
    alpha: 1e-4,
    beta: 5e-10,
  }),
  ...both({
    name: "JAX jit",
    peer: "jax",
    way: "jit",
    threads: 1,
    vectorised: true,
    alpha: 3e-5,
    beta: 4e-10,
    seeds: 0.7,
  }),
  ...both({
    name: "JAX jit",
    peer: "jax",
    way: "jit",
    threads: "all",
    vectorised: true,
    alpha: 6e-5,
    beta: 2e-10,
    seeds: 0.7,
  }),
];

/** The comparison from which charts are drawn. */
export const PEERS_RESULTS = peersResults(KNOWN_WAYS);
