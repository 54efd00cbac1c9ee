/** @file Chart: how much faster a mixed plan is than each strategy, as one width of the chain goes from narrow to wide. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import {
  type Bottleneck,
  bottleneckSweep,
  isMode,
  leadsOf,
  predictedLead,
  predictedLeadSentence,
} from "../laws/bottleneck.ts";
import { count, listing, number, type Quantity } from "../laws/sentence.ts";
import { formatFixed } from "../text.ts";
import { logChannel, ratioChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { type FrameText, frame } from "./frame.ts";
import { intervalLayer, pointLayer } from "./layers.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { lineChannels, paletteOf, pickOpacity, seriesFields } from "./palette.ts";
import { logDomain } from "./points.ts";

/**
 * Draws time over the plan's time for every strategy, measured as points and predicted by FMA as dashed lines.
 *
 * @param results - whose chains differ in one width, with `optimal` among the strategies
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function bottleneck(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const sweep = bottleneckSweep(results)!;
  const points = sweep.points.map(({ variant, width, measured, interval95, predicted, record }) => ({
    ...seriesFields(palette.of(variant.label)),
    x: width,
    y: significant(measured),
    low: significant(interval95?.[0] ?? measured),
    high: significant(interval95?.[1] ?? measured),
    predicted: significant(predicted),
    case: record.id,
    measuredText: formatFixed(measured),
    predictedText: formatFixed(predicted),
  }));
  const present = new Set(points.map(({ variant }) => variant));
  const x = logChannel(
    "x",
    xTitle(look, say("bottleneckAxis")),
    logDomain(points.map((point) => point.x)),
    "count",
  );
  x.axis.values = [...new Set(points.map((point) => point.x))];
  const y = ratioChannel(
    "y",
    yTitle(look, say("bottleneckRatioAxis")),
    points.flatMap(({ low, high, predicted }) => [low, high, predicted]),
  );
  return {
    ...frame(results, look, { ...findingOf(sweep, look), notes: [say("bottleneckNote")] }),
    ...plotSize(look, { width: 520, height: 360 }, present.size),
    layer: [
      pointLayer(look, palette, present, points, {
        x,
        y,
        tooltip: [
          { field: "variant", type: "nominal", title: say("strategyKernel") },
          { field: "case", type: "nominal", title: say("widths") },
          { field: "measuredText", type: "nominal", title: say("bottleneckRatioAxis") },
          { field: "predictedText", type: "nominal", title: say("bottleneckPredicted") },
        ],
      }),
      intervalLayer(look, palette, present, points, x, y),
      {
        data: { values: points },
        mark: { type: "line", strokeWidth: 1.5 * look.measure.mark },
        encoding: {
          x,
          y: { ...y, field: "predicted" },
          ...lineChannels(look, palette, present),
          strokeDash: { value: [6, 4] },
          ...pickOpacity(look, 1),
        },
      },
      {
        data: { values: [{ y: 1 }] },
        mark: referenceMark(look, "rule"),
        encoding: { y },
      },
    ],
  } as TopLevelSpec;
}

/** How much faster at the narrowest width than the better mode, and where it is ahead with its whole interval. */
function findingOf(sweep: Bottleneck, { tell }: Look): Pick<FrameText, "finding" | "states"> {
  const modes = sweep.points.filter(isMode);
  const compared = modes.length > 0 ? modes : sweep.points;
  const leads = leadsOf(sweep, compared);
  const ahead = leads.filter(({ relation }) => relation === "above");
  const narrow = compared.filter(({ width }) => width === leads[0]!.width);
  const short = (value: number): Quantity => number(Number(value.toPrecision(3)));
  const byFma = predictedLeadSentence(predictedLead(compared));
  const text =
    ahead.length === 0
      ? tell("bottleneckNever", { predicted: byFma })
      : ahead.length === leads.length
        ? tell("bottleneckAhead", { predicted: byFma })
        : tell("bottleneckSwitch", {
            measured: listing(ahead.map(({ width }) => count(width))),
            predicted: byFma,
          });
  const values = {
    width: count(leads[0]!.width),
    measured: short(leads[0]!.value.estimate),
    predicted: short(Math.min(...narrow.map((point) => point.predicted))),
    switch: text,
  };
  return { finding: tell("bottleneckFinding", values), states: leads };
}
