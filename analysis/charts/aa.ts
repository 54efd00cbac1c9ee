/** @file Chart: the A/A check, the interval of every repetition, sorted. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import { type AaCheck, aaCheck } from "../laws/aa.ts";
import { formatFixed, formatPercent, variantName } from "../text.ts";
import { significant } from "./points.ts";
import { frame, GREY, OKABE_ITO } from "./theme.ts";

const COVERS = "covers 1";
const MISSES = "misses 1";
const NONE = "no interval";

/**
 * Draws the ratio of the two labels in each repetition with its 95 % interval, sorted by the ratio.
 *
 * @param results - of an A/A experiment, see {@link aaCheck}
 * @returns a Vega-Lite spec with its data inside
 */
export function aa(results: AnyResults): TopLevelSpec {
  const check = aaCheck(results)!;
  const values = [...check.repetitions]
    .sort((a, b) => a.ratio - b.ratio)
    .map(({ repetition, ratio, interval95, coversOne }, index) => ({
      rank: index + 1,
      repetition,
      ratio: significant(ratio),
      low: significant(interval95?.[0] ?? ratio),
      high: significant(interval95?.[1] ?? ratio),
      verdict: coversOne === null ? NONE : coversOne ? COVERS : MISSES,
    }));
  const present = new Set(values.map(({ verdict }) => verdict));
  const scale = [
    { name: COVERS, colour: OKABE_ITO.blue },
    { name: MISSES, colour: OKABE_ITO.vermilion },
    { name: NONE, colour: GREY },
  ].filter(({ name }) => present.has(name));
  const spread = Math.max(0.01, ...values.flatMap(({ low, high }) => [1 - low, high - 1])) * 1.1;
  const x = {
    field: "ratio",
    type: "quantitative" as const,
    title: `time of ${variantName(check.first)} / time of ${variantName(check.second)}`,
    scale: { domain: [significant(1 - spread), significant(1 + spread)], nice: false, zero: false },
    axis: { format: ".3~f", tickCount: 7 },
  };
  const y = {
    field: "rank",
    type: "quantitative" as const,
    title: "repetitions, sorted by ratio",
    scale: { domain: [0, values.length + 1], nice: false },
    axis: { tickMinStep: 1, grid: false },
  };
  const color = {
    field: "verdict",
    type: "nominal" as const,
    title: "95 % interval",
    scale: { domain: scale.map(({ name }) => name), range: scale.map(({ colour }) => colour) },
  };
  return {
    ...frame(results, { finding: finding(check), notes: notes(check) }),
    width: 520,
    height: Math.max(160, Math.min(520, 12 * values.length)),
    layer: [
      {
        data: { values },
        mark: { type: "point", filled: true, size: 45, opacity: 1 },
        encoding: {
          x,
          y,
          color,
          shape: { condition: { test: `datum.verdict === '${MISSES}'`, value: "diamond" }, value: "circle" },
          tooltip: [
            { field: "repetition", type: "ordinal" },
            { field: "ratio", type: "quantitative", format: ".4f" },
            { field: "low", type: "quantitative", format: ".4f" },
            { field: "high", type: "quantitative", format: ".4f" },
          ],
        },
      },
      {
        data: { values },
        mark: { type: "rule", strokeWidth: 1.5 },
        encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, y, color },
      },
      {
        data: { values: [{ ratio: 1 }] },
        mark: { type: "rule", color: GREY, strokeDash: [2, 3] },
        encoding: { x },
      },
    ],
  };
}

function finding(check: AaCheck): string {
  if (check.withInterval === 0) {
    return `The same strategy under two labels differs by ${formatPercent(check.meanAbsDeviation)} on average`;
  }
  return (
    `${check.covering} of ${check.withInterval} intervals cover 1, where the same strategy runs under two labels ` +
    `(expected: about ${Math.round(0.95 * check.withInterval)})`
  );
}

function notes(check: AaCheck): string[] {
  const width =
    check.medianWidth === null ? "" : `; median width of an interval ${formatFixed(check.medianWidth, 4)}`;
  return [
    `mean |ratio − 1| = ${formatFixed(check.meanAbsDeviation, 4)}${width}; intervals are clustered by ${check.clusteredBy}`,
  ];
}
