/** @file Chart: how far every strategy is from the fastest of each chain, one tick a chain. */

import type { TopLevelSpec } from "vega-lite";
import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { CLOSE, type Regret, regrets } from "../laws/regret.ts";
import { count, percent, type Sentence, term } from "../laws/sentence.ts";
import { formatFixed, formatPercent, variantName } from "../text.ts";
import { ratioChannel, referenceMark, xTitle } from "./axes.ts";
import { frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { paletteOf, seriesFields } from "./palette.ts";

/** The strategy that the chart is about: a plan by time where there is one, else an optimal plan. */
export function judgedRegret(results: AnyResults): Regret | null {
  const all = regrets(results);
  return (
    all.find(({ variant }) => variant.minimize === "time") ??
    all.find(({ variant }) => variant.strategy === "optimal") ??
    null
  );
}

/**
 * Draws a row a strategy, with its time over that of the fastest on each chain.
 *
 * @param results - with an optimal plan among several strategies, in even and odd rounds
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function regret(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const all = regrets(results);
  const ticks = all.flatMap(({ variant, chains }) =>
    chains.map(({ record, ratio, fastest }) => ({
      ...seriesFields(palette.of(variant.label)),
      x: significant(ratio),
      case: record.id,
      fastest,
      ratioText: formatFixed(ratio),
    })),
  );
  const medians = all.map(({ variant, chains }) => ({
    ...seriesFields(palette.of(variant.label)),
    x: significant(median(chains.map(({ ratio }) => ratio))),
  }));
  const order = [...medians].sort((a, b) => a.x - b.x).map(({ variant }) => variant);
  const x = ratioChannel(
    "x",
    xTitle(look, say("regretAxis")),
    ticks.map((tick) => tick.x),
  );
  const y = {
    field: "variant",
    type: "nominal" as const,
    title: null,
    sort: order,
    axis: { grid: true, labelLimit: look.size === "column" ? 130 : 260 },
  };
  const shown = palette.series.filter(({ variant }) => order.includes(variant));
  // By condition, since a legend would repeat the axis.
  const color = {
    condition: shown.map(({ series, colour }) => ({ test: `datum.series === ${series}`, value: colour })),
    value: look.ink.muted,
  };
  return {
    ...frame(results, look, {
      finding: findingOf(judgedRegret(results)!, look),
      notes: [say("regretNote", { percent: formatPercent(CLOSE) })],
    }),
    ...plotSize(look, { width: 460, height: 40 + 36 * all.length }),
    layer: [
      {
        data: { values: [{ x: 1 }, { x: 1 + CLOSE }] },
        mark: referenceMark(look, "rule"),
        encoding: { x: { ...x, field: "x" } },
      },
      {
        data: { values: ticks },
        mark: {
          type: "tick",
          thickness: 1.2 * look.measure.mark,
          size: 16 * look.measure.mark,
          opacity: 0.6,
        },
        encoding: {
          x,
          y,
          color,
          tooltip: [
            { field: "variant", type: "nominal", title: say("regretStrategy") },
            { field: "case", type: "nominal", title: say("regretChain") },
            { field: "ratioText", type: "nominal", title: say("regretAxis") },
            { field: "fastest", type: "nominal", title: say("regretFastest") },
          ],
        },
      },
      {
        data: { values: medians },
        mark: {
          type: "point",
          filled: true,
          size: 110 * look.measure.mark ** 2,
          color: look.ink.text,
          stroke: look.ink.background,
          strokeWidth: 1,
          opacity: 1,
        },
        encoding: { x, y },
      },
    ],
  } as TopLevelSpec;
}

function findingOf({ variant, chains, close, medianRegret, worst }: Regret, { tell }: Look): Sentence {
  return tell("regretFinding", {
    strategy: term(variantName(variant)),
    percent: percent(CLOSE),
    close: count(close),
    total: count(chains.length),
    median: percent(medianRegret),
    worst: percent(worst.regret),
  });
}
