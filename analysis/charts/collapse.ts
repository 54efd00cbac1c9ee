/** @file Chart: seconds a product (t/n forward, t/m reverse) against Σ; one curve if Σ is all that matters. */

import type { TopLevelSpec } from "vega-lite";
import type { VariantRecord } from "../../src/results/types.ts";
import { geometricMean, mean } from "../../src/statistics/mean.ts";
import type { AnyResults } from "../config.ts";
import type { CaseSummary } from "../laws/case-interval.ts";
import { type FixedCost, fitFixedCost } from "../laws/fixed-cost.ts";
import { variantPairs } from "../laws/pairs.ts";
import { formatFixed, formatNumber, formatPercent, formatSeconds } from "../text.ts";
import { logDomain, modeSummaries, pointNote, pointsOf, significant } from "./points.ts";
import { countAxis, frame, KERNEL_SHAPE, MODE_DASH, paletteOf, secondsAxis, variantColour } from "./theme.ts";

const STEPS = 40;

type Fitted = { readonly label: string; readonly mode: VariantRecord["mode"]; readonly fit: FixedCost };

/**
 * Draws the seconds of one product against Σ, all cases of all modes, with the curve α + β·Σ of each variant.
 *
 * @param results - with at least one forward or reverse measurement
 * @returns a Vega-Lite spec with its data inside
 */
export function collapse(results: AnyResults): TopLevelSpec {
  const palette = paletteOf(results.variants);
  const summaries = modeSummaries(results);
  const points = pointsOf(
    summaries,
    palette,
    ({ record }) => record.sigma,
    ({ products }) => 1 / products!,
  );
  const present = new Set(points.map(({ variant }) => variant));
  const fits = results.variants
    .filter(({ label, mode }) => mode !== null && present.has(palette.name(label)))
    .map(({ label, mode }) => ({ label, mode, fit: fitFixedCost(results, { variant: label }) }))
    .filter((entry): entry is Fitted => entry.fit !== null);
  const sigmas = points.map(({ x }) => x);
  const curves = fits.flatMap(({ label, mode, fit }) => {
    const own = points.filter(({ variant }) => variant === palette.name(label)).map(({ x }) => x);
    return curve(fit, Math.min(...own), Math.max(...own)).map((at) => ({
      variant: palette.name(label),
      mode,
      ...at,
    }));
  });
  const xDomain = logDomain(sigmas);
  const yDomain = logDomain(points.flatMap(({ low, high }) => [low, high]));
  const x = {
    field: "x",
    type: "quantitative" as const,
    title: "Σ: FMA of one product",
    scale: { type: "log" as const, domain: xDomain, nice: false },
    axis: countAxis(xDomain),
  };
  const y = {
    field: "y",
    type: "quantitative" as const,
    title: "t/n forward, t/m reverse (seconds a product)",
    scale: {
      type: "log" as const,
      domain: yDomain,
      nice: false,
    },
    axis: secondsAxis(yDomain),
  };
  const color = variantColour(palette, present);
  return {
    ...frame(results, {
      finding: finding(results, fits, summaries),
      notes: [
        ...modeComparison(results, summaries),
        `${pointNote(summaries)}; curves are α + β·Σ${fits.length === 0 ? " (too few different Σ to fit them)" : fitted(fits[0]!.fit, palette.name(fits[0]!.label))}`,
      ],
    }),
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
            { field: "time", type: "nominal", title: "time a product" },
          ],
        },
      },
      {
        data: { values: points },
        mark: { type: "rule", strokeWidth: 1.5, opacity: 0.7 },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
      },
      {
        data: { values: curves },
        mark: { type: "line", strokeWidth: 1.5 },
        encoding: { x, y, color, strokeDash: MODE_DASH },
      },
    ],
  };
}

function curve(fit: FixedCost, low: number, high: number): { x: number; y: number }[] {
  const alpha = fit.secondsPerProduct.estimate;
  const beta = fit.secondsPerFma.estimate;
  return Array.from({ length: STEPS + 1 }, (_, i) => low * (high / low) ** (i / STEPS))
    .map((x) => ({ x: significant(x), y: significant(alpha + beta * x) }))
    .filter(({ y }) => y > 0);
}

/** Whether all cases lie on one curve: the two modes of a pair together, other variants each by itself. */
function finding(results: AnyResults, fits: readonly Fitted[], summaries: readonly CaseSummary[]): string {
  if (fits.length === 0) return "Seconds a product against Σ";
  const fitOf = (label: string): FixedCost | undefined => fits.find((fitted) => fitted.label === label)?.fit;
  const paired = new Set<string>();
  const spreads: number[] = [];
  for (const { forward, reverse } of variantPairs(results)) {
    const both = [fitOf(forward.label), fitOf(reverse.label)].filter((fit) => fit !== undefined);
    if (both.length < 2) continue;
    for (const { label } of [forward, reverse]) paired.add(label);
    const own = summaries.filter(({ variant }) => [forward.label, reverse.label].includes(variant.label));
    spreads.push(spreadAbout(both, own));
  }
  for (const { label, fit } of fits) if (!paired.has(label)) spreads.push(fit.relativeRms);
  const worst = Math.max(...spreads);
  return worst <= 0.15
    ? `Seconds a product depend on Σ alone, within ±${formatPercent(worst)}`
    : `Σ alone leaves ±${formatPercent(worst)} of the seconds a product unexplained`;
}

/** Root mean square of log(seconds a product) about the geometric mean of the curves. */
function spreadAbout(fits: readonly FixedCost[], summaries: readonly CaseSummary[]): number {
  const squares = summaries.map(({ seconds, products, record }) => {
    const curves = fits.map(
      (fit) => fit.secondsPerProduct.estimate + fit.secondsPerFma.estimate * record.sigma,
    );
    const measured = seconds / products!;
    return Math.log(measured / geometricMean(curves.map((value) => (value > 0 ? value : measured)))) ** 2;
  });
  return Math.sqrt(mean(squares));
}

/** How much a reverse product costs against a forward one of the same chain, for the first pair. */
function modeComparison(results: AnyResults, summaries: readonly CaseSummary[]): string[] {
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
    `On the same chain a VJP takes ${formatFixed(geometricMean(ratios))} times as long as a JVP ` +
      `(geometric mean over cases; from ${formatNumber(Math.min(...ratios))} to ${formatNumber(Math.max(...ratios))})`,
  ];
}

function fitted(fit: FixedCost, name: string): string {
  const alpha = fit.secondsPerProduct.estimate;
  const fixed = alpha > 0 ? `α = ${formatSeconds(alpha)} a product` : "no fixed cost a product";
  return `; ${name}: ${fixed}, β = ${formatSeconds(fit.secondsPerFma.estimate)} an FMA`;
}
