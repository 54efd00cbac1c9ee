/** @file Runs a comparison: peers started afresh for each process, proven, and timed in interleaved rounds; then its results. (N) */

import { JacobenchError } from "../errors.ts";
import { configHash } from "../experiment/config-hash.ts";
import { schedule } from "../experiment/schedule.ts";
import { finishEnvironment, readEnvironment } from "../measure/node-environment.ts";
import { type Measurement, RESULTS_SCHEMA_VERSION, type Results } from "../results/types.ts";
import { comparedCases, costsOf, peerCase } from "./cases.ts";
import type { PeerCommand } from "./child.ts";
import { type OwnPeer, ownCommand, peerCommands } from "./commands.ts";
import { type PeersConfig, peerEntries } from "./config.ts";
import { peerById } from "./index.ts";
import { type Participant, participantsOf } from "./participants.ts";
import { planOfChain } from "./plan.ts";
import { type PeerCase, Seat, type SeatMeasurement } from "./seat.ts";

/** What is compared, with what, and who is told. */
export type ComparisonOptions = {
  readonly config: PeersConfig;
  readonly quick: boolean;
  /** The name of the config, for messages. */
  readonly where: string;
  /** Python interpreters to try, the preferred one first. */
  readonly pythons: readonly string[];
  /** Peers that are not in the table. */
  readonly own: readonly OwnPeer[];
  /** True to run the printed plan of the only chain beside the other ways. */
  readonly planned: boolean;
  readonly onNotice: (sentence: string) => void;
  /** Asked before each measurement; true ends the comparison there. */
  readonly shouldStop: () => boolean;
};

/**
 * Runs a comparison.
 *
 * Each process of the config starts every peer afresh; a peer first proves each of its ways on each chain, then rounds
 * visit every chain in random order, and within a chain every way of every peer in random order. One peer works at a
 * time; the others wait on their standard input.
 *
 * @returns the results, or null if `shouldStop` ended it
 * @throws {JacobenchError} `ERR_CONFIG` for a chain that is there twice; `ERR_MEASURE` if nothing could be measured
 */
export async function runComparison(options: ComparisonOptions): Promise<Results<PeersConfig> | null> {
  const { config, where, planned } = options;
  const items = comparedCases(config, where);
  const plan = planned ? planOfChain(items[0]!.shape) : null;
  const cases = items.map((item) => peerCase(item, plan));
  const seats = seatsOf(options, cases);
  const environment = await readEnvironment();
  const measurements: Measurement[] = [];
  try {
    const finished = await runRounds(options, seats, cases, environment.id, measurements);
    if (!finished) return null;
  } finally {
    await Promise.all(seats.map((seat) => seat.end()));
  }
  const variants = seats.flatMap((seat) => seat.active().map(({ variant }) => variant));
  const labels = new Set(variants.map(({ label }) => label));
  // What was struck off later has rounds of its own, in fewer processes than the rest.
  const kept = measurements.filter(({ variant }) => labels.has(variant));
  if (kept.length === 0) {
    const reasons = seats.flatMap((seat) => {
      const { title, message, ways } = seat.record();
      const first = message ?? ways.find((way) => way.message !== null)?.message;
      return first ? [`${title}: ${first}`] : [];
    });
    throw new JacobenchError("ERR_MEASURE", `${where}: nothing was measured (${reasons.join("; ")})`);
  }
  return {
    schemaVersion: RESULTS_SCHEMA_VERSION,
    experiment: config.name,
    title: config.title,
    quick: options.quick,
    config,
    configHash: configHash(config as never),
    environments: [finishEnvironment(environment)],
    cases: items.map(({ record }) => record),
    variants,
    costs: costsOf(
      items,
      seats.flatMap((seat) => seat.active()),
      plan?.record ?? null,
    ),
    measurements: kept,
    peers: { peers: seats.map((seat) => seat.record()), plan: plan?.record ?? null },
  };
}

/** False if it was stopped. */
async function runRounds(
  options: ComparisonOptions,
  seats: readonly Seat[],
  cases: readonly PeerCase[],
  machine: string,
  measurements: Measurement[],
): Promise<boolean> {
  const { config, onNotice, shouldStop } = options;
  for (let process = 0; process < config.processes; process++) {
    if (shouldStop()) return false;
    onNotice(`process ${process + 1} of ${config.processes}: starting peers`);
    await Promise.all(seats.map((seat) => seat.start()));
    if (process === 0) tellAbsent(seats, onNotice);
    for (const seat of seats) {
      if (shouldStop()) return false;
      await seat.proveAll();
    }
    const seatOf = new Map(
      seats.flatMap((seat) => seat.active().map(({ variant, cases: own }) => [variant.label, { seat, own }])),
    );
    const { rounds, processes, rngSeed } = config;
    const plan = schedule(
      { rounds, processes, repetitions: 1, rngSeed },
      cases.map(({ record }) => record.id),
      [...seatOf.keys()],
      null,
    )[process]!;
    let round = -1;
    for (const visit of plan.visits) {
      if (shouldStop()) return false;
      if (visit.round !== round) {
        round = visit.round;
        onNotice(`process ${process + 1} of ${processes}: round ${round + 1} of ${rounds}`);
      }
      const { seat, own } = seatOf.get(visit.variant)!;
      const measured = own.has(visit.case) ? await seat.measure(visit.variant, visit.case) : null;
      if (measured !== null) measurements.push(measurementOf(visit, machine, measured));
    }
    await Promise.all(seats.map((seat) => seat.end()));
  }
  return true;
}

function measurementOf(
  visit: Pick<Measurement, "case" | "variant" | "process" | "round">,
  machine: string,
  measured: SeatMeasurement,
): Measurement {
  const rounded = (value: number): number => Number(value.toPrecision(5));
  return {
    case: visit.case,
    variant: visit.variant,
    machine,
    role: "main",
    repetition: 0,
    process: visit.process,
    round: visit.round,
    secondsPrepare: rounded(measured.firstSeconds),
    samples: measured.samples.map(rounded),
    runsPerSample: measured.runsPerSample,
    maxAbsError: rounded(measured.maxAbsError),
    maxAbsReference: rounded(measured.maxAbsReference),
    warnings: measured.warnings,
  };
}

/** One line for each peer that takes no part. */
function tellAbsent(seats: readonly Seat[], onNotice: (sentence: string) => void): void {
  const told = new Set<string>();
  for (const seat of seats) {
    const { peer, title, status, message, install } = seat.record();
    if (status === "measured" || told.has(peer)) continue;
    told.add(peer);
    onNotice(
      status === "failed"
        ? `${title}: not measured, since it failed: ${message}`
        : `${title}: not measured, since it is not there (${message})${install === null ? "" : `; install it with: ${install}`}`,
    );
  }
}

function seatsOf({ config, own, pythons, planned }: ComparisonOptions, cases: readonly PeerCase[]): Seat[] {
  const { limitSeconds, timing } = config;
  const seat = (
    participant: Participant,
    title: string,
    commands: readonly PeerCommand[],
    install: string | null,
  ): Seat => new Seat({ participant, title, commands, install, cases, planned, limitSeconds, timing });
  const known = participantsOf(peerEntries(config), (id) => peerById(id).threaded).map((participant) => {
    const peer = peerById(participant.peer);
    return seat(participant, peer.title, peerCommands(peer, participant.threads, pythons), peer.install);
  });
  const others = own.map((one) => {
    const participant: Participant = { peer: one.id, threads: 1, entries: [{ threads: [1] }] };
    return seat(participant, one.id, [ownCommand(one, 1)], null);
  });
  return [...known, ...others];
}
