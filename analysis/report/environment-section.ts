/** @file What a report says of its origin: the machines, the config, how to run it again. Pure. */

import type { Environment } from "../../src/results/types.ts";
import type { AnyResults } from "../config.ts";
import { formatBytes, formatNumber, formatSeconds, plainText } from "../text.ts";
import { cell, paragraph, type Section, table } from "./blocks.ts";

/** The machines and their software. */
export function environmentSection(results: AnyResults): Section {
  const rows = ENVIRONMENT_ROWS.map(([name, read]) => [
    cell(name),
    ...results.environments.map((environment) => cell(plainText(read(environment) ?? "not known"))),
  ]);
  const head = ["", ...results.environments.map(({ id }) => plainText(id))];
  return {
    id: "environment",
    title: "Environment",
    blocks: [table("environment", "The machines that measured, and their software", head, rows)],
  };
}

/** The config as it was read. */
export function configSection(results: AnyResults): Section {
  const code = JSON.stringify(results.config, null, 2)
    .split("\n")
    .map((line) => line.replace(/^( *)(.*)$/, (_, indent: string, rest: string) => indent + plainText(rest)))
    .join("\n");
  return {
    id: "config",
    title: "Config",
    blocks: [
      paragraph(["Config hash ", { kind: "code", text: plainText(results.configHash) }, "."]),
      { kind: "code", language: "json", code },
    ],
  };
}

/** How to run it again, and where the data is. */
export function reproduceSection(results: AnyResults): Section {
  if (results.environments[0]?.runtime === "browser") return reproduceInBrowser();
  const name = /^[a-z0-9-]+$/.test(results.experiment) ? results.experiment : "NAME";
  const commit = results.environments[0]?.gitCommit;
  const checkout = commit && /^[0-9a-f]{7,40}$/.test(commit) ? [`git checkout ${commit}`] : [];
  const run = `npm run sweep -- --only ${name}${results.quick ? " --quick" : ""}`;
  return {
    id: "reproduce",
    title: "How to reproduce",
    blocks: [
      paragraph([
        "In a clone of jacobench, with Node and npm; the samples behind every number are in ",
        { kind: "link", text: "results.json", href: "results.json" },
        ", the tidy table in ",
        { kind: "link", text: "results.csv", href: "results.csv" },
        ".",
      ]),
      { kind: "code", language: "sh", code: [...checkout, "npm ci", run].join("\n") },
      paragraph("Times differ between machines; counts do not."),
    ],
  };
}

/** What a page has measured is repeated on the page; the command does the same in Node. */
function reproduceInBrowser(): Section {
  return {
    id: "reproduce",
    title: "How to reproduce",
    blocks: [
      paragraph([
        "Measured by the explorer in a browser: open its page again, with the same widths. The samples behind every number " +
          "are in ",
        { kind: "link", text: "results.json", href: "results.json" },
        ", the tidy table in ",
        { kind: "link", text: "results.csv", href: "results.csv" },
        ". The same chains and weights are measured in Node by the command, with the config below as ",
        { kind: "code", text: "explorer.json" },
        ":",
      ]),
      { kind: "code", language: "sh", code: "npm ci\nnpm run sweep -- explorer.json" },
      paragraph("Times differ between machines and browsers; counts do not."),
    ],
  };
}

const ENVIRONMENT_ROWS: readonly (readonly [string, (environment: Environment) => string | null])[] = [
  [
    "processor",
    ({ cpuModel, cores }) =>
      cpuModel === null && cores === null
        ? null
        : `${cpuModel ?? "model not told"}, ${cores ?? "?"} ${cores === 1 ? "core" : "cores"}`,
  ],
  ["memory", ({ memoryBytes }) => (memoryBytes === null ? null : formatBytes(memoryBytes))],
  [
    "caches",
    ({ cacheBytes }) =>
      (["l1", "l2", "l3"] as const)
        .map(
          (level) =>
            `${level.toUpperCase()} ${cacheBytes[level] === null ? "?" : formatBytes(cacheBytes[level])}`,
        )
        .join(", "),
  ],
  [
    "system",
    ({ os, architecture }) => (os === null || architecture === null ? os : `${os}, ${architecture}`),
  ],
  [
    "runtime",
    ({ runtime, runtimeVersion, v8 }) =>
      `${runtime} ${runtimeVersion ?? "?"}${runtime === "browser" ? "" : `, V8 ${v8 ?? "?"}`}`,
  ],
  [
    "packages",
    ({ packages }) =>
      Object.entries(packages)
        .map(([name, version]) => `${name} ${version}`)
        .join(", "),
  ],
  ["commit", ({ gitCommit }) => gitCommit],
  [
    "clock",
    ({ clockResolutionSeconds, crossOriginIsolated }) =>
      `smallest step ${formatSeconds(clockResolutionSeconds)}` +
      (crossOriginIsolated == null ? "" : `, ${crossOriginIsolated ? "" : "not "}cross-origin isolated`),
  ],
  ["measured", ({ startedAt, finishedAt }) => `${startedAt} to ${finishedAt ?? "unfinished"}`],
  [
    "load",
    ({ loadAtStart, loadAtEnd }) =>
      loadAtStart === null
        ? null
        : `${formatNumber(loadAtStart)} at the start, ${loadAtEnd === null ? "?" : formatNumber(loadAtEnd)} at the end`,
  ],
];
