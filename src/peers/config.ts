/** @file The config of a comparison with other frameworks: chains, peers with their ways and limits, rounds. */

import { z } from "zod";
import type { ActivationKind } from "../chain/activation.ts";
import { JacobenchError } from "../errors.ts";
import {
  familyChain,
  headFields,
  listOf,
  MAX_WIDTH,
  objectOf,
  oneOf,
  real,
  text,
  whole,
} from "../experiment/config.ts";
import { parseBySchema } from "../experiment/config-problem.ts";
import { expectFamily, expectRounds } from "../experiment/load-config.ts";
import { PEERS } from "./index.ts";

const peerName = oneOf(PEERS.map(({ id }) => id));
const threadCount = z.union([z.literal(1), z.literal("all")], { error: '1 or "all"' });

const peerEntry = z.union(
  [
    peerName,
    objectOf({
      peer: peerName,
      ways: listOf(text("the name of a way"), "names of ways", 100)
        .optional()
        .describe("Names of its ways, as the report gives them. Without it: all of them."),
      threads: listOf(threadCount, "numbers of threads", 2)
        .default([1, "all"])
        .describe("A process each: one thread, and all that the machine has."),
      mostProducts: whole(1, MAX_WIDTH)
        .optional()
        .describe("Chains with more JVPs (forward) or VJPs (reverse) are left out for these ways."),
      mostFma: real(1, 1e15)
        .optional()
        .describe("Chains with more n·Σ (forward) or m·Σ (reverse) are left out for these ways."),
    }),
  ],
  { error: "the name of a peer, or an object with peer, ways, threads, mostProducts, mostFma" },
);

/** The schema of the config of a comparison. */
export const peersConfigSchema = objectOf({
  ...headFields,
  chain: familyChain,
  peers: listOf(peerEntry, "peers", 100).default(PEERS.map(({ id }) => id)),
  timing: objectOf({
    minTimeSeconds: real(0.000001, 60).default(0.003).describe("Least seconds of one sample."),
    minSamples: whole(1, 1000).default(3).describe("Samples of one measurement."),
  }).prefault({}),
  rounds: whole(1, 10_000)
    .default(15)
    .describe("Each visits every chain and way once; below 15 no interval is given."),
  processes: whole(1, 1000)
    .default(5)
    .describe("How often each peer is started afresh; the rounds are spread over the starts."),
  limitSeconds: real(0.1, 86_400)
    .default(60)
    .describe("A peer that does not answer within it is ended and reported."),
  rngSeed: whole(0, 2_147_483_647)
    .default(1)
    .describe("Starts the generators of weights, points and orders."),
  report: objectOf({
    charts: z
      .array(text("the name of a chart"), { error: "a list of names of charts" })
      .default(["peers", "exponents"]),
  }).prefault({}),
});

/** A config with its defaults filled in. */
export type PeersConfig = z.output<typeof peersConfigSchema>;

/** A peer of a config, with its limits. */
export type PeerEntry = Exclude<PeersConfig["peers"][number], string>;

/**
 * Checks a config and fills in its defaults.
 *
 * @param json - the parsed file
 * @param where - its name, for messages
 * @throws {JacobenchError} `ERR_CONFIG`
 */
export function parsePeersConfig(json: unknown, where: string): PeersConfig {
  const config = parseBySchema(peersConfigSchema, json, peersConfigJsonSchema, where);
  expectRounds(config, where);
  if (config.chain.loss !== undefined) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `${where}: $.chain.loss: found ${config.chain.loss}; expected none: peers are sent dense layers and activations`,
    );
  }
  expectFamily(config.chain, where);
  return config;
}

/** The entries of a config, in full. */
export function peerEntries(config: PeersConfig): PeerEntry[] {
  return config.peers.map((entry) =>
    typeof entry === "string" ? { peer: entry, threads: [1, "all"] } : entry,
  );
}

/**
 * The quick form: two rounds in one process, short samples, no intervals, and of several chains those in which a way does
 * not cost much.
 *
 * @param config - the full one; not modified
 */
export function quickPeersConfig(config: PeersConfig): PeersConfig {
  const quick = { ...config, rounds: 2, processes: 1, timing: { minTimeSeconds: 0.0005, minSamples: 3 } };
  if ("list" in config.chain && config.chain.list.length === 1) return quick;
  return {
    ...quick,
    peers: peerEntries(config).map((entry) => ({
      ...entry,
      mostFma: Math.min(entry.mostFma ?? Number.POSITIVE_INFINITY, QUICK_FMA),
      mostProducts: Math.min(entry.mostProducts ?? Number.POSITIVE_INFINITY, QUICK_PRODUCTS),
    })),
  };
}

/**
 * The comparison of one chain's printed plan with both modes.
 *
 * @param widths - of the chain
 * @param activation - after each dense layer but the last; none by default, as `plan` has it
 */
export function planConfig(widths: readonly number[], activation?: ActivationKind): PeersConfig {
  return parsePeersConfig(
    {
      name: "peers-plan",
      title: `Do frameworks see the gain of the plan for ${widths.join("-")}?`,
      chain: { list: [widths], ...(activation && { activation }) },
      peers: [
        {
          peer: "jacobench",
          ways: ["typed", "wasm", "openblas"].flatMap((kernel) =>
            ["forward-blocked", "reverse-blocked", "optimal"].map((strategy) => `${strategy}-${kernel}`),
          ),
        },
        "jax",
        { peer: "pytorch", ways: ["jacfwd", "jacrev", "plan"] },
      ],
      report: { charts: ["cost"] },
    },
    "--plan",
  );
}

/** Most FMA and products of a way on a chain in the quick form. */
const QUICK_FMA = 2.5e7;
const QUICK_PRODUCTS = 128;

/**
 * The JSON Schema by which editors complete and check such a config.
 *
 * @returns JSON text, ending with a newline
 */
export function peersConfigJsonSchema(): string {
  const schema = z.toJSONSchema(peersConfigSchema, { io: "input" });
  return `${JSON.stringify({ ...schema, title: "A jacobench comparison with frameworks" }, null, 2)}\n`;
}
