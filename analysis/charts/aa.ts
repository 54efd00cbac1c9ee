/** @file Chart: the A/A check, the interval of every repetition, sorted. */

import type { TopLevelSpec } from "vega-lite";
import { CONFIDENCE } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { type AaCheck, aaCheck } from "../laws/aa.ts";
import { count, percent, type Sentence } from "../laws/sentence.ts";
import { formatFixed, variantName } from "../text.ts";
import { referenceMark, xTitle, yTitle } from "./axes.ts";
import { frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { legendOf, strategyColours } from "./palette.ts";
import { intervalMark, pointMark } from "./points.ts";

/**
 * Draws the ratio of the two labels in each repetition with its 95 % interval, sorted by the ratio.
 *
 * @param results - of an A/A experiment, see {@link aaCheck}
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function aa(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const check = aaCheck(results)!;
  const [covers, misses, none] = [say("aaCovers"), say("aaMisses"), say("aaNoInterval")];
  const values = [...check.repetitions]
    .sort((a, b) => a.ratio - b.ratio)
    .map(({ repetition, ratio, interval95, coversOne }, index) => ({
      rank: index + 1,
      repetition,
      ratio: significant(ratio),
      low: significant(interval95?.[0] ?? ratio),
      high: significant(interval95?.[1] ?? ratio),
      verdict: coversOne === null ? none : coversOne ? covers : misses,
      missed: coversOne === false,
    }));
  const present = new Set(values.map(({ verdict }) => verdict));
  const colours = strategyColours(look);
  const scale = [
    { name: covers, colour: colours.forward! },
    { name: misses, colour: colours.reverse! },
    { name: none, colour: look.ink.reference },
  ].filter(({ name }) => present.has(name));
  const spread = Math.max(0.01, ...values.flatMap(({ low, high }) => [1 - low, high - 1])) * 1.1;
  const x = {
    field: "ratio",
    type: "quantitative" as const,
    title: xTitle(
      look,
      say("aaAxis", { first: variantName(check.first), second: variantName(check.second) }),
    ),
    scale: { domain: [significant(1 - spread), significant(1 + spread)], nice: false, zero: false },
    axis: { format: ".3~f", tickCount: look.size === "column" ? 4 : 7 },
  };
  const y = {
    field: "rank",
    type: "quantitative" as const,
    title: yTitle(look, say("aaRank")),
    scale: { domain: [0, values.length + 1], nice: false },
    axis: { tickMinStep: 1, grid: false },
  };
  const color = {
    field: "verdict",
    type: "nominal" as const,
    title: say("interval"),
    scale: { domain: scale.map(({ name }) => name), range: scale.map(({ colour }) => colour) },
    legend: legendOf(
      look,
      scale.map(({ name }) => name),
    ),
  };
  return {
    ...frame(results, look, { finding: finding(check, look), notes: notes(check, look) }),
    ...plotSize(look, { width: 520, height: Math.max(160, Math.min(520, 12 * values.length)) }),
    layer: [
      {
        data: { values },
        mark: pointMark(look, 45),
        encoding: {
          x,
          y,
          color,
          shape: { condition: { test: "datum.missed", value: "diamond" }, value: "circle" },
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
        mark: intervalMark(look),
        encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, y, color },
      },
      { data: { values: [{ ratio: 1 }] }, mark: referenceMark(look, "rule"), encoding: { x } },
    ],
  };
}

function finding(check: AaCheck, { tell }: Look): Sentence {
  if (check.withInterval === 0) return tell("aaDiffers", { percent: percent(check.meanAbsDeviation) });
  return tell("aaFinding", {
    covering: count(check.covering),
    total: count(check.withInterval),
    one: count(1),
    expected: count(CONFIDENCE * check.withInterval),
  });
}

function notes(check: AaCheck, { say }: Look): string[] {
  const deviation = say("aaDeviation", { deviation: formatFixed(check.meanAbsDeviation, 4) });
  const width =
    check.medianWidth === null ? [] : [say("aaWidth", { width: formatFixed(check.medianWidth, 4) })];
  return [
    [
      deviation,
      ...width,
      say("aaClustered", { by: check.clusteredBy === "process" ? say("process") : say("round") }),
    ].join("; "),
  ];
}
