/** @file Chart: the ratio forward/reverse over the n × m grid, with the diagonal n = m and the measured crossover. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import { type Crossover, crossover, type PairCrossover } from "../laws/crossover.ts";
import { type VariantPair, variantPairs } from "../laws/pairs.ts";
import {
  fixed,
  number,
  type Quantity,
  type Sentence,
  sentenceText,
  type Term,
  term,
} from "../laws/sentence.ts";
import { plainText } from "../text.ts";
import { type Title, xTitle, yTitle } from "./axes.ts";
import { frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, panelSize, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";

import { crossoverCurve, type Grid, type GridCell, gridCells, gridOf, gridRatios } from "./ratio-grid.ts";

/**
 * Draws the ratio of forward to reverse time over n and m; each number is the geometric mean over the hidden widths
 * and depths that were measured there. The curve is the crossover that was fitted to the ratios.
 *
 * @param results - with at least one pair of variants that differ in their mode alone
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside; one panel a pair
 */
export function ratio(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const pairs = variantPairs(results);
  // A slide and a column have no room for both names over a panel.
  const short = look.size !== "page" && pairs.length > 1;
  const nameOf = (pair: VariantPair): string => plainText(short ? `${pair.forward.label} / …` : pair.name);
  const perPair = pairs.map((pair) => gridRatios(results, pair, nameOf(pair)));
  const grid = gridOf(perPair.flat());
  const cells = perPair.flatMap((ratios) => gridCells(ratios, grid));
  const crossovers = pairs.map((pair) => crossover(results, pair));
  const curves = crossovers.flatMap(({ pair, products }) => crossoverCurve(nameOf(pair), products, grid));
  const data = { values: [...cells, ...curves] };
  const head = frame(results, look, {
    finding: finding(crossovers, look),
    states: crossovers.flatMap(({ products }) => (products.kind === "found" ? [products.direction] : [])),
    notes: notes(crossovers, cells, new Set(curves.map(({ kind }) => kind)), look),
  });
  const side = grid.n.length > 8 ? 46 : 60;
  const plot = { width: side * grid.n.length, height: Math.round(0.85 * side) * grid.m.length };
  const layer = layers(grid, cells, look, pairs.length === 1);
  if (pairs.length === 1) return { ...head, data, ...plotSize(look, plot), layer };
  const columns = look.size === "column" ? 1 : look.size === "slide" && pairs.length > 4 ? 3 : 2;
  const rows = Math.ceil(pairs.length / columns);
  const size = panelSize(look, plot, { columns, rows, axesWidth: 70 * columns + 45, axesHeight: 80 * rows });
  return {
    ...head,
    data,
    facet: {
      field: "pair",
      type: "nominal",
      title: null,
      sort: pairs.map(nameOf),
      header: { labelAnchor: "start", ...(look.size === "page" ? {} : { labelLimit: size.width }) },
    },
    columns,
    spacing: look.size === "page" ? 30 : 16,
    resolve: { axis: { x: "independent", y: "independent" } },
    spec: { ...size, layer },
  };
}

/** The fields, the frame of n = m, the curve, the numbers. */
function layers(grid: Grid, cells: readonly GridCell[], look: Look, alone: boolean) {
  const { say, measure } = look;
  const limit = Math.max(1, Math.ceil(Math.max(...cells.map(({ log2 }) => Math.abs(log2)))));
  const step = Math.ceil(limit / 5);
  const reach = Math.floor(limit / step);
  const ticks = Array.from({ length: 2 * reach + 1 }, (_, i) => (i - reach) * step);
  const x = gridChannel("x", grid.n, alone || look.size === "page" ? xTitle(look, say("nAxis")) : say("n"));
  const y = gridChannel("y", grid.m, alone || look.size === "page" ? yTitle(look, say("mAxis")) : say("m"));
  const box = {
    x: { ...x, field: "left" },
    x2: { field: "right" },
    y: { ...y, field: "below" },
    y2: { field: "above" },
  };
  const only = (kind: string) => ({ transform: [{ filter: `datum.kind === '${kind}'` }] });
  // Names of colour schemes are left to Vega: blue where forward, orange where reverse is faster.
  const scale = { scheme: "blueorange" as const, domain: [-limit, limit], domainMid: 0 };
  const curve = (dash: number[], width: number) => ({
    mark: {
      type: "line" as const,
      color: "#000000",
      strokeWidth: width * measure.mark,
      strokeDash: dash,
      clip: true,
    },
    encoding: { x, y, detail: { field: "line", type: "nominal" as const } },
  });
  return [
    {
      ...only("cell"),
      mark: { type: "rect" as const },
      encoding: {
        ...box,
        color: {
          field: "log2",
          type: "quantitative" as const,
          title: look.size === "page" ? [say("forwardByReverse"), say("logScale")] : say("forwardByReverse"),
          scale,
          legend: {
            values: ticks,
            labelExpr: "datum.value < 0 ? '1/' + pow(2, -datum.value) : '' + pow(2, datum.value)",
            ...(look.size === "page"
              ? {}
              : { gradientLength: look.size === "slide" ? 420 : 150, titleOrient: "left" as const }),
          },
        },
        tooltip: [
          { field: "pair", type: "nominal" as const },
          { field: "n", type: "ordinal" as const, title: say("n") },
          { field: "m", type: "ordinal" as const, title: say("m") },
          { field: "ratioText", type: "nominal" as const, title: say("forwardByReverse") },
          { field: "cases", type: "quantitative" as const, title: say("casesThere") },
        ],
      },
    },
    {
      transform: [{ filter: "datum.kind === 'cell' && datum.n === datum.m" }],
      mark: {
        type: "rect" as const,
        fillOpacity: 0,
        stroke: "#000000",
        strokeWidth: 2 * measure.mark,
      },
      encoding: box,
    },
    { ...only("bound"), ...curve([2, 3], 1.2) },
    { ...only("crossover"), ...curve([1, 0], 2) },
    {
      ...only("cell"),
      // In the upper left corner, beside the way of a curve along the diagonal.
      mark: {
        type: "text" as const,
        align: "left" as const,
        baseline: "top" as const,
        dx: 5 * measure.mark,
        dy: 5 * measure.mark,
        fontSize: Math.max(10, measure.label),
      },
      encoding: {
        x: { ...x, field: "left" },
        y: { ...y, field: "above" },
        text: { field: "ratioText", type: "nominal" as const },
        color: {
          condition: { test: `abs(datum.log2) > ${significant(0.6 * limit)}`, value: "white" },
          value: "black",
        },
      },
    },
  ];
}

/** An axis whose ticks count the grid's widths and are labelled with them. */
function gridChannel(field: string, widths: readonly number[], title: Title) {
  return {
    field,
    type: "quantitative" as const,
    title,
    scale: { domain: [-0.5, widths.length - 0.5], nice: false, zero: false },
    axis: {
      values: widths.map((_, i) => i),
      labelExpr: `${JSON.stringify(widths.map(String))}[datum.value]`,
      grid: false,
      domain: false,
      ticks: false,
    },
  };
}

function notes(
  crossovers: readonly PairCrossover[],
  cells: readonly GridCell[],
  curves: ReadonlySet<string>,
  look: Look,
): string[] {
  const { say } = look;
  const several = Math.max(...cells.map(({ cases }) => cases)) > 1;
  return [
    ...(crossovers.length > 1
      ? crossovers.map(({ pair, products }) =>
          say("pairCrossover", { pair: pair.name, crossover: sentenceText(placeOf(products, look)) }),
        )
      : []),
    [
      cells.some(({ n, m }) => n === m) ? say("ratioNoteFrame") : say("ratioNote"),
      ...(curves.has("crossover") ? [say("ratioCurve")] : []),
      ...(curves.has("bound") ? [say("ratioBounds")] : []),
    ].join("; "),
    several ? say("ratioSeveral") : say("ratioSingle"),
  ];
}

/** Which mode wins where; the direction is that of the fit, see {@link crossover}. */
function finding(crossovers: readonly PairCrossover[], look: Look): Sentence {
  const { say, tell } = look;
  const found = crossovers.map(({ products }) => products);
  const side = (above: boolean): Term => term(above ? say("above") : say("below"));
  if (found.length === 1) {
    const only = found[0]!;
    const place = placeOf(only, look);
    if (only.kind === "none") return tell("noCrossover", { reason: place });
    return tell("reverseWins", { side: side(only.reverseAbove), place });
  }
  const places = found.flatMap((one) => (one.kind === "found" ? [one] : []));
  const sides = new Set(places.map(({ reverseAbove, axis }) => `${reverseAbove} ${axis}`));
  if (places.length < found.length || sides.size !== 1) return tell("crossoverDiffers");
  const ratios = places.map(({ ratio }) => ratio.estimate);
  const [low, high] = [fixed(Math.min(...ratios)), fixed(Math.max(...ratios))];
  const range = low.text === high.text ? [low] : tell("fromTo", { low, high });
  return tell("reverseWins", {
    side: side(places[0]!.reverseAbove),
    place: onAxis(places[0]!, range, look),
  });
}

/** The crossover in the chart's words. */
function placeOf(found: Crossover, look: Look): Sentence {
  const { say, tell } = look;
  if (found.kind === "found") return onAxis(found, [fixed(found.ratio)], look);
  if (found.range === null || found.faster === null || found.axis !== "n/m") return found.sentence;
  const [low, high] = found.range.map(number) as [Quantity, Quantity];
  const faster = term(found.faster === "forward" ? say("forward") : say("reverse"));
  return tell("crossoverNone", { low, high, faster });
}

function onAxis({ axis }: Crossover, place: Sentence, { tell }: Look): Sentence {
  return axis === "n/m" ? tell("crossoverPlace", { place }) : tell("crossoverClaimed", { place });
}
