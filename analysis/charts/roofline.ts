/** @file Chart: the roofline, rates of strategies and kernels against their FMA a byte, under what the machine allows. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import { type Roofline, type RooflineCase, rooflineOf } from "../laws/roofline.ts";
import { percent, type Sentence } from "../laws/sentence.ts";
import { formatNumber, formatPercent, listed } from "../text.ts";
import { labelMark, logChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { frame } from "./frame.ts";
import { intervalLayer, pointLayer } from "./layers.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { type Palette, paletteOf, seriesFields } from "./palette.ts";
import { logDomain, pointNote, shortWidths } from "./points.ts";

/** Roofs that lie closer together than this share a label. */
const CLOSE = 1.8;

/** Room on the left for the labels of memory, as a factor. */
const ROOM = 2.2;

/** px of the plot by size, about, for the slope of those labels. */
const PLOT = {
  page: { width: 600, height: 420 },
  slide: { width: 1135, height: 360 },
  column: { width: 265, height: 150 },
} as const;

/**
 * Draws cases as points under the lines of memory (rate = bytes a second · intensity) and of each kernel's peak, with the
 * kernels' bare products in grey.
 *
 * @param results - with a calibration that knows memory, and a case whose traffic is known
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function roofline(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const found = rooflineOf(results)!;
  const palette = paletteOf(results.variants, look);
  const points = found.cases.map((one) => pointOf(one, palette));
  const present = new Set(points.map(({ variant }) => variant));
  const products = found.kernels.flatMap(({ kernel, products: own }) =>
    own.map(({ product, intensity, fmaPerSecond }) => ({
      line: `${product} ${kernel}`,
      product,
      x: significant(intensity),
      y: significant(fmaPerSecond),
    })),
  );
  const places = [...points, ...products].map((point) => point.x);
  const xDomain = logDomain([Math.min(...places) / ROOM, ...places]);
  const top = Math.max(...found.kernels.map(({ peakFmaPerSecond }) => peakFmaPerSecond));
  const rates = [...points.flatMap(({ low, high }) => [low, high]), ...products.map(({ y }) => y)];
  // Above the highest roof there is room for its label.
  const yDomain = logDomain([...rates, 1.15 * top]);
  const x = logChannel("x", xTitle(look, say("intensityAxis")), xDomain, "plain");
  const y = logChannel("y", yTitle(look, say("rateAxis")), yDomain, "count");
  const roofs = roofLines(found, xDomain, yDomain, look);
  const angle = slope(xDomain, yDomain, look);
  const { label: textHeight } = look.measure;
  // Along a line of memory the text is turned with it: above the nearest level's, below the others'.
  const labelLayers = [
    { at: "start", style: { angle, dx: textHeight, dy: -0.7 * textHeight } },
    { at: "ridge", style: { angle, align: "right", dx: -1.2 * textHeight, dy: 0.9 * textHeight } },
    { at: "end", style: { align: "right", dx: -2, dy: -0.7 * textHeight } },
  ].map(({ at, style }) => ({
    data: { values: roofs.labels.filter((label) => label.at === at) },
    mark: labelMark(look, style),
    encoding: { x, y, text: { field: "text", type: "nominal" } },
  }));
  const tooltip = [
    { field: "variant", type: "nominal", title: say("strategyKernel") },
    { field: "case", type: "nominal", title: say("widths") },
    { field: "rateText", type: "nominal", title: say("rateAxis") },
    { field: "shareText", type: "nominal", title: say("peakShare") },
  ];
  const grey = { color: { value: look.ink.muted }, opacity: { value: 0.55 } };
  return {
    ...frame(results, look, {
      finding: finding(found.cases, look),
      notes: [
        `${pointNote(
          found.cases.map(({ summary }) => summary),
          look,
        )}; ${say("rooflineNote")}`,
        say("rooflineCaches"),
      ],
    }),
    ...plotSize(look, PLOT.page, present.size),
    layer: [
      pointLayer(look, palette, present, points, { x, y, tooltip, size: 50, opacity: 0.85 }),
      intervalLayer(look, palette, present, points, x, y),
      {
        data: { values: products },
        mark: { type: "line", strokeWidth: look.measure.mark },
        encoding: { x, y, detail: { field: "line", type: "nominal" }, ...grey },
      },
      {
        data: { values: products },
        mark: { type: "point", filled: false, size: 26 * look.measure.mark ** 2 },
        encoding: {
          x,
          y,
          shape: { condition: { test: "datum.product === 'matmul'", value: "square" }, value: "circle" },
          ...grey,
        },
      },
      {
        data: { values: roofs.lines },
        mark: referenceMark(look, "line"),
        encoding: { x, y, detail: { field: "line", type: "nominal" } },
      },
      ...labelLayers,
    ],
  } as TopLevelSpec;
}

function pointOf({ summary, intensity, fmaPerSecond, low, high, share }: RooflineCase, palette: Palette) {
  return {
    ...seriesFields(palette.of(summary.variant.label)),
    case: shortWidths(summary.record),
    x: significant(intensity),
    y: significant(fmaPerSecond),
    low: significant(low),
    high: significant(high),
    rateText: `${formatNumber(fmaPerSecond / 1e9)} G`,
    shareText: formatPercent(share),
  };
}

type RoofLabel = {
  /** Along the beginning of a slanted line, along its end, or above the end of a level one. */
  readonly at: "start" | "ridge" | "end";
  readonly x: number;
  readonly y: number;
  readonly text: string;
};

/** The lines of memory up to the highest peak, the peaks from where the nearest memory feeds them, and their labels. */
function roofLines(
  { memory, kernels }: Roofline,
  [left, right]: readonly [number, number],
  [bottom]: readonly [number, number],
  { say, size }: Look,
) {
  const top = Math.max(...kernels.map(({ peakFmaPerSecond }) => peakFmaPerSecond));
  const nearest = Math.max(...memory.map(({ bytesPerSecond }) => bytesPerSecond));
  const slanted = memory.map(({ level, bytesPerSecond: rate }) => {
    const from = Math.max(left, bottom / rate);
    const to = Math.min(right, top / rate);
    return { name: level === "memory" ? say("memoryWord") : level, rate, from, to };
  });
  const flat = kernels.map(({ kernel, peakFmaPerSecond: rate }) => {
    return { name: kernel, rate, from: Math.min(right, Math.max(left, rate / nearest)), to: right };
  });
  const ends = (line: string, xs: readonly number[], y: (x: number) => number) =>
    xs.map((x) => ({ line, x: significant(x), y: significant(y(x)) }));
  const lines = [
    // A line that begins beyond the picture is none.
    ...slanted
      .filter(({ from, to }) => from < to)
      .flatMap(({ name, rate, from, to }) => ends(name, [from, to], (x) => rate * x)),
    ...flat.flatMap(({ name, rate, from, to }) => ends(`peak ${name}`, [from, to], () => rate)),
  ];
  const labels: RoofLabel[] = [
    ...together(slanted).map((group, i): RoofLabel => {
      const [highest, lowest] = [group[0]!, group.at(-1)!];
      const text =
        size === "column"
          ? namesOf(group)
          : say("memoryRate", { levels: namesOf(group), rate: rangeOf(group) });
      return i === 0
        ? { at: "start", x: significant(highest.from), y: significant(highest.rate * highest.from), text }
        : { at: "ridge", x: significant(lowest.to), y: significant(lowest.rate * lowest.to), text };
    }),
    ...together(flat).map((group): RoofLabel => {
      const text = say("peakRate", { kernels: namesOf(group), rate: rangeOf(group) });
      return { at: "end", x: significant(right), y: significant(group[0]!.rate), text };
    }),
  ];
  return { lines, labels };
}

/** Degrees by which a line of slope 1 in log-log rises in the picture; they are counted clockwise. */
function slope(x: readonly [number, number], y: readonly [number, number], { size }: Look): number {
  const { width, height } = PLOT[size];
  const perDecade = (domain: readonly [number, number], px: number) => px / Math.log10(domain[1] / domain[0]);
  return 360 - Math.round((Math.atan2(perDecade(y, height), perDecade(x, width)) * 180) / Math.PI);
}

/** Groups of roofs that lie close together, the highest first. */
function together<Roof extends { readonly rate: number }>(roofs: readonly Roof[]): Roof[][] {
  const groups: Roof[][] = [];
  for (const roof of [...roofs].sort((a, b) => b.rate - a.rate)) {
    const group = groups.at(-1);
    if (group !== undefined && group.at(-1)!.rate < CLOSE * roof.rate) group.push(roof);
    else groups.push([roof]);
  }
  return groups;
}

function namesOf(group: readonly { readonly name: string }[]): string {
  return listed(group.map(({ name }) => name));
}

/** In 10⁹ a second. */
function rangeOf(group: readonly { readonly rate: number }[]): string {
  const [high, low] = [group[0]!.rate, group.at(-1)!.rate].map((rate) =>
    formatNumber(Number((rate / 1e9).toPrecision(2))),
  );
  return low === high ? low! : `${low}–${high}`;
}

/** What blocks of seeds and single seeds reach of their kernels' peaks at best. */
function finding(cases: readonly RooflineCase[], { tell }: Look): Sentence {
  const best = (blocked: boolean): number =>
    Math.max(
      0,
      ...cases
        .filter(({ summary }) => isBlocked(summary.variant.strategy) === blocked)
        .map(({ share }) => share),
    );
  const [single, blocked] = [best(false), best(true)];
  if (single === 0 || blocked === 0) {
    return tell(single === 0 ? "rooflineBlocked" : "rooflineSingle", {
      share: percent(Math.max(single, blocked)),
    });
  }
  return tell("rooflineBoth", { single: percent(single), blocked: percent(blocked) });
}

/** Whether seeds go through together. */
function isBlocked(strategy: string): boolean {
  return strategy !== "forward" && strategy !== "reverse";
}
