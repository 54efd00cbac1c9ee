/** @file Chart: predicted against measured time, with the 1:1 line and a band of 10 %. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import { count, percent, type Sentence } from "../laws/sentence.ts";
import { formatSeconds } from "../text.ts";
import { logChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { frame } from "./frame.ts";
import { intervalLayer, pointLayer } from "./layers.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { colourChannel, paletteOf, pickOpacity } from "./palette.ts";
import { intervalMark, logDomain, pointNote, pointsOf, pointTooltip } from "./points.ts";
import { type PredictedSummary, type PredictedTime, predictedSummaries } from "./predictions.ts";

/** A prediction counts as met within this share. */
const CLOSE = 0.1;

/** {@link ChartOptions} and predictions that were made before the measurement. */
export type PredictedOptions = ChartOptions & {
  /**
   * Seconds by case and variant. By default those that the results hold (`results.forecast`), and without any the
   * machine model fitted to the same measurements stands in, and the chart says so.
   */
  readonly forecast?: readonly PredictedTime[] | undefined;
};

/**
 * Draws the measured time of every case against the predicted one.
 *
 * @param results - of one experiment
 * @param options - size, theme, words, and `forecast`
 * @returns a Vega-Lite spec with its data inside
 */
export function predicted(results: AnyResults, options?: PredictedOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const forecast = options?.forecast ?? results.forecast?.predictions ?? null;
  const pairs = predictedSummaries(results, forecast);
  const times = new Map(pairs.map(({ summary, predicted: time }) => [summary, time]));
  const points = pointsOf([...times.keys()], palette, (summary) => times.get(summary)!.seconds).map(
    (point, i) => {
      const interval = pairs[i]!.predicted.interval95 ?? [point.x, point.x];
      return {
        ...point,
        left: significant(interval[0]),
        right: significant(interval[1]),
        predictedText: formatSeconds(point.x),
      };
    },
  );
  const present = new Set(points.map(({ variant }) => variant));
  const domain = logDomain(points.flatMap(({ left, right, low, high }) => [left, right, low, high]));
  const x = logChannel("x", xTitle(look, say("predictedAxis")), domain, "seconds");
  const y = logChannel("y", yTitle(look, say("measuredAxis")), domain, "seconds");
  const diagonal = domain.map((at) => ({
    x: at,
    y: at,
    low: significant(at * (1 - CLOSE)),
    high: significant(at * (1 + CLOSE)),
  }));
  return {
    ...frame(results, look, {
      finding: finding(pairs, look),
      notes: [
        forecast === null ? say("predictedInSample") : say("predictedBefore"),
        `${pointNote(
          pairs.map(({ summary }) => summary),
          look,
        )}; ${say("predictedLines")}`,
      ],
    }),
    ...plotSize(look, { width: 480, height: 420 }, present.size),
    layer: [
      pointLayer(look, palette, present, points, {
        x,
        y,
        tooltip: [
          ...pointTooltip(look),
          { field: "predictedText", type: "nominal", title: say("predictedWord") },
        ],
      }),
      intervalLayer(look, palette, present, points, x, y),
      ...(points.some(({ left, right }) => left < right)
        ? [
            {
              data: { values: points },
              mark: intervalMark(look),
              encoding: {
                x: { ...x, field: "left" },
                x2: { field: "right" },
                y,
                ...colourChannel(look, palette, present),
                ...pickOpacity(look, 0.35),
              },
            },
          ]
        : []),
      {
        data: { values: diagonal },
        mark: { type: "area", color: look.ink.reference, opacity: 0.18, clip: true },
        encoding: { x, y: { ...y, field: "low", stack: null }, y2: { field: "high" } },
      },
      { data: { values: diagonal }, mark: referenceMark(look, "line"), encoding: { x, y } },
    ],
  };
}

/** The share of cases within 10 %, and on which side the others lie. */
function finding(pairs: readonly PredictedSummary[], { tell }: Look): Sentence {
  const ratios = pairs.map(({ summary, predicted: time }) => summary.seconds / time.seconds);
  const slower = ratios.filter((ratio) => ratio > 1 + CLOSE).length;
  const faster = ratios.filter((ratio) => ratio < 1 - CLOSE).length;
  const close = ratios.length - slower - faster;
  return tell("predictedFinding", {
    close: count(close),
    total: count(ratios.length),
    percent: percent(close / ratios.length),
    within: percent(CLOSE),
    slower: count(slower),
    faster: count(faster),
  });
}
