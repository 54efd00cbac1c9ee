/** @file The targets of the kernels, as ratios measured in one run, with the machine and the versions of all that took part. */

import { writeFileSync } from "node:fs";
import { COLUMNS, wrapText } from "../../analysis/text.ts";
import { formatTable } from "../../src/cli/table.ts";
import { KERNELS } from "../../src/kernels/index.ts";
import { readEnvironment } from "../../src/measure/node-environment.ts";
import type { Environment } from "../../src/results/types.ts";
import { type PythonVersions, startPython } from "./python.ts";
import { isMet, type Target, type TargetRow } from "./rounds.ts";
import { jaxTargets } from "./target-jax.ts";
import { productTargets } from "./target-products.ts";
import { blockedTargets, overheadTargets } from "./target-strategies.ts";

/** All that a run of the targets found. */
export type TargetReport = {
  readonly environment: Environment;
  readonly python: PythonVersions | null;
  readonly rows: readonly TargetRow[];
};

/**
 * Measures all targets: some two minutes.
 *
 * @returns rows in the order of the table
 */
export async function measureTargets(): Promise<TargetReport> {
  const environment = await readEnvironment(KERNELS.map(({ id }) => id));
  const python = await startPython();
  try {
    const rows = [
      ...(await productTargets(python)),
      ...(await blockedTargets()),
      ...(await overheadTargets()),
      ...(await jaxTargets(python)),
    ];
    return { environment, python: python?.versions ?? null, rows };
  } finally {
    python?.close();
  }
}

/**
 * Lays out a report for the terminal: the table, what is missing and how to install it, and the machine.
 *
 * @param report - what was measured
 */
export function formatTargets({ environment, python, rows }: TargetReport): string {
  const cells = rows.map((row) => {
    if (row.missing !== undefined) return [row.label, "–", "", targetText(row.target), "absent"];
    const { ratio, low, high } = row;
    const range = `${low.toFixed(2)} – ${high.toFixed(2)}`;
    return [row.label, ratio.toFixed(2), range, targetText(row.target), isMet(row) ? "met" : "MISSED"];
  });
  const headings = ["ours / theirs", "ratio", "range", "target", ""];
  const table = formatTable(
    headings.map((heading, i) => ({ heading, align: i === 1 ? "right" : "left" })),
    cells,
  );
  const missing = new Set(rows.flatMap(({ missing }) => missing ?? []));
  const judged = rows.map(isMet);
  const count = (verdict: boolean | null): number => judged.filter((one) => one === verdict).length;
  const sum = `${count(true)} met, ${count(false)} missed, ${count(null)} absent; ratios of rates, for one JVP or VJP of seconds`;
  const notes = [
    rows.flatMap(({ label, note }) => (note === undefined ? [] : `${label}: ${note}`)).join("\n"),
    ...[...missing].map((reason) => wrapText(`Absent: ${reason}`, COLUMNS).join("\n")),
  ].filter((text) => text !== "");
  const machine = machineText(environment, python)
    .split("\n")
    .flatMap((line) => wrapText(line, COLUMNS));
  return [table, sum, ...notes, machine.join("\n")].join("\n\n");
}

/**
 * The table as Markdown, for CONTRIBUTING.
 *
 * @param report - what was measured
 */
export function markdownTargets({ environment, python, rows }: TargetReport): string {
  const lines = rows.map((row) => {
    const target = targetText(row.target);
    if (row.missing !== undefined) return `| ${row.label} | ${target} | – | | absent |`;
    const range = `${row.low.toFixed(2)} – ${row.high.toFixed(2)}`;
    const verdict = isMet(row) ? "met" : "**missed**";
    const note = row.note === undefined ? "" : ` (${row.note})`;
    return `| ${row.label}${note} | ${target} | ${row.ratio.toFixed(2)} | ${range} | ${verdict} |`;
  });
  const head = ["| ours / theirs | target | ratio | range | |", "|---|---|---|---|---|"];
  return [...head, ...lines, "", machineText(environment, python)].join("\n");
}

/** Writes a report as JSON, for whoever puts it into a text. */
export function writeTargets(report: TargetReport, file: string): void {
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

function targetText({ kind, value }: Target): string {
  return `${kind === "least" ? "≥" : "≤"} ${Number(value.toFixed(2))}`;
}

function machineText(environment: Environment, python: PythonVersions | null): string {
  const { cpuModel, cores, os, runtimeVersion, v8, packages, startedAt, loadAtStart } = environment;
  const load = loadAtStart === null ? "" : `, load ${loadAtStart.toFixed(2)} at the start`;
  const ownLibraries = KERNELS.flatMap(({ id }) => packages[id] ?? []);
  const theirs =
    python === null
      ? ["no Python"]
      : [
          `Python ${python.python}`,
          `NumPy ${python.numpy ?? "absent"} (A @ x, one thread)`,
          `JAX ${python.jax ?? "absent"} (all cores)`,
        ];
  return [
    `${cpuModel ?? "unknown processor"}, ${cores} cores, ${os}${load}`,
    `Node ${runtimeVersion} (V8 ${v8}), jacobench ${packages.jacobench}, ${startedAt.slice(0, 10)}`,
    ...(ownLibraries.length > 0 ? [ownLibraries.join(", ")] : []),
    theirs.join(", "),
  ].join("\n");
}
