/** @file Puts the shards of one sweep together: same config, no process twice, none missing. */

import { JacobenchError } from "../errors.ts";
import type { StoredConfig } from "../results/schema.ts";
import type { Environment, Measurement, Results } from "../results/types.ts";
import { visitKey } from "./schedule.ts";
import { commandOfShard, type ShardRecord } from "./shard-file.ts";

/** One shard's results. */
export type ShardResults = {
  readonly results: Results<StoredConfig>;
  /** Null for results that were not made with --shard. */
  readonly shard: ShardRecord | null;
  /** Where they were read, for messages. */
  readonly where: string;
};

/** What a shard that did not come to its end has left. */
export type UnfinishedShard = {
  readonly experiment: string;
  readonly shard: ShardRecord;
  /** How many measurements its journal holds. */
  readonly measurements: number;
  readonly where: string;
};

/**
 * Merges the shards of one experiment. Measurements of anchors are kept beside the others: what they are of belongs to
 * another shard, and analysis takes from them only how much the machines differ.
 *
 * @param shards - in any order
 * @param unfinished - what dead shards have left, for the message that asks for them
 * @returns results with all measurements, and the environment of each machine; two sessions on equal machines are kept
 * apart by a number behind the id
 * @throws {JacobenchError} `ERR_MISMATCH` for no shards, different configs, overlapping or missing ones
 */
export function mergeShards(
  shards: readonly ShardResults[],
  unfinished: readonly UnfinishedShard[] = [],
): Results<StoredConfig> {
  const sorted = [...shards].sort((a, b) => (a.shard?.index ?? 0) - (b.shard?.index ?? 0));
  const first = sorted[0];
  if (first === undefined) throw mismatch("merge: no results were given; expected the folders of all shards");
  expectOneSweep(sorted, first, unfinished);
  const environments: Environment[] = [];
  const measurements: Measurement[] = [];
  const owners = new Map<string, string>();
  for (const { results, where } of sorted) {
    const names = new Map<string, string>();
    for (const environment of results.environments) {
      const id = freeId(environment.id, environments);
      names.set(environment.id, id);
      environments.push({ ...environment, id });
    }
    for (const measurement of results.measurements) {
      const isAnchor = measurement.role === "anchor";
      const key = visitKey(measurement);
      const owner = isAnchor ? undefined : owners.get(key);
      if (owner !== undefined) {
        throw mismatch(
          `merge: ${where} overlaps ${owner}: both hold round ${measurement.round} of case ${measurement.case}, ` +
            `${measurement.variant}; expected each shard once`,
        );
      }
      if (!isAnchor) owners.set(key, where);
      measurements.push({ ...measurement, machine: names.get(measurement.machine)! });
    }
  }
  return { ...first.results, environments, measurements };
}

function expectOneSweep(
  shards: readonly ShardResults[],
  first: ShardResults,
  unfinished: readonly UnfinishedShard[],
): void {
  if (first.shard === null) {
    throw mismatch(`merge: ${first.where} is not a shard; expected results of sweep --shard I/N`);
  }
  const { count, by } = first.shard;
  const seen = new Map<number, string>();
  for (const { results, shard, where } of shards) {
    const refuse = (what: string): never => {
      throw mismatch(`merge: ${where} and ${first.where} differ in ${what}; expected shards of one sweep`);
    };
    if (shard === null)
      throw mismatch(`merge: ${where} is not a shard; expected results of sweep --shard I/N`);
    if (results.experiment !== first.results.experiment) refuse("the experiment");
    if (results.configHash !== first.results.configHash) refuse("the config");
    if (results.quick !== first.results.quick) refuse("--quick");
    if (shard.count !== count) refuse(`the number of shards (${shard.count} and ${count})`);
    if (shard.by !== by) refuse(`what is dealt (--shard-by ${shard.by} and ${by})`);
    if (JSON.stringify(results.cases) !== JSON.stringify(first.results.cases)) refuse("the cases");
    if (JSON.stringify(results.variants) !== JSON.stringify(first.results.variants)) refuse("the variants");
    const other = seen.get(shard.index);
    if (other !== undefined) {
      throw mismatch(
        `merge: ${where} overlaps ${other}: both are shard ${shard.index}/${count}; expected each once`,
      );
    }
    seen.set(shard.index, where);
  }
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((index) => !seen.has(index));
  if (missing.length === 0) return;
  const lines = missing.map((index) => missingShard(index, first, unfinished));
  throw mismatch(
    `merge: ${first.results.experiment}: missing ${lines.length} of ${count} shards; expected all of them:\n` +
      lines.map((line) => `  ${line}`).join("\n"),
  );
}

/** One missing shard: what is left of it, and the command that measures it. */
function missingShard(index: number, first: ShardResults, unfinished: readonly UnfinishedShard[]): string {
  const { experiment } = first.results;
  const left = unfinished.find((other) => other.experiment === experiment && other.shard.index === index);
  const name = `${index}/${first.shard!.count}`;
  const state =
    left === undefined
      ? name
      : `${name} (interrupted after ${left.measurements} measurements, kept in ${left.where})`;
  const command = commandOfShard(left?.shard ?? first.shard!, index);
  if (command === null) return state;
  return left === undefined
    ? `${state}: measure it with: ${command}`
    : `${state}: finish it with: ${command} --resume`;
}

function freeId(id: string, taken: readonly Environment[]): string {
  let free = id;
  for (let number = 2; taken.some((other) => other.id === free); number++) free = `${id}-${number}`;
  return free;
}

function mismatch(sentence: string): JacobenchError {
  return new JacobenchError("ERR_MISMATCH", sentence);
}
