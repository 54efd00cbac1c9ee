/** @file Who takes part in a comparison: every peer of a config at each of its numbers of threads, with the limits of its ways. Pure. */

import type { PeerWay, VariantRecord } from "../results/types.ts";
import type { PeerEntry } from "./config.ts";
import type { WayMessage } from "./protocol.ts";

/** What a config says of ways. */
export type WayEntry = Omit<PeerEntry, "peer">;

/** A peer at a number of threads: one child process at a time. */
export type Participant = {
  readonly peer: string;
  readonly threads: 1 | "all";
  /** What the config says of its ways: the first entry that names a way, or names none, is the one for it. */
  readonly entries: readonly WayEntry[];
};

/** A way of a participant, with the variant that stands for it in results. */
export type ParticipantWay = {
  readonly message: WayMessage;
  readonly variant: VariantRecord;
  readonly limits: Pick<WayEntry, "mostProducts" | "mostFma">;
};

/** Threads of a participant in words. */
export const THREAD_WORDS: Readonly<Record<"1" | "all", string>> = { "1": "1 thread", all: "all cores" };

/**
 * Lists the participants of a config in its order; entries of one peer at the same number of threads are one.
 *
 * @param entries - of the config
 * @param isThreaded - false for a peer that never uses more than one thread, and is measured once
 */
export function participantsOf(
  entries: readonly PeerEntry[],
  isThreaded: (peer: string) => boolean,
): Participant[] {
  const found = new Map<string, { peer: string; threads: 1 | "all"; entries: WayEntry[] }>();
  for (const entry of entries) {
    const threads = isThreaded(entry.peer) ? entry.threads : entry.threads.slice(0, 1);
    for (const count of threads) {
      const key = JSON.stringify([entry.peer, count]);
      const known = found.get(key);
      if (known) known.entries.push(entry);
      else found.set(key, { peer: entry.peer, threads: count, entries: [entry] });
    }
  }
  return [...found.values()];
}

/**
 * The ways that a participant is to run, out of those that its peer has.
 *
 * @param participant - with what the config says of it
 * @param name - of the peer, for people
 * @param ways - of the peer
 * @param planned - whether there is a plan to run; ways that need one are left out without
 */
export function waysOf(
  participant: Participant,
  name: string,
  ways: readonly WayMessage[],
  planned: boolean,
): ParticipantWay[] {
  const labels = new Set<string>();
  return ways.flatMap((message) => {
    if (message.plan === true && !planned) return [];
    const entry = participant.entries.find((one) => one.ways === undefined || one.ways.includes(message.id));
    if (entry === undefined) return [];
    const variant = variantOf(participant, name, message);
    // Two ways of one group and mode need names of their own.
    const label = labels.has(variant.label) ? `${variant.label} (${message.id})` : variant.label;
    labels.add(label);
    return [{ message, variant: { ...variant, label }, limits: entry }];
  });
}

/** Names of ways that a config wants and the peer does not have. */
export function unknownWays(participant: Participant, ways: readonly WayMessage[]): string[] {
  const wanted = participant.entries.flatMap((entry) => entry.ways ?? []);
  return wanted.filter((id) => !ways.some((way) => way.id === id));
}

function variantOf({ peer, threads }: Participant, name: string, message: WayMessage): VariantRecord {
  const { mode, seeds, group, plan } = message;
  const kernel = `${[name, group].filter((part) => part !== "").join(" ")} · ${THREAD_WORDS[threads]}`;
  const own: PeerWay = { peer, way: message.id, threads };
  return {
    label: `${mode ?? (plan === true ? "plan" : "optimal")} · ${kernel}`,
    strategy: mode === null ? "optimal" : seeds === "all" ? `${mode}-blocked` : mode,
    mode,
    kernel,
    blockSize: seeds === "all" && mode !== null ? "all" : null,
    linearisation: "shared",
    // A mixed way that is not the printed plan is our own strategy, with what it has at hand.
    unitSeeds: mode === null && plan !== true ? "read" : "dense",
    withRespectTo: "input",
    peer: own,
  };
}
