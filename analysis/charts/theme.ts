/** @file How charts look: font, colours, sizes of text for a page, a slide and a column; light and dark. */

import type { TopLevelSpec } from "vega-lite";

/** Where a chart will stand: in a page or report, on a 16:9 slide, or in a column 3.4 inches wide. */
export type ChartSize = "page" | "slide" | "column";

/** What is behind it. */
export type ChartTheme = "light" | "dark";

/** The `$schema` of every spec: the newest version that JupyterLab draws; the specs are valid for version 6 too. */
export const VEGA_LITE_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

/** The renderer measures text in DejaVu Sans; the rest is for browsers without it. */
export const FONT = "DejaVu Sans, Verdana, sans-serif";

/** Okabe and Ito's colours, apart under the common colour blindnesses (Color Universal Design, 2002). */
export const OKABE_ITO = {
  black: "#000000",
  orange: "#E69F00",
  skyBlue: "#56B4E9",
  green: "#009E73",
  yellow: "#F0E442",
  blue: "#0072B2",
  vermilion: "#D55E00",
  purple: "#CC79A7",
} as const;

/** px of a 16:9 slide. */
export const SLIDE = { width: 1280, height: 720 } as const;

/** px of a column of 3.4 inches at 96 px an inch. */
export const COLUMN_WIDTH = 326.4;

/** 8 pt in px. */
const EIGHT_POINT = 32 / 3;

/** Colours that are not data's. */
export type Ink = {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  /** Reference lines. */
  readonly reference: string;
  readonly grid: string;
  /** First and second of two things that are no strategies. */
  readonly first: string;
  readonly second: string;
};

/** Ink by theme. */
export const INK: Readonly<Record<ChartTheme, Ink>> = {
  light: {
    background: "#FFFFFF",
    text: "#1A1A1A",
    muted: "#444444",
    reference: "#666666",
    grid: "#E6E6E6",
    first: OKABE_ITO.black,
    second: OKABE_ITO.green,
  },
  dark: {
    background: "#121212",
    text: "#EDEDED",
    muted: "#BDBDBD",
    reference: "#A0A0A0",
    grid: "#333333",
    first: "#FFFFFF",
    second: "#2FC79A",
  },
};

/**
 * The colour of a strategy is the same in every chart. Blue and orange hues carry forward and reverse; on dark ground
 * their pale forms, since the deep ones have too little contrast there.
 */
export const STRATEGY_COLOURS: Readonly<Record<ChartTheme, Readonly<Record<string, string>>>> = {
  light: {
    forward: OKABE_ITO.blue,
    reverse: OKABE_ITO.vermilion,
    "forward-blocked": OKABE_ITO.skyBlue,
    "reverse-blocked": OKABE_ITO.orange,
    "reverse-checkpointed": "#A8480B",
    "product-right-to-left": OKABE_ITO.green,
    "product-left-to-right": OKABE_ITO.purple,
    optimal: "#5E3C99",
    "finite-differences-forward": OKABE_ITO.black,
    "finite-differences-central": "#8C8C8C",
    "complex-step": "#B3A500",
    "forward-parameters": "#003F5C",
    "reverse-parameters": "#8B2500",
  },
  dark: {
    forward: OKABE_ITO.skyBlue,
    reverse: OKABE_ITO.orange,
    "forward-blocked": "#2D8FCB",
    "reverse-blocked": OKABE_ITO.vermilion,
    "reverse-checkpointed": "#F2A27A",
    "product-right-to-left": "#2FC79A",
    "product-left-to-right": "#E3A3C6",
    optimal: "#B8A2E3",
    "finite-differences-forward": "#FFFFFF",
    "finite-differences-central": "#A6A6A6",
    "complex-step": OKABE_ITO.yellow,
    "forward-parameters": "#A9DBFF",
    "reverse-parameters": "#FFD38A",
  },
};

/** In a column the two modes must also differ in grey: the blue darker, to 24 % of white's lightness against 53 %. */
export const GREY_SAFE: Readonly<Record<string, string>> = {
  forward: "#00405F",
  reverse: "#E07B2A",
  "forward-blocked": "#4A7FA0",
  "reverse-blocked": "#F0B070",
};

/** px of texts and factors of marks by size. */
export type Measure = {
  readonly title: number;
  readonly subtitle: number;
  readonly axisTitle: number;
  readonly label: number;
  /** Factor of lines and of the side of symbols. */
  readonly mark: number;
  readonly padding: number;
  /** Most characters a line of the title and of the subtitle. */
  readonly titleColumns: number;
  readonly subtitleColumns: number;
};

/** Measures by size: a slide's smallest text is 18 px, a column's is 8 pt. */
export const MEASURE: Readonly<Record<ChartSize, Measure>> = {
  page: {
    title: 16,
    subtitle: 12,
    axisTitle: 13,
    label: 12,
    mark: 1,
    padding: 12,
    titleColumns: 66,
    subtitleColumns: 112,
  },
  slide: {
    title: 30,
    subtitle: 18,
    axisTitle: 20,
    label: 18,
    mark: 1.6,
    padding: 28,
    titleColumns: 64,
    subtitleColumns: 114,
  },
  column: {
    title: EIGHT_POINT,
    subtitle: EIGHT_POINT,
    axisTitle: EIGHT_POINT,
    label: EIGHT_POINT,
    mark: 0.8,
    padding: 4,
    titleColumns: 50,
    subtitleColumns: 55,
  },
};

/**
 * Vega-Lite's config for a size and a theme.
 *
 * @returns font, colours and sizes of everything that is not data
 */
export function configOf(size: ChartSize, theme: ChartTheme): NonNullable<TopLevelSpec["config"]> {
  const ink = INK[theme];
  const measure = MEASURE[size];
  return {
    background: ink.background,
    font: FONT,
    padding: measure.padding,
    title: {
      anchor: "start",
      frame: size === "slide" ? "bounds" : "group",
      fontSize: measure.title,
      fontWeight: "bold",
      color: ink.text,
      subtitleFontSize: measure.subtitle,
      subtitleColor: ink.muted,
      subtitlePadding: 6,
      offset: size === "slide" ? 18 : 14,
    },
    axis: {
      labelFontSize: measure.label,
      titleFontSize: measure.axisTitle,
      titleFontWeight: "normal",
      titlePadding: size === "column" ? 4 : 8,
      labelColor: ink.text,
      titleColor: ink.text,
      gridColor: ink.grid,
      domainColor: ink.reference,
      tickColor: ink.reference,
      tickSize: size === "column" ? 3 : 5,
      labelOverlap: "greedy",
      labelLimit: size === "slide" ? 380 : 260,
    },
    legend: {
      labelFontSize: measure.label,
      titleFontSize: measure.label,
      titleFontWeight: "normal",
      labelColor: ink.text,
      titleColor: ink.text,
      labelLimit: size === "slide" ? 520 : 260,
      titleLimit: 600,
      symbolSize: 90 * measure.mark ** 2,
      ...(size === "page" ? {} : { orient: "bottom", titleOrient: "left" }),
    },
    header: {
      labelFontSize: measure.axisTitle,
      labelFontWeight: "bold",
      labelColor: ink.text,
      titleFontSize: measure.axisTitle,
      titleColor: ink.text,
      labelLimit: size === "column" ? 300 : 600,
      labelPadding: size === "column" ? 3 : 10,
    },
    view: { stroke: null },
  };
}
