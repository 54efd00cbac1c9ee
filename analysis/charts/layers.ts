/** @file The two layers that most charts share: a point a case, and its interval beside it. Pure. */

import type { TopLevelSpec } from "vega-lite";
import type { Look } from "./look.ts";
import { colourChannel, type Palette, pickOpacity, pickParams, pointChannels } from "./palette.ts";
import { intervalMark, pointMark } from "./points.ts";

/** One layer of a layered spec. */
type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

/** Channels of a point layer. */
type PointEncoding = {
  readonly x: object;
  readonly y: object;
  readonly tooltip: unknown;
  /** Area of a point in the page's size. */
  readonly size?: number;
  /** Of points that are not faded. */
  readonly opacity?: number;
};

/**
 * A point for each case, coloured and shaped by its variant; the layer that holds the legend's selection, so the first.
 *
 * @param look - size, theme and words
 * @param palette - colours, shapes and dashes of the variants
 * @param present - labels of the variants that are drawn
 * @param points - the data
 * @param encoding - axes, tooltip
 */
export function pointLayer(
  look: Look,
  palette: Palette,
  present: ReadonlySet<string>,
  points: readonly object[],
  { x, y, tooltip, size, opacity = 0.9 }: PointEncoding,
): Layer {
  return {
    ...pickParams(look),
    data: { values: points },
    mark: pointMark(look, size),
    encoding: {
      x,
      y,
      ...pointChannels(look, palette, present),
      ...pickOpacity(look, opacity),
      tooltip,
    },
  } as Layer;
}

/**
 * A line from `low` to `high` for each case, in the colour of its variant.
 *
 * @param look - size, theme and words
 * @param palette - colours of the variants
 * @param present - labels of the variants that are drawn
 * @param points - the data, with `low` and `high`
 * @param x - the axis
 * @param y - the axis; its field is replaced
 */
export function intervalLayer(
  look: Look,
  palette: Palette,
  present: ReadonlySet<string>,
  points: readonly object[],
  x: object,
  y: object,
): Layer {
  return {
    data: { values: points },
    mark: intervalMark(look),
    encoding: {
      x,
      y: { ...y, field: "low" },
      y2: { field: "high" },
      ...colourChannel(look, palette, present),
      ...pickOpacity(look, 0.7),
    },
  } as Layer;
}
