/** @file Chart: the ratio forward/reverse over the n × m grid, with the diagonal n = m. */

import type { TopLevelSpec } from "vega-lite";
import { geometricMean } from "../../src/statistics/mean.ts";
import type { AnyResults } from "../config.ts";
import { crossover, crossoverText, type PairCrossover } from "../laws/crossover.ts";
import { caseRatios, pairedRows, type VariantPair, variantPairs, withoutPreparation } from "../laws/pairs.ts";
import { groupBy } from "../table.ts";
import { formatFixed, plainText } from "../text.ts";
import { significant } from "./points.ts";
import { frame } from "./theme.ts";

/** One field of the grid. */
type GridCell = {
  readonly pair: string;
  readonly n: number;
  readonly m: number;
  readonly ratio: number;
  readonly log2: number;
  readonly text: string;
  readonly cases: number;
};

/**
 * Draws the ratio of forward to reverse time over n and m; each number is the geometric mean over the hidden widths
 * and depths that were measured there.
 *
 * @param results - with at least one pair of variants that differ in their mode alone
 * @returns a Vega-Lite spec with its data inside; one panel a pair
 */
export function ratio(results: AnyResults): TopLevelSpec {
  const pairs = variantPairs(results);
  const cells = pairs.flatMap((pair) => gridCells(results, pair));
  const limit = Math.max(1, Math.ceil(Math.max(...cells.map(({ log2 }) => Math.abs(log2)))));
  const step = Math.ceil(limit / 5);
  const ticks = Array.from(
    { length: 2 * Math.floor(limit / step) + 1 },
    (_, i) => (i - Math.floor(limit / step)) * step,
  );
  const columns = new Set(cells.map(({ n }) => n)).size;
  const side = columns > 8 ? 46 : 60;
  const x = {
    field: "n",
    type: "ordinal" as const,
    title: "n (JVPs of forward)",
    axis: { labelAngle: 0, domain: false, ticks: false },
  };
  const y = {
    field: "m",
    type: "ordinal" as const,
    title: "m (VJPs of reverse)",
    sort: "descending" as const,
    axis: { domain: false, ticks: false },
  };
  const crossovers = pairs.map((pair) => crossover(results, pair));
  const several = Math.max(...cells.map(({ cases }) => cases)) > 1;
  return {
    ...frame(results, {
      finding: finding(crossovers),
      notes: [
        ...(crossovers.length > 1
          ? crossovers.map(({ pair, products }) => `${pair.name}: crossover ${crossoverText(products)}`)
          : []),
        cells.some(({ n, m }) => n === m)
          ? "Above 1 reverse is faster; framed: n = m, where equal costs a product would give 1"
          : "Above 1 reverse is faster",
        several
          ? "Each number is the geometric mean over the hidden widths (and depths) measured there"
          : "Each number is one case",
      ],
    }),
    data: { values: cells },
    facet: {
      field: "pair",
      type: "nominal",
      title: null,
      sort: pairs.map(({ name }) => plainText(name)),
      header: { labelAnchor: "start" },
    },
    columns: 2,
    spacing: 30,
    resolve: { axis: { x: "independent", y: "independent" } },
    spec: {
      width: { step: side },
      height: { step: Math.round(side * 0.85) },
      layer: [
        {
          mark: { type: "rect" },
          encoding: {
            x,
            y,
            color: {
              field: "log2",
              type: "quantitative",
              title: ["forward / reverse", "(log scale)"],
              scale: { scheme: "blueorange", domain: [-limit, limit], domainMid: 0 },
              legend: {
                values: ticks,
                labelExpr: "datum.value < 0 ? '1/' + pow(2, -datum.value) : '' + pow(2, datum.value)",
              },
            },
            tooltip: [
              { field: "pair", type: "nominal" },
              { field: "n", type: "ordinal" },
              { field: "m", type: "ordinal" },
              { field: "text", type: "nominal", title: "forward / reverse" },
              { field: "cases", type: "quantitative", title: "cases" },
            ],
          },
        },
        {
          transform: [{ filter: "datum.n === datum.m" }],
          mark: { type: "rect", filled: false, stroke: "black", strokeWidth: 2 },
          encoding: { x, y },
        },
        {
          mark: { type: "text", fontSize: side > 50 ? 13 : 11 },
          encoding: {
            x,
            y,
            text: { field: "text", type: "nominal" },
            color: {
              condition: { test: `abs(datum.log2) > ${significant(0.6 * limit)}`, value: "white" },
              value: "black",
            },
          },
        },
      ],
    },
  };
}

function gridCells(results: AnyResults, pair: VariantPair): GridCell[] {
  const rows = pairedRows(results, pair.forward.label, pair.reverse.label);
  const ratios = caseRatios(rows, withoutPreparation);
  const places = new Map(rows.map((row) => [row.case, { n: row.forward.inputs, m: row.forward.m }]));
  return [...groupBy([...ratios], ([id]) => `${places.get(id)!.n}/${places.get(id)!.m}`).values()].map(
    (group) => {
      const value = geometricMean(group.map(([, own]) => own));
      return {
        pair: plainText(pair.name),
        ...places.get(group[0]![0])!,
        ratio: significant(value),
        log2: significant(Math.log2(value)),
        text:
          value >= 100
            ? value.toFixed(0)
            : value >= 10
              ? value.toFixed(1)
              : value.toFixed(value < 0.1 ? 3 : 2),
        cases: group.length,
      };
    },
  );
}

/** Which mode wins where; the direction is that of the fit, see {@link crossover}. */
function finding(crossovers: readonly PairCrossover[]): string {
  const found = crossovers.map(({ products }) => products);
  if (found.length === 1) {
    const only = found[0]!;
    if (only.kind === "none") return `No crossover: ${crossoverText(only)}`;
    return `Reverse wins ${sideOf(only.reverseAbove)} ${crossoverText(only)}`;
  }
  const places = found.flatMap((one) => (one.kind === "found" ? [one] : []));
  const sides = new Set(places.map(({ reverseAbove }) => reverseAbove));
  if (places.length < found.length || sides.size !== 1)
    return "Where reverse wins differs by strategy and kernel";
  const ratios = places.map(({ ratio }) => ratio.estimate);
  const [low, high] = [formatFixed(Math.min(...ratios)), formatFixed(Math.max(...ratios))];
  return `Reverse wins ${sideOf(places[0]!.reverseAbove)} n/m = ${low === high ? low : `${low} to ${high}`}`;
}

function sideOf(reverseAbove: boolean): string {
  return reverseAbove ? "above" : "below";
}
