/** @file The journal of a sweep in progress: one JSON line a measurement, on the disk before the next one begins. (N) */

import { z } from "zod";
import { JacobenchError } from "../errors.ts";
import { openAppend, pathExists, readTextFile } from "../files.ts";
import type { Calibration } from "../planner/calibration.ts";
import { calibrationSchema } from "../planner/calibration-schema.ts";
import { costSchema, environmentSchema, forecastSchema, measurementSchema } from "../results/schema.ts";
import type { CostRecord, Environment, Forecast, Measurement } from "../results/types.ts";
import { type ShardRecord, shardSchema } from "./shard-file.ts";

const JOURNAL_VERSION = 1;

const headerSchema = z.object({
  kind: z.literal("header"),
  version: z.literal(JOURNAL_VERSION),
  experiment: z.string(),
  configHash: z.string(),
  quick: z.boolean(),
  shard: shardSchema.nullable(),
  environment: environmentSchema,
  calibration: calibrationSchema.optional(),
});
const entrySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("cost"), record: costSchema }),
  z.object({ kind: z.literal("measurement"), record: measurementSchema }),
  z.object({ kind: z.literal("forecast"), record: forecastSchema }),
]);

/** What a sweep is of: a resumed one must agree in all of it. */
export type JournalHeader = {
  readonly experiment: string;
  readonly configHash: string;
  readonly quick: boolean;
  readonly shard: ShardRecord | null;
  readonly environment: Environment;
  /** By which plans for time were made; left out where there are none. */
  readonly calibration?: Calibration | undefined;
};

/** What a journal holds. */
export type JournalContent = {
  readonly header: JournalHeader;
  readonly costs: readonly CostRecord[];
  readonly measurements: readonly Measurement[];
  /** Null where none was made yet. */
  readonly forecast: Forecast | null;
  /** Length of the part that is whole; what follows is a line torn by a crash. */
  readonly wholeBytes: number;
};

/** A journal that is being written. */
export type Journal = {
  cost(record: CostRecord): void;
  /** On the disk when it returns. */
  measurement(record: Measurement): void;
  forecast(record: Forecast): void;
  close(): void;
};

/**
 * Reads a journal.
 *
 * A last line that is torn (no newline, or no valid record) is left out: what it was about is measured again.
 *
 * @returns null if there is no journal, or none with a whole header
 * @throws {JacobenchError} `ERR_FILE` if a line before the last is damaged
 */
export function readJournal(path: string): JournalContent | null {
  if (!pathExists(path)) return null;
  const lines = readTextFile(path).split("\n");
  // After the last newline stands nothing, or a torn line.
  lines.pop();
  const header = headerSchema.safeParse(parsed(lines[0] ?? ""));
  if (!header.success) {
    if (lines.length <= 1) return null;
    throw damaged(path, 1);
  }
  const costs: CostRecord[] = [];
  const measurements: Measurement[] = [];
  let forecast: Forecast | null = null;
  let wholeBytes = Buffer.byteLength(`${lines[0]}\n`);
  for (const [i, line] of lines.entries()) {
    if (i === 0) continue;
    const entry = entrySchema.safeParse(parsed(line));
    if (!entry.success) {
      if (i === lines.length - 1) break;
      throw damaged(path, i + 1);
    }
    if (entry.data.kind === "cost") costs.push(entry.data.record);
    else if (entry.data.kind === "measurement") measurements.push(entry.data.record);
    else forecast = entry.data.record;
    wholeBytes += Buffer.byteLength(`${line}\n`);
  }
  const { kind: _kind, version: _version, ...content } = header.data;
  return { header: content, costs, measurements, forecast, wholeBytes };
}

/**
 * Starts a journal; an old one of that name is overwritten.
 *
 * @throws {JacobenchError} `ERR_FILE`
 */
export function startJournal(path: string, header: JournalHeader): Journal {
  const journal = continueJournal(path, 0);
  journal.line({ kind: "header", version: JOURNAL_VERSION, ...header });
  return journal;
}

/**
 * Goes on with a journal after its last whole line.
 *
 * @param wholeBytes - from {@link readJournal}
 * @throws {JacobenchError} `ERR_FILE`
 */
export function continueJournal(path: string, wholeBytes: number): Journal & { line(entry: object): void } {
  const file = openAppend(path, wholeBytes);
  const line = (entry: object): void => file.append(`${JSON.stringify(entry)}\n`);
  return {
    line,
    cost: (record) => line({ kind: "cost", record }),
    measurement: (record) => line({ kind: "measurement", record }),
    forecast: (record) => line({ kind: "forecast", record }),
    close: () => file.close(),
  };
}

/**
 * Checks that a journal is of the sweep that is to go on, and says by name what differs.
 *
 * @param journaled - the journal's header
 * @param now - what this run would write
 * @param where - the journal's folder, for the message
 * @throws {JacobenchError} `ERR_MISMATCH` naming each difference
 */
export function expectResumable(journaled: JournalHeader, now: JournalHeader, where: string): void {
  const differences: string[] = [];
  const compare = (name: string, was: unknown, is: unknown): void => {
    const [before, after] = [JSON.stringify(was), JSON.stringify(is)];
    if (before !== after) differences.push(`${name} was ${before}, is ${after}`);
  };
  const a = journaled.environment;
  const b = now.environment;
  if (journaled.configHash !== now.configHash) differences.push("the config has changed");
  compare("--quick", journaled.quick, now.quick);
  compare("--shard", shardText(journaled.shard), shardText(now.shard));
  compare("Node", a.runtimeVersion, b.runtimeVersion);
  compare("the commit", a.gitCommit, b.gitCommit);
  compare("the machine's CPU", a.cpuModel, b.cpuModel);
  compare("the machine's number of cores", a.cores, b.cores);
  compare("the machine's operating system", a.os, b.os);
  compare("the machine's architecture", a.architecture, b.architecture);
  compare("the packages", a.packages, b.packages);
  if (differences.length === 0) compare("the machine", a.id, b.id);
  compare("the calibration's time", journaled.calibration?.measuredAt, now.calibration?.measuredAt);
  if (differences.length === 0) return;
  throw new JacobenchError(
    "ERR_MISMATCH",
    `${where}: cannot resume: ${differences.join("; ")}; expected the same as when it began: resume there, or start ` +
      "afresh without --resume",
  );
}

function shardText(shard: ShardRecord | null): string | null {
  return shard === null ? null : `${shard.index}/${shard.count} by ${shard.by}`;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function damaged(path: string, line: number): JacobenchError {
  return new JacobenchError(
    "ERR_FILE",
    `${path}:${line}: found a damaged line; expected a record of the journal: start afresh without --resume`,
  );
}
