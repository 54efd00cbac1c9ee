/** @file The work of `compare`: reads two runs, refuses what cannot be compared, and says what changed. */

import { type ComparedPair, compareRuns, regressions } from "../../analysis/laws/compare.ts";
import { JacobenchError } from "../errors.ts";
import { experimentFolders, readExperiment, readResultsFile } from "../experiment/read-results.ts";
import { isFile } from "../files.ts";
import type { StoredConfig } from "../results/schema.ts";
import type { Environment, Results } from "../results/types.ts";
import { EXIT } from "./action.ts";
import type { CompareCommandOptions } from "./compare.ts";
import { benchmarkEntries, comparisonText } from "./comparison-text.ts";

/** Differences that are named in a refusal. */
const MOST_NAMES = 4;

/**
 * Compares two runs.
 *
 * @param a - folder of one experiment or of a sweep, or one results file: the run before
 * @param b - the run after
 * @param options - of the command
 * @returns what to print, and the exit code: 1 where `failOnRegression` asks for it
 * @throws {JacobenchError} `ERR_CONFIG` for folders without results, `ERR_MISMATCH` for shards, and for runs that
 * differ in experiments, cases or variants, or are too small for `failOnRegression`
 */
export function compareCommand(
  a: string,
  b: string,
  options: CompareCommandOptions,
): { text: string; code: number } {
  const [runA, runB] = [readRun(a), readRun(b)];
  const pairs = pairUp(runA, runB, { a, b, allow: options.allowDifferent ?? false });
  const comparison = compareRuns(pairs);
  if (comparison.rows.length === 0) {
    throw new JacobenchError(
      "ERR_MISMATCH",
      `compare: ${a} and ${b} have no case and strategy in common; expected runs of the same experiment`,
    );
  }
  const differing = [...comparison.onlyInA, ...comparison.onlyInB];
  if (differing.length > 0 && !options.allowDifferent) refuse(a, b, "cases or strategies", differing);
  const limit = options.failOnRegression;
  if (limit !== undefined && comparison.noInterval !== null) {
    throw new JacobenchError(
      "ERR_MISMATCH",
      `compare: --fail-on-regression cannot tell a regression from noise: ${comparison.noInterval}; expected two full ` +
        "runs, each of at least 15 rounds in 5 processes",
    );
  }
  const failures = limit === undefined ? [] : regressions(comparison, limit);
  const text =
    options.format === "json"
      ? JSON.stringify({ ...comparison, regressions: failures, notes: notesOf(pairs) }, null, 2)
      : options.format === "github-action-benchmark"
        ? JSON.stringify(benchmarkEntries(pairs, comparison), null, 2)
        : comparisonText(comparison, notesOf(pairs), limit === undefined ? null : { limit, failures });
  return { text, code: failures.length > 0 ? EXIT.failed : EXIT.done };
}

type Run = ReadonlyMap<string, Results<StoredConfig>>;

function readRun(folder: string): Run {
  const run = new Map<string, Results<StoredConfig>>();
  if (isFile(folder)) {
    const results = readResultsFile(folder);
    return run.set(results.experiment, results);
  }
  for (const { results, shard, where } of experimentFolders(folder).map(readExperiment)) {
    if (shard !== null) {
      throw new JacobenchError(
        "ERR_MISMATCH",
        `${where}: found shard ${shard.index}/${shard.count} alone; expected a whole run: merge the shards first`,
      );
    }
    run.set(results.experiment, results);
  }
  return run;
}

/** The experiments that both have; single ones are a pair by whatever names. */
function pairUp(
  runA: Run,
  runB: Run,
  { a, b, allow }: { readonly a: string; readonly b: string; readonly allow: boolean },
): ComparedPair[] {
  if (runA.size === 1 && runB.size === 1) return [{ a: [...runA.values()][0]!, b: [...runB.values()][0]! }];
  const common = [...runA.keys()].filter((name) => runB.has(name));
  const differing = [...new Set([...runA.keys(), ...runB.keys()])].filter((name) => !common.includes(name));
  if (differing.length > 0 && !allow) refuse(a, b, "experiments", differing);
  return common.map((name) => ({ a: runA.get(name)!, b: runB.get(name)! }));
}

function refuse(a: string, b: string, what: string, differing: readonly string[]): never {
  const more = differing.length > MOST_NAMES ? `; and ${differing.length - MOST_NAMES} more` : "";
  throw new JacobenchError(
    "ERR_MISMATCH",
    `compare: ${a} and ${b} differ in ${what}: only one has ${differing.slice(0, MOST_NAMES).join("; ")}${more}; ` +
      "expected the same in both: with --allow-different what both have is compared",
  );
}

function runtimeOf({ runtime, runtimeVersion }: Environment): string {
  return runtimeVersion === null ? runtime : `${runtime === "node" ? "Node" : ""} ${runtimeVersion}`.trim();
}

/** What else differs, and may be the reason of a change. */
function notesOf(pairs: readonly ComparedPair[]): string[] {
  const notes = new Set<string>();
  for (const { a, b } of pairs) {
    const [first, second] = [a.environments[0]!, b.environments[0]!];
    const note = (what: string, before: string | null, after: string | null): void => {
      if (before !== after) notes.add(`${what}: ${before ?? "unknown"} in A, ${after ?? "unknown"} in B`);
    };
    note("experiment", a.experiment, b.experiment);
    note("processor", first.cpuModel, second.cpuModel);
    note("system", first.os, second.os);
    if (first.runtime === "node" && second.runtime === "node") {
      note("Node", first.runtimeVersion, second.runtimeVersion);
    } else note("runtime", runtimeOf(first), runtimeOf(second));
    note("commit", first.gitCommit?.slice(0, 10) ?? null, second.gitCommit?.slice(0, 10) ?? null);
    if (a.configHash !== b.configHash) notes.add("the configs differ");
  }
  return [...notes];
}
