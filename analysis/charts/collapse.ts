/** @file Chart: seconds a product (t/n forward, t/m reverse) against its claimed cost, Σ; one curve if that is all that matters. */

import type { TopLevelSpec } from "vega-lite";
import type { VariantRecord } from "../../src/results/types.ts";
import { geometricMean, mean } from "../../src/statistics/mean.ts";
import { type AnyResults, productsAlone } from "../config.ts";
import type { CaseSummary } from "../laws/case-interval.ts";
import { type FixedCost, fitFixedCost } from "../laws/fixed-cost.ts";
import { variantPairs } from "../laws/pairs.ts";
import { relationOf } from "../laws/relation.ts";
import { percent, type Sentence, term } from "../laws/sentence.ts";
import { formatBytes, formatFixed, formatNumber, formatSeconds, variantName } from "../text.ts";
import { labelMark, logChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { allCostSigma, productName, productTitle } from "./claims.ts";
import { frame } from "./frame.ts";
import { intervalLayer, pointLayer } from "./layers.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { lineChannels, paletteOf, pickOpacity, seriesFields } from "./palette.ts";
import {
  claimedProduct,
  logDomain,
  logSteps,
  modeSummaries,
  pointNote,
  pointsOf,
  pointTooltip,
} from "./points.ts";

const STEPS = 40;

/** Cases that lie within this share of a curve depend on its axis alone. */
const ONE_CURVE = 0.15;

type Fitted = { readonly variant: VariantRecord; readonly fit: FixedCost };

/**
 * Draws the seconds of one product against what it is claimed to cost (Σ with dense unit seeds), all cases of all modes,
 * with the curve α + β·Σ of each variant, and the Σ whose weights fill a cache.
 *
 * @param measured - results with at least one forward or reverse measurement; their preparation is no product's
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function collapse(measured: AnyResults, options?: ChartOptions): TopLevelSpec {
  const results = productsAlone(measured);
  const look = lookOf(options);
  const palette = paletteOf(results.variants, look);
  const summaries = modeSummaries(results).filter((summary) => claimedProduct(summary) > 0);
  const points = pointsOf(summaries, palette, claimedProduct, ({ products }) => 1 / products!);
  const present = new Set(points.map(({ variant }) => variant));
  const variants = results.variants.filter(
    ({ label, mode }) => mode !== null && present.has(palette.of(label).variant),
  );
  const fits = variants
    .map((variant) => ({ variant, fit: fitFixedCost(results, { variant: variant.label }) }))
    .filter((entry): entry is Fitted => entry.fit !== null);
  const curves = fits.flatMap(({ variant, fit }) => {
    const series = palette.of(variant.label);
    const own = points.filter((point) => point.series === series.series).map((point) => point.x);
    return curve(fit, Math.min(...own), Math.max(...own)).map((at) => ({ ...seriesFields(series), ...at }));
  });
  const xDomain = logDomain(points.map((point) => point.x));
  const yDomain = logDomain(points.flatMap(({ low, high }) => [low, high]));
  const x = logChannel("x", xTitle(look, productTitle(variants, look)), xDomain, "count");
  const y = logChannel("y", yTitle(look, look.say("perProductAxis")), yDomain, "seconds");
  // Weights are Σ and the biases; no other cost of a product says how many there are.
  const caches = (allCostSigma(variants) ? cacheLimits(results, xDomain) : []).map((cache) => ({
    ...cache,
    y: yDomain[1],
  }));
  return {
    ...frame(results, look, {
      finding: finding(results, fits, summaries, productName(variants, look), look),
      notes: notes(
        results,
        fits,
        summaries,
        { caches: caches.length > 0, product: productName(variants, look) },
        look,
      ),
    }),
    ...plotSize(look, { width: 600, height: 420 }, present.size),
    layer: [
      pointLayer(look, palette, present, points, { x, y, tooltip: pointTooltip(look) }),
      intervalLayer(look, palette, present, points, x, y),
      {
        data: { values: curves },
        mark: { type: "line", strokeWidth: 1.5 * look.measure.mark },
        encoding: { x, y, ...lineChannels(look, palette, present), ...pickOpacity(look, 1) },
      },
      ...(caches.length === 0
        ? []
        : [
            { data: { values: caches }, mark: referenceMark(look, "rule"), encoding: { x } },
            {
              data: { values: caches },
              mark: labelMark(look, { dx: 4, dy: 8 * look.measure.mark, baseline: "middle" }),
              encoding: { x, y, text: { field: "text", type: "nominal" as const } },
            },
          ]),
    ],
  };
}

/** The Σ whose weights, of 8 bytes each, fill a cache of the first machine; those within the axis. */
export function cacheLimits(
  results: AnyResults,
  domain: readonly [number, number],
): { readonly x: number; readonly text: string }[] {
  const { l1, l2, l3 } = results.environments[0]?.cacheBytes ?? { l1: null, l2: null, l3: null };
  return Object.entries({ L1: l1, L2: l2, L3: l3 }).flatMap(([name, bytes]) => {
    if (bytes === null) return [];
    const x = bytes / 8;
    return x > domain[0] && x < domain[1] ? [{ x, text: `${name} ${formatBytes(bytes)}` }] : [];
  });
}

function curve(fit: FixedCost, low: number, high: number): { x: number; y: number }[] {
  const alpha = fit.secondsPerProduct.estimate;
  const beta = fit.secondsPerFma.estimate;
  return logSteps(low, high, STEPS)
    .map((x) => ({ x: significant(x), y: significant(alpha + beta * x) }))
    .filter(({ y }) => y > 0);
}

/** Whether all cases lie on one curve: the two modes of a pair together, other variants each by itself. */
function finding(
  results: AnyResults,
  fits: readonly Fitted[],
  summaries: readonly CaseSummary[],
  product: string,
  { tell }: Look,
): Sentence {
  if (fits.length === 0) return tell("collapseTitle", { product: term(product) });
  const fitOf = (label: string): FixedCost | undefined =>
    fits.find(({ variant }) => variant.label === label)?.fit;
  const paired = new Set<string>();
  const spreads: number[] = [];
  for (const { forward, reverse } of variantPairs(results)) {
    const both = [fitOf(forward.label), fitOf(reverse.label)].filter((fit) => fit !== undefined);
    if (both.length < 2) continue;
    for (const { label } of [forward, reverse]) paired.add(label);
    const own = summaries.filter(({ variant }) => [forward.label, reverse.label].includes(variant.label));
    spreads.push(spreadAbout(both, own));
  }
  for (const { variant, fit } of fits) if (!paired.has(variant.label)) spreads.push(fit.relativeRms);
  const worst = Math.max(...spreads);
  const values = { percent: percent(worst), product: term(product) };
  return worst <= ONE_CURVE ? tell("collapseOne", values) : tell("collapseMany", values);
}

/** Root mean square of log(seconds a product) about the geometric mean of the curves. */
function spreadAbout(fits: readonly FixedCost[], summaries: readonly CaseSummary[]): number {
  const squares = summaries.map((summary) => {
    const { seconds, products } = summary;
    const curves = fits.map(
      (fit) => fit.secondsPerProduct.estimate + fit.secondsPerFma.estimate * claimedProduct(summary),
    );
    const measured = seconds / products!;
    return Math.log(measured / geometricMean(curves.map((value) => (value > 0 ? value : measured)))) ** 2;
  });
  return Math.sqrt(mean(squares));
}

function notes(
  results: AnyResults,
  fits: readonly Fitted[],
  summaries: readonly CaseSummary[],
  { caches, product }: { readonly caches: boolean; readonly product: string },
  look: Look,
): string[] {
  const { say } = look;
  const first = fits[0];
  return [
    ...modeComparison(results, summaries, look),
    [
      pointNote(summaries, look),
      first === undefined
        ? say("curvesMissing", { product })
        : say("curvesAre", { product, fitted: fitted(first, look) }),
    ].join("; "),
    ...(caches ? [say("cacheNote")] : []),
  ];
}

/** How much a reverse product costs against a forward one of the same chain, for the first pair. */
function modeComparison(results: AnyResults, summaries: readonly CaseSummary[], { say }: Look): string[] {
  const pair = variantPairs(results)[0];
  if (pair === undefined) return [];
  const perProduct = (label: string): Map<string, number> =>
    new Map(
      summaries
        .filter(({ variant }) => variant.label === label)
        .map((summary) => [summary.record.id, summary.seconds / summary.products!]),
    );
  const forward = perProduct(pair.forward.label);
  const ratios = [...perProduct(pair.reverse.label)]
    .filter(([id]) => forward.has(id))
    .map(([id, seconds]) => seconds / forward.get(id)!);
  if (ratios.length === 0) return [];
  return [
    say("modeComparison", {
      times: formatFixed(geometricMean(ratios)),
      low: formatNumber(Math.min(...ratios)),
      high: formatNumber(Math.max(...ratios)),
    }),
  ];
}

function fitted({ variant, fit }: Fitted, { say }: Look): string {
  if (fit.undetermined !== null) return `${variantName(variant)}: ${say("notDetermined")}`;
  const alpha = fit.secondsPerProduct;
  const isThere = alpha.interval95 === null ? alpha.estimate > 0 : relationOf(alpha, 0) === "above";
  const fixed = isThere ? say("alphaIs", { alpha: formatSeconds(alpha.estimate) }) : say("noAlpha");
  return `${variantName(variant)}: ${fixed}, ${say("betaIs", { beta: formatSeconds(fit.secondsPerFma.estimate) })}`;
}
