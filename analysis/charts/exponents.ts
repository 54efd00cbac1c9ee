/** @file Chart: the exponents of n, m and Σ with their intervals, strategies × kernels, beside the predicted ones. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import { type ClaimedLaw, claimedLaws } from "../laws/claimed-law.ts";
import { exponentStatements } from "../laws/exponent-statements.ts";
import { REGRESSORS } from "../laws/power-law.ts";
import type { Relation } from "../laws/relation.ts";
import { count, exactly, type Quantity } from "../laws/sentence.ts";
import { type VerdictRule, verdictRule } from "../laws/verdict-rule.ts";
import { formatEstimate } from "../text.ts";
import { referenceMark } from "./axes.ts";
import { type FrameText, frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, panelSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { paletteOf, seriesFields } from "./palette.ts";
import { pointMark } from "./points.ts";

/** The laws of which there is something to draw, with what is claimed of them. */
export function drawableLaws(results: AnyResults): ClaimedLaw[] {
  return claimedLaws(results).filter(({ law }) => REGRESSORS.some((one) => law.exponents[one] !== null));
}

/**
 * Draws each exponent as a point with its interval, one row a strategy and kernel, one plot a regressor; a tick shows
 * the predicted exponent, and a grey field the tolerance about it.
 *
 * @param results - with at least one fitted law
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function exponents(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say, measure, ink } = look;
  const palette = paletteOf(results.variants, look);
  const laws = drawableLaws(results);
  const { tolerance } = verdictRule(results);
  const rows = laws.flatMap((fitted) =>
    exponentRows(fitted, verdictRule(results), look, palette.of(fitted.variant.label)),
  );
  const order = laws.map((law) => palette.of(law.variant.label).variant);
  const used = REGRESSORS.filter((one) => rows.some(({ regressor }) => regressor === one));
  const ends = rows.flatMap(({ low, high, toleranceLow, toleranceHigh }) => [
    low,
    high,
    toleranceLow ?? low,
    toleranceHigh ?? high,
  ]);
  const margin = 0.06 * (Math.max(...ends) - Math.min(...ends));
  const x = {
    field: "exponent",
    type: "quantitative" as const,
    title: say("exponentAxis"),
    scale: {
      domain: [significant(Math.min(...ends) - margin), significant(Math.max(...ends) + margin)],
      nice: false,
      zero: false,
    },
    axis: { tickCount: 4, format: ".2~f" },
  };
  const stacked = look.size === "column";
  const longest = Math.max(...order.map((name) => [...name].length));
  const size = panelSize(
    look,
    { width: 190, height: Math.max(90, 30 * order.length) },
    stacked
      ? { columns: 1, rows: used.length, axesWidth: 7.2 * longest + 20, axesHeight: 0 }
      : { columns: used.length, rows: 1, axesWidth: 7.6 * longest + 24 * used.length, axesHeight: 60 },
  );
  const height = stacked ? Math.max(40, 18 * order.length) : Math.min(size.height, 90 * order.length);
  const panels = used.map((regressor, i) => {
    const axis = stacked || i === 0 ? {} : { axis: null };
    const y = { field: "variant", type: "nominal" as const, sort: order, title: null, ...axis };
    const colours = palette.series.filter(({ variant }) => order.includes(variant));
    return {
      width: size.width,
      height,
      title: {
        text: say("exponentOf", { symbol: say(regressor) }),
        anchor: "middle" as const,
        fontSize: measure.axisTitle,
        offset: 6,
      },
      data: { values: rows.filter((row) => row.regressor === regressor) },
      layer: [
        {
          transform: [{ filter: "datum.toleranceLow !== null" }],
          mark: { type: "bar" as const, color: ink.reference, opacity: 0.22, height: { band: 0.8 } },
          encoding: { x: { ...x, field: "toleranceLow" }, x2: { field: "toleranceHigh" }, y },
        },
        {
          transform: [{ filter: "datum.predicted !== null" }],
          mark: {
            type: "tick" as const,
            color: ink.reference,
            thickness: 1.5 * measure.mark,
            size: Math.round((0.72 * height) / order.length),
          },
          encoding: { x: { ...x, field: "predicted" }, y },
        },
        {
          mark: { type: "rule" as const, strokeWidth: 2 * measure.mark },
          encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, y, ...plainColour(colours) },
        },
        {
          mark: pointMark(look, 70),
          encoding: {
            x,
            y,
            ...plainColour(colours),
            ...plainShape(colours),
            tooltip: [
              { field: "variant", type: "nominal" as const, title: say("strategyKernel") },
              {
                field: "exponentText",
                type: "nominal" as const,
                title: say("exponentOf", { symbol: say(regressor) }),
              },
              { field: "predicted", type: "quantitative" as const, title: say("predictedWord") },
            ],
          },
        },
        ...(x.scale.domain[0]! < 0
          ? [{ data: { values: [{ exponent: 0 }] }, mark: referenceMark(look, "rule"), encoding: { x } }]
          : []),
      ],
    };
  });
  return {
    ...frame(results, look, {
      ...finding(results, laws, look),
      notes: [
        ...(laws.some(({ isExcess }) => isExcess) ? [say("exponentExcess")] : []),
        [
          say("exponentNote", { tolerance }),
          ...(rows.some(({ low, high }) => low < high) ? [say("exponentInterval")] : []),
        ].join("; "),
      ],
    }),
    spacing: stacked ? 8 : 18,
    ...(stacked ? { vconcat: panels } : { hconcat: panels }),
  } as TopLevelSpec;
}

type Drawn = ReturnType<ReturnType<typeof paletteOf>["of"]>;

function exponentRows(
  { law, claimed }: ClaimedLaw,
  { tolerance, sigmaTolerance }: VerdictRule,
  look: Look,
  series: Drawn,
) {
  return REGRESSORS.flatMap((regressor) => {
    const estimate = law.exponents[regressor];
    if (estimate === null) return [];
    const [low, high] = estimate.interval95 ?? [estimate.estimate, estimate.estimate];
    const predicted = claimed?.[regressor] ?? null;
    const within = regressor === "sigma" ? sigmaTolerance : tolerance;
    return [
      {
        regressor,
        ...seriesFields(series),
        exponent: significant(estimate.estimate),
        low: significant(low),
        high: significant(high),
        predicted,
        toleranceLow: predicted === null ? null : significant(predicted - within),
        toleranceHigh: predicted === null ? null : significant(predicted + within),
        exponentText: `${look.say(regressor)}^${formatEstimate(estimate)}`,
      },
    ];
  });
}

/** Rows are named on the axis, so colour and shape need no legend. */
function plainColour(series: readonly Drawn[]) {
  return { color: byVariant(series, ({ colour }) => colour) };
}

function plainShape(series: readonly Drawn[]) {
  return { shape: byVariant(series, ({ shape }) => shape) };
}

function byVariant(series: readonly Drawn[], value: (one: Drawn) => string) {
  const [first, ...others] = series;
  return {
    condition: others.map((one) => ({ test: `datum.series === ${one.series}`, value: value(one) })),
    value: value(first!),
  };
}

/** How many exponents are as predicted, and how many certainly not. */
function finding(
  results: AnyResults,
  laws: readonly ClaimedLaw[],
  { tell }: Look,
): Pick<FrameText, "finding" | "states"> {
  const statements = laws.flatMap((fitted) => exponentStatements(results, fitted, REGRESSORS));
  if (statements.every(({ value }) => value.interval95 === null)) {
    return { finding: tell("exponentsTitle"), states: statements };
  }
  const of = (...relations: readonly Relation[]): Quantity =>
    count(statements.filter(({ relation }) => relations.includes(relation)).length);
  const values = {
    equal: of("within"),
    total: count(statements.length),
    tolerance: exactly(verdictRule(results).tolerance),
    differ: of("above", "below"),
  };
  return { finding: tell("exponentsFinding", values), states: statements };
}
