/** @file Chart: what a gradient takes in times of the function alone, against n, beside the literature's bound. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import { CHEAP_GRADIENT_BOUND, type GradientRatio, gradientRatios } from "../laws/cheap-gradient.ts";
import { formatFixed, formatNumber } from "../text.ts";
import { labelMark, logChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { colourChannel, paletteOf, pickOpacity, pickParams, pointChannels, seriesFields } from "./palette.ts";
import { intervalMark, logDomain, pointMark, shortWidths } from "./points.ts";

/**
 * Draws the ratio of every gradient over n, the bound ω, and what forward mode should take: 1 + n and 2n.
 *
 * @param results - with cases of m = 1 on which the value alone was timed
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function cheapGradient(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const ratios = gradientRatios(results);
  const points = ratios.map(({ record, variant, ratio, interval95, countedRatio }) => ({
    ...seriesFields(palette.of(variant.label)),
    case: shortWidths(record),
    x: record.n,
    y: significant(ratio),
    low: significant(interval95?.[0] ?? ratio),
    high: significant(interval95?.[1] ?? ratio),
    ratioText: formatNumber(ratio),
    countedText: formatNumber(countedRatio),
  }));
  const present = new Set(points.map(({ variant }) => variant));
  const lines = expectedLines(ratios);
  const bounds = CHEAP_GRADIENT_BOUND.map((y) => ({ y }));
  const x = logChannel(
    "x",
    xTitle(look, say("cheapInputsAxis")),
    logDomain(points.map((one) => one.x)),
    "count",
  );
  const y = logChannel(
    "y",
    yTitle(look, say("cheapAxis")),
    logDomain([
      1,
      ...points.flatMap(({ low, high }) => [low, high]),
      ...lines.map((one) => one.y),
      ...CHEAP_GRADIENT_BOUND,
    ]),
    "plain",
  );
  const [least, most] = CHEAP_GRADIENT_BOUND;
  return {
    ...frame(results, look, {
      finding: finding(ratios, look),
      notes: [
        say("cheapNote", { least, most }),
        say("cheapMeasure"),
        ...(lines.length > 0 ? [say("cheapForward")] : []),
      ],
    }),
    ...plotSize(look, { width: 520, height: 360 }, present.size),
    layer: [
      {
        ...pickParams(look),
        data: { values: points },
        mark: pointMark(look),
        encoding: {
          x,
          y,
          ...pointChannels(look, palette, present),
          ...pickOpacity(look, 0.9),
          tooltip: [
            { field: "variant", type: "nominal", title: say("strategyKernel") },
            { field: "case", type: "nominal", title: say("widths") },
            { field: "ratioText", type: "nominal", title: say("cheapWord") },
            { field: "countedText", type: "nominal", title: say("fma") },
          ],
        },
      },
      {
        data: { values: points },
        mark: intervalMark(look),
        encoding: {
          x,
          y: { ...y, field: "low" },
          y2: { field: "high" },
          ...colourChannel(look, palette, present),
          ...pickOpacity(look, 0.7),
        },
      },
      { data: { values: bounds }, mark: referenceMark(look, "rule"), encoding: { y } },
      {
        data: { values: [{ x: Math.min(...points.map((one) => one.x)), y: most, label: say("cheapBound") }] },
        mark: labelMark(look, { baseline: "bottom", dy: -3 }),
        encoding: { x, y, text: { field: "label", type: "nominal" } },
      },
      ...(lines.length === 0
        ? []
        : [
            {
              data: { values: lines },
              mark: referenceMark(look, "line"),
              encoding: { x, y, detail: { field: "form", type: "nominal" as const } },
            },
          ]),
    ],
  } as TopLevelSpec;
}

/** 1 + n and 2n at every n, as far as such variants with respect to the input were measured. */
function expectedLines(ratios: readonly GradientRatio[]): { form: string; x: number; y: number }[] {
  const lines = new Map<string, { form: string; x: number; y: number }>();
  for (const { record, variant, expected } of ratios) {
    if (expected === null || variant.withRespectTo === "parameters") continue;
    const form = variant.linearisation;
    lines.set(`${form}/${record.n}`, { form, x: record.n, y: expected });
  }
  return [...lines.values()].sort((a, b) => a.x - b.x);
}

/** Where the reverse ratios lie against the bound, and where forward's do. */
function finding(ratios: readonly GradientRatio[], { say }: Look): string {
  const rangeOf = (mode: "forward" | "reverse"): { low: string; high: string; worst: number } | null => {
    const values = ratios.filter(({ variant }) => variant.mode === mode).map(({ ratio }) => ratio);
    if (values.length === 0) return null;
    const [least, worst] = [Math.min(...values), Math.max(...values)];
    const text = (value: number): string =>
      value < 100 ? formatFixed(value, 1) : formatNumber(Math.round(value));
    return { low: text(least), high: text(worst), worst };
  };
  const [forward, reverse] = [rangeOf("forward"), rangeOf("reverse")];
  const bound = CHEAP_GRADIENT_BOUND[1];
  const parts = [
    ...(reverse === null
      ? []
      : [
          say(reverse.worst <= bound ? "cheapWithin" : "cheapBeyond", {
            range: say("fromTo", reverse),
            bound,
          }),
        ]),
    ...(forward === null ? [] : [say("cheapByForward", { range: say("fromTo", forward) })]),
  ];
  return parts.join("; ");
}
