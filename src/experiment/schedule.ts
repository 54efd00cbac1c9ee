/** @file In which order everything is measured: rounds over processes, cases and variants in random order. Pure. */

import { JacobenchError } from "../errors.ts";
import { createRandom, deriveSeed } from "../random.ts";
import type { Measurement } from "../results/types.ts";

/** One visit of one variant on one case. */
export type Visit = {
  readonly repetition: number;
  /** From 0, unique in its repetition. */
  readonly process: number;
  /** From 0, unique in its repetition. */
  readonly round: number;
  readonly case: string;
  readonly variant: string;
};

/** What one child process does, in order. */
export type ProcessPlan = {
  /** `pilot`: before a forecast is made; `main`: all else. */
  readonly role: Measurement["role"];
  readonly repetition: number;
  readonly process: number;
  readonly visits: readonly Visit[];
};

/** The I-th of N machines that share a sweep; `index` is from 1 to `count`. */
export type Shard = { readonly index: number; readonly count: number };

/** The numbers of a config that decide the order. */
export type ScheduleOptions = {
  readonly rounds: number;
  readonly processes: number;
  readonly repetitions: number;
  readonly rngSeed: number;
};

/**
 * Lays out all visits. Each round visits every case once in a fresh random order, and within a case every variant in
 * random order, so that ratios are paired and a slow drift of the machine cannot pass for an exponent. Orders depend on
 * `rngSeed`, repetition and round alone: whoever derives them again gets the same.
 *
 * @param options - rounds are spread evenly over processes, in order
 * @param cases - ids
 * @param variants - labels
 * Pilot cases come first, in all their rounds, in processes of their own. In a repetition with P processes and R rounds,
 * pilots take the processes 0 to P − 1 and the rounds 0 to R − 1, the rest those from P and R on, so that numbers stay
 * unique and in the order of time.
 *
 * @param shard - takes every N-th process of each repetition, so that each machine runs all cases; null for all
 * @param pilots - ids of the cases from which a forecast of the rest is made; there are none in a shard
 * @returns plans in the order of running
 * @throws {JacobenchError} `ERR_RANGE` if there are more shards than processes
 */
export function schedule(
  options: ScheduleOptions,
  cases: readonly string[],
  variants: readonly string[],
  shard: Shard | null,
  pilots: readonly string[] = [],
): ProcessPlan[] {
  const { processes } = options;
  if (shard !== null && shard.count > processes) {
    throw new JacobenchError(
      "ERR_RANGE",
      `shard: ${shard.count} shards for ${processes} processes in each repetition; expected at most ${processes}, ` +
        "since a shard runs whole processes: use fewer shards, or raise processes in the config",
    );
  }
  if (pilots.length === 0) return lay("main", options, cases, variants, shard, 0);
  const rest = cases.filter((id) => !pilots.includes(id));
  return [
    ...lay("pilot", options, pilots, variants, shard, 0),
    ...lay("main", options, rest, variants, shard, 1),
  ];
}

/** Rounds of some cases; `pass` counts how often all processes and rounds have been taken before. */
function lay(
  role: Measurement["role"],
  options: ScheduleOptions,
  cases: readonly string[],
  variants: readonly string[],
  shard: Shard | null,
  pass: number,
): ProcessPlan[] {
  const { rounds, processes, repetitions, rngSeed } = options;
  const plans: ProcessPlan[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (let process = 0; process < processes; process++) {
      if (shard !== null && process % shard.count !== shard.index - 1) continue;
      const first = Math.floor((process * rounds) / processes);
      const end = Math.floor(((process + 1) * rounds) / processes);
      const own = { repetition, process: process + pass * processes };
      const visits: Visit[] = [];
      for (let i = first; i < end; i++) {
        const round = i + pass * rounds;
        const random = createRandom(deriveSeed(rngSeed, "round", repetition, round));
        for (const id of random.shuffle(cases)) {
          for (const variant of random.shuffle(variants)) {
            visits.push({ ...own, round, case: id, variant });
          }
        }
      }
      plans.push({ role, ...own, visits });
    }
  }
  return plans;
}

/** What identifies a visit in its experiment. */
export function visitKey(visit: Omit<Visit, "process">): string {
  return JSON.stringify([visit.repetition, visit.round, visit.case, visit.variant]);
}

/**
 * Reads `I/N`.
 *
 * @param text - e.g. `2/4`
 * @throws {JacobenchError} `ERR_RANGE` unless I is from 1 to N
 */
export function parseShard(text: string): Shard {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (match === null || index < 1 || index > count) {
    throw new JacobenchError(
      "ERR_RANGE",
      `--shard: found "${text}"; expected I/N with I from 1 to N, e.g. 1/4`,
    );
  }
  return { index, count };
}
