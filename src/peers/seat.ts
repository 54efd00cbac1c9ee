/**
 * @file One participant through a whole comparison: started afresh for each process, its ways proven before they are
 * timed, and what fails struck off without stopping the rest. (N)
 */

import type { Matrix } from "../array.ts";
import { JacobenchError } from "../errors.ts";
import type { CaseRecord, PeerRecord, PeerWayRecord } from "../results/types.ts";
import { compareJacobian } from "./agree.ts";
import { type PeerChild, type PeerCommand, startPeer } from "./child.ts";
import { type Participant, type ParticipantWay, unknownWays, waysOf } from "./participants.ts";
import type { PeerRequest, ReplyTo } from "./protocol.ts";
import { type Batch, findBatch, type PeerSamples, samplePeer } from "./sample.ts";

/** A chain as all peers get it, and its Jacobian by our reference. */
export type PeerCase = {
  readonly record: CaseRecord;
  readonly load: Extract<PeerRequest, { kind: "load" }>;
  readonly jacobian: Matrix;
};

/** How a participant is started and judged. */
export type SeatOptions = {
  readonly participant: Participant;
  /** For people, until it has told its name. */
  readonly title: string;
  /** Tried in order until one answers that it is ready. */
  readonly commands: readonly PeerCommand[];
  readonly install: string | null;
  readonly cases: readonly PeerCase[];
  readonly planned: boolean;
  readonly limitSeconds: number;
  readonly timing: { readonly minTimeSeconds: number; readonly minSamples: number };
};

/** What one visit of a way on a chain measured. */
export type SeatMeasurement = PeerSamples & {
  /** Of the first run in this process. */
  readonly firstSeconds: number;
  readonly maxAbsError: number;
  readonly maxAbsReference: number;
};

/** A way and what has become of it. */
type WayState = ParticipantWay & {
  readonly cases: ReadonlySet<string>;
  status: PeerWayRecord["status"];
  /** Why it is struck off. */
  reason: string | null;
  dtype: string | null;
  relativeError: number | null;
  wallSeconds: number;
  cpuSeconds: number;
};

/** What a process knows of a way on a chain that it has prepared. */
type Prepared = Pick<SeatMeasurement, "firstSeconds" | "maxAbsError" | "maxAbsReference"> & {
  batch: Batch | null;
};

/** Importing a framework takes seconds, and all start at once: the first answer is given at least so long. */
const LEAST_START_SECONDS = 60;

/** See the file's comment. */
export class Seat {
  readonly #options: SeatOptions;
  #child: PeerChild | null = null;
  #command: PeerCommand | null = null;
  #ready: Extract<ReplyTo["hello"], { kind: "ready" }> | null = null;
  #ways: WayState[] = [];
  #failure: { readonly status: "absent" | "failed"; readonly message: string } | null = null;
  readonly #prepared = new Map<string, Prepared>();

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  /** Variants that are still in, with the ids of their chains. */
  active(): { readonly variant: ParticipantWay["variant"]; readonly cases: ReadonlySet<string> }[] {
    if (this.#failure !== null) return [];
    return this.#ways.filter(({ status }) => status === "measured");
  }

  /** Why it takes no part at all; null where it does. */
  get absence(): string | null {
    return this.#failure?.message ?? null;
  }

  /** Starts a fresh process and sends it all chains; a peer that is absent or fails is struck off. */
  async start(): Promise<void> {
    if (this.#failure !== null) return;
    await this.end();
    this.#prepared.clear();
    try {
      await this.#open();
      if (this.#child === null) return;
      for (const { load } of this.#options.cases) await this.#ask(load);
    } catch (error) {
      this.#failure = { status: "failed", message: messageOf(error) };
      await this.end();
    }
  }

  /** Proves all ways on all chains: the first run of each, and the comparison of its Jacobian with ours. */
  async proveAll(): Promise<void> {
    for (const way of this.#ways) {
      for (const { record } of this.#options.cases) {
        if (way.status !== "measured") break;
        if (way.cases.has(record.id)) await this.#attempt(way, record.id, () => this.#prove(way, record.id));
      }
    }
  }

  /**
   * Times one way on one chain.
   *
   * @returns null where it is struck off, or has just been
   */
  async measure(label: string, id: string): Promise<SeatMeasurement | null> {
    const way = this.#ways.find(({ variant }) => variant.label === label);
    if (this.#failure !== null || way === undefined || way.status !== "measured") return null;
    return this.#attempt(way, id, async () => {
      const prepared = await this.#prove(way, id);
      if (prepared === null) return null;
      const { timing } = this.#options;
      const time = (runs: number): Promise<ReplyTo["time"]> =>
        this.#ask({ kind: "time", case: id, way: way.message.id, runs });
      prepared.batch ??= await findBatch(time, timing.minTimeSeconds);
      const samples = await samplePeer(time, prepared.batch, timing.minSamples);
      way.wallSeconds += samples.seconds;
      way.cpuSeconds += samples.cpuSeconds;
      const { firstSeconds, maxAbsError, maxAbsReference } = prepared;
      return { ...samples, firstSeconds, maxAbsError, maxAbsReference };
    });
  }

  /** Ends the process. */
  async end(): Promise<void> {
    await this.#child?.end();
    this.#child = null;
  }

  /** What became of it, for the results. */
  record(): PeerRecord {
    const { participant, title, install } = this.#options;
    return {
      peer: participant.peer,
      title: this.#ready?.name ?? title,
      threads: participant.threads,
      status: this.#failure?.status ?? "measured",
      message: this.#failure?.message ?? null,
      install: this.#failure?.status === "absent" ? install : null,
      versions: this.#ready?.versions ?? {},
      device: this.#ready?.device ?? null,
      ways: this.#failure === null ? [...this.#ways.map(wayRecord), ...this.#unknown()] : [],
    };
  }

  async #open(): Promise<void> {
    const { commands, limitSeconds, participant, planned, cases } = this.#options;
    const candidates = this.#command === null ? commands : [this.#command];
    const reasons: string[] = [];
    for (const command of candidates) {
      const child = startPeer(command);
      this.#child = child;
      const reply = await hello(child, participant.threads, Math.max(limitSeconds, LEAST_START_SECONDS));
      if (reply.kind === "ready") {
        this.#command = command;
        if (this.#ready === null) {
          const ways = waysOf(participant, reply.name, reply.ways, planned);
          this.#ways = ways.map((way) => stateOf(way, cases));
        }
        this.#ready = reply;
        return;
      }
      reasons.push(`${command.program}: ${reply.message}`);
      await child.end();
    }
    this.#failure = { status: "absent", message: reasons.join("; ") };
    this.#child = null;
  }

  /** The first run of a way on a chain in this process, and the proof of its Jacobian; null where it is refused. */
  async #prove(way: WayState, id: string): Promise<Prepared | null> {
    const key = JSON.stringify([way.message.id, id]);
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const { jacobian } = this.#options.cases.find(({ record }) => record.id === id)!;
    const given = await this.#ask({ kind: "prepare", case: id, way: way.message.id });
    const { reason, maxAbsError, maxAbsReference } = compareJacobian(given, jacobian);
    way.dtype = given.dtype;
    const relative = maxAbsError / maxAbsReference;
    if (Number.isFinite(relative)) way.relativeError = Math.max(way.relativeError ?? 0, relative);
    if (reason !== null) {
      way.status = "refused";
      way.reason = `on ${id}, ${reason}`;
      return null;
    }
    const prepared = { firstSeconds: given.seconds, maxAbsError, maxAbsReference, batch: null };
    this.#prepared.set(key, prepared);
    return prepared;
  }

  /** Does something with a way; where that fails the way is struck off, and a peer that died over it started again. */
  async #attempt<Result>(
    way: WayState,
    id: string,
    work: () => Promise<Result | null>,
  ): Promise<Result | null> {
    try {
      return await work();
    } catch (error) {
      way.status = "failed";
      way.reason = `on ${id}, ${messageOf(error)}`;
      if (this.#child?.isAlive() !== true) await this.start();
      return null;
    }
  }

  #ask<Kind extends PeerRequest["kind"]>(
    request: Extract<PeerRequest, { kind: Kind }>,
  ): Promise<ReplyTo[Kind]> {
    if (this.#child === null) throw new JacobenchError("ERR_MEASURE", this.absence ?? "it is not running");
    return this.#child.ask<Kind>(request, this.#options.limitSeconds);
  }

  #unknown(): PeerWayRecord[] {
    const ways = this.#ready?.ways ?? [];
    const known = ways.map(({ id }) => id).join(", ");
    return unknownWays(this.#options.participant, ways).map((id) => ({
      way: id,
      title: id,
      variant: id,
      status: "skipped",
      message: `there is no such way here; there are ${known}`,
      dtype: null,
      relativeError: null,
      cpuPerWall: null,
    }));
  }
}

async function hello(child: PeerChild, threads: 1 | "all", limitSeconds: number): Promise<ReplyTo["hello"]> {
  try {
    return await child.ask({ kind: "hello", threads }, limitSeconds);
  } catch (error) {
    // No such program: as absent as a package that it lacks.
    const message = messageOf(error);
    if (message.includes("ENOENT")) return { kind: "absent", message: "no such program" };
    throw error;
  }
}

function stateOf(way: ParticipantWay, cases: readonly PeerCase[]): WayState {
  const { message, limits } = way;
  const own = cases.filter(({ record }) => {
    const products = message.mode === "reverse" ? record.m : record.n;
    const { mostProducts = Number.POSITIVE_INFINITY, mostFma = Number.POSITIVE_INFINITY } = limits;
    return message.mode === null || (products <= mostProducts && products * record.sigma <= mostFma);
  });
  return {
    ...way,
    cases: new Set(own.map(({ record }) => record.id)),
    status: own.length > 0 ? "measured" : "skipped",
    reason: own.length > 0 ? null : "every chain is beyond its limits in the config",
    dtype: null,
    relativeError: null,
    wallSeconds: 0,
    cpuSeconds: 0,
  };
}

function wayRecord(way: WayState): PeerWayRecord {
  return {
    way: way.message.id,
    title: way.message.title,
    variant: way.variant.label,
    status: way.status,
    message: way.reason,
    dtype: way.dtype,
    relativeError: rounded(way.relativeError),
    cpuPerWall: way.wallSeconds > 0 ? rounded(way.cpuSeconds / way.wallSeconds) : null,
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
