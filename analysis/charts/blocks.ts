/** @file Chart: time against the block size of blocked strategies, beside single products. */

import type { TopLevelSpec } from "vega-lite";
import type { VariantRecord } from "../../src/results/types.ts";
import { geometricMean } from "../../src/statistics/mean.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type CaseSummary, caseSummaries } from "../laws/case-interval.ts";
import { caseRatioEstimates, hullOf, pairedRows } from "../laws/pairs.ts";
import { count, number, term } from "../laws/sentence.ts";
import { type Comparison, compare } from "../laws/statement.ts";
import { formatNumber } from "../text.ts";
import { ratioChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { type FrameText, frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { legendOf, strategyColours } from "./palette.ts";
import { pointMark } from "./points.ts";

/** The mean speed of one blocked variant against single products of the same mode, kernel and cases. */
export type BlockSpeed = {
  readonly mode: "forward" | "reverse";
  readonly kernel: string;
  /** Seeds at once; for `all`, the mean number of seeds over the cases. */
  readonly blockSize: number;
  readonly all: boolean;
  /** Time of single products / time of blocks: above 1 where blocks are faster. */
  readonly speedup: number;
  /** Of the cases. */
  readonly low: number;
  readonly high: number;
  /** The speedups of all cases against 1, from the lowest lower to the highest upper end of their intervals. */
  readonly statement: Comparison;
};

/** Every blocked variant that has single products to be compared with. */
export function blockSpeeds(results: AnyResults): BlockSpeed[] {
  const summaries = caseSummaries(results);
  const secondsOf = groupBy(summaries, ({ variant }) => variant.label);
  return results.variants.flatMap((variant) => {
    const single = results.variants.find((other) => isSingleOf(other, variant));
    if (variant.blockSize === null || variant.mode === null || single === undefined) return [];
    const reference = new Map(
      (secondsOf.get(single.label) ?? []).map(({ record, seconds }) => [record.id, seconds]),
    );
    const own = (secondsOf.get(variant.label) ?? []).filter(({ record }) => reference.has(record.id));
    if (own.length === 0) return [];
    const speedups = own.map(({ record, seconds }) => reference.get(record.id)! / seconds);
    return [
      {
        mode: variant.mode,
        kernel: variant.kernel,
        blockSize: variant.blockSize === "all" ? geometricMean(own.map(seedsOf)) : variant.blockSize,
        all: variant.blockSize === "all",
        speedup: geometricMean(speedups),
        low: Math.min(...speedups),
        high: Math.max(...speedups),
        statement: speedStatement(results, single, variant, geometricMean(speedups)),
      },
    ];
  });
}

/**
 * Draws how many times as fast blocks are as single products, against the block size.
 *
 * @param results - with blocked variants of at least two sizes, and the unblocked strategy
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function blocks(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say, measure } = look;
  const speeds = blockSpeeds(results);
  const kernels = [...new Set(speeds.map(({ kernel }) => kernel))];
  const nameOf = ({ mode, kernel }: BlockSpeed): string =>
    `${mode === "forward" ? say("forward") : say("reverse")} (${kernel})`;
  const values = speeds.map((speed) => ({
    line: nameOf(speed),
    reversed: speed.mode === "reverse",
    kernel: kernels.indexOf(speed.kernel),
    y: significant(speed.speedup),
    low: significant(speed.low),
    high: significant(speed.high),
    sizeText: sizeText(speed, look),
    speedText: formatNumber(speed.speedup),
  }));
  const names = [...new Set(values.map(({ line }) => line))];
  const order = [...speeds]
    .sort((a, b) => Number(a.all) - Number(b.all) || a.blockSize - b.blockSize)
    .map((speed) => sizeText(speed, look));
  const x = {
    field: "sizeText",
    type: "ordinal" as const,
    title: xTitle(look, say("blockAxis")),
    sort: [...new Set(order)],
    axis: { labelAngle: 0, grid: true },
  };
  const y = ratioChannel(
    "y",
    yTitle(look, say("speedupAxis")),
    values.flatMap(({ low, high }) => [low, high]),
  );
  const colours = strategyColours(look);
  const tones = names.map((name) => {
    const own = values.find(({ line }) => line === name)!;
    const strategy = `${own.reversed ? "reverse" : "forward"}${own.kernel === 0 ? "" : "-blocked"}`;
    return colours[strategy]!;
  });
  const color = {
    field: "line",
    type: "nominal" as const,
    title: say("modeKernel"),
    scale: { domain: names, range: tones },
    legend: legendOf(look, names),
  };
  return {
    ...frame(results, look, { ...finding(speeds, look), notes: [say("blockNote")] }),
    ...plotSize(look, { width: 520, height: 340 }),
    layer: [
      {
        data: { values },
        mark: pointMark(look, 70),
        encoding: {
          x,
          y,
          color,
          shape: { condition: { test: "datum.reversed", value: "diamond" }, value: "circle" },
          tooltip: [
            { field: "line", type: "nominal", title: say("modeKernel") },
            { field: "sizeText", type: "nominal", title: say("blockWord") },
            { field: "speedText", type: "nominal", title: say("speedupWord") },
          ],
        },
      },
      {
        data: { values },
        mark: { type: "rule", strokeWidth: 1.5 * measure.mark, opacity: 0.5 },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
      },
      {
        data: { values },
        mark: { type: "line", strokeWidth: 1.5 * measure.mark },
        encoding: {
          x,
          y,
          color,
          strokeDash: { condition: { test: "datum.reversed", value: [5, 3] }, value: [1, 0] },
        },
      },
      { data: { values: [{ y: 1 }] }, mark: referenceMark(look, "rule"), encoding: { y } },
    ],
  };
}

function sizeText({ all, blockSize }: BlockSpeed, { say }: Look): string {
  return all ? say("allSeeds") : String(blockSize);
}

function isSingleOf(other: VariantRecord, blocked: VariantRecord): boolean {
  return (
    other.strategy === blocked.mode &&
    other.kernel === blocked.kernel &&
    other.unitSeeds === blocked.unitSeeds &&
    other.linearisation === blocked.linearisation &&
    other.withRespectTo === blocked.withRespectTo
  );
}

function seedsOf({ products }: CaseSummary): number {
  return products!;
}

function speedStatement(
  results: AnyResults,
  single: VariantRecord,
  blocked: VariantRecord,
  estimate: number,
): Comparison {
  const rows = pairedRows(results, single.label, blocked.label);
  const ratios = [...caseRatioEstimates(results, rows, ({ seconds }) => seconds).values()];
  return compare({
    subject: blocked.label,
    quantity: `speed / that of ${single.label} in every case`,
    value: { estimate, interval95: hullOf(ratios) },
    reference: 1,
  });
}

/** The best block and what it gains in every case or, where none gains, that blocks do not help. */
function finding(speeds: readonly BlockSpeed[], { say, tell }: Look): Pick<FrameText, "finding" | "states"> {
  const best = speeds.reduce((a, b) => (b.speedup > a.speedup ? b : a));
  const mode = best.mode === "forward" ? say("forward") : say("reverse");
  const values = {
    size: best.all ? term(say("allSeeds")) : count(best.blockSize),
    mode: term(`${mode} (${best.kernel})`),
    factor: number(best.speedup),
  };
  const key = {
    above: "blocksHelp",
    below: "blocksDoNot",
    within: "blocksUndecided",
    undecided: "blocksUndecided",
  } as const;
  return { finding: tell(key[best.statement.relation], values), states: [best.statement] };
}
