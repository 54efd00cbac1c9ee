/** @file How charts look: font, fixed colours, axes, titles. One look for all, alike in vega-lite 6.5 and 5.6. */

import type { TopLevelSpec } from "vega-lite";
import type { VariantRecord } from "../../src/results/types.ts";
import type { AnyResults } from "../config.ts";
import { plainText, variantName, wrapText } from "../text.ts";

/** The `$schema` of every spec: the newest version that JupyterLab draws; the specs are valid for version 6 too. */
export const VEGA_LITE_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

/** The renderer measures text in DejaVu Sans; the rest is for browsers without it. */
export const FONT = "DejaVu Sans, Verdana, sans-serif";

/** Okabe and Ito's colours, apart under the common colour blindnesses (Color Universal Design, 2002). */
export const OKABE_ITO = {
  black: "#000000",
  orange: "#E69F00",
  skyBlue: "#56B4E9",
  green: "#009E73",
  yellow: "#F0E442",
  blue: "#0072B2",
  vermilion: "#D55E00",
  purple: "#CC79A7",
} as const;

/** Reference lines, captions and whatever is not data. */
export const GREY = "#666666";

/** The colour of a strategy is the same in every chart. */
const STRATEGY_COLOURS: Readonly<Record<string, string>> = {
  forward: OKABE_ITO.blue,
  reverse: OKABE_ITO.vermilion,
  "forward-blocked": OKABE_ITO.skyBlue,
  "reverse-blocked": OKABE_ITO.orange,
  "product-right-to-left": OKABE_ITO.green,
  "product-left-to-right": OKABE_ITO.purple,
  "finite-differences-forward": OKABE_ITO.black,
  "finite-differences-central": "#8C8C8C",
  "complex-step": "#B3A500",
  "forward-parameters": "#003F5C",
  "reverse-parameters": "#8B2500",
};

/** The look of every chart. */
export const CONFIG: NonNullable<TopLevelSpec["config"]> = {
  background: "white",
  font: FONT,
  padding: 12,
  title: {
    anchor: "start",
    frame: "group",
    fontSize: 16,
    fontWeight: "bold",
    subtitleFontSize: 12,
    subtitleColor: "#444444",
    subtitlePadding: 6,
    offset: 14,
  },
  axis: {
    labelFontSize: 12,
    titleFontSize: 13,
    titleFontWeight: "normal",
    titlePadding: 8,
    gridColor: "#E6E6E6",
    domainColor: "#888888",
    tickColor: "#888888",
    labelOverlap: "greedy",
  },
  legend: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
    labelLimit: 260,
    symbolSize: 90,
  },
  header: { labelFontSize: 13, labelFontWeight: "bold", titleFontSize: 13, labelLimit: 400 },
  view: { stroke: null },
};

/**
 * Ticks of a logarithmic axis: the decades, with 2 and 5 (or 3) between them where there are few.
 *
 * @param domain - both ends positive
 */
export function logTicks(domain: readonly [number, number]): number[] {
  const decades = Math.log10(domain[1] / domain[0]);
  const steps =
    decades > 4 ? [1] : decades > 2.2 ? [1, 3] : decades > 0.8 ? [1, 2, 5] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const first = Math.floor(Math.log10(domain[0]));
  const last = Math.ceil(Math.log10(domain[1]));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .flatMap((exponent) => steps.map((step) => Number(`${step}e${exponent}`)))
    .filter((tick) => tick >= domain[0] && tick <= domain[1]);
}

/** Seconds on a logarithmic axis, 1µs … 100ms; a blanked label gets no bare unit. */
export function secondsAxis(domain: readonly [number, number]) {
  return { format: "~s", labelExpr: "datum.label ? datum.label + 's' : ''", values: logTicks(domain) };
}

/** Counts on a logarithmic axis, 1k … 100M. */
export function countAxis(domain: readonly [number, number]) {
  return { format: "~s", values: logTicks(domain) };
}

/** Labels, colours and shapes of the variants of an experiment. */
export type Palette = {
  /** Names for people, unique, in the order of the variants. */
  readonly domain: readonly string[];
  readonly range: readonly string[];
  /** The name of a variant in this chart. */
  name(label: string): string;
  /** 0 for the experiment's first kernel, 1 for its second, …: chooses the shape. */
  kernelIndex(label: string): number;
};

/**
 * Gives every variant its colour: that of its strategy, paler or darker for further kernels and further variants of
 * the same strategy.
 *
 * @param variants - of an experiment, all of them, so that a variant keeps its colour in charts that leave others out
 */
export function paletteOf(variants: readonly VariantRecord[]): Palette {
  const kernels = [...new Set(variants.map(({ kernel }) => kernel))];
  const names = variants.map(variantName);
  const seen = new Map<string, number>();
  const range = variants.map((variant) => {
    const count = seen.get(variant.strategy) ?? 0;
    seen.set(variant.strategy, count + 1);
    return shade(STRATEGY_COLOURS[variant.strategy] ?? GREY, count);
  });
  const at = (label: string): number => variants.findIndex((variant) => variant.label === label);
  return {
    domain: names,
    range,
    name: (label) => names[at(label)]!,
    kernelIndex: (label) => kernels.indexOf(variants[at(label)]!.kernel),
  };
}

/** The colour channel of a chart over variants: the only channel with a scale and a legend. */
export function variantColour(palette: Palette, present: ReadonlySet<string>) {
  const kept = palette.domain.map((name, i) => ({ name, colour: palette.range[i]! }));
  const shown = kept.filter(({ name }) => present.has(name));
  return {
    field: "variant",
    type: "nominal" as const,
    title: "strategy (kernel)",
    scale: { domain: shown.map(({ name }) => name), range: shown.map(({ colour }) => colour) },
  };
}

/** Shape by kernel, without a scale: circle, square, triangle, diamond. */
export const KERNEL_SHAPE = {
  condition: [
    { test: "datum.kernelIndex === 1", value: "square" },
    { test: "datum.kernelIndex === 2", value: "triangle-up" },
    { test: "datum.kernelIndex > 2", value: "diamond" },
  ],
  value: "circle",
};

/** Dashed for reverse, without a scale. */
export const MODE_DASH = {
  condition: { test: "datum.mode === 'reverse'", value: [5, 3] },
  value: [1, 0],
};

/** The parts that every chart has, around its own. */
export function frame(
  results: AnyResults,
  text: { readonly finding: string; readonly notes: readonly string[] },
) {
  const notes = [...text.notes, conditions(results)];
  return {
    $schema: VEGA_LITE_SCHEMA,
    description: plainText([text.finding, ...notes].join(". ")),
    title: {
      text: wrapText(plainText(text.finding), 66),
      subtitle: notes.flatMap((note) => wrapText(plainText(note), 112)),
    },
    usermeta: {
      jacobench: {
        experiment: plainText(results.experiment),
        configHash: results.configHash,
        quick: results.quick,
      },
    },
    config: CONFIG,
  };
}

/** Under what conditions the numbers were measured, as one line. */
export function conditions(results: AnyResults): string {
  const environment = results.environments[0];
  const { repetitions, rounds, processes } = countRounds(results);
  const parts = [
    results.quick ? "QUICK RUN: estimates without intervals" : null,
    `${results.cases.length} ${results.cases.length === 1 ? "case" : "cases"}`,
    repetitions > 1 ? `${repetitions} repetitions` : null,
    `${rounds} rounds in ${processes} ${processes === 1 ? "process" : "processes"}`,
    environment?.cpuModel ?? null,
    environment?.runtimeVersion ? `${environment.runtime} ${environment.runtimeVersion}` : null,
    results.environments.length > 1 ? `and ${results.environments.length - 1} further environments` : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function countRounds(results: AnyResults): { repetitions: number; rounds: number; processes: number } {
  const first = results.measurements[0];
  const own = results.measurements.filter(
    (row) => row.machine === first?.machine && row.repetition === first.repetition,
  );
  return {
    repetitions: new Set(results.measurements.map(({ repetition }) => repetition)).size,
    rounds: new Set(own.map(({ round }) => round)).size,
    processes: new Set(own.map(({ process }) => process)).size,
  };
}

/** The colour itself, then paler and darker by turns. */
function shade(colour: string, count: number): string {
  if (count === 0) return colour;
  const target = count % 2 === 1 ? 255 : 0;
  const share = Math.min(0.75, 0.25 + 0.2 * Math.ceil(count / 2));
  const channels = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
  return `#${channels
    .map((value) =>
      Math.round(value + (target - value) * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}
