/** @file Chart: time against n·Σ and m·Σ on each framework, small multiples of one scale. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import type { CaseSummary } from "../laws/case-interval.ts";
import { fixed, type Sentence } from "../laws/sentence.ts";
import { isVectorised, panelOf } from "../peers/groups.ts";
import { formatFixed, formatSeconds } from "../text.ts";
import { labelMark, logChannel, referenceMark } from "./axes.ts";
import { frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, panelSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { legendOf, pickOpacity, strategyColours } from "./palette.ts";
import { type LogLine, logDomain, logLine, modeSummaries, pointMark, shortWidths } from "./points.ts";

/** Series of a plot, with the strategy whose colour each takes, its shape and its dash. */
const SERIES = [
  { mode: "forward", threads: 1, colour: "forward", shape: "circle", dash: [1, 0] },
  { mode: "forward", threads: "all", colour: "forward-blocked", shape: "square", dash: [9, 3] },
  { mode: "reverse", threads: 1, colour: "reverse", shape: "diamond", dash: [5, 3] },
  { mode: "reverse", threads: "all", colour: "reverse-blocked", shape: "triangle-up", dash: [2, 2] },
] as const;

/** FMA a second of the reference line. */
const REFERENCE_RATE = 1e9;

/** The summaries of a comparison that have products to compare with. */
export function peerSummaries(results: AnyResults): CaseSummary[] {
  return modeSummaries(results).filter(({ variant }) => variant.peer !== undefined);
}

/**
 * Draws every framework's times against its predicted work; axes are the same in all plots.
 *
 * @param results - of a comparison with frameworks
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside; one plot a framework and way
 */
export function peers(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const summaries = peerSummaries(results);
  const measured = results.variants.filter((variant) => summaries.some((one) => one.variant === variant));
  const lines = measured.flatMap((variant) => {
    const line = logLine(results, variant, (cell) => cell.products! * cell.sigma);
    return line === null ? [] : [line];
  });
  const panels = [...new Set(measured.map(panelOf))];
  const nameOf = (variant: CaseSummary["variant"]): { series: number; seriesText: string; panel: string } => {
    const series = SERIES.findIndex(
      ({ mode, threads }) => mode === variant.mode && threads === variant.peer!.threads,
    );
    return { series, seriesText: seriesName(series, look), panel: panelOf(variant) };
  };
  const points = summaries.map(({ variant, record, products, seconds }) => ({
    kind: "point",
    ...nameOf(variant),
    case: shortWidths(record),
    x: products! * record.sigma,
    y: significant(seconds),
    timeText: formatSeconds(seconds),
  }));
  const ends = lines.flatMap(({ variant, places }) =>
    [places[0]!, places.at(-1)!].map(({ x, y }) => ({ kind: "line", ...nameOf(variant), x, y })),
  );
  const xDomain = logDomain(points.map(({ x }) => x));
  const yDomain = logDomain(points.map(({ y }) => y));
  const references = panels.flatMap((panel) => [
    ...referenceEnds(xDomain, yDomain).map((place) => ({ kind: "reference", panel, ...place })),
    { kind: "slopes", panel, x: xDomain[0], y: yDomain[1], text: slopeText(lines, panel, look) },
  ]);
  const shown = SERIES.map((_, i) => i).filter((i) => points.some(({ series }) => series === i));
  const columns = look.size === "column" ? 2 : look.size === "slide" ? Math.min(5, panels.length) : 3;
  const rows = Math.ceil(panels.length / columns);
  const size = panelSize(
    look,
    { width: 205, height: 170 },
    { columns, rows, axesWidth: 12 * columns + 62, axesHeight: 24 * rows + 30 },
  );
  const tall = look.size === "column" ? { ...size, height: columnHeight(rows) } : size;
  return {
    ...frame(results, look, { finding: finding(lines, look), notes: notes(look) }),
    data: { values: [...points, ...ends, ...references] },
    facet: {
      field: "panel",
      type: "nominal",
      title: null,
      sort: panels,
      header: {
        labelAnchor: "start",
        labelFontSize: look.measure.label,
        ...(look.size === "page" ? {} : { labelLimit: size.width }),
        labelPadding: 3,
      },
    },
    columns,
    // As wide as each column needs: the axis on the left must not widen the others.
    align: "each",
    spacing: look.size === "page" ? 18 : look.size === "slide" ? 14 : 6,
    spec: { ...tall, layer: layers(look, shown, xDomain, yDomain, size.width) },
  } as TopLevelSpec;
}

/** Rows of plots must stay on one page of paper. */
function columnHeight(rows: number): number {
  return Math.max(44, Math.min(110, Math.floor(580 / rows) - 22));
}

function layers(
  look: Look,
  shown: readonly number[],
  xDomain: readonly [number, number],
  yDomain: readonly [number, number],
  width: number,
) {
  const { say, measure } = look;
  const short = look.size !== "page";
  const x = spare(
    logChannel("x", short ? say("fma") : say("peersWorkAxis"), xDomain, "count"),
    short ? 4 : 6,
  );
  const y = spare(logChannel("y", say("peersTimeAxis"), yDomain, "seconds"), short ? 4 : 6);
  const only = (kind: string) => ({ transform: [{ filter: `datum.kind === '${kind}'` }] });
  const [first, ...others] = shown;
  const byCondition = <Value>(value: (series: (typeof SERIES)[number]) => Value) => ({
    condition: others.map((i) => ({ test: `datum.series === ${i}`, value: value(SERIES[i]!) })),
    value: value(SERIES[first!]!),
  });
  const colours = strategyColours(look);
  const domain = shown.map((i) => seriesName(i, look));
  const field = { field: "seriesText", type: "nominal" as const, title: say("peersSeries") };
  const scaled = <Value>(range: Value[]) => ({
    ...field,
    scale: { domain, range },
    legend: { ...legendOf(look, domain), orient: "bottom" as const },
  });
  const tones = shown.map((i) => colours[SERIES[i]!.colour]!);
  const inColumn = look.size === "column";
  const colour = inColumn
    ? { color: byCondition((one) => colours[one.colour]!), detail: field }
    : { color: scaled(tones) };
  return [
    {
      ...only("point"),
      ...pickSeries(look),
      mark: pointMark(look, short ? 22 : 26),
      encoding: {
        x,
        y,
        ...(inColumn
          ? {
              shape: scaled(shown.map((i) => SERIES[i]!.shape)),
              color: byCondition((one) => colours[one.colour]!),
            }
          : { ...colour, shape: byCondition((one) => one.shape) }),
        ...pickOpacity(look, 0.85),
        tooltip: [
          { field: "panel", type: "nominal" as const, title: say("peersFramework") },
          { ...field },
          { field: "case", type: "nominal" as const, title: say("widths") },
          { field: "timeText", type: "nominal" as const, title: say("time") },
        ],
      },
    },
    {
      ...only("reference"),
      mark: referenceMark(look, "line"),
      encoding: { x, y },
    },
    {
      ...only("line"),
      mark: { type: "line" as const, strokeWidth: 1.3 * measure.mark },
      encoding: {
        x,
        y,
        ...colour,
        strokeDash: byCondition((one) => [...one.dash]),
        ...pickOpacity(look, 0.9),
      },
    },
    {
      ...only("slopes"),
      mark: labelMark(look, { baseline: "top", dx: 3, dy: 3, limit: width - 6, color: look.ink.muted }),
      encoding: { x, y, text: { field: "text", type: "nominal" as const } },
    },
  ];
}

/** The legend's selection goes by series here. */
function pickSeries(look: Look) {
  if (look.size === "column") return {};
  const select = { type: "point" as const, fields: ["seriesText"] };
  return { params: [{ name: "pick", select, bind: "legend" as const }] };
}

/** At most so many ticks: plots are small. */
function spare<Channel extends { axis: { values: number[] } }>(channel: Channel, most: number): Channel {
  const { values } = channel.axis;
  const step = Math.ceil(values.length / most);
  return { ...channel, axis: { ...channel.axis, values: values.filter((_, i) => i % step === 0) } };
}

function seriesName(series: number, { say }: Look): string {
  const { mode, threads } = SERIES[series]!;
  return say("peersMode", { mode: say(mode), threads: threads === 1 ? say("oneThread") : say("allCores") });
}

/** Where the line of a fixed rate enters and leaves the plot. */
function referenceEnds(x: readonly [number, number], y: readonly [number, number]) {
  const low = Math.max(x[0], y[0] * REFERENCE_RATE);
  const high = Math.min(x[1], y[1] * REFERENCE_RATE);
  if (low >= high) return [];
  return [low, high].map((work) => ({ x: significant(work), y: significant(work / REFERENCE_RATE) }));
}

/** The slopes of one plot's lines with one thread, forward before reverse. */
function slopeText(lines: readonly LogLine[], panel: string, { say }: Look): string {
  const own = lines.filter(({ variant }) => panelOf(variant) === panel);
  const single = own.filter(({ variant }) => variant.peer!.threads === 1);
  const list = (single.length > 0 ? single : own)
    .sort((a, b) => (a.variant.mode! < b.variant.mode! ? -1 : 1))
    .map(({ slope }) => formatFixed(slope.estimate));
  return list.length === 0 ? "" : say("peersSlopes", { list: list.join(" / ") });
}

function finding(lines: readonly LogLine[], { tell }: Look): Sentence {
  const range = (vectorised: boolean): Sentence | null => {
    const slopes = lines
      .filter(({ variant }) => isVectorised(variant) === vectorised)
      .map(({ slope }) => slope.estimate);
    if (slopes.length === 0) return null;
    const [low, high] = [fixed(Math.min(...slopes)), fixed(Math.max(...slopes))];
    return low.text === high.text ? [low] : tell("fromTo", { low, high });
  };
  const [single, vectorised] = [range(false), range(true)];
  if (single !== null && vectorised !== null) return tell("peersBoth", { single, vectorised });
  if (single !== null) return tell("peersSingle", { single });
  return vectorised === null ? tell("peersTitle") : tell("peersVectorised", { vectorised });
}

function notes({ say }: Look): string[] {
  return [say("peersNote", { rate: say("peersRate") }), say("pointAlone")];
}
