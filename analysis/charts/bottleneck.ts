/** @file Chart: how much faster a mixed plan is than each strategy, as one width of the chain goes from narrow to wide. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import { type Bottleneck, bottleneckSweep, isMode, switchOf } from "../laws/bottleneck.ts";
import { formatFixed, formatNumber } from "../text.ts";
import { logChannel, ratioChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { frame } from "./frame.ts";
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
    ...frame(results, look, { finding: findingOf(sweep, look), notes: [say("bottleneckNote")] }),
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

/** How much faster at the narrowest width than the better mode, and up to where. */
function findingOf({ points }: Bottleneck, { say }: Look): string {
  const modes = points.filter(isMode);
  const compared = modes.length > 0 ? modes : points;
  const narrow = compared.filter(({ width }) => width === compared[0]!.width);
  const least = (values: readonly number[]): string =>
    formatNumber(Number(Math.min(...values).toPrecision(3)));
  const measured = switchOf(compared, (point) => point.measured);
  const predicted = switchOf(compared, (point) => point.predicted).width;
  const byFma = predicted === null ? "–" : formatNumber(Number(predicted.toPrecision(2)));
  const text =
    measured.width !== null
      ? say("bottleneckSwitch", {
          measured: formatNumber(Number(measured.width.toPrecision(2))),
          predicted: byFma,
        })
      : say(measured.winsNarrow ? "bottleneckAhead" : "bottleneckNever", { predicted: byFma });
  return say("bottleneckFinding", {
    width: compared[0]!.width,
    measured: least(narrow.map((point) => point.measured)),
    predicted: least(narrow.map((point) => point.predicted)),
    switch: text,
  });
}
