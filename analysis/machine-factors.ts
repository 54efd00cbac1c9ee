/** @file How much slower one machine of a merged sweep is than another, from what both have measured. Pure. */

import type { Estimate } from "../src/statistics/interval.ts";
import { mean, variance } from "../src/statistics/mean.ts";
import { median } from "../src/statistics/quantile.ts";
import { studentTQuantile } from "../src/statistics/student-t.ts";
import { groupBy, pairKey } from "./grouping.ts";

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
  const machines = groupBy(times, ({ machine }) => machine);
  if (machines.size < 2) return [];
  const [reference] = [...machines].reduce((most, other) =>
    other[1].length > most[1].length ? other : most,
  );
  const medians = new Map([...machines].map(([machine, own]) => [machine, mediansOf(own)]));
  const base = medians.get(reference)!;
  return [...medians]
    .map(([machine, own]) =>
      machine === reference ? referenceFactor(machine, own) : factorOf(machine, own, base),
    )
    .sort((a, b) => Number(b.isReference) - Number(a.isReference));
}

/** The median time of each case and variant on one machine. */
type Medians = ReadonlyMap<string, { readonly case: string; readonly seconds: number }>;

function mediansOf(times: readonly MachineTime[]): Medians {
  const usable = times.filter(({ unusable }) => unusable === null);
  const pairs = groupBy(usable, (time) => pairKey(time.case, time.variant));
  return new Map(
    [...pairs].map(([key, own]) => [
      key,
      { case: own[0]!.case, seconds: median(own.map(({ seconds }) => seconds)) },
    ]),
  );
}

function referenceFactor(machine: string, own: Medians): MachineFactor {
  return {
    machine,
    isReference: true,
    factor: { estimate: 1, interval95: null },
    cases: casesOf([...own.values()]),
    range: null,
  };
}

function factorOf(machine: string, own: Medians, base: Medians): MachineFactor {
  const common = [...own].filter(([key]) => base.has(key));
  if (common.length === 0) return { machine, isReference: false, factor: null, cases: 0, range: null };
  const logs = common.map(([key, { seconds }]) => Math.log(seconds / base.get(key)!.seconds));
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
    cases: casesOf(common.map(([, own]) => own)),
    range: [Math.exp(Math.min(...logs)), Math.exp(Math.max(...logs))],
  };
}

function casesOf(medians: readonly { readonly case: string }[]): number {
  return new Set(medians.map((one) => one.case)).size;
}
