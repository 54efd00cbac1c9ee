/** @file Chart: one dot a device for every exponent and the crossover, with intervals: a whole class in one picture. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import { TOLERANCE } from "../laws/claim.ts";
import {
  type Device,
  deviceGroups,
  devicesOf,
  QUANTITIES,
  type Quantity,
  summariseDevices,
} from "../laws/devices.ts";
import { count, fixed, joined, type Sentence, says, term } from "../laws/sentence.ts";
import { formatEstimate } from "../text.ts";
import { referenceMark } from "./axes.ts";
import { conditions, frameOf } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, panelSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { legendOf } from "./palette.ts";
import { OKABE_ITO } from "./theme.ts";

/** More devices go without names beside their rows; the tooltip and the table have them. */
const MOST_NAMES = 24;
/** Groups beyond these share a colour and a shape. */
const COLOURS = {
  light: ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#5E3C99", "#8A6D00", "#666666"],
  dark: [OKABE_ITO.skyBlue, OKABE_ITO.orange, "#2FC79A", "#E3A3C6", "#B8A2E3", OKABE_ITO.yellow, "#A6A6A6"],
} as const;
const SHAPES = ["circle", "diamond", "square", "triangle-up", "cross", "triangle-down", "triangle-right"];

/** One device in one panel. */
type Dot = {
  readonly device: string;
  readonly group: string;
  /** Place of the group; expressions compare it, never a text from a file. */
  readonly series: number;
  readonly runtime: string;
  readonly quantity: string;
  readonly x: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
};

/**
 * Draws the machines of one file.
 *
 * @param results - of a sweep that several machines shared
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function devices(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  return drawDevices(devicesOf(results), options, [conditions(results, look)]);
}

/**
 * Draws devices: one row a device through all panels, one panel a quantity.
 *
 * @param all - with distinct names; at least one has a value
 * @param options - size, theme, words
 * @param conditions - further notes
 * @returns a Vega-Lite spec with its data inside
 */
export function drawDevices(
  all: readonly Device[],
  options?: ChartOptions,
  conditions: readonly string[] = [],
): TopLevelSpec {
  const look = lookOf(options);
  const groups = deviceGroups(all).map(({ group }) => group);
  const order = groups.flatMap((group) =>
    all.filter((device) => device.group === group).map(({ name }) => name),
  );
  const dots = all.flatMap((device) => dotsOf(device, groups.indexOf(device.group)));
  const used = QUANTITIES.filter(({ id }) => dots.some(({ quantity }) => quantity === id));
  const stacked = look.size === "column";
  const named = order.length <= MOST_NAMES && !stacked;
  const longest = named ? Math.min(24, Math.max(...order.map((name) => [...name].length))) : 1;
  const size = panelSize(
    look,
    { width: Math.floor(660 / used.length), height: pageHeight(order.length) },
    stacked
      ? { columns: 1, rows: used.length, axesWidth: 24, axesHeight: 0 }
      : {
          columns: used.length,
          rows: 1,
          axesWidth: 7.2 * longest + 24 * used.length,
          axesHeight: 80,
        },
  );
  const height = stacked
    ? 36
    : look.size === "slide"
      ? Math.min(size.height, 60 * order.length)
      : size.height;
  const step = height / order.length;
  const panels = used.map((quantity, i) => ({
    width: size.width,
    height,
    title: {
      text: panelTitle(quantity, look),
      anchor: "middle" as const,
      fontSize: look.measure.label,
      offset: 6,
    },
    layer: panelLayers(
      quantity,
      dots.filter((dot) => dot.quantity === quantity.id),
      { look, groups, order, named: named && i === 0, step },
    ),
  }));
  return {
    ...frameOf(
      look,
      { finding: finding(all, look), notes: [note(dots, look), ...conditions] },
      { devices: all.length },
    ),
    spacing: stacked ? 6 : 14,
    ...(stacked ? { vconcat: panels } : { hconcat: panels }),
  } as TopLevelSpec;
}

/** px of the rows in a page: room for names where there are few, dots side by side where there are many. */
function pageHeight(count: number): number {
  const step = count <= MOST_NAMES ? 16 : Math.max(2.5, Math.min(12, 420 / count));
  return Math.max(60, Math.round(step * count));
}

function dotsOf(device: Device, series: number): Dot[] {
  return QUANTITIES.flatMap(({ id }) => {
    const value = device.values[id];
    if (value == null) return [];
    const [low, high] = value.interval95 ?? [value.estimate, value.estimate];
    return [
      {
        device: device.name,
        group: device.group,
        series,
        runtime: device.runtime,
        quantity: id,
        x: significant(value.estimate),
        low: significant(low),
        high: significant(high),
        text: formatEstimate(value),
      },
    ];
  });
}

type PanelLook = {
  readonly look: Look;
  readonly groups: readonly string[];
  readonly order: readonly string[];
  /** Whether the rows have their names on the left. */
  readonly named: boolean;
  /** px of a row. */
  readonly step: number;
};

function panelLayers(quantity: Quantity, dots: readonly Dot[], panel: PanelLook) {
  const { look, groups, order, named, step } = panel;
  const { say, ink, measure } = look;
  const { predicted } = quantity;
  const x = {
    field: "x",
    type: "quantitative" as const,
    title: null,
    scale: { domain: domainOf(dots, predicted), nice: false, zero: false },
    axis: { tickCount: 3, format: ".2~f", grid: false },
  };
  const y = {
    field: "device",
    type: "nominal" as const,
    sort: order,
    title: null,
    scale: { domain: order },
    axis: named ? { grid: false, ticks: false, labelLimit: 170, labelOverlap: false } : null,
  };
  const { color, shape } = groupChannels(look, groups);
  const area = Math.max(9, Math.min(60 * measure.mark ** 2, step * step));
  return [
    {
      data: { values: [{ low: predicted - TOLERANCE, high: predicted + TOLERANCE }] },
      mark: { type: "rect" as const, color: ink.reference, opacity: 0.16 },
      encoding: { x: { ...x, field: "low" }, x2: { field: "high" } },
    },
    {
      data: { values: [{ x: predicted }] },
      mark: referenceMark(look, "rule"),
      encoding: { x },
    },
    {
      data: { values: dots },
      mark: {
        type: "rule" as const,
        strokeWidth: Math.min(1.5 * measure.mark, Math.max(0.8, step / 4)),
        clip: true,
      },
      encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, y, color, opacity: { value: 0.6 } },
    },
    {
      data: { values: dots },
      mark: { type: "point" as const, filled: true, size: Math.round(area), opacity: 0.95 },
      encoding: {
        x,
        y,
        color,
        shape,
        tooltip: [
          { field: "device", type: "nominal" as const, title: say("devicesDevice") },
          { field: "runtime", type: "nominal" as const, title: say("devicesRuntime") },
          { field: "text", type: "nominal" as const, title: panelTitle(quantity, look) },
        ],
      },
    },
  ];
}

/** The dots and their intervals, but no interval that is so wide that it would press all dots together. */
function domainOf(dots: readonly Dot[], predicted: number): [number, number] {
  const values = [predicted - TOLERANCE, predicted + TOLERANCE, ...dots.map((dot) => dot.x)];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = 1.5 * (most - least);
  const low = Math.max(least - room, Math.min(least, ...dots.map((dot) => dot.low)));
  const high = Math.min(most + room, Math.max(most, ...dots.map((dot) => dot.high)));
  const margin = 0.05 * (high - low);
  return [significant(low - margin), significant(high + margin)];
}

/** One scale and one legend: of colours, in a column of shapes. */
function groupChannels(look: Look, groups: readonly string[]) {
  const colours = groups.map((_, i) => at(COLOURS[look.theme], i));
  const shapes = groups.map((_, i) => at(SHAPES, i));
  const field = { field: "group", type: "nominal" as const, title: look.say("devicesGroup") };
  const legend = { ...legendOf(look, groups), orient: "bottom" as const };
  const byGroup = (values: readonly string[]) => ({
    condition: values.slice(1).map((value, i) => ({ test: `datum.series === ${i + 1}`, value })),
    value: values[0]!,
  });
  return look.size === "column"
    ? { color: byGroup(colours), shape: { ...field, scale: { domain: groups, range: shapes }, legend } }
    : { color: { ...field, scale: { domain: groups, range: colours }, legend }, shape: byGroup(shapes) };
}

function at(values: readonly string[], index: number): string {
  return values[Math.min(index, values.length - 1)]!;
}

function panelTitle({ mode, regressor }: Quantity, { say }: Look): string {
  if (mode === null || regressor === null) return say("devicesCrossover");
  return say("devicesExponent", { symbol: say(regressor), mode: say(mode) });
}

function note(dots: readonly Dot[], { say }: Look): string {
  return [
    say("devicesNote", { tolerance: TOLERANCE }),
    ...(dots.some(({ low, high }) => low < high) ? [say("devicesInterval")] : []),
  ].join("; ");
}

/** The medians of what is predicted to be 1, as laws: `97 devices, in the median n^0.99·Σ^0.97 forward, …`. */
function finding(all: readonly Device[], { say, tell }: Look): Sentence {
  const summaries = summariseDevices(all).filter(({ quantity }) => quantity.predicted === 1);
  const laws = (["forward", "reverse"] as const).flatMap((mode) => {
    const powers = summaries
      .filter(({ quantity, median }) => quantity.mode === mode && median !== null)
      .map(({ quantity, median }) => says`${term(say(quantity.regressor!))}^${fixed(median!)}`);
    return powers.length === 0
      ? []
      : [tell("devicesLaw", { law: joined(powers, "·"), mode: term(say(mode)) })];
  });
  const ratio = summaries.find(({ quantity }) => quantity.mode === null)?.median ?? null;
  const crossing = ratio === null ? [] : [tell("devicesCrossing", { ratio: fixed(ratio) })];
  return tell("devicesFinding", { count: count(all.length), list: joined([...laws, ...crossing], ", ") });
}
