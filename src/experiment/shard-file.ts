/** @file What the files of a shard say of it: which part it is, and the command that measures any part. (N) */

import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { SHARD_KINDS, type Shard } from "./schedule.ts";

/** A shard as `shard.json` and the journal hold it. */
export type ShardRecord = Shard & {
  /** The command of any shard, with {@link PLACE} where its index stands; null if it is not known. */
  readonly command: string | null;
};

/** Stands for a shard's index in a command. */
const PLACE = "{shard}";

/** The form of a shard in files; those of before shards by cases are by processes. */
export const shardSchema = z.strictObject({
  index: z.int().min(1),
  count: z.int().min(1),
  by: z.enum(SHARD_KINDS).default("processes"),
  command: z.string().nullable().default(null),
});

/**
 * Writes down the command of any shard of a sweep.
 *
 * @param shard - this one
 * @param out - its output folder; where its name ends in the shard's index, the others' end in theirs
 * @param rest - the other arguments: configs and options
 */
export function shardCommand(
  shard: Pick<Shard, "index" | "count">,
  out: string,
  rest: readonly string[],
): string {
  const name = basename(out);
  const ending = new RegExp(`(?<!\\d)0*${shard.index}$`);
  const folder = ending.test(name) ? join(dirname(out), name.replace(ending, PLACE)) : out;
  const words = [...rest.map(quoted), "--shard", `${PLACE}/${shard.count}`, "--out", quoted(folder)];
  return ["jacobench", "sweep", ...words].join(" ");
}

/** The command that measures the I-th shard again; null if it is not known. */
export function commandOfShard(record: ShardRecord, index: number): string | null {
  return record.command === null ? null : record.command.replaceAll(PLACE, String(index));
}

/** A word as shells take it. */
function quoted(word: string): string {
  return /^[\w./{}:,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
