/** @file Chart: time against peak memory as the number of snapshots varies, with plain reverse and forward beside it. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type CaseSummary, caseSummaries } from "../laws/case-interval.ts";
import { caseRatioEstimates, pairedRows } from "../laws/pairs.ts";
import {
  bytes,
  estimated,
  joined,
  number,
  percent,
  type Quantity,
  type Sentence,
  term,
} from "../laws/sentence.ts";
import { formatBytes, formatNumber, formatSeconds, variantName } from "../text.ts";
import { labelMark, logChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { frame } from "./frame.ts";
import { intervalLayer, pointLayer } from "./layers.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { paletteOf, seriesFields } from "./palette.ts";
import { logDomain, shortWidths } from "./points.ts";

/**
 * The summaries of one case: the deepest with at least two numbers of snapshots, so that there is something to keep or
 * to run again.
 *
 * @returns one a variant with respect to the input; empty where there is no such case
 */
export function tradeoffSummaries(results: AnyResults): CaseSummary[] {
  const own = caseSummaries(results).filter(({ variant }) => variant.withRespectTo === "input");
  const numbers = (group: readonly CaseSummary[]): number =>
    new Set(group.filter(isCheckpointed).map(({ variant }) => variant.snapshots)).size;
  const groups = [...groupBy(own, ({ record }) => record.id).values()].filter((group) => numbers(group) > 1);
  return groups.reduce<CaseSummary[]>(
    (deepest, group) =>
      deepest.length === 0 || group[0]!.record.depth > deepest[0]!.record.depth ? group : deepest,
    [],
  );
}

/**
 * Draws seconds over peak bytes of every variant on one chain, and a line through the numbers of snapshots.
 *
 * @param results - with two numbers of snapshots or more on one chain
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function memoryTradeoff(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const summaries = tradeoffSummaries(results);
  const points = summaries.map((summary) => {
    const { variant, cost, seconds, interval95 } = summary;
    return {
      ...seriesFields(palette.of(variant.label)),
      x: cost.bytesCounted,
      y: significant(seconds),
      low: significant(interval95?.[0] ?? seconds),
      high: significant(interval95?.[1] ?? seconds),
      label: isCheckpointed(summary) ? snapshotText(summary, look) : "",
      bytesText: formatBytes(cost.bytesCounted),
      predictedText: formatBytes(cost.bytesPredicted),
      timeText: formatSeconds(seconds),
    };
  });
  const present = new Set(points.map(({ variant }) => variant));
  const curve = points.filter(({ label }) => label !== "").sort((a, b) => a.x - b.x || b.y - a.y);
  const x = logChannel("x", xTitle(look, say("bytesAxis")), logDomain(points.map((one) => one.x)), "bytes");
  const y = logChannel(
    "y",
    yTitle(look, say("timeAxis")),
    logDomain(points.flatMap(({ low, high }) => [low, high])),
    "seconds",
  );
  return {
    ...frame(results, look, { finding: finding(results, summaries, look), notes: notesOf(summaries, look) }),
    ...plotSize(look, { width: 520, height: 360 }, present.size),
    layer: [
      pointLayer(look, palette, present, points, {
        x,
        y,
        tooltip: [
          { field: "variant", type: "nominal", title: say("strategyKernel") },
          { field: "bytesText", type: "nominal", title: say("bytesWord") },
          { field: "predictedText", type: "nominal", title: say("predictedWord") },
          { field: "timeText", type: "nominal", title: say("time") },
        ],
        size: 80,
        opacity: 1,
      }),
      intervalLayer(look, palette, present, points, x, y),
      {
        data: { values: curve },
        mark: referenceMark(look, "line"),
        encoding: { x, y, order: { field: "x", type: "quantitative" } },
      },
      {
        data: { values: curve },
        mark: labelMark(look, { dx: 8, dy: -8 }),
        encoding: { x, y, text: { field: "label", type: "nominal" } },
      },
    ],
  } as TopLevelSpec;
}

function isCheckpointed({ variant }: CaseSummary): boolean {
  return variant.snapshots !== undefined && variant.snapshots !== null;
}

function snapshotText({ variant }: CaseSummary, { say }: Look): string {
  return variant.snapshots === "all" ? say("allSeeds") : String(variant.snapshots);
}

/** What the numbers stand for, which chain it is, and whether the allocator counted the predicted bytes. */
function notesOf(summaries: readonly CaseSummary[], { say }: Look): string[] {
  const equal = summaries.filter(({ cost }) => cost.bytesCounted === cost.bytesPredicted).length;
  return [
    say("tradeoffNote"),
    [
      say("tradeoffChain", { case: shortWidths(summaries[0]!.record) }),
      say(equal === summaries.length ? "tradeoffEqual" : "tradeoffUnequal", {
        equal,
        total: summaries.length,
      }),
    ].join("; "),
  ];
}

/** The leanest checkpointed sweep against plain reverse, its memory and its time; and the best bargain, if it is another. */
function finding(results: AnyResults, summaries: readonly CaseSummary[], { tell }: Look): Sentence {
  const checkpointed = summaries.filter(isCheckpointed);
  const lean = leastOf(checkpointed, ({ cost }) => cost.bytesCounted);
  const bargain = leastOf(checkpointed, (one) => one.cost.bytesCounted * one.seconds);
  const plain = summaries.find(
    (one) => one.variant.strategy === "reverse" && one.variant.kernel === lean.variant.kernel,
  );
  const name = term(variantName(lean.variant));
  if (plain === undefined) return tell("tradeoffAlone", { name, bytes: bytes(lean.cost.bytesCounted) });
  const shareOf = ({ cost }: CaseSummary): number => cost.bytesCounted / plain.cost.bytesCounted;
  const timesOf = (one: CaseSummary): Quantity => {
    const rows = pairedRows(results, one.variant.label, plain.variant.label);
    const ratio = caseRatioEstimates(results, rows, ({ seconds }) => seconds).get(one.record.id);
    return estimated(ratio ?? one.seconds / plain.seconds, formatNumber);
  };
  const times = timesOf(lean);
  if (shareOf(lean) >= 1) return tell("tradeoffNone", { name, factor: number(shareOf(lean)), times });
  const saves = tell("tradeoffSaves", { name, percent: percent(shareOf(lean)), times });
  if (bargain === lean || shareOf(bargain) >= 1) return saves;
  const knee = { percent: percent(shareOf(bargain)), times: timesOf(bargain) };
  return joined([saves, tell("tradeoffKnee", { name: term(variantName(bargain.variant)), ...knee })], "; ");
}

/** Of equals the first. */
function leastOf(summaries: readonly CaseSummary[], value: (summary: CaseSummary) => number): CaseSummary {
  return summaries.reduce((best, one) => (value(one) < value(best) ? one : best));
}
