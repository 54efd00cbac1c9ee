/** @file Committed files as sources of figures: results, reports as text, and the machine that made them. */

import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readResultsFile } from "../../../src/experiment/read-results.ts";
import type { StoredConfig } from "../../../src/results/schema.ts";
import type { Environment, Results } from "../../../src/results/types.ts";
import { REPOSITORY } from "../run-command.ts";

const read = new Map<string, Results<StoredConfig>>();

/** The results of an experiment as they are committed. */
export function committedResults(name: string): Results<StoredConfig> {
  const results = read.get(name) ?? readResultsFile(join(REPOSITORY, "reports", name, "results.json"));
  read.set(name, results);
  return results;
}

/** What git prints; null where there is no git or no repository, as in a downloaded archive. */
function git(...args: readonly string[]): string | null {
  const { status, stdout } = spawnSync("git", args, { cwd: REPOSITORY, encoding: "utf8" });
  return status === 0 ? stdout : null;
}

const RESULTS = "reports/*/results.json";

/** All experiments whose results are committed. */
export function allCommittedResults(): Results<StoredConfig>[] {
  const files = git("ls-files", RESULTS)?.trim().split("\n") ?? globSync(RESULTS, { cwd: REPOSITORY });
  return files.map((file) => committedResults(basename(dirname(file))));
}

/**
 * Results that are not the committed ones, because a sweep has run in this checkout.
 *
 * @returns their paths
 */
export function resultsMeasuredAnew(): string[] {
  return git("diff", "--name-only", "HEAD", "--", RESULTS)?.split("\n").filter(Boolean) ?? [];
}

/** A file of the repository as text. */
export function committedText(path: string): string {
  return readFileSync(join(REPOSITORY, path), "utf8");
}

/**
 * What a pattern finds in a committed text.
 *
 * @param path - of the file
 * @param pattern - its groups are the result
 * @throws {Error} where it finds nothing
 */
export function foundIn(path: string, pattern: RegExp): string[] {
  const match = committedText(path).match(pattern);
  if (match === null) throw new Error(`${path}: found nothing like ${pattern}; correct the figure's source`);
  return match.slice(1);
}

/** The one machine, runtime and day of some results, in the words of the pages. */
export function madeOn(all: readonly Results<StoredConfig>[]): {
  readonly processor: string;
  readonly cores: string;
  readonly node: string;
  readonly day: string;
} {
  const one = <Value>(of: (environment: Environment) => Value): Value => {
    const values = new Set(all.flatMap(({ environments }) => environments).map(of));
    if (values.size !== 1)
      throw new Error(`found ${[...values].join(" and ")}; the sentence says that there is one`);
    return [...values][0]!;
  };
  return {
    processor: one(({ cpuModel }) => `${cpuModel}`),
    cores: one(({ cores }) => `${cores}`),
    node: one(({ runtimeVersion }) => `${runtimeVersion}`),
    day: dayInWords(one(({ startedAt }) => startedAt.slice(0, 10))),
  };
}

/** A day as the pages write it: `24 November 2026`. */
export function dayInWords(day: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
}
