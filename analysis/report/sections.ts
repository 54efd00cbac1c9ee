/** @file The tables of a report: exponents, Σ, crossovers, A/A, cost, warnings, environment. Pure. */

import type { Environment } from "../../src/results/types.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import type { WarningCode } from "../../src/warnings.ts";
import type { AnyResults } from "../config.ts";
import { aaCheck } from "../laws/aa.ts";
import { caseSummaries } from "../laws/case-interval.ts";
import { claimText } from "../laws/claim.ts";
import { crossover, crossoverText } from "../laws/crossover.ts";
import { explainSigma } from "../laws/explain-sigma.ts";
import { variantPairs } from "../laws/pairs.ts";
import { fitPowerLaws, type PowerLaw, type Regressor } from "../laws/power-law.ts";
import { measurementRows } from "../table.ts";
import {
  formatBytes,
  formatCount,
  formatEstimate,
  formatFixed,
  formatNumber,
  formatPercent,
  formatSeconds,
  variantName,
} from "../text.ts";
import { escapeMarkdown, markdownTable } from "./escape.ts";

/** Most rows of the cost table; the rest is in results.csv. */
const MOST_COST_ROWS = 40;

/** Exponents of every variant with their intervals, what was dropped, and how they stand to the prediction. */
export function exponentSection(results: AnyResults): string[] {
  const laws = fitPowerLaws(results);
  const cell = (law: PowerLaw, regressor: Regressor): string => estimateCell(law.exponents[regressor]);
  const rows = laws.map((law) => [
    escapeMarkdown(variantName(law.variant)),
    cell(law, "n"),
    cell(law, "m"),
    cell(law, "sigma"),
    law.residualRms === null ? "—" : `±${formatPercent(law.residualRms)}`,
    String(law.cases),
    `${law.rounds} / ${law.processes}`,
    escapeMarkdown(claimText(law)),
  ]);
  const dropped = new Set(laws.flatMap((law) => law.dropped.map(({ reason }) => reason)));
  const noInterval = new Set(
    laws.flatMap((law) => (law.refusal === null && law.noInterval ? [law.noInterval] : [])),
  );
  return [
    "t = c · n^a · m^b · Σ^g, fitted to the logarithms by least squares over all cases; in brackets 95 % intervals, " +
      "clustered by process and case. Predicted: (1, 0, 1) forward, (0, 1, 1) reverse.",
    markdownTable(
      ["variant", "n", "m", "Σ", "residual", "cases", "rounds / processes", "against the prediction"],
      "lrrrrrrl",
      rows,
    ),
    ...[...dropped].map((reason) => `Left out of the fit: ${escapeMarkdown(reason)}.`),
    ...[...noInterval].map((reason) => `No intervals: ${escapeMarkdown(reason)}.`),
  ];
}

/** Why Σ's exponent is what it is, for each variant. */
export function sigmaSection(results: AnyResults): string[] {
  return fitPowerLaws(results).flatMap((law) => {
    const sentences = explainSigma(results, law);
    return sentences.length === 0
      ? []
      : [`- **${escapeMarkdown(variantName(law.variant))}**: ${escapeMarkdown(sentences.join(" "))}`];
  });
}

/** Crossovers with and without preparation. */
export function crossoverSection(results: AnyResults): string[] {
  const pairs = variantPairs(results);
  if (pairs.length === 0) return [];
  const rows = pairs.map((pair) => {
    const { products, withPreparation } = crossover(results, pair);
    const slope = products.kind === "found" ? estimateCell(products.slope) : "—";
    return [
      escapeMarkdown(pair.name),
      escapeMarkdown(crossoverText(products)),
      escapeMarkdown(crossoverText(withPreparation)),
      slope,
    ];
  });
  return [
    "The n/m at which forward takes as long as reverse, from ratios paired within a round; above it reverse is " +
      "faster where the slope is positive. Equal cost a product predicts n/m = 1 and slope 1. Never extrapolated " +
      "beyond the measured n/m.",
    markdownTable(["pair", "products alone", "with preparation", "slope of log ratio"], "lrrr", rows),
  ];
}

/** The A/A check; empty where the experiment is none. */
export function aaSection(results: AnyResults): string[] {
  const check = aaCheck(results);
  if (check === null) return [];
  const covering =
    check.withInterval === 0
      ? "No intervals"
      : `${check.covering} of ${check.withInterval} intervals cover 1 (95 % would be ${formatFixed(0.95 * check.withInterval, 0)})`;
  const width =
    check.medianWidth === null ? "" : `; the median interval is ${formatFixed(check.medianWidth, 4)} wide`;
  const names = [check.first, check.second].map((variant) => escapeMarkdown(variantName(variant)));
  return [
    `${names[0]} and ${names[1]} are the same strategy: their ratio is 1 but for noise. ${covering}; ` +
      `mean |ratio − 1| is ${formatFixed(check.meanAbsDeviation, 4)}${width}. Intervals are clustered by ${check.clusteredBy}.`,
  ];
}

/** Predicted and counted cost; exact, so any difference is a fault of the software. */
export function costSection(results: AnyResults): string[] {
  const counted = results.costs.filter(({ fmaCounted }) => fmaCounted !== null);
  const unequal = counted.filter(
    (cost) =>
      cost.fmaCounted !== cost.fmaPredicted ||
      cost.primalFmaCounted !== cost.primalFmaPredicted ||
      cost.bytesCounted !== cost.bytesPredicted,
  );
  const skipped = results.costs.length - counted.length;
  const verdict =
    unequal.length === 0
      ? `Predicted equals counted, FMA and bytes, in all ${counted.length} counted runs`
      : `**Predicted differs from counted in ${unequal.length} of ${counted.length} counted runs**`;
  const names = new Map(results.variants.map((variant) => [variant.label, variantName(variant)]));
  const times = new Map(
    caseSummaries(results).map((summary) => [`${summary.record.id}\u0000${summary.variant.label}`, summary]),
  );
  const shown = results.costs.slice(0, MOST_COST_ROWS);
  const rows = shown.map((cost) => {
    const time = times.get(`${cost.case}\u0000${cost.variant}`);
    return [
      escapeMarkdown(cost.case),
      escapeMarkdown(names.get(cost.variant) ?? cost.variant),
      formatCount(cost.fmaPredicted),
      cost.fmaCounted === null ? "—" : formatCount(cost.fmaCounted),
      `${formatCount(cost.primalFmaPredicted)} in ${formatCount(cost.primalEvaluations)}`,
      formatCount(cost.fmaPredicted + cost.primalFmaPredicted),
      formatBytes(cost.bytesPredicted),
      time === undefined
        ? "—"
        : formatEstimate({ estimate: time.seconds, interval95: time.interval95 }, formatSeconds),
    ];
  });
  return [
    `${verdict}${skipped > 0 ? `; ${skipped} were too large to be counted one by one` : ""}. ` +
      "FMA: fused multiply-adds of the derivative; the primal evaluations' stand apart, in so many evaluations.",
    markdownTable(
      ["case", "variant", "FMA predicted", "FMA counted", "primal FMA", "total FMA", "peak memory", "time"],
      "llrrrrrr",
      rows,
    ),
    ...(shown.length < results.costs.length
      ? [`${shown.length} of ${results.costs.length} rows; all are in [results.csv](results.csv).`]
      : []),
  ];
}

/** Warnings by code with their counts, and what was left out because of them. */
export function warningSection(results: AnyResults): string[] {
  const counts = new Map<WarningCode, { count: number; example: string }>();
  const all = [
    ...results.measurements.flatMap(({ warnings }) => warnings),
    ...results.costs.flatMap(({ warnings }) => warnings),
    ...caseSummaries(results).flatMap(({ warnings }) => warnings),
  ];
  for (const { code, message } of all) {
    const entry = counts.get(code);
    if (entry) entry.count += 1;
    else counts.set(code, { count: 1, example: message });
  }
  const unusable = measurementRows(results).filter((row) => row.unusable !== null);
  const left =
    unusable.length === 0
      ? []
      : [
          `${unusable.length} of ${results.measurements.length} measurements are left out of fits and charts ` +
            `(${escapeMarkdown([...new Set(unusable.map((row) => row.unusable!))].join("; "))}).`,
        ];
  if (counts.size === 0) return ["None.", ...left];
  const rows = [...counts].map(([code, { count, example }]) => [
    `\`${code}\``,
    formatCount(count),
    escapeMarkdown(example),
  ]);
  return [
    `Of ${formatCount(results.measurements.length)} measurements; a case and a cost can carry warnings too.`,
    markdownTable(["code", "count", "first of them"], "lrl", rows),
    ...left,
  ];
}

/** The machines and their software. */
export function environmentSection(results: AnyResults): string[] {
  const rows = ENVIRONMENT_ROWS.map(([name, read]) => [
    name,
    ...results.environments.map((environment) => escapeMarkdown(read(environment) ?? "not known")),
  ]);
  const head = ["", ...results.environments.map(({ id }) => escapeMarkdown(id))];
  return [markdownTable(head, "l".repeat(head.length), rows)];
}

const ENVIRONMENT_ROWS: readonly (readonly [string, (environment: Environment) => string | null])[] = [
  ["processor", ({ cpuModel, cores }) => (cpuModel === null ? null : `${cpuModel}, ${cores ?? "?"} cores`)],
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
  ["system", ({ os, architecture }) => (os === null ? null : `${os}, ${architecture ?? "?"}`)],
  ["runtime", ({ runtime, runtimeVersion, v8 }) => `${runtime} ${runtimeVersion ?? "?"}, V8 ${v8 ?? "?"}`],
  [
    "packages",
    ({ packages }) =>
      Object.entries(packages)
        .map(([name, version]) => `${name} ${version}`)
        .join(", "),
  ],
  ["commit", ({ gitCommit }) => gitCommit],
  ["clock", ({ clockResolutionSeconds }) => `smallest step ${formatSeconds(clockResolutionSeconds)}`],
  ["measured", ({ startedAt, finishedAt }) => `${startedAt} to ${finishedAt ?? "unfinished"}`],
  [
    "load",
    ({ loadAtStart, loadAtEnd }) =>
      loadAtStart === null
        ? null
        : `${formatNumber(loadAtStart)} at the start, ${loadAtEnd === null ? "?" : formatNumber(loadAtEnd)} at the end`,
  ],
];

function estimateCell(estimate: Estimate | null): string {
  return estimate === null ? "—" : formatEstimate(estimate);
}
