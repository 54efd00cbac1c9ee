/** @file The sections of a comparison that say who took part, what was proven, how it was measured, and how to repeat it. Pure. */

import type { PeerRecord } from "../../src/results/types.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { count, exactly, quoted, type Sentence, says, term } from "../laws/sentence.ts";
import { type Block, cell, paragraph, type RichText, type Section, table } from "../report/blocks.ts";
import { formatFixed, formatSeconds, plainText } from "../text.ts";

const THREADS = { "1": "1 thread", all: "all cores" } as const;

/** Every framework: measured with which versions, or what is missing and how to get it. */
export function participantSection(results: AnyResults): Section | null {
  const peers = results.peers?.peers ?? [];
  if (peers.length === 0) return null;
  return {
    id: "participants",
    title: "Who took part",
    blocks: [
      table(
        "participants",
        "The frameworks, their versions, and those that are missing",
        ["framework", "threads", "versions", "status"],
        peers.map((peer) => [
          cell(plainText(peer.title)),
          cell(THREADS[peer.threads]),
          cell(
            Object.entries(peer.versions)
              .map(([name, version]) => `${plainText(name)} ${plainText(version)}`)
              .join(", ") || "—",
          ),
          cell(statusText(peer)),
        ]),
      ),
    ],
  };
}

function statusText({ status, message, install }: PeerRecord): RichText {
  if (status === "measured") return "measured";
  const reason = message === null ? "" : `: ${plainText(message)}`;
  if (status === "failed") return `failed${reason}`;
  return install === null
    ? `absent${reason}`
    : [`absent${reason}; install it with `, { kind: "code", text: install }];
}

/** What each way proved before it was timed, its first run, and how many threads it really used. */
export function proofSection(results: AnyResults): Section | null {
  const firsts = groupBy(results.measurements, ({ variant }) => variant);
  const rows = (results.peers?.peers ?? []).flatMap((peer) =>
    peer.ways.map((way) => {
      const own = firsts.get(way.variant);
      const first = own === undefined ? null : median(own.map(({ secondsPrepare }) => secondsPrepare));
      return [
        cell(plainText(way.status === "measured" ? way.variant : `${peer.title}: ${way.title}`)),
        cell([{ kind: "code", text: plainText(way.title) }]),
        cell(way.dtype === null ? "—" : plainText(way.dtype)),
        cell(way.relativeError === null ? "—" : way.relativeError.toExponential(1), way.relativeError),
        cell(first === null ? "—" : formatSeconds(first), first),
        cell(way.cpuPerWall === null ? "—" : formatFixed(way.cpuPerWall), way.cpuPerWall),
        cell(way.message === null ? way.status : `${way.status}: ${plainText(way.message)}`),
      ];
    }),
  );
  if (rows.length === 0) return null;
  const struck = (results.peers?.peers ?? []).flatMap(({ title, ways }) =>
    ways
      .filter(({ status }) => status === "refused" || status === "failed")
      .map(
        (way): Block => ({
          kind: "note",
          text: says`${quoted(title)}, ${quoted(way.title)}: ${term(way.status)}; ${quoted(way.message ?? "")}.`,
        }),
      ),
  );
  return {
    id: "proof",
    title: "Proof before time",
    blocks: [
      paragraph(
        says`Before anything is timed, each way's Jacobian must have the dtype and shape that were asked for and equal ours: to ${exactly(1e-8)} of the largest entry in ${term("float64")}, ${exactly(1e-4)} in ${term("float32")}. The first run (tracing, compiling, one run) is apart from all times. CPU / wall is the CPU time of all threads over the time by the clock, over all timed batches: what a number of threads came to.`,
      ),
      table(
        "proof",
        "What each way proved, its first run, and its CPU time",
        ["way", "call", "dtype", ">error", ">first run", ">CPU / wall", "status"],
        rows,
      ),
      ...struck,
    ],
  };
}

/** How it was measured. */
export function methodSection(results: AnyResults): Section {
  const { rounds, processes } = results.config;
  const item = (name: string, text: Sentence) => ({ term: name, text });
  const known = (value: number | undefined): Sentence => (value === undefined ? says`?` : [count(value)]);
  return {
    id: "method",
    title: "Method and limits",
    blocks: [
      {
        kind: "list",
        items: [
          item(
            "Measured",
            says`${known(rounds)} rounds over ${known(processes)} processes of each framework; a round visits every chain once in random order, and within a chain every way of every framework in random order. Times are batches of runs by the framework's own clock, each run waited for (block_until_ready and the like); one framework works at a time. Weights and the point are arguments of what is jitted, so that nothing is folded at compile time. A time holds the primal evaluation, for ours too.`,
          ),
          item(
            "One thread",
            says`is asked for by the environment (XLA_FLAGS, OMP_NUM_THREADS and the like), by the framework's own function where it has one, and in Python held by the affinity of the process to one processor.`,
          ),
          item(
            "Predicted work",
            says`n·Σ and m·Σ are what n JVPs or m VJPs through dense products take. What a framework really does is not counted: a compiler may see that a seed is a unit vector, or share work between seeds.`,
          ),
          item(
            "Limits",
            says`Small chains, one machine, the CPU: on a device with more lanes the vectorised modes hide n·Σ up to larger sizes. Ways that were too slow for all chains are fitted to fewer of them.`,
          ),
        ],
      },
    ],
  };
}

/** How to run it again. */
export function reproduceSection(results: AnyResults): Section {
  const plan = results.peers?.plan != null;
  const widths = results.cases[0]?.widths.join(",") ?? "";
  const commit = results.environments[0]?.gitCommit;
  const checkout = commit && /^[0-9a-f]{7,40}$/.test(commit) ? [`git checkout ${commit}`] : [];
  const options = [...(plan ? [`--plan ${widths}`] : []), ...(results.quick ? ["--quick"] : [])];
  const run = ["npm run peers", ...(options.length > 0 ? ["--", ...options] : [])].join(" ");
  const setUp = "npm run -s jacobench -- peers --setup";
  return {
    id: "reproduce",
    title: "How to reproduce",
    blocks: [
      paragraph([
        ...says`In a clone of jacobench, with Node, npm and ${term("Python 3")}; the samples behind every number are in `,
        { kind: "link", text: "results.json", href: "results.json" },
        ".",
      ]),
      { kind: "code", language: "sh", code: [...checkout, "npm ci", setUp, run].join("\n") },
    ],
  };
}
