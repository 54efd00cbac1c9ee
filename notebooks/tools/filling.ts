/** @file Picture: a matrix that fills column by column or row by row, as small multiples. Pure. */

import type { TopLevelSpec } from "vega-lite";
import { frameOf } from "../../analysis/charts/frame.ts";
import { lookOf } from "../../analysis/charts/look.ts";
import { STRATEGY_COLOURS } from "../../analysis/charts/theme.ts";

/** The matrix after one seed more. */
export type Frame = {
  readonly mode: "forward" | "reverse";
  /** What stands above it, e.g. `seed e2`. */
  readonly caption: string;
  /** Rows of entries; null where nothing has arrived yet. */
  readonly entries: readonly (readonly (number | null)[])[];
  /** The column (forward) or row (reverse) that this seed has brought, from 0. */
  readonly fresh: number;
};

/** px of the whole picture, between two frames, and above a frame for its caption. */
const [WIDTH, GAP, CAPTION] = [720, 26, 24];

/** The widest entry, in px, in which its number can be read; and its usual height. */
const [LEGIBLE, HEIGHT] = [30, 22];

/** Pale forms of the two modes' colours, for what earlier seeds have brought. */
const PALE = { forward: "#BFD9EA", reverse: "#F4CDB4" } as const;

/**
 * Chooses at most `most` of the numbers 0 … count − 1, the first and the last among them, evenly.
 *
 * @param count - how many there are
 * @param most - at least 2
 */
export function evenly(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (count - 1)) / (most - 1)));
}

/**
 * Draws the frames in rows, forward ones first. New entries are dark, earlier ones pale, missing ones white; where there
 * is room each shows its number.
 *
 * @param title - the finding, without a full stop
 * @param note - how to read it
 * @param frames - of matrices of one shape
 * @returns a Vega-Lite spec with its data inside
 */
export function fillingMatrix(title: string, note: string, frames: readonly Frame[]): TopLevelSpec {
  const look = lookOf();
  const columns = frames[0]!.entries[0]!.length;
  const rows = frames[0]!.entries.length;
  const legible = Math.min(4, Math.floor(WIDTH / (columns * LEGIBLE + GAP)));
  // Matrices too wide for numbers are drawn small, so that all frames stay in sight.
  const across = legible < 2 ? 3 : legible;
  const side = Math.min(54, (WIDTH - (across - 1) * GAP) / across / columns);
  const high = Math.max(2, Math.min(HEIGHT, side, 150 / rows));
  const numbered = side >= LEGIBLE && high >= 14;
  const cells: object[] = [];
  const captions: object[] = [];
  let top = CAPTION;
  for (const mode of ["forward", "reverse"] as const) {
    const own = frames.filter((frame) => frame.mode === mode);
    for (const [i, frame] of own.entries()) {
      const left = (i % across) * (columns * side + GAP);
      if (i > 0 && i % across === 0) top += rows * high + CAPTION + 8;
      captions.push({ x: left, y: top - 9, text: frame.caption, mode });
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const value = frame.entries[row]![column]!;
          const fresh = frame.fresh === (mode === "forward" ? column : row);
          const [x, y] = [left + column * side, top + row * high];
          const state = value === null ? "missing" : `${fresh ? "new" : "earlier"} ${mode}`;
          const text = value === null || !numbered ? "" : value.toFixed(2).replace("-", "−");
          cells.push({ x, x2: x + side, y, y2: y + high, cx: x + side / 2, cy: y + high / 2, state, text });
        }
      }
    }
    if (own.length > 0) top += rows * high + CAPTION + 20;
  }
  const height = top - CAPTION;
  const channel = (field: string, domain: readonly number[]) => ({
    field,
    type: "quantitative" as const,
    axis: null,
    scale: { domain: [...domain], nice: false, zero: false },
  });
  const [x, y] = [channel("x", [0, WIDTH]), channel("y", [height, 0])];
  const colours = STRATEGY_COLOURS.light;
  const isNew = "indexof(datum.state, 'new') === 0";
  return {
    ...frameOf(look, { finding: title, notes: [note] }, {}),
    width: WIDTH,
    height,
    layer: [
      {
        data: { values: cells },
        mark: { type: "rect", stroke: "#8A8A8A", strokeWidth: 0.7 },
        encoding: {
          x,
          x2: { field: "x2" },
          y,
          y2: { field: "y2" },
          color: {
            condition: [
              { test: "datum.state === 'new forward'", value: colours.forward! },
              { test: "datum.state === 'new reverse'", value: colours.reverse! },
              { test: "datum.state === 'earlier forward'", value: PALE.forward },
              { test: "datum.state === 'earlier reverse'", value: PALE.reverse },
            ],
            value: "#FFFFFF",
          },
        },
      },
      {
        data: { values: numbered ? cells : [] },
        mark: { type: "text", baseline: "middle", fontSize: 11 },
        encoding: {
          x: { ...x, field: "cx" },
          y: { ...y, field: "cy" },
          text: { field: "text", type: "nominal" },
          color: { condition: { test: isNew, value: "#FFFFFF" }, value: look.ink.text },
        },
      },
      {
        data: { values: captions },
        mark: { type: "text", align: "left", baseline: "middle", fontSize: 12, color: look.ink.text },
        encoding: { x, y, text: { field: "text", type: "nominal" } },
      },
    ].filter(({ data }) => data.values.length > 0),
  } as TopLevelSpec;
}
