/** @file How much slower one machine of a merged sweep is than another, from what both have measured. Pure. */

import type { Estimate } from "../src/statistics/interval.ts";
import { mean, variance } from "../src/statistics/mean.ts";
import { median } from "../src/statistics/quantile.ts";
import { studentTQuantile } from "../src/statistics/student-t.ts";

/** A time on a machine: what the factors are made from. */
export type MachineTime = {
  readonly machine: string;
  readonly case: string;
  readonly variant: string;
  readonly seconds: number;
  /** Null if it may be used. */
  readonly unusable: string | null;
};

/** One machine beside the one that times are stated for. */
export type MachineFactor = {
  readonly machine: string;
  /** True for the machine that all times are stated for; its factor is 1. */
  readonly isReference: boolean;
  /** Its time over the reference's, as a geometric mean over what both measured; null if they have nothing in common. */
  readonly factor: Estimate | null;
  /** Cases that both have measured. */
  readonly cases: number;
  /** Smallest and largest ratio of a case and variant: one factor is a poor summary where they lie far apart. */
  readonly range: readonly [number, number] | null;
};

/**
 * Compares machines by the cases that they have in common: the anchors of shards by cases, all cases of shards by
 * processes. The factor of a machine is exp of the mean, over cases × variants, of the difference of log median times,
 * with Student's t interval over these; how the ratio moves with size is in that interval, as it should be.
 *
 * @param times - of all machines
 * @returns one factor a machine, the reference (the machine with most times) first; empty for a single machine
 */
export function machineFactors(times: readonly MachineTime[]): MachineFactor[] {
  const byMachine = new Map<string, Map<string, number[]>>();
  const counts = new Map<string, number>();
  for (const time of times) {
    counts.set(time.machine, (counts.get(time.machine) ?? 0) + 1);
    const pairs = byMachine.get(time.machine) ?? new Map<string, number[]>();
    byMachine.set(time.machine, pairs);
    if (time.unusable !== null) continue;
    const key = JSON.stringify([time.case, time.variant]);
    pairs.set(key, [...(pairs.get(key) ?? []), time.seconds]);
  }
  if (byMachine.size < 2) return [];
  const [reference] = [...counts].reduce((most, other) => (other[1] > most[1] ? other : most));
  const medians = new Map([...byMachine].map(([machine, pairs]) => [machine, mediansOf(pairs)]));
  const base = medians.get(reference)!;
  const factors = [...medians].map(([machine, own]) =>
    machine === reference ? referenceFactor(machine, own) : factorOf(machine, own, base),
  );
  return factors.sort((a, b) => Number(b.isReference) - Number(a.isReference));
}

function mediansOf(pairs: ReadonlyMap<string, readonly number[]>): Map<string, number> {
  return new Map([...pairs].map(([key, seconds]) => [key, median(seconds)]));
}

function referenceFactor(machine: string, own: ReadonlyMap<string, number>): MachineFactor {
  return {
    machine,
    isReference: true,
    factor: { estimate: 1, interval95: null },
    cases: casesOf([...own.keys()]),
    range: null,
  };
}

function factorOf(
  machine: string,
  own: ReadonlyMap<string, number>,
  base: ReadonlyMap<string, number>,
): MachineFactor {
  const common = [...own.keys()].filter((key) => base.has(key));
  if (common.length === 0) return { machine, isReference: false, factor: null, cases: 0, range: null };
  const logs = common.map((key) => Math.log(own.get(key)! / base.get(key)!));
  const center = mean(logs);
  const half =
    logs.length < 2
      ? null
      : studentTQuantile(0.975, logs.length - 1) * Math.sqrt(variance(logs) / logs.length);
  return {
    machine,
    isReference: false,
    factor: {
      estimate: Math.exp(center),
      interval95: half === null ? null : [Math.exp(center - half), Math.exp(center + half)],
    },
    cases: casesOf(common),
    range: [Math.exp(Math.min(...logs)), Math.exp(Math.max(...logs))],
  };
}

function casesOf(keys: readonly string[]): number {
  return new Set(keys.map((key) => (JSON.parse(key) as [string, string])[0])).size;
}
