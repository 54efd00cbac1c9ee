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
  readonly role: Measurement["role"];
};

/** What one child process does, in order. */
export type ProcessPlan = {
  /** `pilot`: before a forecast is made; `main`: all else. */
  readonly phase: "pilot" | "main";
  readonly repetition: number;
  readonly process: number;
  readonly visits: readonly Visit[];
};

/** What is dealt to shards: cases, by predicted time, or whole processes of all cases. */
export const SHARD_KINDS = ["cases", "processes"] as const;

/** The I-th of N machines that share a sweep; `index` is from 1 to `count`. */
export type Shard = {
  readonly index: number;
  readonly count: number;
  readonly by: (typeof SHARD_KINDS)[number];
};

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
 * @param shard - one by processes takes every N-th process of each repetition, so that each machine runs all cases; one
 * by cases takes all processes of the cases that were dealt to it; null for all
 * @param pilots - ids of the cases from which a forecast of the rest is made; there are none in a shard
 * @param anchors - ids of the cases that are measured only to compare machines
 * @returns plans in the order of running
 * @throws {JacobenchError} `ERR_RANGE` if there are more shards than processes
 */
export function schedule(
  options: ScheduleOptions,
  cases: readonly string[],
  variants: readonly string[],
  shard: Shard | null,
  pilots: readonly string[] = [],
  anchors: readonly string[] = [],
): ProcessPlan[] {
  const { processes } = options;
  if (shard?.by === "processes" && shard.count > processes) {
    throw new JacobenchError(
      "ERR_RANGE",
      `shard: ${shard.count} shards for ${processes} processes in each repetition; expected at most ${processes}, ` +
        "since a shard runs whole processes: use fewer shards, raise processes in the config, or use --shard-by cases",
    );
  }
  const byProcesses = shard?.by === "processes" ? shard : null;
  if (pilots.length === 0) return lay("main", options, cases, variants, byProcesses, 0, anchors);
  const rest = cases.filter((id) => !pilots.includes(id));
  return [
    ...lay("pilot", options, pilots, variants, byProcesses, 0, anchors),
    ...lay("main", options, rest, variants, byProcesses, 1, anchors),
  ];
}

/** Rounds of some cases; `pass` counts how often all processes and rounds have been taken before. */
function lay(
  phase: ProcessPlan["phase"],
  options: ScheduleOptions,
  cases: readonly string[],
  variants: readonly string[],
  shard: Shard | null,
  pass: number,
  anchors: readonly string[],
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
          const role = anchors.includes(id) ? "anchor" : phase;
          for (const variant of random.shuffle(variants)) {
            visits.push({ ...own, round, case: id, variant, role });
          }
        }
      }
      plans.push({ phase, ...own, visits });
    }
  }
  return plans;
}

/** What identifies a visit in its experiment; anchors are in each shard. */
export function visitKey(visit: Omit<Visit, "process" | "role">): string {
  return JSON.stringify([visit.repetition, visit.round, visit.case, visit.variant]);
}

/**
 * Reads `I/N`.
 *
 * @param text - e.g. `2/4`
 * @throws {JacobenchError} `ERR_RANGE` unless I is from 1 to N
 */
export function parseShard(text: string): Pick<Shard, "index" | "count"> {
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
