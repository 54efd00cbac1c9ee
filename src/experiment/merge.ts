/** @file Puts the shards of one sweep together: same config, no process twice, none missing. */

import { JacobenchError } from "../errors.ts";
import type { StoredConfig } from "../results/schema.ts";
import type { Environment, Measurement, Results } from "../results/types.ts";
import { type Shard, visitKey } from "./schedule.ts";

/** One shard's results. */
export type ShardResults = {
  readonly results: Results<StoredConfig>;
  /** Null for results that were not made with --shard. */
  readonly shard: Shard | null;
  /** Where they were read, for messages. */
  readonly where: string;
};

/**
 * Merges the shards of one experiment.
 *
 * @param shards - in any order
 * @returns results with all measurements, and the environment of each machine; two sessions on equal machines are kept
 * apart by a number behind the id
 * @throws {JacobenchError} `ERR_MISMATCH` for no shards, different configs, overlapping or missing ones
 */
export function mergeShards(shards: readonly ShardResults[]): Results<StoredConfig> {
  const sorted = [...shards].sort((a, b) => (a.shard?.index ?? 0) - (b.shard?.index ?? 0));
  const first = sorted[0];
  if (first === undefined) throw mismatch("merge: no results were given; expected the folders of all shards");
  expectOneSweep(sorted, first);
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
      const key = visitKey(measurement);
      const owner = owners.get(key);
      if (owner !== undefined) {
        throw mismatch(
          `merge: ${where} overlaps ${owner}: both hold round ${measurement.round} of case ${measurement.case}, ` +
            `${measurement.variant}; expected each shard once`,
        );
      }
      owners.set(key, where);
      measurements.push({ ...measurement, machine: names.get(measurement.machine)! });
    }
  }
  return { ...first.results, environments, measurements };
}

function expectOneSweep(shards: readonly ShardResults[], first: ShardResults): void {
  const count = first.shard?.count;
  if (count === undefined) {
    throw mismatch(`merge: ${first.where} is not a shard; expected results of sweep --shard I/N`);
  }
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
  if (missing.length > 0) {
    const names = missing.map((index) => `${index}/${count}`).join(", ");
    throw mismatch(
      `merge: ${first.results.experiment}: missing shards: ${names}; expected all from 1/${count} to ${count}/${count}`,
    );
  }
}

function freeId(id: string, taken: readonly Environment[]): string {
  let free = id;
  for (let number = 2; taken.some((other) => other.id === free); number++) free = `${id}-${number}`;
  return free;
}

function mismatch(sentence: string): JacobenchError {
  return new JacobenchError("ERR_MISMATCH", sentence);
}
