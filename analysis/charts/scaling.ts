/** @file Chart: time against n·Σ (forward) and m·Σ (reverse), log-log, with fitted lines and the slope 1. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import type { CaseSummary } from "../laws/case-interval.ts";
import { formatEstimate, formatFixed } from "../text.ts";
import {
  type LogLine,
  logDomain,
  logLine,
  modeSummaries,
  pointNote,
  pointsOf,
  significant,
  slopeOne,
} from "./points.ts";
import {
  countAxis,
  frame,
  GREY,
  KERNEL_SHAPE,
  MODE_DASH,
  paletteOf,
  secondsAxis,
  variantColour,
} from "./theme.ts";

/**
 * Draws every case's time against its predicted work.
 *
 * @param results - with at least one forward or reverse measurement
 * @returns a Vega-Lite spec with its data inside
 */
export function scaling(results: AnyResults): TopLevelSpec {
  const palette = paletteOf(results.variants);
  const summaries = modeSummaries(results);
  const points = pointsOf(summaries, palette, ({ products, record }) => products! * record.sigma);
  const present = new Set(points.map(({ variant }) => variant));
  const lines = results.variants
    .filter(({ label, mode }) => mode !== null && present.has(palette.name(label)))
    .map(({ label }) => logLine(results, label, palette.name(label), (cell) => cell.products! * cell.sigma))
    .filter((line) => line !== null);
  const reference = slopeOne(points);
  const xDomain = logDomain(points.map((point) => point.x));
  const yDomain = logDomain(
    [...points, ...reference].flatMap((point) => ("low" in point ? [point.low, point.high] : [point.y])),
  );
  const x = {
    field: "x",
    type: "quantitative" as const,
    title: "products · Σ: n·Σ forward, m·Σ reverse (FMA)",
    scale: { type: "log" as const, domain: xDomain, nice: false },
    axis: countAxis(xDomain),
  };
  const y = {
    field: "y",
    type: "quantitative" as const,
    title: "t: time of the full Jacobian (seconds)",
    scale: {
      type: "log" as const,
      domain: yDomain,
      nice: false,
    },
    axis: secondsAxis(yDomain),
  };
  const color = variantColour(palette, present);
  return {
    ...frame(results, { finding: finding(lines), notes: notes(lines, summaries) }),
    width: 600,
    height: 420,
    layer: [
      {
        data: { values: points },
        mark: { type: "point", filled: true, size: 55, opacity: 0.9 },
        encoding: {
          x,
          y,
          color,
          shape: KERNEL_SHAPE,
          tooltip: [
            { field: "variant", type: "nominal" },
            { field: "case", type: "nominal", title: "widths" },
            { field: "sigma", type: "nominal", title: "Σ" },
            { field: "time", type: "nominal" },
          ],
        },
      },
      {
        data: { values: points },
        mark: { type: "rule", strokeWidth: 1.5, opacity: 0.7 },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
      },
      {
        data: { values: reference },
        mark: { type: "line", color: GREY, strokeWidth: 1, strokeDash: [2, 3] },
        encoding: { x, y },
      },
      {
        data: { values: [labelPlace(reference)] },
        mark: { type: "text", align: "left", dx: 8, dy: 14, color: GREY, fontSize: 12 },
        encoding: { x, y, text: { field: "reference", type: "nominal" } },
      },
      {
        data: {
          values: lines.flatMap(({ variant, mode, ends }) => ends.map((end) => ({ variant, mode, ...end }))),
        },
        mark: { type: "line", strokeWidth: 1.5 },
        encoding: { x, y, color, strokeDash: MODE_DASH },
      },
    ],
  };
}

/** A place on the reference line, an eighth of the way up, for its label. */
function labelPlace(line: readonly { readonly x: number; readonly y: number; readonly reference: string }[]) {
  const [low, high] = line as [(typeof line)[number], (typeof line)[number]];
  const between = (a: number, b: number): number => significant(a * (b / a) ** 0.125);
  return { x: between(low.x, high.x), y: between(low.y, high.y), reference: low.reference };
}

/** The finding: the exponents of time on the predicted work. */
function finding(lines: readonly LogLine[]): string {
  if (lines.length === 0) return "Time of the full Jacobian against its predicted work";
  if (lines.length <= 2) {
    const parts = lines.map(({ mode, slope }) => {
      const work = mode === "reverse" ? "(m·Σ)" : "(n·Σ)";
      return `${work}^${formatFixed(slope.estimate)} ${mode}`;
    });
    return `Time grows as ${parts.join(" and as ")}`;
  }
  const slopes = lines.map(({ slope }) => slope.estimate);
  const [low, high] = [formatFixed(Math.min(...slopes)), formatFixed(Math.max(...slopes))];
  return `Time grows as the predicted work to the power ${low === high ? low : `${low} to ${high}`}`;
}

function notes(lines: readonly LogLine[], summaries: readonly CaseSummary[]): string[] {
  const slopes = lines.map(({ variant, slope }) => `${variant} ${formatEstimate(slope)}`);
  return [
    pointNote(summaries),
    ...(slopes.length > 0 && slopes.length <= 4 ? [`Slopes of the fitted lines: ${slopes.join(", ")}`] : []),
  ];
}
