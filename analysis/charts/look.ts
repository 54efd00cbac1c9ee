/** @file The options of a chart and what follows from them: texts, inks, measures, and the size of its plots. */

import {
  type ChartSize,
  type ChartTheme,
  COLUMN_WIDTH,
  configOf,
  INK,
  type Ink,
  MEASURE,
  type Measure,
  SLIDE,
} from "./theme.ts";
import { type Say, sayIn, type Tell, tellIn, type Words } from "./words.ts";

/** What every chart function takes beside results. */
export type ChartOptions = {
  /** `page` (default), `slide` (16:9, text of 18 px and more) or `column` (3.4 inches, 8 pt, no title inside). */
  readonly size?: ChartSize | undefined;
  /** `light` (default) or `dark`. */
  readonly theme?: ChartTheme | undefined;
  /** Texts of one's own, for other languages and notations. */
  readonly words?: Partial<Words> | undefined;
};

/** Options with everything that follows from them. */
export type Look = {
  readonly size: ChartSize;
  readonly theme: ChartTheme;
  readonly say: Say;
  /** The same as a sentence: for findings, whose numbers have objects. */
  readonly tell: Tell;
  readonly ink: Ink;
  readonly measure: Measure;
  readonly config: ReturnType<typeof configOf>;
};

/** Resolves options. */
export function lookOf({ size = "page", theme = "light", words }: ChartOptions = {}): Look {
  return {
    size,
    theme,
    say: sayIn(words),
    tell: tellIn(words),
    ink: INK[theme],
    measure: MEASURE[size],
    config: configOf(size, theme),
  };
}

/**
 * The size of a chart of one plot: that of the plot in a page, of the whole on a slide and in a column.
 *
 * @param plot - px of the plot in a page
 * @param entries - of the legend: in a column a long one makes the chart higher
 */
export function plotSize(look: Look, plot: { readonly width: number; readonly height: number }, entries = 0) {
  if (look.size === "page") return plot;
  const autosize = { type: "fit" as const, contains: "padding" as const };
  if (look.size === "slide") return { ...SLIDE, autosize };
  const width = Math.floor(COLUMN_WIDTH);
  const height =
    Math.round(Math.min(420, Math.max(215, (0.82 * width * plot.height) / plot.width + 60))) +
    16 * Math.max(0, entries - 2);
  return { width, height, autosize };
}

/** The grid of plots in a chart of several. */
export type Panels = {
  readonly columns: number;
  readonly rows: number;
  /** px that the axes take of a row's width, in a page's text size: labels and titles on the left, in all columns. */
  readonly axesWidth: number;
  /** px that axes, headers and gaps take of a column's height, in all rows. */
  readonly axesHeight: number;
};

/**
 * The size of each plot in a chart of several, where autosize does not work: in a page as given, else what is left of
 * the slide or column.
 *
 * @param plot - px of one plot in a page
 * @param panels - the grid, as it will be on this size
 */
export function panelSize(
  look: Look,
  plot: { readonly width: number; readonly height: number },
  panels: Panels,
): { readonly width: number; readonly height: number } {
  if (look.size === "page") return plot;
  const { measure } = look;
  const factor = measure.label / MEASURE.page.label;
  const inside = (whole: number, axes: number, count: number): number =>
    Math.floor((whole - 2 * measure.padding - axes * factor) / count);
  const width = inside(look.size === "slide" ? SLIDE.width : COLUMN_WIDTH, panels.axesWidth, panels.columns);
  if (look.size === "column") {
    return { width, height: Math.round(Math.min(160, Math.max(70, (width * plot.height) / plot.width))) };
  }
  // Title of two lines and two lines of subtitle above, a legend below.
  const height = inside(SLIDE.height - 190, panels.axesHeight, panels.rows);
  return { width, height };
}
