/** @file Colour, shape and dash of each variant of an experiment, and the channels that show them. */

import type { VariantRecord } from "../../src/results/types.ts";
import { variantName } from "../text.ts";
import type { Look } from "./look.ts";
import { GREY_SAFE, STRATEGY_COLOURS } from "./theme.ts";

type Mode = "forward" | "reverse" | "neither";

const SHAPES: Readonly<Record<Mode, readonly string[]>> = {
  forward: ["circle", "square", "cross", "triangle-right"],
  reverse: ["diamond", "triangle-up", "triangle-down", "triangle-left"],
  neither: ["cross", "triangle-right", "square"],
};

const DASHES: Readonly<Record<Mode, readonly (readonly number[])[]>> = {
  forward: [
    [1, 0],
    [9, 3],
    [9, 3, 2, 3],
  ],
  reverse: [
    [5, 3],
    [2, 2],
    [5, 2, 1, 2],
  ],
  neither: [
    [1, 2],
    [3, 1],
  ],
};

/** How one variant is drawn. */
export type Series = {
  /** For people, unique. */
  readonly variant: string;
  /** Its place in the experiment; `datum.series` in the data. */
  readonly series: number;
  readonly mode: Mode;
  readonly colour: string;
  readonly shape: string;
  readonly dash: readonly number[];
};

/** How the variants of an experiment are drawn. */
export type Palette = {
  readonly series: readonly Series[];
  /** By a variant's label. */
  of(label: string): Series;
};

/**
 * Gives every variant its colour (that of its strategy, paler or darker for further kernels and further variants of the
 * same strategy), and a shape and a dash that say its mode.
 *
 * @param variants - of an experiment, all of them, so that a variant keeps its look in charts that leave others out
 */
export function paletteOf(variants: readonly VariantRecord[], look: Look): Palette {
  const colours = strategyColours(look);
  const ofStrategy = new Map<string, number>();
  const ofMode = new Map<Mode, number>();
  const series = variants.map((variant, index): Series => {
    const mode = variant.mode ?? "neither";
    return {
      variant: variantName(variant),
      series: index,
      mode,
      // Of dozens of ways of frameworks no shade would tell them apart: their names do.
      colour: shade(
        colours[variant.strategy] ?? look.ink.reference,
        variant.peer === undefined ? next(ofStrategy, variant.strategy) : 0,
      ),
      ...marksOf(mode, next(ofMode, mode)),
    };
  });
  const byLabel = new Map(variants.map(({ label }, i) => [label, series[i]!]));
  return { series, of: (label) => byLabel.get(label)! };
}

/** Colours by strategy; in a column those that differ in grey as well. */
export function strategyColours(look: Look): Readonly<Record<string, string>> {
  const colours = STRATEGY_COLOURS[look.theme];
  return look.size === "column" && look.theme === "light" ? { ...colours, ...GREY_SAFE } : colours;
}

/** The fields by which channels recognise a variant in the data. */
export function seriesFields({ variant, series }: Series) {
  return { variant, series };
}

/**
 * The channels of points: one scale and one legend, since vega-lite 5.6 and 6.5 merge several differently.
 *
 * @param share - of the width that the legend may take; less than 1 where labels on the left make the plot narrow
 */
export function pointChannels(look: Look, palette: Palette, present: ReadonlySet<string>, share = 1) {
  const shown = palette.series.filter(({ variant }) => present.has(variant));
  const field = { field: "variant", type: "nominal" as const, title: look.say("strategyKernel") };
  const domain = shown.map(({ variant }) => variant);
  const legend = legendOf(look, domain, share);
  if (look.size === "column") {
    // In grey it is the shape that tells: so it has the legend.
    return {
      shape: {
        ...field,
        scale: { domain, range: shown.map(({ shape }) => shape) },
        legend,
      },
      // The value without a condition is that of the legend's symbols.
      color: {
        condition: shown.map(({ series, colour }) => ({ test: `datum.series === ${series}`, value: colour })),
        value: look.ink.muted,
      },
    };
  }
  return {
    color: { ...field, scale: { domain, range: shown.map(({ colour }) => colour) }, legend },
    shape: conditionOn(shown, ({ shape }) => shape),
  };
}

/** The channels of lines, rules and areas beside {@link pointChannels}. */
export function lineChannels(look: Look, palette: Palette, present: ReadonlySet<string>) {
  return { ...colourChannel(look, palette, present), ...dashChannel(palette, present) };
}

/** Colour, without the legend of shapes. */
export function colourChannel(look: Look, palette: Palette, present: ReadonlySet<string>, share = 1) {
  const channels = pointChannels(look, palette, present, share);
  // A colour by condition does not part the data into lines, as a field of colour does.
  const parted = look.size === "column" ? { detail: { field: "variant", type: "nominal" as const } } : {};
  return { color: channels.color, ...parted };
}

/** Dash alone, by condition. */
export function dashChannel(palette: Palette, present: ReadonlySet<string>) {
  const shown = palette.series.filter(({ variant }) => present.has(variant));
  return { strokeDash: conditionOn(shown, ({ dash }) => [...dash]) };
}

/**
 * Where the legend stands, and in how many columns, so that it is not wider than a slide or a column.
 *
 * @param share - of that width
 */
export function legendOf(look: Look, labels: readonly string[], share = 1) {
  if (look.size === "page") return {};
  const longest = Math.max(1, ...labels.map((label) => [...label].length));
  const [room, character, symbol] = look.size === "slide" ? [1150, 11.2, 44] : [305, 6.6, 24];
  const columns = Math.max(
    1,
    Math.min(labels.length, Math.floor((share * room) / (longest * character + symbol))),
  );
  return { columns, orient: "bottom" as const, ...(look.size === "column" ? { title: null } : {}) };
}

/** A legend that fades the others when one of its entries is clicked; for the first layer of a chart only. */
export function pickParams(look: Look) {
  if (look.size === "column") return {};
  return {
    params: [
      {
        name: "pick",
        select: { type: "point" as const, fields: ["variant"] },
        bind: "legend" as const,
      },
    ],
  };
}

/** The opacity of what the legend filters. */
export function pickOpacity(look: Look, value: number) {
  if (look.size === "column") return { opacity: { value } };
  return { opacity: { condition: { param: "pick", value }, value: 0.1 * value } };
}

function conditionOn<Value>(shown: readonly Series[], value: (series: Series) => Value) {
  const [first, ...others] = shown;
  return {
    condition: others.map((one) => ({ test: `datum.series === ${one.series}`, value: value(one) })),
    value: value(first!),
  };
}

function next<Key>(counts: Map<Key, number>, key: Key): number {
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return count;
}

function marksOf(mode: Mode, count: number): { shape: string; dash: readonly number[] } {
  const [shapes, dashes] = [SHAPES[mode], DASHES[mode]];
  return { shape: shapes[count % shapes.length]!, dash: dashes[count % dashes.length]! };
}

/** The colour itself, then paler and darker by turns. */
function shade(colour: string, count: number): string {
  if (count === 0) return colour;
  const target = count % 2 === 1 ? 255 : 0;
  // Paler than half, points are lost on white.
  const share = Math.min(target === 255 ? 0.5 : 0.75, 0.25 + 0.2 * Math.ceil(count / 2));
  const channels = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
  return `#${channels
    .map((value) =>
      Math.round(value + (target - value) * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}
