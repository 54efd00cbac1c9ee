/** @file Chart: the ratio forward/reverse of counted FMA with dense and with read unit seeds, and what is multiplied by zero. */

import type { TopLevelSpec } from "vega-lite";
import type { CaseRecord, CostRecord, VariantRecord } from "../../src/results/types.ts";
import type { AnyResults } from "../config.ts";
import { pairKey } from "../grouping.ts";
import { number, percent, type Sentence, term } from "../laws/sentence.ts";
import { formatNumber } from "../text.ts";
import { logChannel, xTitle, yTitle } from "./axes.ts";
import { frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, panelSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { legendOf, strategyColours } from "./palette.ts";
import { logDomain, pointMark, shortWidths } from "./points.ts";

/** More cases than this are thinned out evenly. */
const MOST_CASES = { page: 20, slide: 12, column: 12 } as const;

/** One of the two plots. */
type Panel = Extract<TopLevelSpec, { hconcat: unknown }>["hconcat"][number];

/** FMA of both modes under both conventions for one case. */
export type SeedCosts = {
  readonly case: string;
  readonly forwardDense: number;
  readonly forwardRead: number;
  readonly reverseDense: number;
  readonly reverseRead: number;
};

/**
 * Reads the costs under both conventions from the cost records. Where an experiment has the dense convention only, the
 * other follows from the closed forms n·(Σ − n·d_1) and m·(Σ − m·d_{K−1}), but only for cases whose recorded costs
 * show that there are dense layers and nothing else (n·Σ and m·Σ exactly).
 *
 * @returns one entry for each case of which all four are known
 */
export function seedCosts(results: AnyResults): SeedCosts[] {
  const costs = new Map(results.costs.map((cost) => [pairKey(cost.case, cost.variant), cost]));
  const find = (
    record: CaseRecord,
    strategy: string,
    unitSeeds: VariantRecord["unitSeeds"],
  ): number | null => {
    const variant = results.variants.find(
      (one) => one.strategy === strategy && one.unitSeeds === unitSeeds && one.withRespectTo === "input",
    );
    const cost: CostRecord | undefined = variant && costs.get(pairKey(record.id, variant.label));
    return cost === undefined ? null : (cost.fmaCounted ?? cost.fmaPredicted);
  };
  return results.cases.flatMap((record) => {
    const { n, m, sigma, widths } = record;
    const forwardDense = find(record, "forward", "dense");
    const reverseDense = find(record, "reverse", "dense");
    const allDense = forwardDense === n * sigma && reverseDense === m * sigma;
    const forwardRead = find(record, "forward", "read") ?? (allDense ? n * (sigma - n * widths[1]!) : null);
    const reverseRead =
      find(record, "reverse", "read") ?? (allDense ? m * (sigma - m * widths.at(-2)!) : null);
    if (!forwardDense || !reverseDense || !forwardRead || !reverseRead) return [];
    return [{ case: shortWidths(record), forwardDense, forwardRead, reverseDense, reverseRead }];
  });
}

/**
 * Draws, for each case, the ratio of counted FMA under both conventions and the share of multiplications by zero.
 *
 * @param results - with forward and reverse variants; see {@link seedCosts}
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside: two panels with common rows
 */
export function unitSeeds(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say, ink, measure } = look;
  const all = seedCosts(results).sort((a, b) => denseRatio(b) - denseRatio(a));
  const shown = all.length <= MOST_CASES[look.size] ? all : thin(all, MOST_CASES[look.size]);
  const [dense, read] = [say("dense"), say("read")];
  const [forward, reverse] = [say("forward"), say("reverse")];
  const ratios = shown.flatMap((costs) =>
    [
      { seeds: dense, isRead: false, ratio: denseRatio(costs) },
      { seeds: read, isRead: true, ratio: readRatio(costs) },
    ].map((one) => ({
      case: costs.case,
      ...one,
      ratio: significant(one.ratio),
      ratioText: formatNumber(one.ratio),
    })),
  );
  const links = shown.map((costs) => ({
    case: costs.case,
    ratio: significant(denseRatio(costs)),
    end: significant(readRatio(costs)),
  }));
  const shares = shown.flatMap((costs) => [
    { case: costs.case, mode: forward, share: significant(1 - costs.forwardRead / costs.forwardDense) },
    { case: costs.case, mode: reverse, share: significant(1 - costs.reverseRead / costs.reverseDense) },
  ]);
  const order = shown.map((costs) => costs.case);
  const y = {
    field: "case",
    type: "nominal" as const,
    sort: order,
    title: yTitle(look, say("widthsAxis")),
    axis: { grid: true },
  };
  const x = logChannel(
    "ratio",
    xTitle(look, say("ratioCountedAxis")),
    logDomain([1, ...ratios.map(({ ratio }) => ratio)]),
    "plain",
  );
  const height = Math.max(120, 22 * shown.length);
  const stacked = look.size === "column";
  const panel = panelSize(
    look,
    { width: 340, height },
    stacked
      ? { columns: 1, rows: 2, axesWidth: 150, axesHeight: 0 }
      : { columns: 1, rows: 1, axesWidth: 475, axesHeight: 70 },
  );
  const rowHeight = stacked ? 15 * shown.length + 10 : panel.height;
  const colours = strategyColours(look);
  const modes = { domain: [forward, reverse], range: [colours.forward!, colours.reverse!] };
  const panels: Panel[] = [
    {
      width: panel.width,
      height: rowHeight,
      layer: [
        {
          data: { values: links },
          mark: { type: "rule", color: ink.reference, strokeWidth: 1.5 * measure.mark },
          encoding: { x, x2: { field: "end" }, y },
        },
        {
          data: { values: ratios },
          mark: pointMark(look, 70),
          encoding: {
            x,
            y,
            color: {
              field: "seeds",
              type: "nominal",
              title: say("unitSeeds"),
              scale: { domain: [dense, read], range: [ink.first, ink.second] },
              legend: { ...legendOf(look, [dense, read]), orient: "bottom" },
            },
            shape: { condition: { test: "datum.isRead", value: "diamond" }, value: "circle" },
            tooltip: [
              { field: "case", type: "nominal", title: say("widths") },
              { field: "seeds", type: "nominal", title: say("unitSeeds") },
              { field: "ratioText", type: "nominal", title: say("forwardByReverse") },
            ],
          },
        },
      ],
    },
    {
      width: stacked ? panel.width : Math.round(180 * (look.size === "slide" ? 1.45 : 1)),
      height: rowHeight,
      data: { values: shares },
      mark: { type: "bar" },
      encoding: {
        y: stacked ? y : { ...y, title: null, axis: null },
        yOffset: { field: "mode", type: "nominal", scale: { domain: [forward, reverse] } },
        x: {
          field: "share",
          type: "quantitative",
          title: xTitle(look, say("zeroShareAxis")),
          scale: { domain: [0, 1] },
          axis: { format: "%", values: [0, 0.5, 1] },
        },
        color: {
          field: "mode",
          type: "nominal",
          title: say("modeDense"),
          scale: modes,
          legend: { ...legendOf(look, [forward, reverse]), orient: "bottom" },
        },
        tooltip: [
          { field: "case", type: "nominal", title: say("widths") },
          { field: "mode", type: "nominal" },
          { field: "share", type: "quantitative", format: ".1%" },
        ],
      },
    },
  ];
  return {
    ...frame(results, look, {
      finding: finding(all, look),
      notes: [
        say("unitSeedsNote"),
        ...(shown.length < all.length ? [say("thinned", { shown: shown.length, all: all.length })] : []),
      ],
    }),
    spacing: 24 * measure.mark,
    ...(stacked ? { vconcat: panels } : { hconcat: panels }),
    resolve: { scale: { color: "independent" } },
  } as TopLevelSpec;
}

function denseRatio(costs: SeedCosts): number {
  return costs.forwardDense / costs.reverseDense;
}

function readRatio(costs: SeedCosts): number {
  return costs.forwardRead / costs.reverseRead;
}

function thin(all: readonly SeedCosts[], count: number): SeedCosts[] {
  return Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / (count - 1))]!);
}

/** The case on which the conventions differ most, and how much of dense work is on zeros at most. */
function finding(all: readonly SeedCosts[], { tell }: Look): Sentence {
  const change = (costs: SeedCosts): number => Math.abs(Math.log(readRatio(costs) / denseRatio(costs)));
  const most = all.reduce((best, costs) => (change(costs) > change(best) ? costs : best));
  const zeros = Math.max(
    ...all.flatMap((costs) => [
      1 - costs.forwardRead / costs.forwardDense,
      1 - costs.reverseRead / costs.reverseDense,
    ]),
  );
  return tell("unitSeedsFinding", {
    dense: number(denseRatio(most)),
    read: number(readRatio(most)),
    case: term(most.case),
    zeros: percent(zeros),
  });
}
