/** @file Chart: time against the claimed cost (n·Σ forward, m·Σ reverse), log-log, with fitted lines, their bands and the slope 1. */

import type { TopLevelSpec } from "vega-lite";
import type { VariantRecord } from "../../src/results/types.ts";
import type { AnyResults } from "../config.ts";
import type { CaseSummary } from "../laws/case-interval.ts";
import { claimedCost } from "../laws/claimed-cost.ts";
import { fixed, joined, type Sentence, term } from "../laws/sentence.ts";
import { formatEstimate, variantName } from "../text.ts";
import { labelMark, logChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { claimText, workTitle } from "./claims.ts";
import { frame } from "./frame.ts";
import { pointLayer } from "./layers.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { colourChannel, lineChannels, paletteOf, pickOpacity, seriesFields } from "./palette.ts";
import {
  claimedWork,
  intervalMark,
  type LogLine,
  logDomain,
  logLine,
  modeSummaries,
  pointNote,
  pointsOf,
  pointTooltip,
  slopeOne,
} from "./points.ts";

/**
 * Draws every case's time against its predicted work.
 *
 * @param results - with at least one forward or reverse measurement
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function scaling(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const summaries = modeSummaries(results).filter((summary) => claimedWork(summary) > 0);
  const points = pointsOf(summaries, palette, claimedWork);
  const present = new Set(points.map(({ variant }) => variant));
  const lines = results.variants
    .filter(({ label, mode }) => mode !== null && present.has(palette.of(label).variant))
    .map((variant) => logLine(results, variant, claimedCost(variant)!.cost))
    .filter((line) => line !== null);
  const places = lines.flatMap((line) =>
    line.places.map((place) => ({ ...seriesFields(palette.of(line.variant.label)), ...place })),
  );
  const reference = slopeOne(points);
  const xDomain = logDomain(points.map((point) => point.x));
  const yDomain = logDomain([
    ...points.flatMap(({ low, high }) => [low, high]),
    ...reference.map(({ y }) => y),
  ]);
  const x = logChannel("x", xTitle(look, workTitle(variantsOf(summaries), look)), xDomain, "count");
  const y = logChannel("y", yTitle(look, say("timeAxis")), yDomain, "seconds");
  const low = { ...y, field: "low" };
  const high = { field: "high" };
  const colour = colourChannel(look, palette, present);
  return {
    ...frame(results, look, { finding: finding(lines, look), notes: notes(lines, summaries, look) }),
    ...plotSize(look, { width: 600, height: 420 }, present.size),
    layer: [
      pointLayer(look, palette, present, points, { x, y, tooltip: pointTooltip(look) }),
      {
        data: { values: points },
        mark: intervalMark(look),
        encoding: { x, y: low, y2: high, ...colour, ...pickOpacity(look, 0.7) },
      },
      {
        data: { values: places },
        mark: { type: "area" },
        encoding: { x, y: { ...low, stack: null }, y2: high, ...colour, ...pickOpacity(look, 0.18) },
      },
      {
        data: { values: reference },
        mark: referenceMark(look, "line"),
        encoding: { x, y },
      },
      {
        data: { values: [labelPlace(reference, say("slopeOne"))] },
        mark: labelMark(look, { dx: 8, dy: 14 * look.measure.mark }),
        encoding: { x, y, text: { field: "text", type: "nominal" } },
      },
      {
        data: { values: places },
        mark: { type: "line", strokeWidth: 1.5 * look.measure.mark },
        encoding: { x, y, ...lineChannels(look, palette, present), ...pickOpacity(look, 1) },
      },
    ],
  };
}

/** A place on the reference line, an eighth of the way up, for its label. */
function labelPlace(line: readonly { readonly x: number; readonly y: number }[], text: string) {
  const [low, high] = line as [(typeof line)[number], (typeof line)[number]];
  const between = (a: number, b: number): number => significant(a * (b / a) ** 0.125);
  return { x: between(low.x, high.x), y: between(low.y, high.y), text };
}

function variantsOf(summaries: readonly CaseSummary[]): VariantRecord[] {
  return [...new Set(summaries.map(({ variant }) => variant))];
}

/** The finding: the exponents of time on the predicted work. */
function finding(lines: readonly LogLine[], look: Look): Sentence {
  const { tell } = look;
  if (lines.length === 0) return tell("scalingTitle");
  if (lines.length <= 2) {
    const parts = lines.map(({ variant, slope }) => {
      const exponent = fixed(slope.estimate);
      const claim = claimedCost(variant)!;
      if (claim.exponents === null)
        return tell("scalingClaim", { claim: term(claimText(claim, look)), exponent });
      return variant.mode === "reverse"
        ? tell("scalingReverse", { exponent })
        : tell("scalingForward", { exponent });
    });
    return tell("scalingFinding", { parts: joined(parts, ` ${look.say("andAs")} `) });
  }
  const slopes = lines.map(({ slope }) => slope.estimate);
  const [low, high] = [fixed(Math.min(...slopes)), fixed(Math.max(...slopes))];
  return tell("scalingPower", { power: low.text === high.text ? low : tell("fromTo", { low, high }) });
}

function notes(lines: readonly LogLine[], summaries: readonly CaseSummary[], look: Look): string[] {
  const slopes = lines.map(({ variant, slope }) => `${variantName(variant)} ${formatEstimate(slope)}`);
  const banded = lines.some(({ slope }) => slope.interval95 !== null);
  return [
    pointNote(summaries, look),
    ...(slopes.length > 0 && slopes.length <= 4
      ? [look.say("slopes", { list: slopes.join(", ") }) + (banded ? `; ${look.say("bandNote")}` : "")]
      : []),
  ];
}
