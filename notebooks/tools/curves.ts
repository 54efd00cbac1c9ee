/** @file Picture: one or several curves over linear or logarithmic axes, as a Vega-Lite spec. Pure. */

import type { TopLevelSpec } from "vega-lite";
import { logChannel, type Quantity } from "../../analysis/charts/axes.ts";
import { frameOf } from "../../analysis/charts/frame.ts";
import { lookOf } from "../../analysis/charts/look.ts";
import { significant } from "../../analysis/charts/numbers.ts";
import { logDomain } from "../../analysis/charts/points.ts";
import { OKABE_ITO } from "../../analysis/charts/theme.ts";

/** A place on a curve. */
export type Place = { readonly x: number; readonly y: number };

/** One curve. */
export type Curve = {
  readonly name: string;
  readonly places: readonly Place[];
  /** A line with a point at each place (default), a line alone, points alone. */
  readonly draw?: "both" | "line" | "points";
  /** Six hexadecimal digits; by default the next of the palette. */
  readonly colour?: string;
};

/** A dotted grey line of reference, such as a prediction, with its name beside it. */
export type Reference = {
  readonly name: string;
  readonly places: readonly Place[];
  /** To the right of which place its name stands; by default of its last one. */
  readonly nameAt?: Place;
};

/** One axis. */
export type CurveAxis = {
  /** Symbol, words and unit. */
  readonly title: string;
  /** Default `linear`. */
  readonly scale?: "linear" | "log";
  /** What is counted, for the labels of a logarithmic axis: default `plain`. */
  readonly quantity?: Quantity | "power";
  /** Where labels stand; by default at round numbers. */
  readonly ticks?: readonly number[];
  /** Both ends; by default what the curves need. */
  readonly domain?: readonly [number, number];
};

/** What {@link curves} draws. */
export type CurvesOptions = {
  /** The finding, in one sentence without a full stop. */
  readonly title: string;
  /** How to read it. */
  readonly note?: string;
  readonly x: CurveAxis;
  readonly y: CurveAxis;
  readonly curves: readonly Curve[];
  readonly references?: readonly Reference[];
  /** The heading of the legend; default none. */
  readonly legend?: string;
};

/** Colours of curves that name none, apart under the common colour blindnesses. */
export const CURVE_COLOURS: readonly string[] = [
  OKABE_ITO.blue,
  OKABE_ITO.vermilion,
  OKABE_ITO.green,
  OKABE_ITO.purple,
  OKABE_ITO.black,
  OKABE_ITO.orange,
];

const SHAPES: readonly string[] = ["circle", "diamond", "square", "triangle-up", "cross", "triangle-down"];
const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [6, 3],
  [2, 2],
  [9, 3, 2, 3],
  [12, 4],
  [4, 2],
];

/**
 * Draws curves. Colour tells them apart, and so do dash and shape.
 *
 * @param options - title, axes, curves
 * @returns a Vega-Lite spec with its data inside
 * @throws {RangeError} for a place that its axis cannot show: a number that is not finite, or not positive on a log axis
 */
export function curves(options: CurvesOptions): TopLevelSpec {
  const look = lookOf();
  const references = options.references ?? [];
  const all = [...options.curves, ...references];
  for (const curve of all) checkPlaces(curve, options);
  const x = channel("x", options.x, all);
  const y = channel("y", options.y, all);
  const values = (draws: readonly string[]) =>
    options.curves.flatMap(({ name, places, draw = "both" }, series) =>
      draws.includes(draw)
        ? places.map((place) => ({ curve: name, series, x: significant(place.x), y: significant(place.y) }))
        : [],
    );
  const [dots, lines] = [values(["both", "points"]), values(["both", "line"])];
  const color = {
    field: "curve",
    type: "nominal" as const,
    title: options.legend ?? null,
    scale: {
      domain: options.curves.map(({ name }) => name),
      range: options.curves.map(({ colour }, i) => colour ?? CURVE_COLOURS[i % CURVE_COLOURS.length]!),
    },
    legend:
      options.curves.length === 1 ? null : { orient: "bottom" as const, columns: columnsOf(options.curves) },
  };
  const byCurve = (list: readonly unknown[]) => ({
    condition: options.curves.map((_, i) => ({
      test: `datum.series === ${i}`,
      value: list[i % list.length]!,
    })),
    value: list[0]!,
  });
  const named = references.map(({ name, places, nameAt }) => ({ name, ...(nameAt ?? places.at(-1)!) }));
  const layers = [
    {
      data: { values: lines },
      mark: { type: "line", strokeWidth: 2 },
      encoding: { x, y, color, strokeDash: byCurve(DASHES) },
    },
    {
      data: { values: dots },
      mark: { type: "point", filled: true, size: 42, opacity: 1 },
      encoding: { x, y, color, shape: byCurve(SHAPES) },
    },
    ...references.map((curve) => ({
      data: { values: curve.places.map(({ x, y }) => ({ x: significant(x), y: significant(y) })) },
      mark: { type: "line", color: look.ink.reference, strokeWidth: 1.2, strokeDash: [2, 3] },
      encoding: { x, y },
    })),
    {
      data: { values: named },
      mark: { type: "text", align: "left", dx: 8, color: look.ink.muted, fontSize: look.measure.label },
      encoding: { x, y, text: { field: "name", type: "nominal" } },
    },
  ].filter(({ data }) => data.values.length > 0);
  return {
    ...frameOf(look, { finding: options.title, notes: options.note === undefined ? [] : [options.note] }, {}),
    width: 560,
    height: 340,
    layer: layers,
  } as TopLevelSpec;
}

/** As many as fit the width, and no entry alone in a second row. */
function columnsOf(list: readonly Curve[]): number {
  const longest = Math.max(...list.map(({ name }) => [...name].length));
  const room = Math.max(1, Math.floor(640 / (7 * longest + 30)));
  const rows = Math.ceil(list.length / room);
  return Math.ceil(list.length / rows);
}

function channel(field: "x" | "y", axis: CurveAxis, all: readonly Reference[]) {
  const { title, scale = "linear", quantity = "plain", ticks, domain } = axis;
  const places = all.flatMap((curve) => curve.places.map((place) => place[field]));
  if (scale === "log") {
    const whole = domain ?? logDomain(places);
    const made = logChannel(field, title, whole, quantity === "power" ? "plain" : quantity);
    const values = ticks ?? made.axis.values;
    const labels = quantity === "power" ? { format: ".0e", labelExpr: "replace(datum.label, '+', '')" } : {};
    return { ...made, axis: { ...made.axis, ...labels, values: [...values] } };
  }
  return {
    field,
    type: "quantitative" as const,
    title,
    scale: { zero: false, nice: true, ...(domain === undefined ? {} : { domain: [...domain], nice: false }) },
    axis: { ...(ticks === undefined ? {} : { values: [...ticks] }), format: "~r" },
  };
}

function checkPlaces({ name, places }: Reference, { x, y }: CurvesOptions): void {
  for (const place of places) {
    for (const [field, axis] of [["x", x] as const, ["y", y] as const]) {
      const value = place[field];
      if (Number.isFinite(value) && (axis.scale !== "log" || value > 0)) continue;
      throw new RangeError(
        `curves: "${name}" has ${field} = ${value}; expected a number that the axis can show`,
      );
    }
  }
}
