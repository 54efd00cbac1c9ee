/** @file Chart: the ratio forward/reverse of counted FMA with dense and with read unit seeds, and what is multiplied by zero. */

import type { TopLevelSpec } from "vega-lite";
import type { CaseRecord, CostRecord, VariantRecord } from "../../src/results/types.ts";
import type { AnyResults } from "../config.ts";
import { pairKey } from "../table.ts";
import { formatNumber, formatPercent, plainText } from "../text.ts";
import { logDomain, significant } from "./points.ts";
import { frame, GREY, logTicks, OKABE_ITO } from "./theme.ts";

/** More cases than this are thinned out evenly. */
const MOST_CASES = 20;

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
    return [{ case: plainText(record.id), forwardDense, forwardRead, reverseDense, reverseRead }];
  });
}

/**
 * Draws, for each case, the ratio of counted FMA under both conventions and the share of multiplications by zero.
 *
 * @param results - with forward and reverse variants; see {@link seedCosts}
 * @returns a Vega-Lite spec with its data inside: two panels with common rows
 */
export function unitSeeds(results: AnyResults): TopLevelSpec {
  const all = seedCosts(results).sort((a, b) => denseRatio(b) - denseRatio(a));
  const shown = all.length <= MOST_CASES ? all : thin(all);
  const order = shown.map((costs) => costs.case);
  const ratios = shown.flatMap((costs) => [
    {
      case: costs.case,
      seeds: "dense",
      ratio: significant(denseRatio(costs)),
      text: formatNumber(denseRatio(costs)),
    },
    {
      case: costs.case,
      seeds: "read",
      ratio: significant(readRatio(costs)),
      text: formatNumber(readRatio(costs)),
    },
  ]);
  const links = shown.map((costs) => ({
    case: costs.case,
    ratio: significant(denseRatio(costs)),
    end: significant(readRatio(costs)),
  }));
  const shares = shown.flatMap((costs) => [
    { case: costs.case, mode: "forward", share: significant(1 - costs.forwardRead / costs.forwardDense) },
    { case: costs.case, mode: "reverse", share: significant(1 - costs.reverseRead / costs.reverseDense) },
  ]);
  const domain = logDomain([1, ...ratios.map(({ ratio }) => ratio)]);
  const y = { field: "case", type: "nominal" as const, sort: order, axis: { labelLimit: 240, grid: true } };
  const x = {
    field: "ratio",
    type: "quantitative" as const,
    title: "forward / reverse, counted FMA",
    scale: { type: "log" as const, domain, nice: false },
    axis: { values: logTicks(domain), format: "~r" },
  };
  const height = Math.max(120, 22 * shown.length);
  return {
    ...frame(results, {
      finding: finding(all),
      notes: [
        "dense: a unit seed goes through a full first product; read: the column (in reverse the row) is read instead",
        ...(shown.length < all.length
          ? [`${shown.length} of ${all.length} cases, evenly from the list sorted by ratio`]
          : []),
      ],
    }),
    spacing: 24,
    hconcat: [
      {
        width: 340,
        height,
        layer: [
          {
            data: { values: links },
            mark: { type: "rule", color: GREY, strokeWidth: 1.5 },
            encoding: { x, x2: { field: "end" }, y: { ...y, title: "widths, n first, m last" } },
          },
          {
            data: { values: ratios },
            mark: { type: "point", filled: true, size: 70, opacity: 1 },
            encoding: {
              x,
              y: { ...y, title: "widths, n first, m last" },
              color: {
                field: "seeds",
                type: "nominal",
                title: "unit seeds",
                scale: { domain: ["dense", "read"], range: [OKABE_ITO.black, OKABE_ITO.green] },
                legend: { orient: "bottom" },
              },
              shape: { condition: { test: "datum.seeds === 'read'", value: "diamond" }, value: "circle" },
              tooltip: [
                { field: "case", type: "nominal", title: "widths" },
                { field: "seeds", type: "nominal" },
                { field: "text", type: "nominal", title: "forward / reverse" },
              ],
            },
          },
        ],
      },
      {
        width: 180,
        height,
        data: { values: shares },
        mark: { type: "bar", height: 7 },
        encoding: {
          y: { ...y, title: null, axis: null },
          yOffset: { field: "mode", type: "nominal", scale: { domain: ["forward", "reverse"] } },
          x: {
            field: "share",
            type: "quantitative",
            title: "multiplications by zero",
            scale: { domain: [0, 1] },
            axis: { format: "%", values: [0, 0.5, 1] },
          },
          color: {
            field: "mode",
            type: "nominal",
            title: "mode (dense seeds)",
            scale: { domain: ["forward", "reverse"], range: [OKABE_ITO.blue, OKABE_ITO.vermilion] },
            legend: { orient: "bottom" },
          },
          tooltip: [
            { field: "case", type: "nominal", title: "widths" },
            { field: "mode", type: "nominal" },
            { field: "share", type: "quantitative", format: ".1%", title: "by zero" },
          ],
        },
      },
    ],
    resolve: { scale: { color: "independent" } },
  };
}

function denseRatio(costs: SeedCosts): number {
  return costs.forwardDense / costs.reverseDense;
}

function readRatio(costs: SeedCosts): number {
  return costs.forwardRead / costs.reverseRead;
}

function thin(all: readonly SeedCosts[]): SeedCosts[] {
  return Array.from(
    { length: MOST_CASES },
    (_, i) => all[Math.round((i * (all.length - 1)) / (MOST_CASES - 1))]!,
  );
}

/** The case on which the conventions differ most, and how much of dense work is on zeros at most. */
function finding(all: readonly SeedCosts[]): string {
  const change = (costs: SeedCosts): number => Math.abs(Math.log(readRatio(costs) / denseRatio(costs)));
  const most = all.reduce((best, costs) => (change(costs) > change(best) ? costs : best));
  const zeros = Math.max(
    ...all.flatMap((costs) => [
      1 - costs.forwardRead / costs.forwardDense,
      1 - costs.reverseRead / costs.reverseDense,
    ]),
  );
  return (
    `Forward / reverse is ${formatNumber(denseRatio(most))} with dense unit seeds and ` +
    `${formatNumber(readRatio(most))} with read ones (${most.case}); up to ${formatPercent(zeros)} ` +
    "of dense multiplications are by zero"
  );
}
