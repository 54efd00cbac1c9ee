/** @file Chart: what a gradient takes in times of the function alone, against n, beside the literature's bound. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import { CHEAP_GRADIENT_BOUND, type GradientRatio, gradientRatios } from "../laws/cheap-gradient.ts";
import { count, digits, joined, number, type Quantity, says } from "../laws/sentence.ts";
import { compare } from "../laws/statement.ts";
import { formatNumber } from "../text.ts";
import { labelMark, logChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { type FrameText, frame } from "./frame.ts";
import { intervalLayer, pointLayer } from "./layers.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { paletteOf, seriesFields } from "./palette.ts";
import { logDomain, shortWidths } from "./points.ts";

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
  const placeOf = placesOf(ratios);
  const points = ratios.map((one) => {
    const { record, variant, ratio, interval95, countedRatio } = one;
    return {
      ...seriesFields(palette.of(variant.label)),
      case: shortWidths(record),
      x: placeOf(one),
      y: significant(ratio),
      low: significant(interval95?.[0] ?? ratio),
      high: significant(interval95?.[1] ?? ratio),
      ratioText: formatNumber(ratio),
      countedText: formatNumber(countedRatio),
    };
  });
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
  x.axis.values = [...new Set(ratios.map(({ record }) => record.n))].sort((a, b) => a - b);
  return {
    ...frame(results, look, {
      ...finding(ratios, look),
      notes: [
        say("cheapNote", { least, most }),
        say("cheapMeasure"),
        ...(lines.length > 0 ? [say("cheapForward")] : []),
      ],
    }),
    ...plotSize(look, { width: 520, height: 360 }, present.size),
    layer: [
      pointLayer(look, palette, present, points, {
        x,
        y,
        tooltip: [
          { field: "variant", type: "nominal", title: say("strategyKernel") },
          { field: "case", type: "nominal", title: say("widths") },
          { field: "ratioText", type: "nominal", title: say("cheapWord") },
          { field: "countedText", type: "nominal", title: say("fma") },
        ],
      }),
      intervalLayer(look, palette, present, points, x, y),
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

/** Points of one n stand side by side, by depth. */
function placesOf(ratios: readonly GradientRatio[]): (ratio: GradientRatio) => number {
  const depths = [...new Set(ratios.map(({ record }) => record.depth))].sort((a, b) => a - b);
  const middle = (depths.length - 1) / 2;
  return ({ record }) => significant(record.n * 1.07 ** (depths.indexOf(record.depth) - middle));
}

/** What the products are of: each has its own range in the finding. */
const PARTS = [
  { key: "cheapInput", mode: "reverse", of: "input" },
  { key: "cheapWeights", mode: "reverse", of: "parameters" },
  { key: "cheapByForward", mode: "forward", of: "input" },
] as const;

/** The ranges of the ratios, and on which side of the bound the reverse ones lie: with their whole intervals, or undecided. */
function finding(ratios: readonly GradientRatio[], { tell }: Look): Pick<FrameText, "finding" | "states"> {
  const times = (value: number): Quantity => (value < 100 ? digits(value, 1) : number(Math.round(value)));
  const parts = PARTS.flatMap(({ key, mode, of }) => {
    const values = ratios
      .filter(({ variant }) => variant.mode === mode && variant.withRespectTo === of)
      .map(({ ratio }) => ratio);
    if (values.length === 0) return [];
    const [low, high] = [times(Math.min(...values)), times(Math.max(...values))];
    return [tell(key, { range: low.text === high.text ? low : tell("fromTo", { low, high }) })];
  });
  const bound = CHEAP_GRADIENT_BOUND[1];
  const reverse = ratios.filter(({ variant }) => variant.mode === "reverse");
  const states = reverse.map(({ record, variant, ratio, interval95 }) =>
    compare({
      subject: variant.label,
      quantity: `gradient / function on ${record.id}`,
      value: { estimate: ratio, interval95 },
      reference: bound,
    }),
  );
  const side = states.some(({ relation }) => relation === "above")
    ? "cheapBeyond"
    : states.every(({ relation }) => relation === "below")
      ? "cheapWithin"
      : "cheapUndecided";
  const finding = tell("cheapFinding", {
    parts: joined(parts, ", "),
    side: reverse.length === 0 ? says`` : tell(side, { bound: count(bound) }),
  });
  return { finding, states };
}
