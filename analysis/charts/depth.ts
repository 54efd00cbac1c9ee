/** @file Chart: seconds a product against the depth K, beside what Σ predicts. */

import type { TopLevelSpec } from "vega-lite";
import type { VariantRecord } from "../../src/results/types.ts";
import { geometricMean } from "../../src/statistics/mean.ts";
import { type AnyResults, productsAlone } from "../config.ts";
import { groupBy } from "../grouping.ts";
import type { CaseSummary } from "../laws/case-interval.ts";
import { count, number, type Quantity, type Sentence, term } from "../laws/sentence.ts";
import { variantName } from "../text.ts";
import { logChannel, xTitle, yTitle } from "./axes.ts";
import { productName } from "./claims.ts";
import { frame } from "./frame.ts";
import { intervalLayer } from "./layers.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { lineChannels, paletteOf, pickOpacity, pickParams, pointChannels, seriesFields } from "./palette.ts";
import {
  claimedProduct,
  logDomain,
  modeSummaries,
  pointMark,
  pointNote,
  pointsOf,
  pointTooltip,
} from "./points.ts";

/** Summaries that differ in their depth: the largest set of cases with the same n and m; empty below three depths. */
export function depthSummaries(results: AnyResults): CaseSummary[] {
  const depths = (group: readonly CaseSummary[]): number =>
    new Set(group.map(({ record }) => record.depth)).size;
  const summaries = modeSummaries(productsAlone(results)).filter((summary) => claimedProduct(summary) > 0);
  const groups = groupBy(summaries, ({ record }) => `${record.n}/${record.m}`);
  const best = [...groups.values()].reduce<CaseSummary[]>((a, b) => (depths(b) > depths(a) ? b : a), []);
  return depths(best) >= 3 ? best : [];
}

/**
 * Draws seconds a product over K, and in grey dots what the deepest chain's seconds would be if time were in proportion
 * to Σ.
 *
 * @param measured - results with at least three depths of the same n and m; their preparation is no product's
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function depth(measured: AnyResults, options?: ChartOptions): TopLevelSpec {
  const results = productsAlone(measured);
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const summaries = depthSummaries(results);
  const points = pointsOf(
    summaries,
    palette,
    ({ record }) => record.depth,
    ({ products }) => 1 / products!,
  );
  const present = new Set(points.map(({ variant }) => variant));
  const lines = growths(summaries).flatMap(({ variant, places }) =>
    places.map(({ depth: x, seconds, proportional }) => ({
      ...seriesFields(palette.of(variant.label)),
      x,
      y: significant(seconds),
      proportional: significant(proportional),
    })),
  );
  const yDomain = logDomain([
    ...points.flatMap(({ low, high }) => [low, high]),
    ...lines.map(({ proportional }) => proportional),
  ]);
  const x = logChannel(
    "x",
    xTitle(look, say("depthAxis")),
    logDomain(points.map((point) => point.x)),
    "count",
  );
  x.axis.values = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  const y = logChannel("y", yTitle(look, say("perProductAxis")), yDomain, "seconds");
  return {
    ...frame(results, look, {
      finding: finding(summaries, look),
      notes: [`${pointNote(summaries, look)}; ${say("depthNote")}`],
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
          tooltip: [...pointTooltip(look), { field: "x", type: "quantitative", title: say("depth") }],
        },
      },
      intervalLayer(look, palette, present, points, x, y),
      {
        data: { values: lines },
        mark: { type: "line", strokeWidth: 1.5 * look.measure.mark },
        encoding: { x, y, ...lineChannels(look, palette, present), ...pickOpacity(look, 1) },
      },
      {
        data: { values: lines },
        mark: {
          type: "line",
          color: look.ink.reference,
          strokeWidth: look.measure.mark,
          strokeDash: [2, 3],
        },
        encoding: { x, y: { ...y, field: "proportional" }, detail: { field: "variant", type: "nominal" } },
      },
    ],
  };
}

/** The mean seconds a product and its claimed cost at each depth, by variant, ascending. */
function growths(summaries: readonly CaseSummary[]) {
  return [...groupBy(summaries, ({ variant }) => variant.label).values()].map((own) => {
    const places = [...groupBy(own, ({ record }) => String(record.depth)).values()]
      .map((group) => ({
        depth: group[0]!.record.depth,
        work: geometricMean(group.map(claimedProduct)),
        seconds: geometricMean(group.map(({ seconds, products }) => seconds / products!)),
      }))
      .sort((a, b) => a.depth - b.depth);
    const deepest = places.at(-1)!;
    return {
      variant: own[0]!.variant as VariantRecord,
      places: places.map((place) => ({
        ...place,
        proportional: (deepest.seconds * place.work) / deepest.work,
      })),
    };
  });
}

/** How time grew from the shallowest to the deepest chain, against Σ. */
function finding(summaries: readonly CaseSummary[], look: Look): Sentence {
  const { tell } = look;
  const all = growths(summaries);
  const factors = all.map(({ variant, places }) => ({
    name: variantName(variant),
    factor: places.at(-1)!.seconds / places[0]!.seconds,
  }));
  const [low, high] = [
    Math.min(...factors.map(({ factor }) => factor)),
    Math.max(...factors.map(({ factor }) => factor)),
  ].map((factor) => number(Number(factor.toPrecision(2)))) as [Quantity, Quantity];
  const places = all[0]!.places;
  return tell("depthFinding", {
    from: count(places[0]!.depth),
    to: count(places.at(-1)!.depth),
    factor: low.text === high.text ? low : tell("fromTo", { low, high }),
    product: term(productName([...new Set(summaries.map(({ variant }) => variant))], look)),
    sigmaFactor: number(Number((places.at(-1)!.work / places[0]!.work).toPrecision(2))),
  });
}
